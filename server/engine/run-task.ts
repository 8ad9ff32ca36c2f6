/** Tasks of runs: their names, so that one task is never queued twice, and their payload `{runId, seq}`. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hasTurn, isUrgent, type Run } from '../domain/run.ts';
import type { Ports, Task } from '../ports.ts';

export const runTaskSchema = z.object({ runId: z.string(), seq: z.int() });
export type RunTask = z.infer<typeof runTaskSchema>;

/**
 * The task of the run's present seq. Enqueued twice: one task, for its name is the hash of run and seq. `dueAt` is its place
 * in the line: the run's own due time, or an earlier one that it keeps.
 */
export async function enqueueRun(
  ports: Pick<Ports, 'queue' | 'clock'>,
  runId: string,
  run: Run,
  dueAt: number | null = run.dueAt,
): Promise<void> {
  await ports.queue.enqueue(runTask(run, { runId, seq: run.seq }, dueAt ?? ports.clock.now()));
}

/**
 * A second look at a run that another worker holds, when that worker's lease ends. Without it a task that is delivered
 * again while its first, now dead, worker still has the lease would be lost until the tick.
 */
export async function enqueueLook(ports: Pick<Ports, 'queue'>, runId: string, run: Run): Promise<void> {
  const until = run.leaseUntil ?? 0;
  await ports.queue.enqueue(runTask(run, { runId, seq: run.seq }, until, `${run.fencing}.${until}`));
}

/** Evenly spread over [0, 1), the same for the same words: jitter that needs no randomness. */
export const spread = (...words: Array<string | number>): number =>
  createHash('sha256').update(words.join('.')).digest().readUInt32BE(0) / 2 ** 32;

// A hash and no readable name: Cloud Tasks slows down on names that share a beginning (google-platform.md 6.2).
const runTask = (run: Run, payload: RunTask, dueAt: number, look = ''): Task => ({
  name: createHash('sha256').update(`${payload.runId}.${payload.seq}.${look}`).digest('hex'),
  dueAt,
  payload: { ...payload },
  ...(isUrgent(run) ? { isUrgent: true } : hasTurn(run) ? { isReturning: true } : {}),
});
