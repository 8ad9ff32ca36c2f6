/** Xero's dates: every dialect, no zone, and days that agree with the platform's calendar. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, dateOfDays, dateOfInstant, daysOf, instantOf, isoOf } from '../../server/domain/dates.ts';

const first = Date.UTC(2000, 0, 1) - 730_119 * 86_400_000;
const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const instant = fc.integer({ min: first, max: last });

describe('dates', () => {
  it.each([
    ['/Date(1439434356790+0000)/', 1439434356790],
    ['/Date(1439434356790+1300)/', 1439434356790],
    ['/Date(1439434356790)/', 1439434356790],
    ['/Date(0)/', 0],
    ['/Date(-2208988800000-0500)/', -2208988800000],
    ['2026-11-20T12:34:56', Date.UTC(2026, 10, 20, 12, 34, 56)],
    ['2026-11-20T12:34:56.7', Date.UTC(2026, 10, 20, 12, 34, 56, 700)],
    ['2026-11-20T12:34:56.1234567Z', Date.UTC(2026, 10, 20, 12, 34, 56, 123)],
    ['2026-11-20 12:34:56', Date.UTC(2026, 10, 20, 12, 34, 56)],
    ['2026-11-20T00:00:00+13:00', Date.UTC(2026, 10, 19, 11)],
    ['2026-11-20T00:00:00-0330', Date.UTC(2026, 10, 20, 3, 30)],
    ['2026-11-20', Date.UTC(2026, 10, 20)],
  ])('reads %s', (text, expected) => {
    expect(instantOf(text)).toBe(expected);
  });

  it.each([
    '',
    'soon',
    '/Date()/',
    '/Date(1',
    '/Date(x)/',
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '20/11/2026',
    '2026-11-20T24:00:00',
    '2026-11-20T12:60',
    '/Date(999999999999999)/',
    '/Date(-99999999999999999)/',
  ])('does not read %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
    expect(dateOf(text)).toBeUndefined();
  });

  it('takes the UTC date part, whatever the zone of the machine', () => {
    expect(dateOf('/Date(1439434356790+1300)/')).toBe('2015-08-13');
    expect(dateOf('/Date(-1)/')).toBe('1969-12-31');
    expect(dateOf('2026-11-20T23:59:59')).toBe('2026-11-20');
  });

  it('agrees with the calendar of the platform on every instant', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const iso = new Date(at).toISOString();
        expect(isoOf(at)).toBe(iso);
        expect(dateOfInstant(at)).toBe(iso.slice(0, 10));
        expect(instantOf(iso)).toBe(at);
        expect(dateOfDays(daysOf(iso.slice(0, 10)) ?? Number.NaN)).toBe(iso.slice(0, 10));
      }),
      { numRuns: 1000 },
    );
  });

  it('knows which days there are', () => {
    expect(daysOf('1970-01-01')).toBe(0);
    expect(daysOf('2024-02-29')).toBe(19_782);
    expect(['2023-02-29', '1900-02-29', '2026-00-10', '2026-01-00', '2026-01-32', 'x'].map(daysOf)).toEqual(
      Array(6).fill(undefined),
    );
  });
});
