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
});
export type MirrorDocument = z.infer<typeof mirrorSchema>;

/** One per mirror: who pulls now, and what is asked of that pull. */
export const pullSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  /** The run that pulls; null when none is in flight. */
  runId: z.string().nullable(),
  /** Grows with each pull begun. */
  number: z.int(),
  startedAt: z.number(),
  /** Resources and reports wanted by the owner and by the runs that joined. */
  resources: z.array(z.string()),
  reports: z.array(z.string()),
  /** Set once no more may be added: the pull is about to commit. */
  isClosed: z.boolean(),
  /** The newest pull that ended well, what it covered, and the generation that it made. */
  lastNumber: z.int(),
  lastStartedAt: z.number(),
  lastResources: z.array(z.string()),
  lastReports: z.array(z.string()),
});
export type Pull = z.infer<typeof pullSchema>;

/** The mirror's id for a team and an organisation: also the folder of its blobs. */
export const mirrorIdOf = (teamId: string, organisationId: string): string => `${teamId}.${organisationId}`;
