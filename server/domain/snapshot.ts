/** The pointer to a snapshot: a pinned generation of a mirror, whose counts, totals and lists are in a blob. */
import { z } from 'zod';

export const snapshotSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  mirrorId: z.string(),
  generation: z.int(),
  /** Blob of what it pins. */
  path: z.string(),
  takenAt: z.number(),
});
export type SnapshotPointer = z.infer<typeof snapshotSchema>;
