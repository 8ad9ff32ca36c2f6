/**
 * How far the pull of one resource has come, and what it needs next. Pure decisions; the engine does them.
 *
 * sweep: pages → pass → check → (lookups) → read. `pages` reads everything there is; `pass` reads what changed since the
 * sweep began, less an overlap; `check` counts, and goes back to `pages` when something slipped between two of them; `lookups`
 * asks for each record that is not there any more by its id, and goes back to `check` while there are more. since: pages → read: only what changed since the last
 * complete reading. whole: pages → read: one answer, compared with what the mirror has.
 * read → pass: somebody asked after this reading began, or a report must be settled; without a modified-since filter the
 * resource is read again instead.
 */
import { z } from 'zod';
import { mergeNews, type News, newsSchema } from './news.ts';
import { isRead, listSchema, newList, nextPages, type Order, withReturns } from './paging.ts';

export const segmentSchema = z.object({
  resource: z.string(),
  hash: z.string(),
  records: z.int(),
  bytes: z.int(),
});

export const progressOfResourceSchema = z.object({
  mode: z.enum(['sweep', 'since', 'whole']),
  stage: z.enum(['pages', 'pass', 'check', 'lookups', 'read']),
  /** Sweeps begun, or re-reads of a list that shrank. */
  attempt: z.int(),
  lists: z.array(listSchema),
  /** Of the list that is being read: the filter, our clock when it began, and Xero's own time of its first answer. */
  since: z.number().nullable(),
  begunAt: z.number().nullable(),
  begunThere: z.number().nullable(),
  /** The newest complete reading: all that changed before these two instants (ours, Xero's) was read. */
  readAt: z.number().nullable(),
  readThere: z.number().nullable(),
  /** The sweep's lists, kept for the check. */
  sweptLists: z.array(listSchema),
  /** Pages of the sweep, each a segment, in the order in which Xero made them, and that time of each: the newer text wins. */
  swept: z.array(segmentSchema),
  sweptAt: z.array(z.number()).default([]),
  /** New and changed records. */
  found: z.array(segmentSchema),
  /** Records found in pages and passes, changed or not. */
  seen: z.int(),
  /** Ids that a complete sweep does not have and that are to be looked up: so many at once that a document holds them. */
  lost: z.array(z.string()),
  /** More are lost after this id; null: these are all. */
  lostUpTo: z.string().nullable(),
  /** Ids that Xero does not know any more; they become one segment when all of `lost` were looked up. */
  gone: z.array(z.string()),
  /** Records new, changed or gone since the pull began, and how far back in the books they may reach ('' for anywhere). */
  changes: z.int(),
  /** The newest change stamp of them, by Xero's clock; null: one of them has none, or there is none. */
  changedAt: z.number().nullable().default(null),
  changesFrom: z.string().nullable(),
  /** New fields and values in what was read. */
  news: z.array(newsSchema).default([]),
  /** Records of lists that stood beside the wanted one, by the list's name. */
  beside: z.record(z.string(), z.array(segmentSchema)).default({}),
});
export type ProgressOfResource = z.infer<typeof progressOfResourceSchema>;

/** Changes are asked for from this long before the last reading: some show up late (xero-api.md 3.1, watermark rule). */
export const overlapMs = 5 * 60_000;
/** A list that shrinks this often while it is read is given up. */
export const mostAttempts = 4;
/** Ids that are looked up before the next are taken from the mirror. */
export const mostLost = 1_000;

export interface Traits {
  paging: { kind: Order };
  hasModifiedSince: boolean;
}

export interface KnownCursor {
  modifiedSince: string | null;
  lastFullSweepAt: number | null;
  sweptBy: string | null;
}

/** How a resource is read this time. A sweep: never swept, by another grant or with other scopes, or too long ago. */
export function modeOf(
  traits: Traits,
  cursor: KnownCursor | undefined,
  now: { at: number; reader: string; sweepEveryMs: number },
): ProgressOfResource['mode'] {
  if (traits.paging.kind === 'whole') return 'whole';
  const isCurrent =
    traits.hasModifiedSince &&
    cursor !== undefined &&
    cursor.modifiedSince !== null &&
    cursor.sweptBy === now.reader &&
    cursor.lastFullSweepAt !== null &&
    // The distance: a moment that a wrong clock put into the future must not keep the next sweep away.
    Math.abs(now.at - cursor.lastFullSweepAt) < now.sweepEveryMs;
  return isCurrent ? 'since' : 'sweep';
}

export function beginResource(
  mode: ProgressOfResource['mode'],
  modifiedSince: number | null,
): ProgressOfResource {
  return {
    mode,
    stage: 'pages',
    attempt: 1,
    lists: [newList()],
    since: mode === 'since' && modifiedSince !== null ? modifiedSince - overlapMs : null,
    begunAt: null,
    begunThere: null,
    readAt: null,
    readThere: null,
    sweptLists: [],
    swept: [],
    sweptAt: [],
    found: [],
    seen: 0,
    lost: [],
    lostUpTo: null,
    gone: [],
    changes: 0,
    changedAt: null,
    changesFrom: null,
    news: [],
    beside: {},
  };
}

