/** Finding a team's own things: what belongs to another team answers like what does not exist. */

import type { Exporter } from '../domain/exporter.ts';
import type { Connection } from '../domain/grant.ts';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Reader, Stored } from '../ports.ts';

/** UserError `FORBIDDEN` for a viewer. */
export function mustEdit(actor: Actor): void {
  if (actor.role === 'viewer') throw new UserError('FORBIDDEN');
}

/** UserError `FORBIDDEN` for anybody else. */
export function mustBeOwner(actor: Actor): void {
  if (actor.role !== 'owner') throw new UserError('FORBIDDEN');
}

export async function ownExporter(
  reader: Reader,
  actor: Actor,
  id: string,
): Promise<Stored<'exporters'> & { data: Exporter }> {
  const found = await reader.get('exporters', id);
  if (found === undefined || found.data.teamId !== actor.teamId || found.data.status === 'deleted')
    throw new UserError('NOT_FOUND', { what: 'exporter' });
  return found;
}

export async function ownConnection(
  reader: Reader,
  actor: Actor,
  id: string,
): Promise<Stored<'connections'> & { data: Connection }> {
  const found = await reader.get('connections', id);
  if (found === undefined || found.data.teamId !== actor.teamId)
    throw new UserError('NOT_FOUND', { what: 'connection' });
  return found;
}

/** The Google grant with which this person's sheets are written; UserError `NEEDS_GOOGLE` when there is none that works. */
export async function ownGoogleGrant(reader: Reader, actor: Actor): Promise<string> {
  const user = await reader.get('users', actor.userId);
  const grants =
    user === undefined
      ? []
      : await reader.query('grants', {
          where: [
            { field: 'teamId', op: '==', value: actor.teamId },
            { field: 'provider', op: '==', value: 'google' },
            { field: 'subject', op: '==', value: user.data.googleSub },
          ],
          limit: 1,
        });
  const grant = grants[0];
  if (grant === undefined || grant.data.status !== 'active')
    throw new UserError('NEEDS_GOOGLE', { account: user?.data.email ?? 'this account' });
  return grant.id;
}
