/** Calendar dates as `YYYY-MM-DD` text: months, financial years, and the date that it is in an organisation's time zone. */
import { DateTime } from 'luxon';
import { ianaZone } from './time-zones.ts';

/** Both ends included. */
export interface DateRange {
  from: string;
  to: string;
}

/** The last day of a financial year, as Organisation gives it (xero-api.md 3.2). */
export interface YearEnd {
  month: number;
  day: number;
}

const parse = (date: string): DateTime => DateTime.fromISO(date, { zone: 'utc' });
const write = (date: DateTime): string => date.toFormat('yyyy-MM-dd');

/** The date at an instant (ms) in a time zone as Xero names it; an unknown zone counts as UTC. */
export const dateIn = (xeroZone: string, at: number): string =>
  DateTime.fromMillis(at, { zone: ianaZone(xeroZone) }).toFormat('yyyy-MM-dd');

export const addDays = (date: string, days: number): string => write(parse(date).plus({ days }));
export const addMonths = (date: string, months: number): string => write(parse(date).plus({ months }));
export const firstOfMonth = (date: string): string => `${date.slice(0, 7)}-01`;
export const lastOfMonth = (date: string): string => write(parse(date).endOf('month'));
export const daysInMonth = (date: string): number => Number(lastOfMonth(date).slice(8));
/** `Nov 2026`. */
export const monthLabel = (date: string): string => parse(date).setLocale('en').toFormat('MMM yyyy');

/** `30 Nov 2026`. */
export const dayLabel = (date: string): string => parse(date).setLocale('en').toFormat('d MMM yyyy');

/** The financial year that a date falls in. A year that ends on 29 or 30 February ends on the month's last day. */
export function financialYear(date: string, end: YearEnd): DateRange {
  const endIn = (year: number): string => {
    const last = lastOfMonth(`${year}-${String(end.month).padStart(2, '0')}-01`);
    return end.day >= Number(last.slice(8)) ? last : `${last.slice(0, 8)}${String(end.day).padStart(2, '0')}`;
  };
  const year = Number(date.slice(0, 4));
  const to = date <= endIn(year) ? endIn(year) : endIn(year + 1);
  return { from: addDays(endIn(Number(to.slice(0, 4)) - 1), 1), to };
}

/**
 * The financial year to date: to the end of the running month, so that what is dated later this month counts in every
 * report alike and a report changes its address once a month, not every night; never past the end of the year.
 */
export function yearToDate(today: string, end: YearEnd): DateRange {
  const year = financialYear(today, end);
  const monthEnd = lastOfMonth(today);
  return { from: year.from, to: monthEnd < year.to ? monthEnd : year.to };
}

/** The range cut at the ends of months, oldest first. */
export function monthsOf(range: DateRange): DateRange[] {
  const months: DateRange[] = [];
  for (let from = range.from; from <= range.to; from = addDays(lastOfMonth(from), 1)) {
    const end = lastOfMonth(from);
    months.push({ from, to: end < range.to ? end : range.to });
  }
  return months;
}
