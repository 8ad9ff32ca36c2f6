/** How a run ends, computed from what it did, and what its end means for the exporter. */
import type { ErrorCode } from '../errors.ts';
import type { Exporter } from './exporter.ts';
import { hasEnded, hasLiveLease, type Run, type RunError } from './run.ts';

/** Every step is done: one gap is enough to lose the plain word. */
export const succeed = (run: Run, now: number): Run => ({
  ...run,
  ...atRest(run, now),
  status: run.gaps.length === 0 ? 'succeeded' : 'succeeded-with-gaps',
});

export const fail = (run: Run, error: RunError, now: number): Run => ({
  ...run,
  ...atRest(run, now),
  status: 'failed',
  error,
});

export const cancel = (run: Run, now: number): Run => ({
  ...run,
  ...atRest(run, now),
  status: 'cancelled',
});

/** Ended by its deadline, with what it was waiting for. */
export const failOverdue = (run: Run, now: number): Run =>
  fail(
    run,
    { code: 'DEADLINE', details: run.waitingFor ? { waitingFor: run.waitingFor.code } : {} } satisfies Coded,
    now,
  );

export const failPoisoned = (run: Run, now: number): Run =>
  fail(run, { code: 'POISON_TASK', details: { rescues: run.rescues } } satisfies Coded, now);

/** Takes the run from whoever held it: a paused worker that comes back records nothing more. */
export const fenceOut = (run: Run): Run => ({
  ...run,
  fencing: run.fencing + 1,
  holder: null,
  leaseUntil: null,
});

/** A person asks for the end. A worker that holds the run obeys after its unit; without one the run ends at once. */
export function requestCancel(run: Run, at: { now: number; leaseMs: number }): Run {
  if (hasEnded(run)) return run;
  const asked = { ...run, cancelRequestedAt: run.cancelRequestedAt ?? at.now };
  if (!hasLiveLease(run, at)) return cancel(fenceOut(asked), at.now);
  return run.cancelRequestedAt === null ? asked : run;
}

/** The exporter once `run` has ended: free for the next one, and asking for what a person must mend. */
export function exporterAfterRun(exporter: Exporter, runId: string, run: Run): Exporter {
  const status = statusAfterRun(exporter.status, run);
  return {
    ...exporter,
    activeRunId: exporter.activeRunId === runId ? null : exporter.activeRunId,
    lastRunId: runId,
    status,
    missedSlotAt: missedAfterRun(exporter, status, run),
  };
}

type Coded = RunError & { code: ErrorCode };

/** Nobody goes on from a place in it: checkpoints may be hundreds of KB, and ended runs are kept. */
const atRest = ({ steps }: Run, now: number) => ({
  steps: steps.map((step) => ({ ...step, checkpoint: null })),
  holder: null,
  leaseUntil: null,
  dueAt: null,
  waitingFor: null,
  progress: null,
  endedAt: now,
});

const mending: { readonly [C in ErrorCode]?: 'needs-reconnect' | 'needs-file' } = {
  NEEDS_RECONNECT: 'needs-reconnect',
  SCOPE_MISSING: 'needs-reconnect',
  XERO_PERMISSION: 'needs-reconnect',
  NEEDS_FILE: 'needs-file',
  NEEDS_GOOGLE: 'needs-file',
  WRITER_LEFT: 'needs-file',
  SHEET_MISSING: 'needs-file',
};

/** A success leaves nothing to make up for; a slot whose run shows that a person is needed is made up for afterwards. */
function missedAfterRun(exporter: Exporter, status: Exporter['status'], run: Run): number | null {
  if (run.status === 'succeeded' || run.status === 'succeeded-with-gaps') return null;
  const isHalted = status === 'needs-reconnect' || status === 'needs-file';
  return exporter.missedSlotAt ?? (isHalted ? (run.slotAt ?? null) : null);
}

/** Paused and deleted are a person's word and stay. A success proves that what was asked for has been mended. */
function statusAfterRun(status: Exporter['status'], run: Run): Exporter['status'] {
  if (status === 'paused' || status === 'deleted') return status;
  if (run.status === 'succeeded' || run.status === 'succeeded-with-gaps') return 'active';
  return (run.error && mending[run.error.code as ErrorCode]) ?? status;
}
