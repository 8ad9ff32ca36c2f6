/** A server's worker: takes tasks of runs, ticks every minute, and stops in good order. */
import type { TaskSource } from '../ports.ts';
import { endDeadCalls } from './access/end-dead-calls.ts';
import { describeError } from './describe-error.ts';
import { handleTask } from './handle-task.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { resumeRuns } from './resume-runs.ts';
import { sharedLock } from './shared-lock.ts';
import type { EnginePorts } from './slice.ts';
import type { StepKind } from './step.ts';
import { tick } from './tick.ts';

export interface WorkerSettings {
  options?: EngineOptions;
  /** No other process works on this store: runs of the process before are taken up at once instead of after their lease. */
  isAlone: boolean;
  /** With each tick, before it, and again at once while more is due. */
  startDue?: () => Promise<{ hasMore: boolean }>;
  /** Between the ticks, and apart from them so that no chore holds a slot up; one that fails is tried again a minute later. */
  chores?: ReadonlyArray<() => Promise<unknown>>;
}

/**
 * Resolves once it takes tasks. `stop` aborts the units under way and resolves when each has ended or given up, its run
 * saved and enqueued, and nothing runs any more. Twice: the same.
 */
export async function startWorker(
  ports: EnginePorts,
  tasks: TaskSource,
  stepKinds: readonly StepKind[],
  { options = engineDefaults, isAlone, startDue, chores = [] }: WorkerSettings,
): Promise<{ stop(): Promise<void> }> {
  if (isAlone) {
    await endDeadCalls(ports);
    const resumed = await resumeRuns(ports, options);
    if (resumed > 0) ports.log.info('Runs of the process before were taken up', { runs: resumed });
  }
  const stopping = new AbortController();
  const stop = stopping.signal;
  const lock = sharedLock();
  const consumer = tasks.consume((task) => handleTask(ports, stepKinds, task, { options, stop, lock }));
  const startAll = async (): Promise<void> => {
    // A pause of no length: tasks are handled in between.
    while (!stop.aborted && (await startDue?.())?.hasMore) await ports.clock.sleep(0, stop);
  };
  const { tickMs } = options;
  const ticking = repeatUntil(ports, [startAll, () => tick(ports, options)], { tickMs, offsetMs: 0, stop });
  const tidying = repeatUntil(ports, chores, { tickMs, offsetMs: tickMs / 2, stop });
  return {
    async stop() {
      stopping.abort();
      await Promise.all([consumer.stop(), ticking, tidying]);
    },
  };
}

/** At once, and then so long after each full minute (or whatever a tick takes). */
async function repeatUntil(
  ports: EnginePorts,
  acts: ReadonlyArray<() => Promise<unknown>>,
  { tickMs, offsetMs, stop }: { tickMs: number; offsetMs: number; stop: AbortSignal },
): Promise<void> {
  while (!stop.aborted) {
    for (const act of acts) {
      if (stop.aborted) return;
      try {
        await act();
      } catch (error) {
        // The next one tries again; a tick that never succeeds is seen in the log each minute.
        ports.log.error('A tick failed', { error: describeError(error) });
      }
    }
    await ports.clock.sleep(tickMs - ((ports.clock.now() - offsetMs) % tickMs), stop);
  }
}