/** A page of one of the lists, or one record by its id. */
export type Call = { kind: 'page'; list: number; page: number } | { kind: 'lookup'; id: string };

/** The calls that can be made now, at most `room`; one at a time where the order of pages matters. */
export function callsOf(progress: ProgressOfResource, order: Order, room: number): Call[] {
  if (progress.stage === 'lookups') return progress.lost.slice(0, room).map((id) => ({ kind: 'lookup', id }));
  if (progress.stage !== 'pages' && progress.stage !== 'pass') return [];
  // The first answer of a reading is its moment: it is waited for, so that no other page is older.
  const isFirst = progress.begunThere === null;
  const most = order === 'by-id' && !isFirst ? room : Math.min(room, 1);
  const calls: Call[] = [];
  for (const [list, state] of progress.lists.entries())
    for (const page of nextPages(state, order, most - calls.length)) calls.push({ kind: 'page', list, page });
  return calls;
}

/** What comes after its lists were read; while pages are missing, or have to be read again, what it is. */
export function afterLists(before: ProgressOfResource, traits: Traits): ProgressOfResource {
  const { stage, mode } = before;
  if (stage !== 'pages' && stage !== 'pass') return before;
  const lists = before.lists.map((list) => withReturns(list, traits.paging.kind));
  const progress = { ...before, lists };
  if (!lists.every(isRead)) return progress;
  const isSweep = mode === 'sweep' && stage === 'pages';
  if (!isSweep && lists.some((list) => list.hasShrunk))
    return {
      ...progress,
      attempt: progress.attempt + 1,
      lists: lists.map(({ from, before: end }) => newList(from, end)),
      begunAt: null,
      begunThere: null,
    };
  if (!isSweep) {
    const wasSwept = mode !== 'sweep' || progress.readAt !== null;
    const read = { ...progress, readAt: progress.begunAt, readThere: progress.begunThere };
    return { ...read, stage: wasSwept ? 'read' : 'check' };
  }
  const swept = { ...progress, sweptLists: lists };
  if (traits.hasModifiedSince) return beginPass(swept, progress.begunThere);
  return { ...swept, stage: 'check', readAt: progress.begunAt, readThere: progress.begunThere };
}

const beginPass = (progress: ProgressOfResource, after: number | null): ProgressOfResource => ({
  ...progress,
  stage: 'pass',
  lists: [newList()],
  since: after === null ? null : after - overlapMs,
  begunAt: null,
  begunThere: null,
});

/** A sweep that does not hold together: read all of it again. */
export const sweepAgain = (progress: ProgressOfResource): ProgressOfResource => ({
  ...progress,
  stage: 'pages',
  attempt: progress.attempt + 1,
  lists: progress.sweptLists.map((list) => newList(list.from, list.before)),
  since: null,
  begunAt: null,
  begunThere: null,
  readAt: null,
  readThere: null,
  swept: [],
  sweptAt: [],
  // What the sweep before found is older than what this one reads, and must not lie over it.
  found: [],
  seen: 0,
  lost: [],
  lostUpTo: null,
  gone: [],
  news: [],
  beside: {},
});

export const withNews = (progress: ProgressOfResource, found: readonly News[]): ProgressOfResource =>
  found.length === 0 ? progress : { ...progress, news: mergeNews(progress.news, found) };

/** With one more page of the sweep, at its place in Xero's time. */
export function withSwept(
  progress: ProgressOfResource,
  page: ProgressOfResource['swept'][number],
  at: number,
): ProgressOfResource {
  const { swept, sweptAt } = progress;
  const later = swept.findIndex((_, place) => (sweptAt[place] ?? 0) > at);
  const place = later < 0 ? swept.length : later;
  const times = swept.map((_, one) => sweptAt[one] ?? 0);
  return { ...progress, swept: swept.toSpliced(place, 0, page), sweptAt: times.toSpliced(place, 0, at) };
}

/** A resource that was read, to be read once more: what changed since, or all of it where Xero cannot tell. */
export function readAgain(progress: ProgressOfResource, traits: Traits): ProgressOfResource {
  if (traits.hasModifiedSince && progress.readThere !== null) return beginPass(progress, progress.readThere);
  const again = { ...progress, since: null, begunAt: null, begunThere: null, lists: [newList()] };
  return progress.mode === 'sweep' ? sweepAgain({ ...again, attempt: 0 }) : { ...again, stage: 'pages' };
}

/** With so many changes more: with one that has no stamp (0), nobody can say when they were made. */
export function withChanges(
  progress: ProgressOfResource,
  stamps: readonly number[],
): Pick<ProgressOfResource, 'changes' | 'changedAt'> {
  const { changes, changedAt } = progress;
  if (stamps.length === 0) return { changes, changedAt };
  const isStamped = stamps.every((stamp) => stamp > 0) && (changes === 0 || changedAt !== null);
  return {
    changes: changes + stamps.length,
    changedAt: isStamped ? stamps.reduce((newest, stamp) => Math.max(newest, stamp), changedAt ?? 0) : null,
  };
}

/** The book entries that changes may touch: '' for any date, null for none. */
export const earlier = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : a < b ? a : b;
