/** What a pull step is given and what it remembers between its units. */
import { z } from 'zod';
import { type ProgressOfResource, progressOfResourceSchema } from '../../../domain/pull-progress.ts';
import { reportProgressSchema } from '../../../domain/report-settling.ts';

export const pullInputSchema = z.object({
  connectionId: z.string(),
  organisationId: z.string(),
  teamId: z.string(),
  /** Names of resources. */
  resources: z.array(z.string()),
  /** Reports with parameters, as `needsOf` writes them. */
  reports: z.array(z.string()),
  /** A person looked at what vanished and confirmed that it may go. */
  isRemovalConfirmed: z.boolean().default(false),
});
export type PullInput = z.infer<typeof pullInputSchema>;

/** Why something is left out of the pull. */
export const missingSchema = z.object({
  at: z.number(),
  code: z.enum(['SCOPE_MISSING', 'XERO_PERMISSION', 'MANY_REMOVED']),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

const calendarSchema = z.object({
  yearEnd: z.object({ month: z.int(), day: z.int() }),
  timeZone: z.string(),
});

export const pullCheckpointSchema = z.object({
  v: z.literal(1),
  /** Of the pull that this run owns: the checkpoint of another one is worth nothing. */
  number: z.int(),
  /** Generation that everything is compared with. */
  base: z.int(),
  /** The connection that reads, and its grant and scopes in short. */
  connectionId: z.string(),
  reader: z.string(),
  resources: z.record(z.string(), progressOfResourceSchema),
  /** What Xero does not let us read, and lists that have lost so much that a person has to look. */
  missing: z.record(z.string(), missingSchema),
  calendar: calendarSchema.nullable(),
  /** Addresses of the answers that make each wanted report, by the wish and the day that it was planned for. */
  plans: z.record(z.string(), z.array(z.string())),
  reports: z.record(z.string(), reportProgressSchema),
});
export type PullCheckpoint = z.infer<typeof pullCheckpointSchema>;

export const withProgress = (
  checkpoint: PullCheckpoint,
  name: string,
  progress: ProgressOfResource,
): PullCheckpoint => ({ ...checkpoint, resources: { ...checkpoint.resources, [name]: progress } });

/** What is left out is asked for no more in this pull. */
export function leftOut(
  checkpoint: PullCheckpoint,
  name: string,
  missing: PullCheckpoint['missing'][string],
): PullCheckpoint {
  const without = <T>(all: Record<string, T>, isKept: (id: string, one: T) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(all).filter(([id, one]) => isKept(id, one)));
  return {
    ...checkpoint,
    missing: { ...checkpoint.missing, [name]: missing },
    resources: without(checkpoint.resources, (id) => id !== name),
    reports: without(checkpoint.reports, (_, { report }) => report !== name),
  };
}
