/** A gap: something that is missing, named, with its reason. One gap is enough to lose the word "complete". */
import { z } from 'zod';

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
