/** Deletes a team's own copy of an organisation. Another team's copy of the same organisation is its own and stays. */
import { mirrorIdOf } from '../domain/mirror-pointer.ts';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { connectionsOf } from './connections.ts';
import { ownConnection } from './own.ts';

/**
 * For owners, once no connection of the team to the organisation lives, and with its name typed. Tabs, exporters and the
 * organisation's budget stay. Final. Twice: nothing more happens.
 */
export async function deleteOrganisationData(
  ports: Pick<Ports, 'store'> & { eraseMirror: (mirrorId: string) => Promise<void> },
  actor: Actor,
  { connectionId, name }: { connectionId: string; name: string },
): Promise<void> {
  const { data } = await ownConnection(ports.store, actor, connectionId);
  if (actor.role !== 'owner') throw new UserError('FORBIDDEN');
  // Spaces at the ends cannot be seen in what a person is asked to type.
  if (name.trim() !== data.name.trim()) {
    throw new UserError('INVALID_INPUT', { field: 'name', problem: 'is not the name of the organisation' });
  }
  const siblings = await connectionsOf(ports, actor.teamId);
  const isLiving = siblings.some(
    (one) => one.data.organisationId === data.organisationId && one.data.status !== 'disconnected',
  );
  if (isLiving) {
    throw new UserError('INVALID_INPUT', {
      field: 'connectionId',
      problem: 'disconnect the organisation first',
    });
  }
  await ports.eraseMirror(mirrorIdOf(actor.teamId, data.organisationId));
}
