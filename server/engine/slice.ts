/**
 * The work of one task: units, one after another, each recorded before the next begins, until the run ends, must wait, has
 * used its slice or is taken away.
 */
import { type Held, recordUnit } from '../domain/checkpoint.ts';
import { hasEnded, isUrgent, type Run } from '../domain/run.ts';
import { cancel } from '../domain/run-end.ts';
import { handOver } from '../domain/run-hand-over.ts';
import { RetryError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { type Hold, holdRun } from './hold.ts';
import { moveRun } from './move-run.ts';
import type { EngineOptions } from './options.ts';
import { enqueueRun } from './run-task.ts';
import type { SharedLock } from './shared-lock.ts';
import type { StepContext, StepKind } from './step.ts';
import { moveAfterError } from './unit-error.ts';

export type EnginePorts = Pick<Ports, 'store' | 'queue' | 'clock' | 'ids' | 'log'>;

export interface SliceContext {
  stepKinds: readonly StepKind[];
  options: EngineOptions;
  /** Aborted when this server stops. */
  stop: AbortSignal;
  /** Shared by the slices of this process; a suspect run has it for itself. */
  lock: SharedLock;
}

/** `claimed` is the run as this worker has just claimed it. One unit at least, whatever the length of a slice. */
export async function runSlice(
  ports: EnginePorts,
  context: SliceContext,
  runId: string,
  held: Held,
  claimed: Run,
): Promise<void> {
  const endAt = ports.clock.now() + context.options.sliceMs;
  const isOver = () => ports.clock.now() >= endAt || hold.ending() !== undefined || context.lock.isAwaited();
  const hold = holdRun(ports, runId, held, claimed, context);
  try {
    let run = claimed;
    for (;;) {
      const unit = await runUnit(ports, context, hold, runId, held, run);
      const moved = await moveRun(ports, runId, (stored) => {
        const after = unit(stored);
        return after && afterUnit(after, held, isOver(), ports.clock.now(), context.options);
      });
      if (!moved) return ports.log.warn('Another worker took the run over', { runId });
      if (hasEnded(moved)) return logEnd(ports, runId, moved);
      if (moved.seq !== held.seq) return await enqueueRun(ports, runId, moved);
      hold.wasRenewed(moved);
      run = moved;
    }
  } finally {
    await hold.release();
  }
}

function logEnd({ log }: EnginePorts, runId: string, { exporterId, status, error, counters }: Run): void {
  log.info('A run ended', { runId, exporterId, status, code: error?.code, ...counters });
}

/** Obeys what came in while the unit was under way. */
function afterUnit(
  run: Run,
  held: Held,
  isOver: boolean,
  now: number,
  options: EngineOptions,
): Run | undefined {
  if (hasEnded(run) || run.seq !== held.seq) return run;
  if (run.cancelRequestedAt !== null) return cancel(run, now);
  return isOver ? handOver(run, held, { kind: 'slice' }, { now, ...options }) : run;
}

/** Does one unit and answers with the move that follows from its outcome. Nothing of it is stored yet. */
async function runUnit(
  ports: EnginePorts,
  { stepKinds, options }: SliceContext,
  hold: Hold,
  runId: string,
  held: Held,
  run: Run,
): Promise<(stored: Run) => Run | undefined> {
  const step = run.steps[run.stepIndex];
  if (!step) throw new Error('A run that has not ended has a step to do');
  try {
    const kind = stepKinds.find(({ kind }) => kind === step.kind);
    // Begun by newer code than this server's, as in a deploy under way: left for a server that knows the step.
    if (!kind) throw new RetryError('SHUTTING_DOWN');
    const outcome = await hold.during(() =>
      kind.advance(step.input, step.checkpoint, stepContext(runId, run, hold)),
    );
    const now = ports.clock.now();
    return (stored) =>
      recordUnit(
        stored,
        held,
        {
          unit: run.units,
          place: outcome.kind === 'more' ? { kind: 'more', checkpoint: outcome.checkpoint } : outcome,
          counters: outcome.counters ?? {},
          gaps: outcome.gaps ?? [],
          ...(outcome.kind === 'done' && outcome.news !== undefined ? { news: outcome.news } : {}),
          progress: hold.progress(),
        },
        { now, ...options },
      );
  } catch (error) {
    return moveAfterError(ports, error, {
      runId,
      held,
      hold,
      step: step.kind,
      rescues: run.rescues,
      options,
    });
  }
}

const stepContext = (runId: string, run: Run, hold: Hold): StepContext => ({
  runId,
  teamId: run.teamId,
  exporterId: run.exporterId,
  requestedAt: run.requestedAt,
  trigger: isUrgent(run) ? 'manual' : run.trigger,
  fencing: run.fencing,
  signal: hold.signal,
  guard: hold.guard,
  report: hold.report,
});
