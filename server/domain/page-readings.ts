/**
 * Which pages of a list ordered by id have to be read once more. Pure.
 *
 * A record that appears pushes all behind it one place on. One that is pushed over the end of a page is met on the next, if
 * that is read afterwards. When it was read before, because calls are answered out of turn or one failed and was made again,
 * the record was on neither at its time: the page it went to is read again. Nothing leaves such a list (what vanishes makes it
 * shorter, and it is read anew), so its length tells which of two readings was later, whatever the clocks say.
 */
import { z } from 'zod';

export const readingSchema = z.object({
  page: z.int(),
  /** How long the list was at the earliest and at the latest of the readings that count. */
  low: z.int(),
  high: z.int(),
});
export type Reading = z.infer<typeof readingSchema>;

/**
 * With one more reading of a page. An earlier one counts on while the list grew by less than a page since: what has not been
 * met cannot have passed a whole page in between.
 */
export function withReading(
  readings: readonly Reading[],
  page: number,
  count: number,
  pageSize: number,
): Reading[] {
  const known = readings.find((reading) => reading.page === page);
  const isFar = known === undefined || count - known.low >= pageSize || known.high - count >= pageSize;
  const reading = {
    page,
    low: isFar ? count : Math.min(known.low, count),
    high: isFar ? count : Math.max(known.high, count),
  };
  return [...readings.filter((other) => other.page !== page), reading].sort((a, b) => a.page - b.page);
}

/** Pages that were last read before the page in front of them was first read, and were shorter of records then. */
export const slippedPages = (readings: readonly Reading[]): number[] =>
  readings.flatMap(({ page, high }, at) => {
    const before = readings[at - 1];
    return before?.page === page - 1 && before.low > high ? [page] : [];
  });
