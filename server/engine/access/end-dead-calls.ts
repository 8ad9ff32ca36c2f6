/** After the start of a server that has its store for itself: calls that the process before had reserved keep nobody waiting. */
import { endReservationsBy } from '../../domain/dead-calls.ts';
import type { Ports } from '../../ports.ts';

/** Xero answers nearly all calls within it (performance.md 1.2: 3.9 s for 1,000 rows); what it still counts as in flight is gone then. */
const graceMs = 5_000;
const pageSize = 100;

/**
 * Without it five calls that were in flight would hold their organisation up for as long as the longest call may take.
 * Call it before the first call, and only when no other process works on this store. Answers how many budgets had such calls.
 */
export async function endDeadCalls(ports: Pick<Ports, 'store' | 'clock'>): Promise<number> {
  const endAt = ports.clock.now() + graceMs;
  let changed = 0;
  let after: { id: string } | undefined;
  for (;;) {
    const budgets = await ports.store.query('budgets', { limit: pageSize, ...(after ? { after } : {}) });
    for (const { id, data } of budgets) {
      if (endReservationsBy(data, endAt) === data) continue;
      await ports.store.transaction(async (tx) => {
        const present = await tx.get('budgets', id);
        if (present) tx.set('budgets', id, endReservationsBy(present.data, endAt));
      });
      changed += 1;
    }
    after = budgets.at(-1);
    if (budgets.length < pageSize) return changed;
  }
}
