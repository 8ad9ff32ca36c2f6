/** Puts slots right that were counted by the rules of yesterday, or by a clock that was far ahead. */
import { settled } from '../../domain/exporter-slots.ts';
import type { Ports } from '../../ports.ts';
import { inRounds } from './in-rounds.ts';

const most = 500;

/**
 * A chore: so many exporters with a schedule, the next due first. A zone's rules come with the server, so the first rounds
 * after its start are those that find something. Answers how many were put right.
 */
export function settleSlots(ports: Pick<Ports, 'store' | 'clock'>): () => Promise<number> {
  const nextExporters = inRounds('exporters', { orderBy: 'nextDueAt', most });
  return async () => {
    const now = ports.clock.now();
    // What is due is for the tick to take.
    const found = await nextExporters(ports.store, [{ field: 'nextDueAt', op: '>', value: now }]);
    let count = 0;
    for (const { id, data } of found) {
      if (settled(data, now) === data) continue;
      count += await ports.store.transaction(async (tx) => {
        const exporter = (await tx.get('exporters', id))?.data;
        const right = exporter && settled(exporter, now);
        if (right === undefined || right === exporter) return 0;
        tx.set('exporters', id, right);
        return 1;
      });
    }
    return count;
  };
}
