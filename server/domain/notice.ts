/** A notice: something that a team must hear once, with the one thing that helps. */
import { z } from 'zod';

export const noticeSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  /** needs-google: the sheets of an account cannot be written; needs-reconnect: organisations cannot be read. */
  kind: z.enum(['needs-reconnect', 'needs-google']),
  /** A grant's or a connection's id. */
  subject: z.string(),
  /** Whose access it was: an organisation or an account, by name. */
  name: z.string(),
  createdAt: z.number(),
  seenAt: z.number().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;
