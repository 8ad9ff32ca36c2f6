/** Raising notices: the one way in. What is raised is sent by the next round of post; nothing is sent here. */
import { type NewNotice, noticeOf } from '../../domain/notice.ts';
import type { Ports, Transaction } from '../../ports.ts';

/**
 * Raises a notice unless its id was raised before; answers whether it is new. For states that are found out, as by the tick:
 * call it as often as the state is met. `consentExpiringNotice` and `dayLimitNotice` (domain/notice.ts) make what it takes:
 * `raiseNotice(ports, consentExpiringNotice({ id, teamId, email }, endsAt, 14))`.
 */
export const raiseNotice = (ports: Pick<Ports, 'store' | 'clock'>, notice: NewNotice): Promise<boolean> => {
  const now = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    if ((await tx.get('notices', notice.id)) !== undefined) return false;
    raiseWithin(tx, notice, now);
    return true;
  });
};

/**
 * Raises a notice with the change that it tells of, in one transaction: neither is without the other. Only writes, so it goes
 * with the other writes, after all reads. The transaction must happen once for the id, as the end of a run does: an id that
 * was raised before would be raised again.
 */
export const raiseWithin = (tx: Transaction, notice: NewNotice, now: number): void =>
  tx.set('notices', notice.id, noticeOf(notice, now));
