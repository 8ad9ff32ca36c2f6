/**
 * A run: one execution of an exporter, as it is stored, and the moves that its status may make.
 *
 * queued → running when a worker takes the lease. running ⇄ waiting: a known due time stands between (limits, outages,
 * a back-off, another holder). Between two tasks of one run it stays running, without a lease and with a due time.
 * running → succeeded | succeeded-with-gaps when every step is done. queued, running, waiting → cancelled on request,
 * → failed by an error, a deadline or too many rescues. A run that ended never moves again.
 */
import { z } from 'zod';
import {
  type Counters,
  countersSchema,
  gapSchema,
  progressSchema,
  type RunStatus,
  runNewsSchema,
  runStatusSchema,
} from '../../shared/contract/run.ts';
import type { ErrorCode } from '../errors.ts';
import { jsonSchema } from './json.ts';

export type { Counters, Progress, RunNews, RunStatus } from '../../shared/contract/run.ts';
export const noCounters: Counters = { rows: 0, cellsWritten: 0, xeroCalls: 0, xeroBytes: 0 };

export const runStepSchema = z.object({
  kind: z.string(),
  input: jsonSchema,
  checkpoint: jsonSchema,
  isDone: z.boolean(),
});

/** Why a run is not moving, or why it ended: a row of the error table. */
export const runErrorSchema = z.object({
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const runSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  exporterId: z.string(),
  trigger: z.enum(['manual', 'scheduled']),
  requestedBy: z.string(),
  /** When a person first asked for it while it was under way by schedule: it has their priority since. */
  hurriedAt: z.number().optional(),
  /** The planned moment that it was started for, the first of those it makes up for; none when a person asked, or before 2026-11-21. */
  slotAt: z.number().optional(),
  /** Milliseconds since the epoch, as every `…At` of a document. */
  requestedAt: z.number(),
  status: runStatusSchema,
  /** The number of the task that may act now; older tasks only repeat the enqueue. */
  seq: z.int(),
  steps: z.array(runStepSchema),
  stepIndex: z.int(),
  /** Fencing number of the newest lease on this run: a worker with a smaller one records nothing more. */
  fencing: z.int(),
  /** The claim that holds the lease, so that a claim whose commit is repeated knows itself; null when nobody does. */
  holder: z.string().nullable(),
  leaseUntil: z.number().nullable(),
  /** Units recorded so far. With `fencing` it is the operation id of the next record: one that is repeated counts once. */
  units: z.int(),
  /** When the task of `seq` is due; null while a worker holds the lease and once the run has ended. */
  dueAt: z.number().nullable(),
  waitingFor: runErrorSchema.nullable(),
  progress: progressSchema.nullable(),
  counters: countersSchema,
  gaps: z.array(gapSchema),
  /** What Xero sent for the first time; a run of before 2026-11-21 has none. */
  news: z.array(runNewsSchema).optional(),
  error: runErrorSchema.nullable(),
  cancelRequestedAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  heartbeatAt: z.number().nullable(),
  deadlineAt: z.number(),
  endedAt: z.number().nullable(),
  /** How often a lost or failing task was delivered again without any checkpoint moving. */
  rescues: z.int(),
  /** Those of them for which its worker died or stood still; a run of before 2026-11-21 has none. */
  deaths: z.int().optional(),
});
export type Run = z.infer<typeof runSchema>;
export type RunStep = z.infer<typeof runStepSchema>;
export type RunError = z.infer<typeof runErrorSchema>;

/** From a status to those it may move to. A status may always be kept, except that an ended run is not written at all. */
export const allowedMoves: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'failed', 'cancelled'],
  running: ['waiting', 'succeeded', 'succeeded-with-gaps', 'failed', 'cancelled'],
  waiting: ['running', 'failed', 'cancelled'],
  succeeded: [],
  'succeeded-with-gaps': [],
  failed: [],
  cancelled: [],
};

export const hasEnded = (run: Pick<Run, 'status'>): boolean => allowedMoves[run.status].length === 0;

/** The statuses of runs that have not ended. */
export const activeStatuses = ['queued', 'running', 'waiting'] as const satisfies readonly RunStatus[];

/** A person waits for it. */
export const isUrgent = (run: Pick<Run, 'trigger' | 'hurriedAt'>): boolean =>
  run.trigger === 'manual' || run.hurriedAt !== undefined;

/**
 * It comes back for a turn in a line, or for what another run holds for moments: lost, or no longer together with its
 * neighbours, when it is not there soon after.
 */
export const hasTurn = (run: Pick<Run, 'status' | 'waitingFor'>): boolean =>
  run.status === 'waiting' && turnCodes.has(run.waitingFor?.code ?? '');

const turnCodes = new Set<string>(['GOOGLE_QUOTA', 'LEASE_HELD', 'PULL_IN_FLIGHT'] satisfies ErrorCode[]);

/**
 * Whether a worker may still be at it. A lease that ends later than any lease can was taken by a clock that has been set
 * back since: it counts as over, and fencing keeps that safe.
 */
export const hasLiveLease = (run: Run, at: { now: number; leaseMs: number }): boolean =>
  run.leaseUntil !== null && run.leaseUntil > at.now && run.leaseUntil <= at.now + 2 * at.leaseMs;

/**
 * Whether it may be what its workers died of. Each run that a dying worker has in hand looks like it, so a suspect works
 * alone: who did no harm shows it by a unit, and the deaths that follow are one run's own.
 */
export const isSuspect = (run: Run): boolean => (run.deaths ?? 0) >= suspectDeaths;

const suspectDeaths = 3;

/** Stays on in production: a move outside the table, or a number that shrinks, is a bug and is not written. */
export function assertMove(before: Run, after: Run): void {
  const isAllowed = before.status === after.status || allowedMoves[before.status].includes(after.status);
  if (hasEnded(before) || !isAllowed)
    throw new Error(`A run may not move from ${before.status} to ${after.status}`);
  for (const field of ['seq', 'fencing', 'units', 'stepIndex'] as const)
    if (after[field] < before[field]) throw new Error(`A run's ${field} may not shrink`);
}
