/**
 * Whether a report agrees with the records that it adds up. Pure decisions.
 *
 * A report in the mirror is fresh while no ledger record changed on or before its end date since it was fetched. One that is
 * fetched is settled when its ledger resources were read once more after its answer and in none of them had anything moved since
 * Xero made it, by the stamps of the changes or because all of them were found before; else it is fetched again, three times in
 * all, and then kept as unsettled, which is neither a gap nor a failure. A change that nobody can date (a transfer that was removed)
 * is taken as one that came after it.
 */
import { z } from 'zod';
import { earlier, type ProgressOfResource, segmentSchema } from './pull-progress.ts';

/** What the mirror says of a report, as the state of its record. */
export const reportStates = ['settled', 'unsettled', 'stale'] as const;

export const reportProgressSchema = z.object({
  report: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  through: z.string(),
  ledger: z.array(z.string()),
  /** In the mirror when the pull began; null: not there. */
  known: z.enum(reportStates).nullable(),
  knownAt: z.number(),
  /** The newest answer of this pull: when it had come, and the changes of each resource that were known before it was asked for. */
  fetchedAt: z.number().nullable(),
  changesBy: z.record(z.string(), z.int()).default({}),
  /** Xero made the newest answer after this, by its own clock: every change stamped before it is in the answer. */
  madeAfter: z.number().nullable().default(null),
  rounds: z.int(),
  /** The answer twice, as settled and as not: which of the two is committed is known later. */
  settled: segmentSchema.nullable(),
  unsettled: segmentSchema.nullable(),
});
export type ReportProgress = z.infer<typeof reportProgressSchema>;

export type ReportVerdict =
  | 'fresh'
  | 'settled'
  | 'unsettled'
  /** Its ledger has to be read (again) first. */
  | 'wait'
  | 'fetch';

export const mostRounds = 3;
/**
 * Some of what reports add up is in no list that we read (expense claims, payroll, depreciation, revaluations), so that no change
 * of a record tells that it moved. Under an hour, so that an hourly run sees it.
 */
export const mostAgeMs = 50 * 60_000;

export function verdictOf(
  report: ReportProgress,
  resources: Readonly<Record<string, ProgressOfResource>>,
  now: number,
): ReportVerdict {
  const ledger = report.ledger.flatMap((name) => resources[name] ?? []);
  const isBlind = ledger.length < report.ledger.length;
  const from = changesFrom(ledger);
  if (report.fetchedAt === null) {
    if (ledger.some(isSweeping)) return 'wait';
    // With a sweep all of the ledger is news: what is not read yet would move the report.
    if (ledger.some(({ mode, readAt }) => mode === 'sweep' && readAt === null) && ledger.some(isUnread))
      return 'wait';
    // What is missing or old is fetched first: the reading of the ledger that follows settles it.
    if (report.known !== 'settled' || now - report.knownAt >= mostAgeMs || isBlind) return 'fetch';
    if (ledger.some((resource) => resource.stage !== 'read')) return 'wait';
    return from !== null && from <= report.through ? 'fetch' : 'fresh';
  }
  const { fetchedAt } = report;
  if (ledger.some((resource) => resource.stage !== 'read' || (resource.readAt ?? -1) < fetchedAt))
    return 'wait';
  if (report.ledger.every((name) => isTakenIn(report, name, resources[name]))) return 'settled';
  return report.rounds < mostRounds ? 'fetch' : 'unsettled';
}

/** Whether every change of this resource is in the report's answer: found before it was asked for, or stamped before it was made. */
function isTakenIn(
  { changesBy, madeAfter }: ReportProgress,
  name: string,
  resource: ProgressOfResource | undefined,
): boolean {
  if (resource === undefined || resource.changes === (changesBy[name] ?? 0)) return true;
  const { changedAt } = resource;
  return changedAt !== null && madeAfter !== null && changedAt < madeAfter;
}

/** From when on each ledger resource must have been read for these reports to be judged. */
export function neededBy(reports: Iterable<ReportProgress>, name: string): number {
  let at = -1;
  for (const report of reports) if (report.ledger.includes(name)) at = Math.max(at, report.fetchedAt ?? -1);
  return at;
}

/** From which date on their changes may move the books. */
export const changesFrom = (resources: readonly ProgressOfResource[]): string | null =>
  resources.reduce<string | null>((from, resource) => earlier(from, resource.changesFrom), null);

/**
 * A sweep that will still find records. Once its pages are read, a report may be fetched: the pass that closes the sweep is
 * then the reading that settles the report too.
 */
const isSweeping = ({ mode, stage, begunAt }: ProgressOfResource): boolean => {
  if (mode !== 'sweep' || stage === 'read') return false;
  const isBeforeItsPass = stage === 'pass' && begunAt === null;
  return !isBeforeItsPass;
};

const isUnread = (resource: ProgressOfResource | undefined): boolean =>
  resource !== undefined &&
  resource.mode !== 'since' &&
  resource.stage === 'pages' &&
  resource.readAt === null;

/** Whether a resource's pass is to wait: a report that it settles will be fetched as soon as others of its ledger are swept. */
export const isAheadOf = (
  report: ReportProgress,
  name: string,
  resources: Readonly<Record<string, ProgressOfResource>>,
): boolean =>
  report.fetchedAt === null &&
  report.ledger.includes(name) &&
  report.ledger.some((other) => isUnread(resources[other]));
