import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateIn,
  financialYear,
  lastOfMonth,
  monthLabel,
  monthsOf,
  yearToDate,
} from '../../server/domain/calendar.ts';
import { dateOfDays } from '../../server/domain/dates.ts';
import { ianaZone } from '../../server/domain/time-zones.ts';
import { TimeZone } from '../support/xero-time-zones.ts';

const dates = fc.integer({ min: -3000, max: 40_000 }).map(dateOfDays);
const yearEnds = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }) });

describe('the financial year', () => {
  it.each([
    ['2026-11-20', { month: 3, day: 31 }, '2026-04-01', '2027-03-31'],
    ['2026-03-31', { month: 3, day: 31 }, '2025-04-01', '2026-03-31'],
    ['2026-06-30', { month: 6, day: 30 }, '2025-07-01', '2026-06-30'],
    ['2026-04-05', { month: 4, day: 5 }, '2025-04-06', '2026-04-05'],
    ['2026-04-06', { month: 4, day: 5 }, '2026-04-06', '2027-04-05'],
    ['2028-02-29', { month: 2, day: 29 }, '2027-03-01', '2028-02-29'],
    ['2027-02-28', { month: 2, day: 29 }, '2026-03-01', '2027-02-28'],
    ['2026-12-31', { month: 12, day: 31 }, '2026-01-01', '2026-12-31'],
  ])('of %s with a year end of %o is %s to %s', (date, end, from, to) => {
    expect(financialYear(date, end)).toEqual({ from, to });
  });

  it('holds its day, and years follow each other without a gap', () => {
    fc.assert(
      fc.property(dates, yearEnds, (date, end) => {
        const year = financialYear(date, end);
        expect(year.from <= date && date <= year.to).toBe(true);
        expect(financialYear(addDays(year.to, 1), end).from).toBe(addDays(year.to, 1));
      }),
    );
  });

  it('to date ends with the running month and never after the year', () => {
    expect(yearToDate('2026-11-20', { month: 3, day: 31 })).toEqual({ from: '2026-04-01', to: '2026-11-30' });
    expect(yearToDate('2026-04-03', { month: 4, day: 5 })).toEqual({ from: '2025-04-06', to: '2026-04-05' });
  });
});

describe('months', () => {
  it('cover a range once, cut at month ends', () => {
    fc.assert(
      fc.property(dates, fc.nat(800), (from, days) => {
        const range = { from, to: addDays(from, days) };
        const months = monthsOf(range);
        expect(months[0]?.from).toBe(range.from);
        expect(months.at(-1)?.to).toBe(range.to);
        for (const [at, month] of months.entries()) {
          expect(month.to <= lastOfMonth(month.from)).toBe(true);
          if (at > 0) expect(addDays(months[at - 1]?.to ?? '', 1)).toBe(month.from);
        }
      }),
    );
  });

  it('have a short English name', () => {
    expect(monthLabel('2026-11-01')).toBe('Nov 2026');
  });
});

describe('today', () => {
  it.each([
    ['NEWZEALANDSTANDARDTIME', '2026-11-21'],
    ['EASTERNSTANDARDTIME', '2026-11-20'],
    ['HAWAIIANSTANDARDTIME', '2026-11-20'],
    ['CENTRALSTANDARDTIME(MEXICO)', '2026-11-20'],
    ['UTC', '2026-11-20'],
    ['A zone of the future', '2026-11-20'],
  ])('in %s at 21:00 UTC is %s', (zone, date) => {
    expect(dateIn(zone, Date.UTC(2026, 10, 20, 21))).toBe(date);
  });

  it('is known in every zone that the SDK and the OpenAPI file name', () => {
    const unknown = TimeZone.filter((zone) => ianaZone(zone) === 'Etc/UTC' && zone !== 'UTC');
    expect(unknown).toEqual([]);
    for (const zone of TimeZone)
      expect(() => new Intl.DateTimeFormat('en', { timeZone: ianaZone(zone) })).not.toThrow();
  });
});
