/** Looks whether the team's organisations can still be read: what was removed inside Xero sends no word (xero-api.md 1.3). */
import type { Connection } from '../domain/grant.ts';
import type { Actor } from '../domain/team.ts';
import { accessTokenOf } from '../engine/access/access-token.ts';
import { describeOrganisation } from '../engine/access/describe-organisation.ts';
import { endConnection } from '../engine/access/end-access.ts';
import { FoliokeepError } from '../errors.ts';
import type { Ports, Stored, Xero } from '../ports.ts';
import { connectionsOf } from './connections.ts';
import { type DisconnectPorts, removeAtXero } from './disconnect.ts';

export interface ConnectionCheck {
  connectionId: string;
  name: string;
  /** Unknown: could not be looked at now; nothing was changed. */
  health: 'active' | 'needs-reconnect' | 'unknown';
}

export type CheckPorts = DisconnectPorts & Pick<Ports, 'xeroReader'>;
type Listed = Awaited<ReturnType<Xero['connections']>>;

/**
 * Each living connection is looked for in Xero's list and read once, lightly, because the list alone may lag behind; that costs
 * one call of each organisation. What was disconnected here but not yet at Xero is removed there.
 */
export async function checkConnections(
  ports: CheckPorts,
  actor: Actor,
): Promise<{ checks: ConnectionCheck[] }> {
  const listOf = listsOf(ports);
  const checks: ConnectionCheck[] = [];
  for (const connection of await connectionsOf(ports, actor.teamId)) {
    const check = await checkConnection(ports, connection, listOf);
    if (check !== undefined) checks.push(check);
  }
  return { checks };
}

/** What Xero lists for each grant, asked for once while the answer is kept. */
export function listsOf(ports: CheckPorts): (grantId: string) => Promise<Listed> {
  const lists = new Map<string, Promise<Listed>>();
  return (grantId) => {
    const known =
      lists.get(grantId) ?? accessTokenOf(ports, grantId).then((token) => ports.xero.connections(token));
    lists.set(grantId, known);
    return known;
  };
}

/** One connection; undefined when it is disconnected. */
export async function checkConnection(
  ports: CheckPorts,
  connection: Stored<'connections'>,
  listOf: (grantId: string) => Promise<Listed>,
): Promise<ConnectionCheck | undefined> {
  const { id, data } = connection;
  if (data.status === 'disconnected') {
    await orLater(ports, id, () => removeAtXero(ports, id));
    return undefined;
  }
  const isKnown = await orLater(ports, id, () => look(ports, connection, listOf));
  const status = (await ports.store.get('connections', id))?.data.status;
  const isDead = status === 'needs-reconnect';
  return {
    connectionId: id,
    name: data.name,
    health: isDead ? 'needs-reconnect' : isKnown ? 'active' : 'unknown',
  };
}

async function look(
  ports: CheckPorts,
  { id, data }: Stored<'connections'> & { data: Connection },
  listOf: (grantId: string) => Promise<Listed>,
): Promise<void> {
  if (data.status !== 'active') return;
  const listed = await listOf(data.grantId);
  if (!listed.some(({ organisationId }) => organisationId === data.organisationId)) {
    await endConnection(ports, id, data);
    return;
  }
  await describeOrganisation(ports, id, 'scheduled');
}

/** Whether it was done; what stands in the way is the business of this one connection. */
async function orLater(
  ports: Pick<Ports, 'log'>,
  connectionId: string,
  act: () => Promise<void>,
): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    ports.log.info('a connection could not be checked', { connectionId, code: error.code });
    return false;
  }
}
