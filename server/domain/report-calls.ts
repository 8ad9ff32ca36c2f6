/**
 * Which calls make a report, decided from its shape, the parameters and the organisation's calendar.
 *
 * Xero compares a period with up to 11 earlier ones of the same span of days, so whole months are asked from a base month
 * of 31 days, the running month's successor if need be, or else the 31st is lost from longer months. A month that is cut
 * by a financial year is asked alone (xero-api.md 4.2, 2026-11-20).
 */
import {
  addDays,
  addMonths,
  type DateRange,
  dateIn,
  daysInMonth,
  financialYear,
  firstOfMonth,
  lastOfMonth,
  monthsOf,
  type YearEnd,
  yearToDate,
} from './calendar.ts';

/** The organisation's own calendar, and the moment that counts as now (ms). */
export interface OrganisationCalendar {
  yearEnd: YearEnd;
  /** As Xero names it. */
  timeZone: string;
}

export interface ReportCall {
  /** Address of the answer in the mirror: path and parameters. */
  id: string;
  path: string;
  query: Readonly<Record<string, string>>;
  /** The last day that its figures take in. */
  through: string;
  /** For months: the month of each figure column, newest first; null for one that was only asked to get 31 days. */
  months: ReadonlyArray<DateRange | null>;
}

/** What a report needs to be planned. */
export interface ReportShape {
  path: string;
  shape: 'months' | 'as-at';
  query: Readonly<Record<string, string>>;
}

/** A figure is at most this many months back from the base of its call. */
const mostPeriods = 11;

export const todayOf = (calendar: OrganisationCalendar, at: number): string => dateIn(calendar.timeZone, at);

/** The days that `params.period` means on a day; a period nobody knows is the first option, the year to date. */
export function periodOf(period: string | undefined, today: string, yearEnd: YearEnd): DateRange {
  const lastMonthEnd = addDays(firstOfMonth(today), -1);
  switch (period) {
    case 'last-year':
      return financialYear(addDays(financialYear(today, yearEnd).from, -1), yearEnd);
    case 'last-month':
      return { from: financialYear(lastMonthEnd, yearEnd).from, to: lastMonthEnd };
    case 'last-12-months':
      return { from: addMonths(firstOfMonth(today), -11), to: lastOfMonth(today) };
    default:
      return yearToDate(today, yearEnd);
  }
}

/** The calls of a report, newest first: as few as Xero allows. */
export function reportCalls(
  report: ReportShape,
  params: Readonly<Record<string, string>>,
  calendar: OrganisationCalendar,
  today: string,
): ReportCall[] {
  const range = periodOf(params['period'], today, calendar.yearEnd);
  const common = { ...report.query, ...(params['basis'] === 'cash' ? { paymentsOnly: 'true' } : {}) };
  // The year's end changes what year-to-date columns hold, so it is part of the address.
  const year = `#year-end=${calendar.yearEnd.month}-${calendar.yearEnd.day}`;
  const call = (
    query: Record<string, string>,
    through: string,
    months: ReportCall['months'],
  ): ReportCall => ({
    id: `${report.path}?${new URLSearchParams(Object.entries({ ...common, ...query }).sort())}${year}`,
    path: report.path,
    query: { ...common, ...query },
    through,
    months,
  });
  if (report.shape === 'as-at') return [call({ date: range.to }, range.to, [])];

  const alone = (month: DateRange) => call({ fromDate: month.from, toDate: month.to }, month.to, [month]);
  const calls: ReportCall[] = [];
  const left = monthsOf(range).reverse();
  while (left[0] !== undefined) {
    const run = wholeRun(left);
    const [newest] = run;
    if (newest === undefined || run.length === 1) {
      calls.push(alone(left.shift() as DateRange));
      continue;
    }
    const base = daysInMonth(newest.from) === 31 ? newest.from : addMonths(newest.from, 1);
    const columns: Array<DateRange | null> = base === newest.from ? [] : [null];
    const room = mostPeriods + 1 - columns.length;
    columns.push(...run.slice(0, room));
    left.splice(0, Math.min(room, run.length));
    calls.push(
      call(
        {
          fromDate: base,
          toDate: lastOfMonth(base),
          periods: String(columns.length - 1),
          timeframe: 'MONTH',
        },
        lastOfMonth(newest.from),
        columns,
      ),
    );
  }
  return calls;
}

/** The whole months at the head of a list of adjoining months. */
function wholeRun(months: readonly DateRange[]): DateRange[] {
  const end = months.findIndex((month) => month.from.slice(8) !== '01' || month.to !== lastOfMonth(month.to));
  return end < 0 ? [...months] : months.slice(0, end);
}

/** The end date that an address of the mirror says; what cannot be read is taken for the far future: always affected. */
export function throughOf(id: string): string {
  const query = new URLSearchParams(id.slice(id.indexOf('?') + 1).split('#')[0]);
  return query.get('toDate') ?? query.get('date') ?? '9999-12-31';
}
