/** Whether a delivered task may act on its run: tasks come at least once, late and in any order. */
import { hasEnded, hasLiveLease, isSuspect, type Run } from './run.ts';
import { cancel, failOverdue, failPoisoned, fenceOut } from './run-end.ts';
import { reissue } from './run-hand-over.ts';

export type Claim =
  /** The caller holds the run now, with `run.fencing`. */
  | { kind: 'claimed'; run: Run }
  /** The run ended here and now: cancelled, overdue or poisoned. */
  | { kind: 'closed'; run: Run }
  /** Not before its due time, which a worker may wait for by itself, this long at most. */
  | { kind: 'soon'; run: Run; ms: number }
  /** Not before its due time, and not soon: `run.seq` has a new task to enqueue. */
  | { kind: 'early'; run: Run }
  /** The run went on; the task of its present seq may be missing, so it is enqueued once more. */
  | { kind: 'older'; run: Run }
  /** It may be what its workers died of: to be claimed by a worker that has nothing else in hand. */
  | { kind: 'suspect'; run: Run }
  /** Another worker holds it: look again at its `leaseUntil`. */
  | { kind: 'held'; run: Run }
  /** Nothing to do: it ended before, or the task is of a seq that this run never had. */
  | { kind: 'nothing'; run: Run };

/**
 * Tasks come early where the queue’s clock is ahead of the worker’s. A due time that is no more than a second ahead is then in
 * the queue’s past, and so may be any that the worker names: handed back at once, the run would go round thousands of times
 * until the wait is over. So the worker lets the time go by on its own clock, in bounded pieces.
 */
const patienceMs = 5_000;

/** Timers end a little early. */
const timerMs = 50;

/**
 * `holder` is new for each claim; a claim that is repeated after an unknown commit knows itself by it. `isAlone`: the
 * worker has no other run in hand. `hasWaited`: it was told `soon` before, and the time went by.
 */
export function claim(
  run: Run,
  task: {
    seq: number;
    holder: string;
    now: number;
    leaseMs: number;
    maxRescues: number;
    isAlone: boolean;
    hasWaited: boolean;
  },
): Claim {
  const { now } = task;
  if (run.holder === task.holder) return { kind: 'claimed', run };
  if (hasEnded(run) || task.seq > run.seq) return { kind: 'nothing', run };
  if (task.seq < run.seq) return { kind: 'older', run };
  if (hasLiveLease(run, task)) return { kind: 'held', run };
  if (run.cancelRequestedAt !== null) return { kind: 'closed', run: cancel(fenceOut(run), now) };
  if (run.deadlineAt <= now) return { kind: 'closed', run: failOverdue(fenceOut(run), now) };
  const earlyMs = run.status === 'waiting' ? (run.dueAt ?? now) - now : 0;
  if (earlyMs > 0 && !task.hasWaited) return { kind: 'soon', run, ms: Math.min(earlyMs, patienceMs) };
  if (earlyMs > timerMs) return { kind: 'early', run: reissue(run, task) };
  // A lease that ran out: its worker died or stands still.
  const died = run.leaseUntil === null ? 0 : 1;
  const rescues = run.rescues + died;
  if (rescues > task.maxRescues) return { kind: 'closed', run: failPoisoned(fenceOut(run), now) };
  const counted: Run = { ...run, rescues, deaths: (run.deaths ?? 0) + died };
  if (isSuspect(counted) && !task.isAlone) return { kind: 'suspect', run };
  const claimed: Run = {
    ...counted,
    status: 'running',
    fencing: run.fencing + 1,
    holder: task.holder,
    leaseUntil: now + task.leaseMs,
    dueAt: null,
    waitingFor: null,
    startedAt: run.startedAt ?? now,
    heartbeatAt: now,
  };
  return { kind: 'claimed', run: claimed };
}
