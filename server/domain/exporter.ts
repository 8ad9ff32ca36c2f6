/** An exporter: a person's saved wish, and what its last publish left behind. */
import { z } from 'zod';
import { scheduleSchema } from '../../shared/contract/schedule.ts';
import { exporterNoticesSchema } from './channel.ts';
import { healthSchema } from './exporter-health.ts';

export const filterSchema = z.object({
  column: z.string(),
  op: z.enum(['is', 'is-not', 'one-of', 'from', 'to', 'contains']),
  values: z.array(z.string()).min(1),
});
export type Filter = z.infer<typeof filterSchema>;

export const destinationSchema = z.object({
  spreadsheetId: z.string(),
  /** The grant that writes while its person is away. */
  googleGrantId: z.string(),
  /** The title wanted when the tab is made; afterwards people may rename it. */
  tabTitle: z.string(),
});
export type Destination = z.infer<typeof destinationSchema>;

/** What the last finished publish knows; all of it can be found again from the tab's metadata. */
export const publishedSchema = z.object({
  sheetId: z.int(),
  generation: z.int(),
  rowsHash: z.string(),
  driveVersion: z.string(),
  rows: z.int(),
  columns: z.array(z.string()),
  stampedAt: z.number(),
});
export type Published = z.infer<typeof publishedSchema>;

export const exporterSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  name: z.string(),
  createdBy: z.string(),
  createdAt: z.number(),
  connectionId: z.string(),
  organisationId: z.string(),
  /** A dataset id of the catalogue. */
  dataset: z.string(),
  /** Parameters of a report, by the dataset's own names. */
  params: z.record(z.string(), z.string()),
  /** Column keys in the wanted order; null takes the dataset's default columns. */
  columns: z.array(z.string()).nullable(),
  filters: z.array(filterSchema),
  destination: destinationSchema,
  status: z.enum(['active', 'paused', 'needs-reconnect', 'needs-file', 'deleted']),
  activeRunId: z.string().nullable(),
  lastRunId: z.string().nullable(),
  published: publishedSchema.nullable(),
  /** How it stands over its runs; none before the first end of one since 2026-11-21. */
  health: healthSchema.optional(),
  /** Who hears of it, and what; none: the usual (since 2026-11-21). */
  notices: exporterNoticesSchema.optional(),
  /** When it runs by itself; null: only when a person says so. This and what follows since 2026-11-21. */
  schedule: scheduleSchema.nullable().default(null),
  /** The slot that comes next, or is due: always the first one after `slotsTakenUntil`; null without a schedule. */
  nextDueAt: z.number().nullable().default(null),
  /** Every slot up to here was started, joined, made up for by a later one, or is none of this schedule's. */
  slotsTakenUntil: z.number().nullable().default(null),
  /** The last slot that a run was started for, or that an active run took in. */
  lastSlotAt: z.number().nullable().default(null),
  /** The first slot that fell due while the exporter needed its person: made up for once, when it goes on. */
  missedSlotAt: z.number().nullable().default(null),
  pausedAt: z.number().nullable().default(null),
});
export type Exporter = z.infer<typeof exporterSchema>;
