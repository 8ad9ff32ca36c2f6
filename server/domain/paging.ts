/**
 * Reading one list of Xero's page by page: which pages next, and whether what was read can be all there is. Pure decisions.
 *
 * Page 1 tells how many there are. Ordered by id, pages are read in any order: a record that appears meanwhile pushes others
 * on, and a page that was read too early for them is read again (page-readings.ts); a change moves nothing. Only a record that
 * vanishes pulls others back into pages already read; the count then drops from one answer to the next, which is what
 * `hasShrunk` remembers. In Xero's own order a changed record moves to the end and pulls the others back, so there the last page
 * is read first, one at a time, and page 1, which told how many there are, again after page 2: a record that stays as it is only
 * ever moves towards page 1, so that it meets the reading at one page or another (xero-api.md 3.1, 2026-11-20).
 */
import { z } from 'zod';
import { dateOfDays, daysOf } from './dates.ts';
import { countRunSchema, hasDropped, noteCount } from './item-counts.ts';
import { readingSchema, slippedPages, withReading } from './page-readings.ts';

export interface Pagination {
  /** 1,000 when it is not said. */
  pageSize?: number;
  pageCount: number;
  itemCount: number;
}

export const listSchema = z.object({
  /** Accounting dates of the records, from this one on; null: no lower end. */
  from: z.string().nullable(),
  /** Up to before this one; null: no upper end. */
  before: z.string().nullable(),
  /** Null until an answer told it. */
  pageCount: z.int().nullable(),
  /** Of the newest answer; null when Xero does not say. */
  itemCount: z.int().nullable(),
  hasShrunk: z.boolean(),
  /** What all answers said of its length; a checkpoint of before 2026-11-21 has none. */
  counts: z.array(countRunSchema).default([]),
  /** Pages read, ascending. */
  pages: z.array(z.int()),
  /** How long the list was when each of them was; a checkpoint of before 2026-11-21 has none. */
  readings: z.array(readingSchema).default([]),
  /** Read backwards: page 1 is asked for a second time, after all others. */
  hasReturned: z.boolean().default(false),
});
/** One list: all of a resource, what changed in it since an instant, or its records of some dates. */
export type List = z.infer<typeof listSchema>;

export type Order = 'by-id' | 'backwards' | 'whole';

export const newList = (from: string | null = null, before: string | null = null): List => ({
  from,
  before,
  pageCount: null,
  itemCount: null,
  hasShrunk: false,
  counts: [],
  pages: [],
  readings: [],
  hasReturned: false,
});

/** The pages to ask for now, at most `room` of them; none when the list is read. */
export function nextPages(list: List, order: Order, room: number): number[] {
  if (room <= 0) return [];
  if (list.pageCount === null) return [1];
  const read = new Set(list.pages);
  const left: number[] = [];
  for (let page = 1; page <= list.pageCount; page++) if (!read.has(page)) left.push(page);
  return order === 'backwards' ? left.slice(-1) : left.slice(0, room);
}

export const isRead = (list: List): boolean =>
  list.pageCount !== null && nextPages(list, 'by-id', 1).length === 0;

/**
 * The list after the answer to a page. Answers may come in another order than Xero made them in: `at` is Xero's own time of
 * this one (left out: it is the newest), and only the newest says how many pages there are. Without a pagination object the
 * list goes on until a page is empty.
 */
export function afterPage(
  list: List,
  page: number,
  records: number,
  pagination?: Pagination,
  at?: number,
): List {
  const pages = [...new Set([...list.pages, page])].sort((a, b) => a - b);
  if (pagination === undefined) {
    const pageCount = Math.max(list.pageCount ?? 1, records > 0 ? page + 1 : page);
    return { ...list, pages, pageCount };
  }
  const newestAt = list.counts.at(-1)?.to ?? Number.NEGATIVE_INFINITY;
  const moment = at ?? Math.max(newestAt, 0);
  const counts = noteCount(list.counts, moment, pagination.itemCount);
  const readings = withReading(list.readings, page, pagination.itemCount, pagination.pageSize ?? 1_000);
  const told = { ...list, pages, counts, readings, hasShrunk: list.hasShrunk || hasDropped(counts) };
  if (moment < newestAt) return told;
  // An empty list may say that it has no page at all. Pages that are gone need not be read.
  return { ...told, pageCount: Math.max(pagination.pageCount, 1), itemCount: pagination.itemCount };
}

/** The list with what must be read again of it, by its order; the same list when nothing must. */
export function withReturns(list: List, order: Order): List {
  if (order === 'whole' || list.hasShrunk) return list;
  if (order === 'backwards') {
    const mustReturn = !list.hasReturned && (list.pageCount ?? 1) > 1 && isRead(list);
    return mustReturn ? { ...withoutPages(list, [1]), hasReturned: true } : list;
  }
  const slipped = slippedPages(list.readings).filter((page) => list.pages.includes(page));
  return slipped.length === 0 ? list : withoutPages(list, slipped);
}

const withoutPages = (list: List, forgotten: readonly number[]): List => ({
  ...list,
  pages: list.pages.filter((page) => !forgotten.includes(page)),
});

/** Whether a sweep read everything: `swept` ids of its pages, `found` with those of the pass after it too. */
export function isComplete(lists: readonly List[], swept: number, found: number): boolean {
  if (lists.some((list) => list.hasShrunk || !isRead(list))) return false;
  const expected = itemCountOf(lists);
  return expected === null || (found >= expected && swept <= expected);
}

/** Items of all lists together; null when Xero did not say for one. */
export function itemCountOf(lists: readonly List[]): number | null {
  let sum = 0;
  for (const { itemCount } of lists) {
    if (itemCount === null) return null;
    sum += itemCount;
  }
  return sum;
}

/**
 * The windows to read instead of a list that Xero refuses for its volume: together the same dates, no record fewer. Null when
 * it cannot be cut any more: a single day.
 */
export function splitList(list: List, today: string): List[] | null {
  const end = daysOf(today) ?? 0;
  const from = list.from === null ? null : (daysOf(list.from) ?? null);
  const before = list.before === null ? null : (daysOf(list.before) ?? null);
  if (from === null && before === null) return windows([null, ...years(end), null]);
  // Open ends are halved by going ten years further out.
  const middle =
    from === null
      ? (before ?? end) - 3653
      : before === null
        ? from + 3653
        : from + Math.floor((before - from) / 2);
  if (from !== null && before !== null && before - from <= 1) return null;
  if (middle < -25_000 || middle > 100_000) return null;
  return windows([from, middle, before]);
}

const years = (end: number): number[] =>
  Array.from({ length: 12 }, (_, at) => end - Math.round((10 - at) * 365.25));

function windows(ends: ReadonlyArray<number | null>): List[] {
  const date = (days: number | null | undefined) =>
    days === null || days === undefined ? null : dateOfDays(days);
  return ends.slice(1).map((before, at) => newList(date(ends[at]), date(before)));
}

/** The window as Xero's optimised `where` on a date field; empty for a list without ends. */
export function whereOf(list: List, field: string): string {
  const date = (text: string) => `DateTime(${text.slice(0, 4)}, ${text.slice(5, 7)}, ${text.slice(8)})`;
  return [
    ...(list.from === null ? [] : [`${field} >= ${date(list.from)}`]),
    ...(list.before === null ? [] : [`${field} < ${date(list.before)}`]),
  ].join(' AND ');
}
