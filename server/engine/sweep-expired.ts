/** Sessions, consents and invitations whose time is over are deleted. */
import type { Ports } from '../ports.ts';

/** At most `most` of each; answers how many went. One that was prolonged in the meantime stays. */
export async function sweepExpired(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  most: number,
): Promise<number> {
  const now = clock.now();
  let swept = 0;
  for (const collection of ['sessions', 'consents', 'invitations'] as const) {
    const expired = await store.query(collection, {
      where: [{ field: 'expiresAt', op: '<=', value: now }],
      orderBy: { field: 'expiresAt', direction: 'asc' },
      limit: most,
    });
    if (expired.length === 0) continue;
    swept += await store.transaction(async (tx) => {
      const gone: string[] = [];
      for (const { id } of expired) {
        const present = await tx.get(collection, id);
        if (present !== undefined && present.data.expiresAt <= now) gone.push(id);
      }
      for (const id of gone) tx.delete(collection, id);
      return gone.length;
    });
  }
  return swept;
}
