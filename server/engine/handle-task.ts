/** The one entry for tasks of runs, however they were delivered. */
import { claim } from '../domain/run-claim.ts';
import { RetryError } from '../errors.ts';
import type { Task } from '../ports.ts';
import { describeError } from './describe-error.ts';
import { decideRun } from './move-run.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { enqueueLook, enqueueRun, runTaskSchema } from './run-task.ts';
import { type EnginePorts, runSlice } from './slice.ts';
import type { StepKind } from './step.ts';

export interface HandleOptions {
  options?: EngineOptions;
  /** Aborted when this server stops: the unit under way ends or gives up, and the run is saved for the next worker. */
  stop?: AbortSignal;
}

/**
 * Resolves when the task may be forgotten: its run ended, waits, or goes on with a newer task. Rejects when the store or
 * the queue did; the task is then to be delivered again. Twice, late, at once by two workers or in any order: no harm.
 */
export async function handleTask(
  ports: EnginePorts,
  stepKinds: readonly StepKind[],
  task: Pick<Task, 'payload'>,
  { options = engineDefaults, stop = never }: HandleOptions = {},
): Promise<void> {
  const parsed = runTaskSchema.safeParse(task.payload);
  if (!parsed.success) {
    // It would fail the same way each time; there is no run to tell.
    ports.log.error('A task cannot be read and is dropped', { error: describeError(parsed.error) });
    return;
  }
  if (stop.aborted) throw new RetryError('SHUTTING_DOWN');
  const { runId, seq } = parsed.data;
  const at = { seq, holder: ports.ids.next(), now: ports.clock.now(), ...options };
  const claimed = await decideRun(ports, runId, (run) => claim(run, at));
  switch (claimed?.kind) {
    case undefined:
    case 'nothing':
    case 'closed':
      return;
    case 'older':
    case 'early':
      return enqueueRun(ports, runId, claimed.run);
    case 'held':
      return enqueueLook(ports, runId, claimed.run);
    case 'claimed': {
      const held = { holder: at.holder, fencing: claimed.run.fencing, seq };
      return runSlice(ports, { stepKinds, options, stop }, runId, held, claimed.run);
    }
  }
}

const never = new AbortController().signal;
