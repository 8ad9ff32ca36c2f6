/**
 * Calendar dates as day numbers (days since 1970-01-01) and Xero's ways of writing dates (xero-api.md 6.1, 2026-11-20):
 * calendar dates are midnight UTC of the organisation's own day, instants are milliseconds UTC, both in `/Date(...)/`.
 */

export type Day = number;
export const DAY_MS = 86_400_000;

/** A JSON string: `"\/Date(1439434356790+0000)\/"`. Negative values are before 1970. */
export const instantText = (ms: number): string => `"\\/Date(${ms}+0000)\\/"`;
export const dayText = (day: Day): string => instantText(day * DAY_MS);
/** The envelope's own stamp has no offset (xero-api.md 3.1). */
export const stampText = (ms: number): string => `"\\/Date(${ms})\\/"`;
/** The twin of a calendar date: `"2026-11-20T00:00:00"`. */
export const dayTwinText = (day: Day): string => `"${isoDay(day)}T00:00:00"`;
/** The twin of an instant, with Z since July 2026 (xero-api.md 1.6). */
export const instantTwinText = (ms: number): string => `"${new Date(ms).toISOString()}"`;

/** The twin that bank transfers have, with a space and to the second: `"2016-10-17 20:46:01"` (xero-api.md 3.4). */
export const spacedTwinText = (ms: number): string =>
  `"${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}"`;

export const isoDay = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The day in UTC. */
export const dayOfInstant = (ms: number): Day => Math.floor(ms / DAY_MS);

/** `YYYY-MM-DD` to a day, or null when it is no such date. A time after the date is ignored. */
export function parseDay(text: string): Day | null {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?$/.exec(text.trim());
  return parts ? dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) : null;
}

/** Month is 1 to 12. Null when the calendar has no such day. */
export function dayOf(year: number, month: number, date: number): Day | null {
  const ms = Date.UTC(year, month - 1, date);
  const back = new Date(ms);
  return back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === date
    ? ms / DAY_MS
    : null;
}

export function partsOf(day: Day): { year: number; month: number; date: number } {
  const at = new Date(day * DAY_MS);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

export const monthStart = (day: Day): Day => day - partsOf(day).date + 1;
export const monthEnd = (day: Day): Day => addMonths(monthStart(day), 1) - 1;

/** The same date some months away, clipped to that month's end. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = partsOf(day);
  const first = Date.UTC(year, month - 1 + months, 1) / DAY_MS;
  const overshoot = new Date((first + 31) * DAY_MS).getUTCDate();
  const length = 32 - overshoot;
  return first + Math.min(date, length) - 1;
}

/** The calendar day that a place is living in at an instant. */
export function localDay(ms: number, timeZone: string): Day {
  let format = formats.get(timeZone);
  if (!format) {
    // Making one costs more than a page of records.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    formats.set(timeZone, format);
  }
  return parseDay(format.format(ms)) as Day;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** "23 February 2018", as report titles say it. */
export function longDay(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** "30 Nov 26", as report columns say it. */
export function shortDay(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${String(date).padStart(2, '0')} ${MONTHS[month - 1]?.slice(0, 3)} ${String(year % 100).padStart(2, '0')}`;
}

/** "30 Apr 2019", as the columns of a balance sheet say it. */
export function monthDay(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${date} ${MONTHS[month - 1]?.slice(0, 3)} ${year}`;
}

/** "Nov 2019", and with the whole word "November 2019". */
export function monthName(day: Day, isWhole = false): string {
  const { year, month } = partsOf(day);
  const name = MONTHS[month - 1] ?? '';
  return `${isWhole ? name : name.slice(0, 3)} ${year}`;
}

/** "4/30/2019", as attributes of report cells say it. */
export function slashedDay(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${month}/${date}/${year}`;
}
