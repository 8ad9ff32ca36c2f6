/**
 * Deleting a team's data of one organisation: due after thirty days in which it can be undone, then erased, then a receipt.
 *
 * due → (undone: the document goes) | erasing, when its day has come: from then on nothing brings it back. The steps of erasing
 * are each harmless when done again; the document goes with the last one, which leaves the receipt.
 */
import { z } from 'zod';

/** What there was, counted once before anything is destroyed. */
export const belongingsSchema = z.object({
  exporters: z.int(),
  runs: z.int(),
  snapshots: z.int(),
  /** Files of the mirror and their bytes as stored. */
  files: z.int(),
  bytes: z.number(),
});
export type Belongings = z.infer<typeof belongingsSchema>;

/** Id: the mirror's. While it is there nothing is read, run or connected for that mirror. */
export const deletionSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  organisationId: z.string(),
  /** The organisation's name as it was confirmed. */
  name: z.string(),
  requestedBy: z.string(),
  requestedAt: z.number(),
  dueAt: z.number(),
  status: z.enum(['due', 'erasing']),
  /** Set with `erasing`. */
  begunAt: z.number().nullable(),
  belongings: belongingsSchema.nullable(),
  /** Names the mirror's data key without telling it; null when there was no mirror. */
  keyId: z.string().nullable(),
  /** Connections that Xero could not be asked to remove. */
  leftAtXero: z.int(),
});
export type Deletion = z.infer<typeof deletionSchema>;

export const receiptSchema = deletionSchema
  .omit({ dueAt: true, status: true, begunAt: true, belongings: true })
  .extend({ begunAt: z.number(), erasedAt: z.number(), erased: belongingsSchema });
export type Receipt = z.infer<typeof receiptSchema>;

export const graceMs = 30 * 24 * 3_600_000;

/** Xero is asked so long before a connection is left there: the data goes all the same. */
export const patienceMs = 24 * 3_600_000;
