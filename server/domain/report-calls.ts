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
  /** For `months` and `month-end`: the month of each figure column, newest first; null for one that was only asked to get 31 days. */
  months: ReadonlyArray<DateRange | null>;
}

/** What a report needs to be planned. */
export interface ReportShape {
  path: string;
  shape: 'months' | 'month-end' | 'as-at' | 'range';
  query: Readonly<Record<string, string>>;
  parameters: ReadonlyArray<{
    name: string;
    options: ReadonlyArray<{ value: string; query?: Readonly<Record<string, string>> }>;
  }>;
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
    case 'this-month':
      return { from: firstOfMonth(today), to: lastOfMonth(today) };
    case 'previous-month':
      return { from: firstOfMonth(lastMonthEnd), to: lastMonthEnd };
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
  const chosen = report.parameters.map(
    ({ name, options }) => options.find(({ value }) => value === params[name])?.query ?? {},
  );
  const common: Record<string, string> = Object.assign({}, report.query, ...chosen);
  // The year's end changes what year-to-date columns hold, so it is part of the address.
  const year = `#year-end=${calendar.yearEnd.month}-${calendar.yearEnd.day}`;
  const call: MakeCall = (query, through, months) => ({
    id: `${report.path}?${new URLSearchParams(Object.entries({ ...common, ...query }).sort())}${year}`,
    path: report.path,
    query: { ...common, ...query },
    through,
    months,
  });
  switch (report.shape) {
    case 'as-at':
      return [call({ date: range.to }, range.to, [])];
    case 'range':
      return [call({ fromDate: range.from, toDate: range.to }, range.to, [])];
    case 'month-end': {
      const date = lastOfMonth(range.to);
      return [call({ date }, date, comparedMonths(date, common))];
    }
    case 'months':
      return monthCalls(range, call);
  }
}

type MakeCall = (query: Record<string, string>, through: string, months: ReportCall['months']) => ReportCall;

function monthCalls(range: DateRange, call: MakeCall): ReportCall[] {
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

/** Xero answers for the month of the date and as many before it, a month or a year apart each. */
function comparedMonths(date: string, { periods, timeframe }: Record<string, string>): DateRange[] {
  const step = timeframe === 'YEAR' ? 12 : 1;
  return Array.from({ length: Number(periods ?? 0) + 1 }, (_, back) => {
    const from = addMonths(firstOfMonth(date), -back * step);
    return { from, to: lastOfMonth(from) };
  });
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
