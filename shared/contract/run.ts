/** Runs on the wire: start, watch, cancel. */
import { z } from 'zod';
import { route } from './route.ts';

export const idSchema = z.string().regex(/^[a-z0-9]{1,64}$/, 'is not an id');

export const runStatusSchema = z.enum([
  'queued',
  'running',
  'waiting',
  'succeeded',
  'succeeded-with-gaps',
  'failed',
  'cancelled',
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

export const countersSchema = z.object({
  rows: z.int(),
  /** Cells of the block that were sent to the sheet; the stamp is left out. */
  cellsWritten: z.int(),
  /** Calls and bytes on the wire that this run made itself; 0 for a run that joined another's pull. */
  xeroCalls: z.int(),
  xeroBytes: z.int(),
});
export type Counters = z.infer<typeof countersSchema>;

export const progressSchema = z.object({
  /** A sentence part: "Reading bank transactions". */
  what: z.string(),
  done: z.int(),
  /** Null until counted. */
  total: z.int().nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

export const gapSchema = z.object({
  /** What is missing, e.g. `invoices` or `invoices 3fa8…: Total`. Ids only, never a value of the record. */
  what: z.string(),
  reason: z.enum([
    'unreadable-record',
    'unreadable-value',
    'no-permission',
    'scope-missing',
    'not-available',
    'unsettled-totals',
  ]),
  count: z.int().positive(),
});
export type Gap = z.infer<typeof gapSchema>;

/** Something that Xero sent for the first time and that no list of its fields and values has. Nothing is wrong. */
export const runNewsSchema = z.object({
  /** The kind of record, e.g. `Invoices`. */
  what: z.string(),
  /** The field: names joined by dots, `[*]` after a list; `^Widgets`: a list beside the records. */
  path: z.string(),
  /** A new value of the field; null: the field is new, and can be added as a column. */
  value: z.string().nullable(),
});
export type RunNews = z.infer<typeof runNewsSchema>;

/** Why a run stands still or ended, as people read it. */
export const reasonSchema = z.object({ code: z.string(), sentence: z.string(), button: z.string() });

/** Instants are ISO with Z. */
const instantSchema = z.iso.datetime();

export const runViewSchema = z
  .object({
    id: idSchema,
    exporterId: idSchema,
    status: runStatusSchema,
    trigger: z.enum(['manual', 'scheduled']),
    requestedAt: instantSchema,
    /** The time of its schedule that it was started for; null when a person asked. */
    slotAt: instantSchema.nullable(),
    startedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    /** When a waiting run goes on. */
    dueAt: instantSchema.nullable(),
    waitingFor: reasonSchema.nullable(),
    progress: progressSchema.nullable(),
    counters: countersSchema,
    gaps: z.array(gapSchema),
    /** What Xero sent for the first time in this run. */
    news: z.array(runNewsSchema),
    error: reasonSchema.nullable(),
    isCancelling: z.boolean(),
  })
  .meta({ id: 'Run' });
export type RunView = z.infer<typeof runViewSchema>;

const runIdParams = z.strictObject({ runId: idSchema });
const exporterIdParams = z.strictObject({ exporterId: idSchema });
const runPage = z.object({ runs: z.array(runViewSchema), next: z.string().nullable() });
const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** `next` of the page before. */
  after: z.string().max(200).optional(),
});

export const runRoutes = {
  startRun: route({
    id: 'startRun',
    method: 'POST',
    path: '/api/v1/exporters/{exporterId}/runs',
    summary: 'Run an exporter now. While one of its runs is active, answers with that run.',
    params: exporterIdParams,
    query: null,
    body: z.strictObject({
      /** Go on although Xero answered with no rows, or many records vanished. */
      confirm: z.array(z.enum(['empty-answer', 'many-removed'])).default([]),
    }),
    /** `isNew` is false when a run was active already: this is that one. */
    answer: runViewSchema.extend({ isNew: z.boolean() }).meta({ id: 'StartedRun' }),
    status: 202,
  }),
  listRuns: route({
    id: 'listRuns',
    method: 'GET',
    path: '/api/v1/exporters/{exporterId}/runs',
    summary: 'The runs of an exporter, newest first.',
    params: exporterIdParams,
    query: pageQuery,
    body: null,
    answer: runPage,
    status: 200,
  }),
  getRun: route({
    id: 'getRun',
    method: 'GET',
    path: '/api/v1/runs/{runId}',
    summary: 'One run with its progress.',
    params: runIdParams,
    query: null,
    body: null,
    answer: runViewSchema,
    status: 200,
  }),
  cancelRun: route({
    id: 'cancelRun',
    method: 'POST',
    path: '/api/v1/runs/{runId}/cancel',
    summary: 'Cancel a run. It stops within one unit of work; what the tab holds stays whole.',
    params: runIdParams,
    query: null,
    body: null,
    answer: runViewSchema,
    status: 202,
  }),
} as const;
