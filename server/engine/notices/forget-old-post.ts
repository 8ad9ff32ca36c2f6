/** Notices and deliveries whose time is over are deleted: each says when. */
import type { Ports } from '../../ports.ts';

/** At most `most` of each, longest over first. An open one stays, however old. */
export async function forgetOldPost(ports: Pick<Ports, 'store' | 'clock'>, most: number): Promise<void> {
  const now = ports.clock.now();
  for (const collection of ['notices', 'deliveries'] as const) {
    const over = await ports.store.query(collection, {
      where: [{ field: 'forgetAt', op: '<=', value: now }],
      orderBy: { field: 'forgetAt', direction: 'asc' },
      limit: most,
    });
    for (const { id } of over) await ports.store.delete(collection, id);
  }
}
