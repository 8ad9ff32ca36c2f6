/** Access that ended at Xero or Google: named, told once, exporters halted, nothing deleted. */
import { type Connection, type Grant, grantLease } from '../../domain/grant.ts';
import type { NewNotice } from '../../domain/notice.ts';
import { UserError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { assertFencing } from '../leases.ts';
import { raiseWithin } from '../notices/raise-notice.ts';
import { haltExporters } from './exporters-of.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** What a person is told when a grant cannot be used. */
export const endedError = ({ provider, email, leftAt }: Grant): UserError => {
  if (provider === 'xero') return new UserError('NEEDS_RECONNECT');
  return new UserError(leftAt === undefined ? 'NEEDS_GOOGLE' : 'WRITER_LEFT', { account: email });
};

/**
 * The provider refuses the grant for good: it and its connections become `needs-reconnect`. Under the lease with which it was
 * found out: a consent that came in between wins. Twice: nothing happens.
 */
export async function endGrant(ports: Needs, grantId: string, fencing: number): Promise<void> {
  const now = ports.clock.now();
  const ended = await ports.store.transaction(async (tx) => {
    await assertFencing(tx, { name: grantLease(grantId), fencing });
    const grant = (await tx.get('grants', grantId))?.data;
    if (grant?.status !== 'active') return grant;
    tx.set('grants', grantId, { ...grant, status: 'needs-reconnect', refreshFailure: null });
    // The ids say what happened: the same event is one notice however often it is met.
    const notice: NewNotice = {
      id: `grant.${grantId}.${grant.fencing}`,
      teamId: grant.teamId,
      kind: grant.provider === 'google' ? 'needs-google' : 'needs-reconnect',
      scope: 'grant',
      subject: grantId,
      name: grant.email,
    };
    raiseWithin(tx, notice, now);
    return grant;
  });
  if (ended?.provider === 'xero') await endConnectionsOf(ports, grantId);
}

/**
 * One organisation cannot be read any more though its grant is good: removed inside Xero, or its user lost the role. `seen`: the
 * connection as it was when that began to show. A reconnect that came in between wins: false, and nothing happens.
 */
export async function endConnection(ports: Needs, connectionId: string, seen: Connection): Promise<boolean> {
  const now = ports.clock.now();
  const isOver = await ports.store.transaction(async (tx) => {
    const connection = (await tx.get('connections', connectionId))?.data;
    if (connection?.status !== 'active') return true;
    if (!isSameConnection(connection, seen)) return false;
    tx.set('connections', connectionId, { ...connection, status: 'needs-reconnect' });
    const notice: NewNotice = {
      id: `connection.${connectionId}.${connection.connectedAt}`,
      teamId: connection.teamId,
      kind: 'needs-reconnect',
      scope: 'connection',
      subject: connectionId,
      name: connection.name,
    };
    raiseWithin(tx, notice, now);
    return true;
  });
  if (isOver) await haltExporters(ports, connectionId);
  return isOver;
}

/** Given through the same consent. */
const isSameConnection = (one: Connection, other: Connection): boolean =>
  one.grantId === other.grantId &&
  one.xeroConnectionId === other.xeroConnectionId &&
  one.connectedAt === other.connectedAt;

/** The grant's own notice speaks for all of them. */
async function endConnectionsOf(ports: Needs, grantId: string): Promise<void> {
  for (;;) {
    const found = await ports.store.query('connections', {
      where: [
        { field: 'grantId', op: '==', value: grantId },
        { field: 'status', op: '==', value: 'active' },
      ],
      limit: 100,
    });
    for (const { id } of found) {
      await ports.store.transaction(async (tx) => {
        const connection = (await tx.get('connections', id))?.data;
        const grant = (await tx.get('grants', grantId))?.data;
        if (connection?.grantId !== grantId || connection.status !== 'active') return;
        if (grant?.status === 'active') return;
        tx.set('connections', id, { ...connection, status: 'needs-reconnect' });
      });
      await haltExporters(ports, id);
    }
    const isTakenUpAgain = (await ports.store.get('grants', grantId))?.data.status === 'active';
    if (found.length < 100 || isTakenUpAgain) return;
  }
}
