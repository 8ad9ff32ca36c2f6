/**
 * A run: one execution of an exporter, as it is stored, and the moves that its status may make.
 *
 * queued → running when a worker takes the lease. running ⇄ waiting: a known due time stands between (limits, outages,
 * another holder). running or waiting → succeeded | succeeded-with-gaps | failed; queued, running, waiting → cancelled.
 * A terminal run never moves again.
 */
import { z } from 'zod';
import {
  type Counters,
  countersSchema,
  gapSchema,
  progressSchema,
  runStatusSchema,
} from '../../shared/contract/run.ts';
import { jsonSchema } from './json.ts';

export type { Counters, Progress, RunStatus } from '../../shared/contract/run.ts';
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
  /** Milliseconds since the epoch, as every `…At` of a document. */
  requestedAt: z.number(),
  status: runStatusSchema,
  /** The number of the task that may act now; older tasks only repeat the enqueue. */
  seq: z.int(),
  steps: z.array(runStepSchema),
  stepIndex: z.int(),
  /** Fencing number of the newest lease on this run. */
  fencing: z.int(),
  leaseUntil: z.number().nullable(),
  /** When a waiting run goes on. */
  dueAt: z.number().nullable(),
  waitingFor: runErrorSchema.nullable(),
  progress: progressSchema.nullable(),
  counters: countersSchema,
  gaps: z.array(gapSchema),
  error: runErrorSchema.nullable(),
  cancelRequestedAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  heartbeatAt: z.number().nullable(),
  deadlineAt: z.number(),
  endedAt: z.number().nullable(),
  /** How often a lost or failing task was delivered again without any checkpoint moving. */
  rescues: z.int(),
});
export type Run = z.infer<typeof runSchema>;
