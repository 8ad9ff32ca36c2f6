/**
 * What a publish step is given, and where it stands between units.
 *
 * attempt: read, compare, write; repeated until a read shows exactly what is wanted. stage → copy: the way of a large write,
 * chunk by chunk into a hidden tab, then an attempt whose one batch copies from it.
 */
import { z } from 'zod';

export const publishInputSchema = z.object({
  exporterId: z.string(),
  /** Codes of refusals that a person confirmed: EMPTY_ANSWER, or those whose button writes to a new tab. */
  confirmed: z.array(z.string()).default([]),
});
export type PublishInput = z.infer<typeof publishInputSchema>;

/** Where the last batch wrote, by the places that it took things to be at. */
const wroteSchema = z.object({
  headerRow: z.int(),
  columns: z.array(z.object({ key: z.string(), index: z.int() })),
  ranges: z.array(z.object({ startRow: z.int(), endRow: z.int(), startColumn: z.int(), endColumn: z.int() })),
});
export type Wrote = z.infer<typeof wroteSchema>;

const roundSchema = {
  /** Batches applied so far: from the second attempt on, what differs was changed by somebody else. */
  round: z.int(),
  rowsHash: z.string(),
  /** When the stamp was written by this run, else null. */
  stampedAt: z.number().nullable(),
  /** A generation that turned out to be taken. */
  taken: z.int(),
  /** Null before the first batch, and for one of more ranges than a checkpoint should hold. */
  wrote: wroteSchema.nullable(),
};

export const publishCheckpointSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('attempt'), ...roundSchema }),
  z.object({
    phase: z.literal('stage'),
    ...roundSchema,
    stagingSheetId: z.int(),
    nextRow: z.int(),
    /** Of the spreadsheet when staging began: the chunks agree with each other. */
    timeZone: z.string(),
  }),
  z.object({ phase: z.literal('copy'), ...roundSchema, stagingSheetId: z.int() }),
]);
export type PublishCheckpoint = z.infer<typeof publishCheckpointSchema>;
export type Attempt = Exclude<PublishCheckpoint, { phase: 'stage' }>;

export const firstAttempt: PublishCheckpoint = {
  phase: 'attempt',
  round: 0,
  rowsHash: '',
  stampedAt: null,
  taken: 0,
  wrote: null,
};
