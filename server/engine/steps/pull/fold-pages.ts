/** Takes the pages of one resource that came together into its pending segments and its progress. */
import { afterPage, itemCountOf } from '../../../domain/paging.ts';
import {
  afterLists,
  type Call,
  earlier,
  mostAttempts,
  type ProgressOfResource,
  withChanges,
  withNews,
  withSwept,
} from '../../../domain/pull-progress.ts';
import { FatalError } from '../../../errors.ts';
import type { CutPage } from '../../../mirror/cutter.ts';
import type { CutRecord, ResourceState } from '../../../mirror/mirror.ts';
import type { Resource } from '../../../resources/resource.ts';
import { bookChanges } from './book-changes.ts';
import { keepBeside } from './keep-beside.ts';
import { gone, isChanged, liveIds } from './known-records.ts';
import { newsOf } from './notice-news.ts';
import type { Pulling } from './pull-ports.ts';
import { checkLoss } from './sweep-check.ts';

export interface PageAnswer {
  call: Extract<Call, { kind: 'page' }>;
  page: CutPage;
  /** Our clock before it was asked for. */
  begunAt: number;
}

export interface ReadResource {
  resource: Resource;
  /** In the generation that the pull began with. */
  before: ResourceState | undefined;
  /** Who reads, and whether the last sweep was theirs too: only then does a record that is not there count as gone. */
  reader: string;
}

/** The same pages again give the same segments. */
export async function foldPages(
  pulling: Pulling,
  { resource, before, reader }: ReadResource,
  progress: ProgressOfResource,
  answers: readonly PageAnswer[],
): Promise<ProgressOfResource> {
  const { mirror } = pulling;
  const begunAt = answers[0]?.begunAt ?? 0;
  let next: ProgressOfResource = {
    ...progress,
    begunAt: progress.begunAt ?? begunAt,
    begunThere: progress.begunThere ?? answers[0]?.page.envelope.dateTimeUtc ?? begunAt,
  };
  const time = (answer: PageAnswer) => answer.page.envelope.dateTimeUtc ?? 0;
  const isSweep = progress.mode === 'sweep' && progress.stage === 'pages';
  const isFirst = before === undefined || before.segments.length === 0;
  const records = new Map<string, CutRecord>();
  for (const { call, page } of answers.toSorted((a, b) => time(a) - time(b))) {
    const { pagination } = page.envelope;
    next = {
      ...next,
      lists: next.lists.map((list, at) =>
        at === call.list
          ? resource.paging.kind === 'whole'
            ? { ...list, pageCount: 1, pages: [1] }
            : afterPage(list, call.page, page.records.length, pagination, page.envelope.dateTimeUtc)
          : list,
      ),
      seen: next.seen + page.records.length,
    };
    for (const record of page.records) records.set(record.id, record);
  }

  next = await keepBeside(pulling, resource, next, answers, begunAt);
  if (isSweep) {
    for (const answer of answers)
      if (answer.page.records.length > 0)
        next = withSwept(next, await write(pulling, resource, answer.page.records), time(answer));
    if (isFirst) {
      next = withNews(
        next,
        newsOf(records.values(), () => true, [], begunAt),
      );
      return afterLists(
        { ...next, ...withChanges(next, [...records.values()].map(stampOf)), changesFrom: '' },
        resource,
      );
    }
  }

  const pending = isFirst ? [...next.swept, ...next.found] : next.found;
  const known = await pulling.memory.known.of(mirror, resource.name, pending, records.keys());
  const changed = [...records.values()].filter((record) => isChanged(record, known.get(record.id)));
  const moved = await bookChanges(mirror, resource, changed, known);
  next = { ...next, changesFrom: moved.reduce((from, { reach }) => earlier(from, reach), next.changesFrom) };
  const isNew = new Set(changed);
  next = withNews(
    next,
    newsOf(records.values(), (record) => isNew.has(record), [...(before?.news ?? []), ...next.news], begunAt),
  );
  const vanished =
    progress.mode === 'whole' && progress.stage === 'pages'
      ? await vanishedOf(pulling, { resource, before, reader }, next.found, records, begunAt)
      : [];
  if (vanished.length > 0) next = { ...next, changesFrom: '' };
  const all = [...changed, ...vanished];
  if (all.length > 0)
    next = {
      ...next,
      ...withChanges(next, [...moved.map(({ at }) => at), ...vanished.map(() => 0)]),
      found: [...next.found, await write(pulling, resource, all)],
    };
  return bounded(resource, afterLists(next, resource));
}

const stampOf = ({ updatedAt }: CutRecord): number => updatedAt;

/** A list of changes that shrinks whenever it is read would be read for ever. */
function bounded(resource: Resource, progress: ProgressOfResource): ProgressOfResource {
  if (progress.attempt <= mostAttempts) return progress;
  const what = resource.label.toLowerCase();
  throw new FatalError('COUNT_MISMATCH', {
    what,
    expected: progress.seen,
    found: itemCountOf(progress.lists) ?? 0,
  });
}

async function write({ mirror, context, ports }: Pulling, resource: Resource, records: CutRecord[]) {
  await context.guard();
  return mirror.writeSegment(resource.name, records, ports.clock.now());
}

/** One answer held everything: what it lacks is gone, if the same reader saw it before or this pull did. */
async function vanishedOf(
  pulling: Pulling,
  { resource, before, reader }: ReadResource,
  found: ProgressOfResource['found'],
  records: ReadonlyMap<string, CutRecord>,
  at: number,
): Promise<CutRecord[]> {
  if (before !== undefined && before.cursor.sweptBy !== reader) return [];
  const known = await liveIds(pulling.mirror, resource.name, found);
  const lost = known.filter((id) => !records.has(id));
  // What this pull alone has seen nobody can miss.
  if (before !== undefined) checkLoss(resource, lost.length, known.length, pulling.input.isRemovalConfirmed);
  return lost.map((id) => gone(id, at));
}
