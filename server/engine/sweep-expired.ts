/** Sessions, consents and invitations whose time is over are deleted. */
import type { Ports } from '../ports.ts';

/** At most `most` of each; answers how many went. One that was prolonged in the meantime stays. */
export async function sweepExpired(ports: Pick<Ports, 'store' | 'clock'>, most: number): Promise<number> {
  const now = ports.clock.now();
  let swept = 0;
  for (const collection of ['sessions', 'consents', 'invitations'] as const) {
    const expired = await ports.store.query(collection, {
      where: [{ field: 'expiresAt', op: '<=', value: now }],
      orderBy: { field: 'expiresAt', direction: 'asc' },
      limit: most,
    });
    for (const { id } of expired) {
      const isGone = await ports.store.transaction(async (tx) => {
        const present = await tx.get(collection, id);
        if (!present || present.data.expiresAt > now) return false;
        tx.delete(collection, id);
        return true;
      });
      if (isGone) swept += 1;
    }
  }
  return swept;
}
