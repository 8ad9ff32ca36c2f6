/** Removing a connection at Xero: what would pause and stay, said beforehand; then the act. Data is deleted elsewhere. */
import type { Disconnection } from '../../shared/contract/connection.ts';
import type { Actor } from '../domain/team.ts';
import { accessTokenOf, type GrantPorts } from '../engine/access/access-token.ts';
import { haltExporters } from '../engine/access/exporters-of.ts';
import { retireGrant } from '../engine/access/retire-grant.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { exportersOf } from './exporters-of-connection.ts';
import { noteOf } from './note-of.ts';
import { mustBeOwner, ownConnection } from './own.ts';
import { isUsedElsewhere } from './shared-connection.ts';

/** NOT_FOUND for a connection of others. Changes nothing. */
export async function previewDisconnect(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  { connectionId }: { connectionId: string },
): Promise<Disconnection> {
  const { data } = await ownConnection(ports.store, actor, connectionId);
  const exporters = await exportersOf(ports, connectionId);
  return {
    name: data.name,
    pauses: exporters.filter(({ data: { status } }) => status === 'active').map((one) => one.data.name),
    keeps: [
      'Every tab in your spreadsheets stays as it is.',
      'The exporters stay, and go on after you connect again.',
      `Foliokeep’s copy of ${data.name} stays until you delete it.`,
    ],
  };
}

export type DisconnectPorts = GrantPorts & Pick<Ports, 'xero'>;

/**
 * From here on nothing is read through it; then it is removed at Xero, unless another team reads through the very same
 * connection there. Twice: nothing happens, but what could not be done at Xero the first time is done.
 */
export async function disconnect(
  ports: DisconnectPorts,
  actor: Actor,
  { connectionId }: { connectionId: string },
): Promise<void> {
  mustBeOwner(actor);
  await ownConnection(ports.store, actor, connectionId);
  const at = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const { data } = await ownConnection(tx, actor, connectionId);
    const note = await auditIn(tx, actor.teamId);
    if (data.status !== 'disconnected') {
      tx.set('connections', connectionId, { ...data, status: 'disconnected' });
    }
    note(noteOf(actor, 'disconnect', { kind: 'connection', id: connectionId }, at));
  });
  await haltExporters(ports, connectionId);
  await removeAtXero(ports, connectionId);
}

/** A connection that is disconnected here and may not be at Xero yet. Removed already: nothing happens. */
export async function removeAtXero(ports: DisconnectPorts, connectionId: string): Promise<void> {
  const connection = (await ports.store.get('connections', connectionId))?.data;
  if (connection?.status !== 'disconnected') return;
  const { grantId, organisationId, xeroConnectionId } = connection;
  if (xeroConnectionId !== '') {
    const isShared = await isUsedElsewhere(ports, { id: connectionId, organisationId, xeroConnectionId });
    if (!isShared) await removeWithGrant(ports, grantId, xeroConnectionId);
    await ports.store.transaction(async (tx) => {
      const present = (await tx.get('connections', connectionId))?.data;
      if (present?.status !== 'disconnected') return;
      tx.set('connections', connectionId, { ...present, xeroConnectionId: '' });
    });
  }
  await retireGrant(ports, grantId);
}

/** A grant that has ended cannot remove anything, and reads nothing either: Xero has removed it, or will let it expire. */
async function removeWithGrant(
  ports: DisconnectPorts,
  grantId: string,
  xeroConnectionId: string,
): Promise<void> {
  try {
    await ports.xero.disconnect(await accessTokenOf(ports, grantId), xeroConnectionId);
  } catch (error) {
    const isEnded = error instanceof UserError && ['NEEDS_RECONNECT', 'NOT_FOUND'].includes(error.code);
    if (!isEnded) throw error;
    ports.log.info('a connection was not removed at Xero: its grant has ended', { xeroConnectionId });
  }
}
