/** One wave of a pull: up to five calls under way together, then everything that came is stored. */

import { calendarFrom } from '../../../datasets/organisation-calendar.ts';
import { dateOfInstant, isoOf } from '../../../domain/dates.ts';
import { splitList, whereOf } from '../../../domain/paging.ts';
import { type Call, earlier, type ProgressOfResource } from '../../../domain/pull-progress.ts';
import { changesOf } from '../../../domain/report-settling.ts';
import type { Counters } from '../../../domain/run.ts';
import { FatalError, FoliokeepError } from '../../../errors.ts';
import { cutPage, cutReport } from '../../../mirror/cutter.ts';
import type { CutRecord, MirrorIndex } from '../../../mirror/mirror.ts';
import type { XeroAnswer, XeroRequest } from '../../../ports.ts';
import { reportNamed, resourceNamed } from '../../../resources/index.ts';
import { reportsResource } from '../../../resources/report.ts';
import type { Resource } from '../../../resources/resource.ts';
import { foldPages, type PageAnswer } from './fold-pages.ts';
import { gone, isChanged, knownOf } from './known-records.ts';
import { missingSchema, type PullCheckpoint } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';

export type Read = { kind: 'list'; resource: string; call: Call } | { kind: 'report'; id: string };

interface Done {
  read: Read;
  answer?: XeroAnswer;
  error?: unknown;
}

/**
 * Makes the calls and answers with the checkpoint after them. A call that failed is left for the next wave when others
 * succeeded, so that nothing that was paid for is lost; when none did, its error is thrown.
 */
export async function readWave(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  reads: readonly Read[],
): Promise<{ checkpoint: PullCheckpoint; counters: Partial<Counters> }> {
  const { ports, context } = pulling;
  await context.guard();
  const begunAt = ports.clock.now();
  const priority = context.trigger;
  const done = await Promise.all(
    reads.map(async (read): Promise<Done> => {
      try {
        const request = requestOf(read, checkpoint);
        return { read, answer: await ports.xeroReader.read(checkpoint.connectionId, request, priority) };
      } catch (error) {
        return { read, error };
      }
    }),
  );
  const counters = { xeroCalls: 0, xeroBytes: 0 };
  for (const { answer, error } of done) {
    if (answer !== undefined || isAnswered(error)) counters.xeroCalls += 1;
    counters.xeroBytes += answer?.wireBytes ?? 0;
  }
  let next = checkpoint;
  const pages = new Map<string, PageAnswer[]>();
  for (const one of done) {
    const { read, answer } = one;
    if (answer === undefined) continue;
    if (read.kind === 'report') next = await afterReport(pulling, next, read.id, answer);
    else if (read.call.kind === 'lookup')
      next = await afterLookup(pulling, next, read.resource, read.call.id, answer);
    else {
      const resource = resourceNamed(read.resource);
      const page = cutPage(answer.body, resource.envelope, resource);
      pages.set(read.resource, [...(pages.get(read.resource) ?? []), { call: read.call, page }]);
      // The bytes are not needed any more, and five pages are large.
      delete one.answer;
    }
  }
  for (const [name, answers] of pages) next = await afterPages(pulling, index, next, name, answers, begunAt);
  const troubles: unknown[] = [];
  // Last list first: a window that is cut in two moves those behind it.
  for (const { read, error } of done.filter(({ error }) => error !== undefined).toReversed()) {
    const after = await afterError(pulling, next, read, error);
    if (after === undefined) troubles.unshift(error);
    next = after ?? next;
  }
  if (troubles.length > 0 && next === checkpoint) throw troubles[0];
  return { checkpoint: next, counters };
}

async function afterPages(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  name: string,
  answers: readonly PageAnswer[],
  begunAt: number,
): Promise<PullCheckpoint> {
  const resource = resourceNamed(name);
  const progress = checkpoint.resources[name];
  if (progress === undefined) return checkpoint;
  const read = { resource, before: index.resources[name], reader: checkpoint.reader };
  const next = withProgress(checkpoint, name, await foldPages(pulling, read, progress, answers, begunAt));
  if (resource.isCalendar !== true) return next;
  const [record] = answers[0]?.page.records ?? [];
  if (record === undefined)
    throw new FatalError('XERO_PAGE_UNREADABLE', { what: resource.label, problem: 'it is empty' });
  return { ...next, calendar: calendarFrom(record.raw) };
}

function requestOf(read: Read, checkpoint: PullCheckpoint): XeroRequest {
  if (read.kind === 'report') {
    const report = checkpoint.reports[read.id];
    return { path: report?.path ?? '', query: report?.query ?? {} };
  }
  const { path, query, paging, windowField } = resourceNamed(read.resource);
  if (read.call.kind === 'lookup') return { path: `${path}/${read.call.id}`, query: { ...query } };
  const progress = checkpoint.resources[read.resource];
  const list = progress?.lists[read.call.list];
  const since = progress?.since ?? null;
  const where = list === undefined || windowField === undefined ? '' : whereOf(list, windowField);
  return {
    path,
    query: {
      ...query,
      ...(paging.kind === 'whole' ? {} : { page: String(read.call.page), pageSize: '1000' }),
      ...(paging.kind === 'by-id' ? { order: `${paging.order} ASC` } : {}),
      ...(where === '' ? {} : { where }),
    },
    // The header has whole seconds: never a later one.
    ...(since === null ? {} : { modifiedSince: isoOf(Math.floor(since / 1000) * 1000) }),
  };
}

/** Xero took the call, though its answer was a refusal. */
const isAnswered = (error: unknown): boolean =>
  error instanceof FoliokeepError &&
  ['NOT_FOUND', 'SCOPE_MISSING', 'XERO_PERMISSION', 'XERO_REFUSED'].includes(error.code);

