/** A lease: an exclusive right with an end and a fencing number that only ever grows. Pure decisions. */
import { z } from 'zod';

export const leaseSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  holder: z.string().nullable(),
  fencing: z.int(),
  until: z.number(),
});
export type Lease = z.infer<typeof leaseSchema>;
