/** After calm: whatever was raised has been told before long. */
import type { LabWorld } from './lab-world.ts';

const minute = 60_000;

/** Waits until nothing is due any more; a message that failed again and again is tried for three days. */
export async function untilTold({ scheduler, store, watch }: LabWorld): Promise<void> {
  const until = scheduler.now() + 3 * 24 * 60 * minute;
  for (;;) {
    const open = await store.query('deliveries', {
      where: [{ field: 'status', op: '==', value: 'open' }],
      orderBy: { field: 'dueAt', direction: 'asc' },
      limit: 1,
    });
    const due = await store.query('notices', {
      where: [{ field: 'dueAt', op: '>', value: 0 }],
      limit: 1,
    });
    if (open.length + due.length === 0) return;
    if (scheduler.now() > until) return watch.violate('G31', 'notices are never told');
    await scheduler.sleepUntil(Math.max(scheduler.now() + minute, open[0]?.data.dueAt ?? 0) + minute);
  }
}
