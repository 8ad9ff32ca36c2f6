/** Remembers what a publish left behind, in the exporter. */
import type { Published } from '../../../domain/exporter.ts';
import type { Ports } from '../../../ports.ts';
import { assertFencing } from '../../leases.ts';

/**
 * RetryError `FENCED_OUT` when the spreadsheet's lease is another's by now. Twice: the same. An exporter that is gone is left gone, a
 * later generation stands.
 */
export async function recordPublished(
  ports: Pick<Ports, 'store'>,
  lease: { name: string; fencing: number },
  exporterId: string,
  published: Published,
): Promise<void> {
  await ports.store.transaction(async (tx) => {
    await assertFencing(tx, lease);
    const stored = await tx.get('exporters', exporterId);
    const isNewer = published.generation >= (stored?.data.published?.generation ?? 0);
    if (stored && isNewer) tx.set('exporters', exporterId, { ...stored.data, published });
  });
}