/** What a failed call tells; undefined when it tells nothing of the books. */
async function afterError(
  pulling: Pulling,
  checkpoint: PullCheckpoint,
  read: Read,
  error: unknown,
): Promise<PullCheckpoint | undefined> {
  if (!(error instanceof FoliokeepError)) return undefined;
  const name = read.kind === 'report' ? (checkpoint.reports[read.id]?.report ?? '') : read.resource;
  if (error.code === 'SCOPE_MISSING' || error.code === 'XERO_PERMISSION') {
    const details = { ...error.details, what: labelOf(read, checkpoint) };
    const missing = missingSchema.parse({ at: pulling.ports.clock.now(), code: error.code, details });
    return withoutMissing({ ...checkpoint, missing: { ...checkpoint.missing, [name]: missing } }, read, name);
  }
  if (read.kind === 'report') return undefined;
  const progress = checkpoint.resources[name];
  if (progress === undefined) return undefined;
  if (error.code === 'NOT_FOUND' && read.call.kind === 'lookup')
    return withProgress(checkpoint, name, await afterGone(pulling, name, progress, read.call.id));
  if (error.code === 'XERO_REFUSED' && read.call.kind === 'page')
    return afterRefusal(checkpoint, resourceNamed(name), progress, read.call.list, pulling.ports.clock.now());
  return undefined;
}

/** Lists over 100,000 records are refused; their windows of dates are not (xero-api.md 3.1, high-volume rule). */
function afterRefusal(
  checkpoint: PullCheckpoint,
  resource: Resource,
  progress: ProgressOfResource,
  at: number,
  now: number,
): PullCheckpoint | undefined {
  const list = progress.lists[at];
  if (list === undefined || list.pageCount !== null || resource.windowField === undefined) return undefined;
  const windows = splitList(list, dateOfInstant(now));
  if (windows === null) return undefined;
  const lists = [...progress.lists.slice(0, at), ...windows, ...progress.lists.slice(at + 1)];
  return withProgress(checkpoint, resource.name, { ...progress, lists });
}

async function afterLookup(
  pulling: Pulling,
  checkpoint: PullCheckpoint,
  name: string,
  id: string,
  answer: XeroAnswer,
): Promise<PullCheckpoint> {
  const resource = resourceNamed(name);
  const progress = checkpoint.resources[name];
  const record = cutPage(answer.body, resource.envelope, resource).records.find((one) => one.id === id);
  if (progress === undefined || record === undefined)
    throw new FatalError('XERO_PAGE_UNREADABLE', {
      what: resource.label,
      problem: `${id} is not in the answer`,
    });
  const known = await knownOf(pulling.mirror, name, progress.found, new Set([id]));
  const found = isChanged(record, known.get(id)) ? [record] : [];
  return withProgress(checkpoint, name, await afterLooked(pulling, name, progress, id, found));
}

const afterGone = (pulling: Pulling, name: string, progress: ProgressOfResource, id: string) =>
  afterLooked(pulling, name, progress, id, [gone(id, pulling.ports.clock.now())]);

async function afterLooked(
  { mirror, context, ports }: Pulling,
  name: string,
  progress: ProgressOfResource,
  id: string,
  records: CutRecord[],
): Promise<ProgressOfResource> {
  const lost = progress.lost.filter((one) => one !== id);
  const next: ProgressOfResource = { ...progress, lost, stage: lost.length > 0 ? 'lookups' : 'read' };
  if (records.length === 0) return next;
  await context.guard();
  const segment = await mirror.writeSegment(name, records, ports.clock.now());
  return {
    ...next,
    found: [...next.found, segment],
    changes: next.changes + 1,
    changesFrom: earlier(next.changesFrom, ''),
  };
}

async function afterReport(
  { mirror, context, ports }: Pulling,
  checkpoint: PullCheckpoint,
  id: string,
  answer: XeroAnswer,
): Promise<PullCheckpoint> {
  const report = checkpoint.reports[id];
  if (report === undefined) return checkpoint;
  const { record } = cutReport(answer.body, id);
  await context.guard();
  const now = ports.clock.now();
  const settled = await mirror.writeSegment(reportsResource, [{ ...record, state: 'settled' }], now);
  const unsettled = await mirror.writeSegment(reportsResource, [{ ...record, state: 'unsettled' }], now);
  const { changes } = changesOf(report.ledger.flatMap((name) => checkpoint.resources[name] ?? []));
  const next = { ...report, fetchedAt: now, changes, rounds: report.rounds + 1, settled, unsettled };
  return { ...checkpoint, reports: { ...checkpoint.reports, [id]: next } };
}

export const withProgress = (
  checkpoint: PullCheckpoint,
  name: string,
  progress: ProgressOfResource,
): PullCheckpoint => ({ ...checkpoint, resources: { ...checkpoint.resources, [name]: progress } });

/** What is missing is asked for no more in this pull. */
function withoutMissing(checkpoint: PullCheckpoint, read: Read, name: string): PullCheckpoint {
  const key = read.kind === 'report' ? 'reports' : 'resources';
  const rest = Object.entries(checkpoint[key]).filter(([id, one]) =>
    read.kind === 'report' ? !('report' in one) || one.report !== name : id !== name,
  );
  return { ...checkpoint, [key]: Object.fromEntries(rest) } as PullCheckpoint;
}

function labelOf(read: Read, checkpoint: PullCheckpoint): string {
  if (read.kind === 'list') return resourceNamed(read.resource).label.toLowerCase();
  const report = checkpoint.reports[read.id]?.report;
  return report === undefined ? 'reports' : reportNamed(report).label.toLowerCase();
}
