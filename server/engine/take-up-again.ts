/** Runs whose task was lost or whose worker died: each gets a new task, or ends, a bounded number of them in one transaction. */
import { assertMove, hasEnded, type Run } from '../domain/run.ts';
import { reissue } from '../domain/run-hand-over.ts';
import type { Ports, Stored } from '../ports.ts';
import { moveRun } from './move-run.ts';
import type { EngineOptions } from './options.ts';
import { enqueueRun } from './run-task.ts';

type Needs = Pick<Ports, 'store' | 'queue' | 'clock'>;

export interface TakenUp {
  reissued: number;
  ended: number;
  /** Of single runs: another tick looks at them again. What stops the transaction is thrown, and then nothing was moved. */
  failed: Array<{ id: string; error: unknown }>;
}

/** `found` as they were seen: one that has moved on since is left alone. Twice: nothing happens. */
export async function takeUpAgain(
  ports: Needs,
  found: ReadonlyArray<Stored<'runs'>>,
  { leaseMs, maxRescues }: Pick<EngineOptions, 'leaseMs' | 'maxRescues'>,
): Promise<TakenUp> {
  const now = ports.clock.now();
  const moved = ({ data }: Stored<'runs'>, stored: Run): Run =>
    reissue(stored, { seq: data.seq, now, leaseMs, maxRescues });

  const { reissued, ending } = await ports.store.transaction(async (tx) => {
    const outcome: Record<'reissued' | 'ending', Array<Stored<'runs'> & { run: Run }>> = {
      reissued: [],
      ending: [],
    };
    const writes: Array<() => void> = [];
    for (const one of found) {
      const stored = (await tx.get('runs', one.id))?.data;
      if (stored === undefined) continue;
      const run = moved(one, stored);
      if (run === stored) continue;
      if (hasEnded(run)) outcome.ending.push({ ...one, run });
      else {
        assertMove(stored, run);
        outcome.reissued.push({ ...one, run });
        writes.push(() => tx.set('runs', one.id, run));
      }
    }
    for (const write of writes) write();
    return outcome;
  });

  const outcomes = await Promise.allSettled([
    // Its task may be late and not lost, in a long line: the new one takes its place, not the last.
    ...reissued.map(async ({ id, run, data }) => enqueueRun(ports, id, run, data.dueAt ?? run.dueAt)),
    // Each by itself: its exporter is free with it, and people are told.
    ...ending.map((one) => moveRun(ports, one.id, (stored) => moved(one, stored))),
  ]);
  const failed = [...reissued, ...ending].flatMap(({ id }, at) => {
    const outcome = outcomes[at];
    return outcome?.status === 'rejected' ? [{ id, error: outcome.reason as unknown }] : [];
  });
  const isWell = ({ id }: { id: string }): boolean => !failed.some((one) => one.id === id);
  return { reissued: reissued.filter(isWell).length, ended: ending.filter(isWell).length, failed };
}
