/** Daily digests: each claimed and made a delivery in one transaction, so that two servers make one. */
import { deliveryIdOf, newDelivery } from '../../domain/delivery.ts';
import { nextDigestAt } from '../../domain/digest-time.ts';
import type { Ports } from '../../ports.ts';

const dayMs = 86_400_000;

/** Makes those that are due, `most` at most, longest due first; missed days become one. Answers how many. */
export async function makeDigests(ports: Pick<Ports, 'store' | 'clock'>, most: number): Promise<number> {
  const now = ports.clock.now();
  const due = await ports.store.query('personNotices', {
    where: [{ field: 'digestAt', op: '<=', value: now }],
    orderBy: { field: 'digestAt', direction: 'asc' },
    limit: most,
  });
  let made = 0;
  for (const { id } of due)
    made += await ports.store.transaction(async (tx) => {
      const person = (await tx.get('personNotices', id))?.data;
      const slot = person?.digestAt ?? null;
      if (person === undefined || slot === null || slot > now) return 0;
      const { teamId, userId, digest } = person;
      const digestAt = digest.isOn ? nextDigestAt(digest.time, digest.timeZone, now) : null;
      tx.set('personNotices', id, { ...person, digestAt });
      if (!digest.isOn) return 0;
      const about = { kind: 'digest' as const, from: slot - dayMs, to: slot };
      const delivery = newDelivery(teamId, { kind: 'mail', userId }, about, { now, dueAt: now });
      tx.set('deliveries', deliveryIdOf('digest', id, slot), delivery);
      return 1;
    });
  return made;
}
