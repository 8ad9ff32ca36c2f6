/** What an error of a unit means for its run: each kind names what to do. */
import { type Held, isHeld } from '../domain/checkpoint.ts';
import { hasEnded, type Run, type RunError } from '../domain/run.ts';
import { fail } from '../domain/run-end.ts';
import { handOver } from '../domain/run-hand-over.ts';
import { FatalError, type FoliokeepError, RetryError, UserError, WaitError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { describeError } from './describe-error.ts';
import type { Hold } from './hold.ts';
import type { EngineOptions } from './options.ts';
import { spread } from './run-task.ts';

export interface UnitAt {
  runId: string;
  held: Held;
  hold: Pick<Hold, 'ending'>;
  step: string;
  rescues: number;
  options: EngineOptions;
}

/** Never sooner: a due time that has passed, or none at all, must not become a tight loop. */
const shortestWaitMs = 1_000;
const unknownWaitMs = 60_000;

export function moveAfterError(
  ports: Pick<Ports, 'clock' | 'ids' | 'log'>,
  error: unknown,
  unit: UnitAt,
): (stored: Run) => Run | undefined {
  const { held, options } = unit;
  const now = ports.clock.now();
  const at = { now, ...options };
  const said = { runId: unit.runId, step: unit.step, error: describeError(error) };
  if (error instanceof UserError || error instanceof FatalError) {
    ports.log.warn('A unit ended its run', said);
    return failHeld(held, reasonOf(error), now);
  }
  if (error instanceof WaitError) {
    const untilAt = Number.isFinite(error.untilAt) ? error.untilAt : now + unknownWaitMs;
    return (run) => {
      const dueAt = Math.max(Math.min(untilAt, run.deadlineAt), now + shortestWaitMs);
      return handOver(run, held, { kind: 'wait', waitingFor: reasonOf(error), dueAt }, at);
    };
  }
  // Whatever an aborted unit stumbles over comes from the abort.
  const ending = unit.hold.ending();
  if (ending) return (run) => handOver(run, held, { kind: ending === 'stuck' ? 'stuck' : 'slice' }, at);
  if (error instanceof RetryError) {
    ports.log.warn('A unit will be repeated', said);
    const dueAt = now + backOff(unit);
    return (run) => handOver(run, held, { kind: 'retry', waitingFor: reasonOf(error), dueAt }, at);
  }
  const id = ports.ids.next();
  ports.log.error('A bug ended a run', { id, ...said });
  return failHeld(held, { code: 'INTERNAL', details: { id } }, now);
}

const reasonOf = (error: FoliokeepError): RunError => ({ code: error.code, details: error.details });

const failHeld =
  (held: Held, error: RunError, now: number) =>
  (run: Run): Run | undefined => {
    if (hasEnded(run)) return run;
    return isHeld(run, held) ? fail(run, error, now) : undefined;
  };

/** Doubling, at least half of it waited, the rest spread so that many runs do not come back together. */
function backOff({ runId, held, rescues, options }: UnitAt): number {
  const full = Math.min(options.firstBackOffMs * 2 ** rescues, options.longestBackOffMs);
  return Math.round(full * (0.5 + 0.5 * spread(runId, held.seq)));
}
