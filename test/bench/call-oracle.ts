/**
 * The fewest calls and the shortest time in which lists of known length can be read within Xero's limits (performance.md 1.3).
 * Pure: what a pull used is divided by it.
 */

/** One list of Xero's, as long as it is. */
export interface ListSize {
  name: string;
  records: number;
  /** Records that changed since the last pull. */
  changed: number;
  /** Largest page that Xero gives; null: one answer holds all. */
  pageSize: number | null;
  /** Whether If-Modified-Since gives only what changed. */
  hasModifiedSince: boolean;
}

export type PagingRule =
  /** The first answer says how many pages there are. */
  | 'page-count'
  /** Until a page is not full. */
  | 'short-page'
  /** Until a page is empty. */
  | 'empty-page';

export function pageCalls(records: number, pageSize: number, rule: PagingRule): number {
  switch (rule) {
    case 'page-count':
      return Math.max(1, Math.ceil(records / pageSize));
    case 'short-page':
      return Math.floor(records / pageSize) + 1;
    case 'empty-page':
      return Math.ceil(records / pageSize) + 1;
  }
}

const callsFor = ({ pageSize }: ListSize, records: number): number =>
  pageSize === null ? 1 : pageCalls(records, pageSize, 'page-count');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** C_min: everything once. */
export const fewestCalls = (lists: readonly ListSize[]): number =>
  sum(lists.map((list) => callsFor(list, list.records)));

/** C_inc: what changed; all of a paged list that cannot tell. */
export const fewestIncrementalCalls = (lists: readonly ListSize[]): number =>
  sum(lists.map((list) => callsFor(list, list.hasModifiedSince ? list.changed : list.records)));

export interface Latency {
  baseMs: number;
  perRowMs: number;
  factor?: number;
}

/** How long each call of a full export takes, by the records in its answer. */
export function latenciesOf(lists: readonly ListSize[], { baseMs, perRowMs, factor = 1 }: Latency): number[] {
  return lists.flatMap((list) => {
    const size = list.pageSize ?? Math.max(1, list.records);
    return Array.from({ length: callsFor(list, list.records) }, (_, page) => {
      const rows = Math.min(size, Math.max(0, list.records - page * size));
      return (baseMs + perRowMs * rows) * factor;
    });
  });
}

export interface CallLimits {
  inFlight: number;
  perWindow: number;
  windowMs: number;
  perDay: number;
}

export const xeroLimits: CallLimits = { inFlight: 5, perWindow: 60, windowMs: 60_000, perDay: 5_000 };
const dayMs = 86_400_000;

/**
 * W_min: the end of the last of these calls when the longest begin first, as many at once as may be, and the first window opens
 * with the first call.
 */
export function shortestMs(latencies: readonly number[], limits: CallLimits = xeroLimits): number {
  const { inFlight, perWindow, windowMs, perDay } = limits;
  const freeAt: number[] = new Array(inFlight).fill(0);
  for (const [at, latency] of latencies.toSorted((a, b) => b - a).entries()) {
    const ofDay = at % perDay;
    const opensAt = Math.floor(at / perDay) * dayMs + Math.floor(ofDay / perWindow) * windowMs;
    const free = freeAt.indexOf(Math.min(...freeAt));
    freeAt[free] = Math.max(freeAt[free] ?? 0, opensAt) + latency;
  }
  return Math.max(...freeAt);
}
