/** Which answers make the reports that are wanted, and what the mirror has of them. */
import { z } from 'zod';
import { findCalendar } from '../../../datasets/organisation-calendar.ts';
import { instantOf } from '../../../domain/dates.ts';
import { type OrganisationCalendar, reportCalls, todayOf } from '../../../domain/report-calls.ts';
import { type ReportProgress, reportStates } from '../../../domain/report-settling.ts';
import type { Mirror } from '../../../mirror/mirror.ts';
import { reportNamed, reports, resources } from '../../../resources/index.ts';
import { type Report, reportsResource } from '../../../resources/report.ts';
import type { PullCheckpoint, PullInput } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';

/** A wish is a report's name with parameters, as `needsOf` writes it; resources have plain names. */
export const isReport = (name: string): boolean => name.includes('?');

export function reportOf(wish: string): { report: Report; params: Record<string, string> } {
  const [name = '', query = ''] = wish.split('?');
  return { report: reportNamed(name), params: Object.fromEntries(new URLSearchParams(query)) };
}

/** Everything that a run wants, with what its reports add up and the calendar that they are planned by. */
export function namesOf(input: Pick<PullInput, 'resources' | 'reports'>): string[] {
  const underneath = input.reports.flatMap((wish) => [...calendarResources, ...reportOf(wish).report.ledger]);
  return [...new Set([...input.resources, ...underneath, ...input.reports])];
}

export const calendarResources: readonly string[] = resources
  .filter((resource) => resource.isCalendar === true)
  .map(({ name }) => name);

/** Another financial year makes another plan, even within one pull: the organisation may just have been read anew. */
const planKey = (wish: string, today: string, { yearEnd }: OrganisationCalendar): string =>
  `${wish}@${today}#${yearEnd.month}-${yearEnd.day}`;

/** The wish's addresses for all the days it is wanted for; undefined before it was planned. */
export function planOf(
  checkpoint: PullCheckpoint,
  wish: string,
  days: readonly number[],
): string[] | undefined {
  const { calendar } = checkpoint;
  if (calendar === null) return undefined;
  const ids: string[] = [];
  for (const at of days) {
    const plan = checkpoint.plans[planKey(wish, todayOf(calendar, at), calendar)];
    if (plan === undefined) return undefined;
    ids.push(...plan);
  }
  return ids;
}

/** Plans what is not planned yet; the same checkpoint when there is nothing to plan, or no calendar to plan by. */
export async function planReports(
  { mirror }: Pick<Pulling, 'mirror'>,
  checkpoint: PullCheckpoint,
  wishes: ReadonlyArray<{ wish: string; days: readonly number[] }>,
): Promise<PullCheckpoint> {
  const { calendar } = checkpoint;
  if (calendar === null) return checkpoint;
  let next = checkpoint;
  let known: Map<string, string> | undefined;
  for (const { wish, days } of wishes) {
    const { report, params } = reportOf(wish);
    for (const today of new Set(days.map((at) => todayOf(calendar, at)))) {
      const key = planKey(wish, today, calendar);
      if (next.plans[key] !== undefined || next.missing[report.name] !== undefined) continue;
      known ??= await reportsIn(mirror);
      const calls = reportCalls(report, params, calendar, today);
      const added: Record<string, ReportProgress> = {};
      for (const { id, path, query, through } of calls)
        added[id] = next.reports[id] ?? {
          report: report.name,
          path,
          query: { ...query },
          through,
          ledger: [...report.ledger],
          ...(await stateOf(mirror, id, known.get(id))),
          fetchedAt: null,
          changesBy: {},
          madeAfter: null,
          rounds: 0,
          settled: null,
          unsettled: null,
        };
      next = {
        ...next,
        plans: { ...next.plans, [key]: calls.map(({ id }) => id) },
        reports: { ...next.reports, ...added },
      };
    }
  }
  return next;
}

/** Whether the mirror has every answer of these reports, for a run that others pulled for. */
export async function hasReports(mirror: Mirror, wishes: readonly string[], at: number): Promise<boolean> {
  if (wishes.length === 0) return true;
  const calendar: OrganisationCalendar | undefined = await findCalendar(mirror);
  if (calendar === undefined) return false;
  const known = await reportsIn(mirror);
  return wishes.every((wish) => {
    const { report, params } = reportOf(wish);
    return reportCalls(report, params, calendar, todayOf(calendar, at)).every(({ id }) => known.has(id));
  });
}

/** Reports of the generation, by id, with their state. */
export async function reportsIn(mirror: Mirror): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for await (const batch of mirror.ids(reportsResource, []))
    for (const { id, state } of batch) known.set(id, state);
  return known;
}

/** The report that a mirror's address is of. */
export const reportAt = (id: string): Report | undefined =>
  reports.find(({ path }) => id.startsWith(`${path}?`));

const stampSchema = z.object({ UpdatedDateUTC: z.string().catch('') });

async function stateOf(
  mirror: Mirror,
  id: string,
  state: string | undefined,
): Promise<Pick<ReportProgress, 'known' | 'knownAt'>> {
  const known = reportStates.find((one) => one === state) ?? null;
  const raw = known === 'settled' ? await mirror.record(reportsResource, id) : undefined;
  if (raw === undefined) return { known, knownAt: 0 };
  return { known, knownAt: instantOf(stampSchema.parse(JSON.parse(raw)).UpdatedDateUTC) ?? 0 };
}
