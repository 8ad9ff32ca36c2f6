/** How a run passes from one task to the next: by its holder after a slice or for a wait, by the tick when a task is lost. */
import { type Held, isHeld } from './checkpoint.ts';
import { hasEnded, hasLiveLease, isUrgent, type Progress, type Run, type RunError } from './run.ts';
import { cancel, fail, failOverdue, failPoisoned, fenceOut } from './run-end.ts';

/** Longer life for the lease, and news for people. Undefined when the run is another's. */
export function renew(
  run: Run,
  held: Held,
  at: { now: number; leaseMs: number; progress: Progress | null },
): Run | undefined {
  if (!isHeld(run, held)) return undefined;
  const leaseUntil = Math.max(run.leaseUntil ?? 0, at.now + at.leaseMs);
  return { ...run, leaseUntil, heartbeatAt: at.now, progress: at.progress ?? run.progress };
}

/** Why the holder lets go. */
export type Reason =
  /** The slice is over, or the server stops: the next task is due at once. */
  | { kind: 'slice' }
  /** The unit did not end in its time, as if its worker had died. */
  | { kind: 'stuck' }
  /** Not a failure: known to be over at `dueAt`. */
  | { kind: 'wait'; waitingFor: RunError; dueAt: number }
  /** Passing trouble; counted, and the end of the run when it was too often. */
  | { kind: 'retry'; waitingFor: RunError; dueAt: number };

/**
 * The run without a holder and with the next seq, whose task is due at `dueAt`. The same run when that was recorded
 * already or the run has ended. Undefined when the run is another's.
 */
export function handOver(
  run: Run,
  held: Held,
  reason: Reason,
  at: { now: number; maxRescues: number },
): Run | undefined {
  if (hasEnded(run) || (run.fencing === held.fencing && run.seq === held.seq + 1)) return run;
  if (!isHeld(run, held)) return undefined;
  if (run.cancelRequestedAt !== null) return cancel(run, at.now);
  const isRescue = reason.kind === 'retry' || reason.kind === 'stuck';
  const rescues = run.rescues + (isRescue ? 1 : 0);
  if (rescues > at.maxRescues)
    return reason.kind === 'retry' ? fail(run, reason.waitingFor, at.now) : failPoisoned(run, at.now);
  const next = { ...run, seq: run.seq + 1, holder: null, leaseUntil: null, rescues };
  switch (reason.kind) {
    case 'slice':
    case 'stuck':
      return { ...next, status: 'running', dueAt: at.now, waitingFor: null };
    case 'wait':
    case 'retry':
      return { ...next, status: 'waiting', dueAt: reason.dueAt, waitingFor: reason.waitingFor };
  }
}

/**
 * A new seq for a run whose task of `seq` is lost, or the end of a run that may not go on. The same run when it went on
 * meanwhile, ended, or is held by a live worker.
 */
export function reissue(
  run: Run,
  at: { seq: number; now: number; leaseMs: number; maxRescues: number },
): Run {
  if (hasEnded(run)) return run;
  if (run.deadlineAt <= at.now) return failOverdue(fenceOut(run), at.now);
  if (run.seq !== at.seq || hasLiveLease(run, at)) return run;
  if (run.cancelRequestedAt !== null) return cancel(fenceOut(run), at.now);
  const dueAt = Math.max(run.dueAt ?? at.now, at.now);
  if (run.leaseUntil === null) return { ...run, seq: run.seq + 1, dueAt };
  if (run.rescues >= at.maxRescues) return failPoisoned(fenceOut(run), at.now);
  return {
    ...fenceOut(run),
    seq: run.seq + 1,
    dueAt,
    rescues: run.rescues + 1,
    deaths: (run.deaths ?? 0) + 1,
  };
}

/**
 * A person asks for a run that is under way by schedule. What it waits for is tried at once, for people have a share of their own
 * in it; a worker that holds it takes notice with its next unit. Twice, or when a person asked before: the same run.
 */
export function hurry(run: Run, now: number): Run {
  if (hasEnded(run) || isUrgent(run)) return run;
  const hurried = { ...run, hurriedAt: now };
  return run.leaseUntil === null ? { ...hurried, seq: run.seq + 1, dueAt: now } : hurried;
}
