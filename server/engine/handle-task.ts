/** The one entry for tasks of runs, however they were delivered. */
import { claim } from '../domain/run-claim.ts';
import { RetryError } from '../errors.ts';
import type { Task } from '../ports.ts';
import { describeError } from './describe-error.ts';
import { decideRun } from './move-run.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { enqueueLook, enqueueRun, runTaskSchema } from './run-task.ts';
import { type SharedLock, sharedLock } from './shared-lock.ts';
import { type EnginePorts, runSlice } from './slice.ts';
import type { StepKind } from './step.ts';

export interface HandleOptions {
  options?: EngineOptions;
  /** Aborted when this server stops: the unit under way ends or gives up, and the run is saved for the next worker. */
  stop?: AbortSignal;
  /** One of this process's own, for all its tasks: a run that may be what its workers died of is handled beside no other. */
  lock?: SharedLock;
}

/**
 * Resolves when the task may be forgotten: its run ended, waits, or goes on with a newer task. Rejects when the store or
 * the queue did; the task is then to be delivered again. Twice, late, at once by two workers or in any order: no harm.
 */
export async function handleTask(
  ports: EnginePorts,
  stepKinds: readonly StepKind[],
  task: Pick<Task, 'payload'>,
  { options = engineDefaults, stop = never, lock = sharedLock() }: HandleOptions = {},
): Promise<void> {
  const parsed = runTaskSchema.safeParse(task.payload);
  if (!parsed.success) {
    // It would fail the same way each time; there is no run to tell.
    ports.log.error('A task cannot be read and is dropped', { error: describeError(parsed.error) });
    return;
  }
  const { runId, seq } = parsed.data;
  /** Answers what the worker is to do first: wait a little, or have nothing else in hand. */
  const handle = async (isAlone: boolean, hasWaited: boolean): Promise<number | 'alone' | undefined> => {
    if (stop.aborted) throw new RetryError('SHUTTING_DOWN');
    const at = { seq, holder: ports.ids.next(), now: ports.clock.now(), isAlone, hasWaited, ...options };
    const claimed = await decideRun(ports, runId, (run) => claim(run, at));
    switch (claimed?.kind) {
      case undefined:
      case 'nothing':
      case 'closed':
        return undefined;
      case 'soon':
        return claimed.ms;
      case 'older':
      case 'early':
        await enqueueRun(ports, runId, claimed.run);
        return undefined;
      case 'held':
        await enqueueLook(ports, runId, claimed.run);
        return undefined;
      case 'suspect':
        return 'alone';
      case 'claimed': {
        const held = { holder: at.holder, fencing: claimed.run.fencing, seq };
        // Alone for one unit: nobody waits longer than that for a suspect.
        const slice = isAlone ? { ...options, sliceMs: 0 } : options;
        await runSlice(ports, { stepKinds, options: slice, stop, lock }, runId, held, claimed.run);
        return undefined;
      }
    }
  };
  let first = await lock.share(() => handle(false, false));
  if (typeof first === 'number') {
    await ports.clock.sleep(first, stop);
    first = await lock.share(() => handle(false, true));
  }
  if (first === 'alone') await lock.exclude(() => handle(true, true));
}

const never = new AbortController().signal;
