/** After the start of a server that has its store for itself: the workers of the process before are dead, whatever their leases say. */
import { hasEnded, type Run } from '../domain/run.ts';
import { reissue } from '../domain/run-hand-over.ts';
import type { Ports } from '../ports.ts';
import { moveRun } from './move-run.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { enqueueRun } from './run-task.ts';

/**
 * Takes every run from its dead worker and enqueues it anew, so that nothing waits for a lease to end. Call it before
 * the first task is handled, and only when no other process works on this store. It counts as a rescue of each run.
 * Answers how many runs it took.
 */
export async function resumeRuns(
  ports: Pick<Ports, 'store' | 'queue' | 'clock'>,
  { leaseMs, maxRescues }: EngineOptions = engineDefaults,
): Promise<number> {
  let resumed = 0;
  for (;;) {
    const orphans = await ports.store.query('runs', {
      where: [{ field: 'leaseUntil', op: '>', value: 0 }],
      orderBy: { field: 'leaseUntil', direction: 'asc' },
      limit: 100,
    });
    for (const { id, data } of orphans) {
      const at = { seq: data.seq, now: ports.clock.now(), leaseMs, maxRescues };
      const run = await moveRun(ports, id, (stored: Run) =>
        stored.leaseUntil === null ? stored : reissue({ ...stored, leaseUntil: 0 }, at),
      );
      if (run && !hasEnded(run)) await enqueueRun(ports, id, run);
      resumed += 1;
    }
    if (orphans.length < 100) return resumed;
  }
}
