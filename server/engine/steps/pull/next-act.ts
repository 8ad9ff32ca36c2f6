/** What a pull does next, decided from its checkpoint and from what is asked of it. Pure. */
import type { Pull } from '../../../domain/mirror-pointer.ts';
import { callsOf, type ProgressOfResource, readAgain } from '../../../domain/pull-progress.ts';
import { isAheadOf, neededBy, verdictOf } from '../../../domain/report-settling.ts';
import { resourceNamed } from '../../../resources/index.ts';
import { calendarResources, isReport, planOf, reportOf } from './plan-reports.ts';
import type { PullCheckpoint } from './pull-input.ts';
import type { Read } from './read-request.ts';

/** Xero's own limit for one organisation and app (xero-api.md 2, 2026-11-20). */
export const mostInFlight = 5;

export type Act =
  | { kind: 'read'; reads: Read[] }
  | { kind: 'check'; resource: string }
  /** Everything asked is met. */
  | { kind: 'close' };

/** What has surely happened before the next call: no moment of it is earlier, whatever our clock was set to meanwhile. */
export function momentBefore({ resources, reports }: PullCheckpoint, asks: Pull['asks']): number {
  const reads = Object.values(resources).map(({ readAt }) => readAt ?? -1);
  const fetches = Object.values(reports).map(({ fetchedAt }) => fetchedAt ?? -1);
  return Math.max(-1, ...Object.values(asks), ...reads, ...fetches);
}

/** Resources that were read before they were asked for, or before a report was fetched, are to be read once more. */
export function readAgainWhatIsOld(checkpoint: PullCheckpoint, asks: Pull['asks']): PullCheckpoint {
  let next = checkpoint;
  for (const [name, progress] of Object.entries(checkpoint.resources)) {
    const needed = Math.max(asks[name] ?? -1, neededBy(Object.values(checkpoint.reports), name));
    if (progress.stage !== 'read' || (progress.readAt ?? -1) >= needed) continue;
    next = { ...next, resources: { ...next.resources, [name]: readAgain(progress, resourceNamed(name)) } };
  }
  return next;
}

/** What may be asked while as many calls are under way and cannot be asked twice. */
const mostListed = 2 * mostInFlight;

/**
 * Reports that can be fetched come first, and nothing of their ledger with them, so that its reading after them settles them.
 * Then pages of all resources together; then what changed meanwhile, as late as can be, but no call is left unused for it; a
 * sweep that is complete is checked at once.
 */
export function nextAct(
  checkpoint: PullCheckpoint,
  now: number,
  /** Whether this call is under way: it still comes before the reading that settles it. */
  isUnderWay: (read: Read) => boolean = () => false,
): Act {
  const progresses = Object.entries(checkpoint.resources);
  const checked = progresses.find(([, { stage }]) => stage === 'check');
  if (checked !== undefined) return { kind: 'check', resource: checked[0] };

  const reports = Object.entries(checkpoint.reports).filter(
    ([id, report]) =>
      verdictOf(report, checkpoint.resources, now) === 'fetch' || isUnderWay({ kind: 'report', id }),
  );
  const reads = reports.map(([id]): Read => ({ kind: 'report', id })).slice(0, mostListed);
  const isHeld = (name: string) => reports.some(([, { ledger }]) => ledger.includes(name));
  const { resources } = checkpoint;
  const waits = (name: string) =>
    Object.values(checkpoint.reports).some((report) => isAheadOf(report, name, resources));
  for (const stages of [['pages'], ['pass', 'lookups']] as Array<Array<ProgressOfResource['stage']>>)
    for (const [resource, progress] of progresses.toSorted(([a], [b]) => turnOf(a) - turnOf(b))) {
      if (!stages.includes(progress.stage) || isHeld(resource)) continue;
      if (progress.stage === 'pass' && waits(resource)) continue;
      const { kind } = resourceNamed(resource).paging;
      for (const call of callsOf(progress, kind, mostListed - reads.length))
        reads.push({ kind: 'list', resource, call });
    }
  return reads.length > 0 ? { kind: 'read', reads } : { kind: 'close' };
}

/**
 * What reports are planned by comes first, then the long lists: their calls fill the first of Xero's minutes, and short ones
 * the last, which ends the sooner. Of these the ledger's come first, so that the rest fills up the calls beside the reports.
 */
function turnOf(name: string): number {
  if (calendarResources.includes(name)) return 0;
  const { isLong, ledger, paging } = resourceNamed(name);
  if (isLong === true) return 1;
  if (paging.kind !== 'whole') return 2;
  return ledger === null ? 4 : 3;
}

/** Why something asked cannot be had: itself, or the calendar that a report is planned by. */
export function missingOf(
  { missing }: PullCheckpoint,
  name: string,
): PullCheckpoint['missing'][string] | undefined {
  if (!isReport(name)) return missing[name];
  return [reportOf(name).report.name, ...calendarResources].map((one) => missing[one]).find(Boolean);
}

/** From which moment each thing asked is met; what is not met is not in it. What is missing is not waited for. */
export function metOf(
  checkpoint: PullCheckpoint,
  asks: Pull['asks'],
  requestedAt: number,
  now: number,
): Record<string, number> {
  const met: Record<string, number> = {};
  for (const [name, { stage, readAt }] of Object.entries(checkpoint.resources))
    if (stage === 'read' && readAt !== null) met[name] = readAt;
  for (const [name, at] of Object.entries(asks)) {
    const missing = missingOf(checkpoint, name);
    if (missing !== undefined) met[name] = Math.max(missing.at, at);
  }
  for (const [wish, at] of Object.entries(asks)) {
    if (!isReport(wish) || met[wish] !== undefined) continue;
    const ids = planOf(checkpoint, wish, [requestedAt, at]);
    const isDone = ids?.every((id) => {
      const progress = checkpoint.reports[id];
      const verdict = progress === undefined ? 'wait' : verdictOf(progress, checkpoint.resources, now);
      return verdict !== 'wait' && verdict !== 'fetch';
    });
    const underneath = [...calendarResources, ...reportOf(wish).report.ledger].map((name) => met[name] ?? -1);
    if (isDone === true) met[wish] = Math.min(...underneath);
  }
  return met;
}
