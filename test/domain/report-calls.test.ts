import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, daysInMonth, firstOfMonth, lastOfMonth, monthsOf } from '../../server/domain/calendar.ts';
import { dateOfDays } from '../../server/domain/dates.ts';
import { periodOf, reportCalls, throughOf } from '../../server/domain/report-calls.ts';

const parameters = [
  { name: 'basis', options: [{ value: 'cash', query: { paymentsOnly: 'true' } }] },
] as const;
const months = {
  path: 'Reports/ProfitAndLoss',
  shape: 'months',
  query: { standardLayout: 'true' },
  parameters,
} as const;
const balance = { path: 'Reports/TrialBalance', shape: 'as-at', query: {}, parameters } as const;
const calendar = { yearEnd: { month: 3, day: 31 }, timeZone: 'NEWZEALANDSTANDARDTIME' };

describe('a report by month', () => {
  it('takes its base from a month of 31 days and drops the one that was only asked for that', () => {
    const [call, ...others] = reportCalls(months, {}, calendar, '2026-11-20');
    expect(others).toEqual([]);
    expect(call?.query).toEqual({
      standardLayout: 'true',
      fromDate: '2026-12-01',
      toDate: '2026-12-31',
      periods: '8',
      timeframe: 'MONTH',
    });
    expect(call?.months[0]).toBeNull();
    expect(call?.months.slice(1).map((month) => month?.from)).toEqual(
      ['11', '10', '09', '08', '07', '06', '05', '04'].map((month) => `2026-${month}-01`),
    );
    expect(call?.through).toBe('2026-11-30');
  });

  it('asks for a part of a month alone, with its own days', () => {
    const calls = reportCalls(months, {}, { ...calendar, yearEnd: { month: 4, day: 5 } }, '2026-06-10');
    expect(calls.map(({ query }) => [query['fromDate'], query['toDate'], query['periods']])).toEqual([
      ['2026-07-01', '2026-07-31', '2'],
      ['2026-04-06', '2026-04-30', undefined],
    ]);
  });

  it('asks for cash figures when told', () => {
    const [call] = reportCalls(months, { basis: 'cash' }, calendar, '2026-11-20');
    expect(call?.query['paymentsOnly']).toBe('true');
  });

  it('has every day of the period in one column, few calls, and never clips a month', () => {
    const arbitrary = fc.record({
      today: fc.integer({ min: 10_000, max: 30_000 }).map(dateOfDays),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
      period: fc.constantFrom('year-to-date', 'last-year', 'last-12-months'),
    });
    fc.assert(
      fc.property(arbitrary, ({ today, month, day, period }) => {
        const yearEnd = { month, day };
        const calls = reportCalls(months, { period }, { ...calendar, yearEnd }, today);
        const columns = calls.flatMap((call) => call.months.filter((one) => one !== null));
        const wanted = monthsOf(periodOf(period, today, yearEnd)).toReversed();
        expect(columns).toEqual(wanted);
        expect(calls.length).toBeLessThanOrEqual(4);
        expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
        for (const call of calls) {
          const periods = Number(call.query['periods'] ?? 0);
          expect(periods).toBeLessThanOrEqual(11);
          expect(call.months.length).toBe(periods + 1);
          expect(throughOf(call.id) >= call.through).toBe(true);
          if (periods === 0) continue;
          // What Xero does: the base's span of days, month by month back.
          const base = call.query['fromDate'] ?? '';
          expect(daysInMonth(base)).toBe(31);
          for (const [back, column] of call.months.entries()) {
            const from = firstOfMonth(addMonths(base, -back));
            if (column !== null) expect(column).toEqual({ from, to: lastOfMonth(from) });
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a report on one date', () => {
  it.each([
    ['year-to-date', '2026-11-30'],
    ['last-month', '2026-10-31'],
    ['last-year', '2026-03-31'],
  ])('for %s is as at %s', (period, date) => {
    expect(reportCalls(balance, { period }, calendar, '2026-11-20').map(({ query }) => query)).toEqual([
      { date },
    ]);
  });

  it('has another address when the financial year changes', () => {
    const [before] = reportCalls(balance, {}, calendar, '2026-11-20');
    const [after] = reportCalls(balance, {}, { ...calendar, yearEnd: { month: 6, day: 30 } }, '2026-11-20');
    expect(before?.id).not.toBe(after?.id);
  });
});

describe('a report at the end of a month', () => {
  const compare = [
    { value: 'year', query: { periods: '1', timeframe: 'YEAR' } },
    { value: 'months', query: { periods: '11', timeframe: 'MONTH' } },
  ];
  const sheet = {
    path: 'Reports/BalanceSheet',
    shape: 'month-end',
    query: {},
    parameters: [{ name: 'compare', options: compare }],
  } as const;
  const columns = (params: Record<string, string>, yearEnd = calendar.yearEnd) =>
    reportCalls(sheet, params, { ...calendar, yearEnd }, '2026-11-20').map(
      ({ query, through, months: found }) => ({
        date: query['date'],
        through,
        ends: found.map((month) => month?.to),
      }),
    );

  it('has the month and as many before it as are asked for', () => {
    expect(columns({ compare: 'year' })).toEqual([
      { date: '2026-11-30', through: '2026-11-30', ends: ['2026-11-30', '2025-11-30'] },
    ]);
    expect(columns({ compare: 'months', period: 'last-year' })[0]?.ends.slice(0, 3)).toEqual([
      '2026-03-31',
      '2026-02-28',
      '2026-01-31',
    ]);
    expect(columns({ compare: 'months' })[0]?.ends).toHaveLength(12);
    expect(columns({})[0]?.ends).toEqual(['2026-11-30']);
  });

  it('is as at the end of the month in which a financial year ends, because Xero goes there', () => {
    expect(columns({ period: 'last-year' }, { month: 4, day: 5 })[0]?.date).toBe('2026-04-30');
  });
});

it.each([
  ['year-to-date', '2026-04-01', '2026-11-30'],
  ['this-month', '2026-11-01', '2026-11-30'],
  ['previous-month', '2026-10-01', '2026-10-31'],
  ['last-year', '2025-04-01', '2026-03-31'],
])('a report between two dates has those of %s', (period, fromDate, toDate) => {
  const summary = { path: 'Reports/BankSummary', shape: 'range', query: {}, parameters: [] } as const;
  const calls = reportCalls(summary, { period }, calendar, '2026-11-20');
  expect(calls.map(({ query, through }) => ({ query, through }))).toEqual([
    { query: { fromDate, toDate }, through: toDate },
  ]);
});
