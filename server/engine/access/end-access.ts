/** Access that ended at Xero or Google: named, told once, exporters halted, nothing deleted. */
import { type Grant, grantLease } from '../../domain/grant.ts';
import { UserError } from '../../errors.ts';
import type { Ports, Transaction } from '../../ports.ts';
import { assertFencing } from '../leases.ts';
import { haltExporters } from './exporters-of.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** What a person is told when a grant cannot be used. */
export const endedError = (grant: Grant): UserError =>
  grant.provider === 'google'
    ? new UserError('NEEDS_GOOGLE', { account: grant.email })
    : new UserError('NEEDS_RECONNECT');

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
    tellOnce(tx, `grant.${grantId}.${grant.fencing}`, {
      teamId: grant.teamId,
      kind: grant.provider === 'google' ? 'needs-google' : 'needs-reconnect',
      subject: grantId,
      name: grant.email,
      createdAt: now,
    });
    return grant;
  });
  if (ended?.provider === 'xero') await endConnectionsOf(ports, grantId);
}

/** One organisation cannot be read any more though its grant is good: removed inside Xero, or its user lost the role. */
export async function endConnection(ports: Needs, connectionId: string): Promise<void> {
  const now = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const connection = (await tx.get('connections', connectionId))?.data;
    if (connection?.status !== 'active') return;
    tx.set('connections', connectionId, { ...connection, status: 'needs-reconnect' });
    tellOnce(tx, `connection.${connectionId}.${connection.connectedAt}`, {
      teamId: connection.teamId,
      kind: 'needs-reconnect',
      subject: connectionId,
      name: connection.name,
      createdAt: now,
    });
  });
  await haltExporters(ports, connectionId);
}

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

/** The id says what happened: the same event is one notice however often it is met. */
const tellOnce = (
  tx: Transaction,
  id: string,
  notice: {
    teamId: string;
    kind: 'needs-reconnect' | 'needs-google';
    subject: string;
    name: string;
    createdAt: number;
  },
): void => tx.set('notices', id, { v: 1, ...notice, seenAt: null });
