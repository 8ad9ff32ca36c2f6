/** The stored head of a mirror: which generation is current, and the pull that is in flight. */
import { z } from 'zod';

export const mirrorSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  organisationId: z.string(),
  /** The one connection that pulls; another puller means a full sweep, because Xero masks fields by role. */
  pullerConnectionId: z.string(),
  /** The mirror's own data key, wrapped by Keys; destroying it erases the mirror. */
  wrappedKey: z.string(),
  /** 0: nothing committed yet. */
  generation: z.int(),
  /** Blob of the index of this generation; empty at generation 0. */
  indexPath: z.string(),
  /** When it was last looked after (a new one: made), and the generation in which no merge was worth it any more. */
  tidiedAt: z.number().optional(),
  tidiedGeneration: z.int().optional(),
});
export type MirrorDocument = z.infer<typeof mirrorSchema>;

/** One per mirror: who pulls now, what is asked of that pull, and from which moment on everything is in the mirror. */
export const pullSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  /** The run that pulls; null when none is in flight. */
  runId: z.string().nullable(),
  /** Grows with each pull begun. */
  number: z.int(),
  startedAt: z.number(),
  /** Set once no more may be asked: the pull is about to commit. */
  isClosed: z.boolean(),
  /** What the owner and the runs that joined want: a resource's name, or a report's with its parameters; by the newest request. */
  asks: z.record(z.string(), z.number()),
  /** Committed: all that changed at Xero before this moment of our clock is in the mirror. Never shrinks. */
  reads: z.record(z.string(), z.number()),
  /** What Xero did not let us read, and when it was last tried. */
  missing: z.record(
    z.string(),
    z.object({
      at: z.number(),
      code: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type Pull = z.infer<typeof pullSchema>;

/** The mirror's id for a team and an organisation: also the folder of its blobs. */
export const mirrorIdOf = (teamId: string, organisationId: string): string => `${teamId}.${organisationId}`;
