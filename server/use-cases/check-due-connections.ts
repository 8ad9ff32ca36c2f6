/** Looks at every connection once a day without being asked: what was removed inside Xero sends no word. */

import { spread } from '../engine/run-task.ts';
import type { Ports, Stored } from '../ports.ts';
import { type CheckPorts, checkConnection, listsOf } from './check-connections.ts';

const dayMs = 86_400_000;
/** In one call: 30 a minute are 43,200 a day. */
const most = 30;

/**
 * A chore: the connections whose time of the day has come, at most so many. Each has a time of its own by its id, so that
 * thousands do not come together. The next look is planned before this one is made: one that is cut off is made up for
 * tomorrow, and two servers look once. Answers how many were looked at.
 */
export async function checkDueConnections(ports: CheckPorts): Promise<number> {
  const now = ports.clock.now();
  await planNew(ports, now);
  const due = await ports.store.query('connections', {
    where: [{ field: 'checkAt', op: '<=', value: now }],
    orderBy: { field: 'checkAt', direction: 'asc' },
    limit: most,
  });
  const listOf = listsOf(ports);
  let looked = 0;
  for (const connection of due) {
    if (!(await plan(ports, connection, now, connection.data.checkAt))) continue;
    await checkConnection(ports, connection, listOf);
    looked += 1;
  }
  return looked;
}

/** New ones, and those of a store of before: their time within the coming day. */
async function planNew(ports: CheckPorts, now: number): Promise<void> {
  const found = await ports.store.query('connections', {
    where: [{ field: 'checkAt', op: '==', value: null }],
    limit: 10 * most,
  });
  for (const connection of found) await plan(ports, connection, now, connection.data.checkAt);
}

/** False when it was planned meanwhile: by another server, or by this very transaction, committed without an answer. */
async function plan(
  ports: Pick<Ports, 'store'>,
  { id }: Stored<'connections'>,
  now: number,
  from: number | null | undefined,
): Promise<boolean> {
  const checkAt = nextCheckAt(id, now);
  return ports.store.transaction(async (tx) => {
    const present = (await tx.get('connections', id))?.data;
    if (present === undefined || present.checkAt !== from) return false;
    tx.set('connections', id, { ...present, checkAt });
    return true;
  });
}

/** The first time later than now that is this connection's own time of the day. */
export function nextCheckAt(connectionId: string, now: number): number {
  const own = Math.floor(spread(connectionId) * dayMs);
  const today = Math.floor(now / dayMs) * dayMs + own;
  return today > now ? today : today + dayMs;
}
