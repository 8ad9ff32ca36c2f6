/** What is left of Xero's limits for one organisation, spent by reservation. Keyed by the organisation alone: all teams share it. */
import { z } from 'zod';

export const budgetSchema = z.object({
  v: z.literal(1),
  /** Open reservations: calls that may be in flight, each ending by itself. */
  reservations: z.array(z.object({ id: z.string(), calls: z.int(), until: z.number() })),
  minuteWindowAt: z.number(),
  minuteUsed: z.int(),
  minuteLimit: z.int(),
  dayWindowAt: z.number(),
  dayUsed: z.int(),
  /** Learned from headers; unknown until the first answer. */
  dayLimit: z.int().nullable(),
  /** Set by a 429: nothing is spent before. */
  blockedUntil: z.number(),
  blockedBy: z.enum(['none', 'minute', 'day', 'concurrent', 'appminute']),
});
export type Budget = z.infer<typeof budgetSchema>;
