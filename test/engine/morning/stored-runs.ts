/** What the store of a morning knows of its runs. */
import { activeStatuses, type Run } from '../../../server/domain/run.ts';
import type { Clock, Store } from '../../../server/ports.ts';

/** Requested then or later, in the order of their ids. */
export async function runsSince(store: Store, at: number): Promise<Run[]> {
  const found: Run[] = [];
  for (let after: { id: string } | undefined; ; ) {
    const page = await store.query('runs', { limit: 5_000, ...(after && { after }) });
    found.push(...page.map(({ data }) => data).filter(({ requestedAt }) => requestedAt >= at));
    const last = page.at(-1);
    if (last === undefined) return found;
    after = { id: last.id };
  }
}

/** Resolves once every run has ended. */
export async function allEnded(store: Store, clock: Clock): Promise<void> {
  const where = [{ field: 'status', op: 'in', value: activeStatuses }] as const;
  while ((await store.query('runs', { where, limit: 1 })).length > 0) await clock.sleep(1_000);
}
