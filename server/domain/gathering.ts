/**
 * Runs that stand before one spreadsheet, to be published together by whichever of them writes first. Pure decisions.
 *
 * A run says that it is there before it asks for the spreadsheet's lease. Whoever holds the lease publishes for all that are
 * there and writes down how each was settled; each then ends by itself, with its own counters. One that could not be
 * published with the others is left as it is, and meets its own trouble in its own run.
 */
import { z } from 'zod';
import { publishedSchema } from './exporter.ts';
import { gapSchema } from './gap.ts';

export const settledSchema = z.object({
  published: publishedSchema,
  cellsWritten: z.int(),
  gaps: z.array(gapSchema),
});
/** What a publish left behind, and what it counted. */
export type Settled = z.infer<typeof settledSchema>;

export const gatheringSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  /** When the next publish may begin by Google's quotas, and the run that will; null when nobody waits for a turn. */
  turn: z.object({ runId: z.string(), at: z.number() }).nullable(),
  /** By run. */
  runs: z.record(
    z.string(),
    z.object({
      exporterId: z.string(),
      confirmed: z.array(z.string()),
      requestedAt: z.number(),
      trigger: z.enum(['manual', 'scheduled']),
      settled: settledSchema.nullable(),
    }),
  ),
});
export type Gathering = z.infer<typeof gatheringSchema>;
export type Gathered = Gathering['runs'][string];

/** Teams and grants do not publish for each other. */
export const gatheringId = (teamId: string, spreadsheetId: string, grantId: string): string =>
  `${teamId}.${spreadsheetId}.${grantId}`;

/** Runs that ask once the turn is taken look again this long after it: by then they are settled. */
const settledAfterMs = 6_000;

export const newGathering = (teamId: string): Gathering => ({ v: 1, teamId, turn: null, runs: {} });

/** With the run in it; the same gathering when it was. */
export const arrive = (gathering: Gathering, runId: string, arriving: Gathered): Gathering =>
  gathering.runs[runId] === undefined
    ? { ...gathering, runs: { ...gathering.runs, [runId]: arriving } }
    : gathering;

/** Without these runs. A turn that one of them would have used is for those who stay: the next of them goes then. */
export function leave(gathering: Gathering, runIds: readonly string[]): Gathering {
  const runs = Object.fromEntries(
    Object.entries(gathering.runs).filter(([runId]) => !runIds.includes(runId)),
  );
  return { ...gathering, runs };
}

/**
 * What a turn that was taken means to this run: `go` when it has come, or when the run of a person needs none; else when to
 * look again. Undefined: no turn is taken. One that nobody came for within a minute is forgotten.
 */
export function turnOf(
  { turn }: Gathering,
  runId: string,
  { now, isUrgent }: { now: number; isUrgent: boolean },
): 'go' | number | undefined {
  if (turn === null || now > turn.at + 60_000 || turn.at > now + 24 * 3_600_000) return undefined;
  if (now >= turn.at) return 'go';
  if (isUrgent) return undefined;
  return turn.runId === runId ? turn.at : turn.at + settledAfterMs;
}
