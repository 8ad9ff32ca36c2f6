/**
 * What a publish step is given, and where it stands between units.
 *
 * attempt: read, compare, write; repeated until a read shows exactly what is wanted. stage → copy: the way of a large write,
 * chunk by chunk into a hidden tab, then an attempt whose one batch copies from it. settled: written and read back; what is left is
 * to remember it. together: as settled, by another run that published for this one and remembered it.
 */
import { z } from 'zod';
import { publishedSchema } from '../../../domain/exporter.ts';
import { settledSchema } from '../../../domain/gathering.ts';

export const publishInputSchema = z.object({
  exporterId: z.string(),
  /** Codes of refusals that a person confirmed: EMPTY_ANSWER, or those whose button writes to a new tab. */
  confirmed: z.array(z.string()).default([]),
});
export type PublishInput = z.infer<typeof publishInputSchema>;

const attemptSchema = {
  /** Batches that Google refused because another wrote first, or rows or columns were moved. */
  refused: z.int(),
  /** A generation that turned out to be taken. */
  taken: z.int(),
};
const stagingSchema = {
  ...attemptSchema,
  stagingSheetId: z.int(),
  /** Of the rows that are staged. */
  rowsHash: z.string(),
};

export const publishCheckpointSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('attempt'), ...attemptSchema }),
  z.object({
    phase: z.literal('stage'),
    ...stagingSchema,
    nextRow: z.int(),
    /** Of the spreadsheet when staging began: the chunks agree with each other. */
    timeZone: z.string(),
  }),
  z.object({ phase: z.literal('copy'), ...stagingSchema }),
  z.object({ phase: z.literal('settled'), published: publishedSchema, cellsWritten: z.int() }),
  z.object({ phase: z.literal('together'), ...settledSchema.shape }),
]);
export type PublishCheckpoint = z.infer<typeof publishCheckpointSchema>;
export type Attempt = Extract<PublishCheckpoint, { phase: 'attempt' | 'copy' }>;

export const firstAttempt: Attempt = { phase: 'attempt', refused: 0, taken: 0 };
