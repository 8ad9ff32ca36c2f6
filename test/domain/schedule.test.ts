/** When slots are, in words and in zones that make it hard. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSchedule } from '../../server/domain/check-schedule.ts';
import { nextSlot, nextSlots } from '../../server/domain/schedule.ts';
import { scheduleWords, slotWords } from '../../server/domain/schedule-words.ts';
import { hourSteps, type Schedule, scheduleSchema, weekdays } from '../../shared/contract/schedule.ts';
import { slotsOf, stretchesOf } from './schedule-oracle.ts';

const day = 86_400_000;
const at = (iso: string): number => Date.parse(iso);
/** The next slots as instants in UTC, to the minute. */
const upcoming = (schedule: Schedule, after: string, count = 3): string[] =>
  nextSlots(schedule, at(after), count).map((slot) => new Date(slot).toISOString().slice(0, 16));

describe('summer time', () => {
  const london = (time: string): Schedule => ({ cadence: 'daily', at: time, zone: 'Europe/London' });

  test('runs a skipped time once, when the clock goes on', () => {
    // 29 March 2026, 01:00 GMT is 02:00 BST.
    expect(upcoming(london('01:30'), '2026-03-28T02:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(upcoming(london('02:00'), '2026-03-28T02:30Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T01:00',
    ]);
  });

  test('runs a time that comes twice once, the first time', () => {
    // 25 October 2026, 02:00 BST is 01:00 GMT.
    expect(upcoming(london('01:30'), '2026-10-24T01:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  test('two times that fall on one instant are one slot', () => {
    const schedule: Schedule = { cadence: 'cron', expression: '0,30 1,2 * * *', zone: 'Europe/London' };
    expect(upcoming(schedule, '2026-03-28T02:30Z', 3)).toEqual([
      '2026-03-29T01:00',
      '2026-03-29T01:30',
      '2026-03-30T00:00',
    ]);
  });

  test('keeps every hour an hour long, the skipped and the doubled one too', () => {
    const schedule: Schedule = { cadence: 'hourly', minute: 15, zone: 'America/New_York' };
    for (const from of ['2026-03-07T12:00Z', '2026-10-31T12:00Z']) {
      const slots = nextSlots(schedule, at(from), 48);
      for (const [number, slot] of slots.entries()) expect(slot - (slots[0] ?? 0)).toBe(number * 3_600_000);
    }
  });

  test('keeps the minute of the clock where half an hour is shifted', () => {
    const schedule: Schedule = { cadence: 'hourly', minute: 15, zone: 'Australia/Lord_Howe' };
    // 4 October 2026, 02:00 is 02:30.
    const slots = nextSlots(schedule, at('2026-10-03T14:00Z'), 3);
    expect(slots.map((slot) => slotWords(slot, schedule.zone).slice(-10))).toEqual([
      '01:15 LHST',
      '03:15 LHDT',
      '04:15 LHDT',
    ]);
    expect((slots[1] ?? 0) - (slots[0] ?? 0)).toBe(90 * 60_000);
  });
});

describe('the calendar', () => {
  const monthly = (wanted: number | 'last', zone = 'Etc/UTC'): Schedule => ({
    cadence: 'monthly',
    day: wanted,
    at: '06:00',
    zone,
  });

  test('a month without the day runs on its last', () => {
    expect(upcoming(monthly(31), '2028-01-31T07:00Z', 3)).toEqual([
      '2028-02-29T06:00',
      '2028-03-31T06:00',
      '2028-04-30T06:00',
    ]);
    expect(upcoming(monthly(29), '2027-01-29T07:00Z', 2)).toEqual(['2027-02-28T06:00', '2027-03-29T06:00']);
    expect(upcoming(monthly('last'), '2026-12-01T00:00Z', 2)).toEqual([
      '2026-12-31T06:00',
      '2027-01-31T06:00',
    ]);
  });

  test('working days are Monday to Friday', () => {
    const working = (nth: number | 'last'): Schedule => ({
      cadence: 'working-day',
      nth,
      at: '06:00',
      zone: 'Etc/UTC',
    });
    // 1 August 2026 is a Saturday.
    expect(upcoming(working(1), '2026-07-31T07:00Z', 1)).toEqual(['2026-08-03T06:00']);
    expect(upcoming(working(20), '2026-02-01T00:00Z', 1)).toEqual(['2026-02-27T06:00']);
    expect(upcoming(working('last'), '2026-05-01T00:00Z', 1)).toEqual(['2026-05-29T06:00']);
  });

  test('what falls on a day that the zone skips runs when the next one begins', () => {
    // 30 December 2011 was left out in Apia, a Friday.
    expect(upcoming(monthly(30, 'Pacific/Apia'), '2011-12-01T00:00Z', 1)).toEqual(['2011-12-30T10:00']);
    const friday: Schedule = { cadence: 'weekly', days: ['fri'], at: '09:00', zone: 'Pacific/Apia' };
    expect(upcoming(friday, '2011-12-24T00:00Z', 2)).toEqual(['2011-12-30T10:00', '2012-01-05T19:00']);
  });

  test('a leap day comes every four years, and eight around 2100', () => {
    const leap: Schedule = { cadence: 'cron', expression: '0 0 29 2 *', zone: 'Etc/UTC' };
    expect(upcoming(leap, '2095-01-01T00:00Z', 2)).toEqual(['2096-02-29T00:00', '2104-02-29T00:00']);
  });

  test('cron takes either kind of day when both are restricted', () => {
    const either: Schedule = { cadence: 'cron', expression: '0 0 13 * fri', zone: 'Etc/UTC' };
    expect(upcoming(either, '2026-11-10T00:00Z', 3)).toEqual([
      '2026-11-13T00:00',
      '2026-11-20T00:00',
      '2026-11-27T00:00',
    ]);
    const both: Schedule = { cadence: 'cron', expression: '0 0 */2 * fri', zone: 'Etc/UTC' };
    expect(upcoming(both, '2026-11-10T00:00Z', 2)).toEqual(['2026-11-13T00:00', '2026-11-27T00:00']);
  });
});

const zones = Intl.supportedValuesOf('timeZone');
const two = (value: number): string => String(value).padStart(2, '0');
const time = fc.integer({ min: 0, max: 1439 }).map((m) => `${two(Math.floor(m / 60))}:${two(m % 60)}`);
const anyZone = fc.constantFrom(...zones);
const lastOr = (most: number) => fc.oneof(fc.integer({ min: 1, max: most }), fc.constant('last' as const));
const anySchedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({
    cadence: fc.constant('hourly' as const),
    minute: fc.integer({ min: 0, max: 59 }),
    zone: anyZone,
  }),
  fc.record({
    cadence: fc.constant('every-hours' as const),
    hours: fc.constantFrom(...hourSteps),
    at: time,
    zone: anyZone,
  }),
  fc.record({ cadence: fc.constantFrom('daily' as const, 'weekdays' as const), at: time, zone: anyZone }),
  fc.record({
    cadence: fc.constant('weekly' as const),
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    at: time,
    zone: anyZone,
  }),
  fc.record({ cadence: fc.constant('monthly' as const), day: lastOr(31), at: time, zone: anyZone }),
  fc.record({ cadence: fc.constant('working-day' as const), nth: lastOr(20), at: time, zone: anyZone }),
  fc.record({
    cadence: fc.constant('cron' as const),
    expression: fc
      .tuple(
        fc.integer({ min: 0, max: 59 }),
        fc.oneof(fc.constant('*'), fc.integer({ min: 0, max: 23 })),
        fc.oneof(fc.constantFrom('*', 'L'), fc.integer({ min: 1, max: 28 })),
        fc.constant('*'),
        fc.oneof(fc.constant('*'), fc.integer({ min: 0, max: 6 })),
      )
      .map((parts) => parts.join(' ')),
    zone: anyZone,
  }),
);

describe('any schedule', () => {
  test('has the slots that a slower way of counting finds, in every era', () => {
    fc.assert(
      fc.property(anySchedule, fc.integer({ min: 1975, max: 2060 }), (schedule, year) => {
        const from = Date.UTC(year, 0, 1);
        const until = from + 120 * day;
        const stretches = stretchesOf(schedule.zone, from - 3 * day, until + 3 * day);
        const expected = slotsOf(schedule, stretches, from, until);
        const found = nextSlots(schedule, from, expected.length + 1);
        expect(found.slice(0, expected.length)).toEqual(expected);
        expect(found[expected.length]).toBeGreaterThan(until);
      }),
      { numRuns: 150 },
    );
  });

  test('is taken by the contract, kept by the check, and said in words with its zone', () => {
    fc.assert(
      fc.property(anySchedule, fc.integer({ min: 0, max: 4_000_000_000 }), (schedule, seconds) => {
        expect(scheduleSchema.parse(schedule)).toEqual(schedule);
        expect(checkSchedule(schedule, seconds * 1000)).toEqual(schedule);
        expect(scheduleWords(schedule)).toContain(schedule.zone.replaceAll('_', ' '));
        // The next slot does not depend on when it is asked for, as long as none lies between.
        const slot = nextSlot(schedule, seconds * 1000) ?? 0;
        expect(slot).toBeGreaterThan(seconds * 1000);
        expect(nextSlot(schedule, slot - 1)).toBe(slot);
        expect(nextSlot(schedule, (seconds * 1000 + slot) / 2)).toBe(slot);
        expect(nextSlot(schedule, slot)).toBeGreaterThan(slot);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what cannot be kept is refused with its field and the fix', () => {
  test.each([
    ['* * * * *', 'must leave 15 minutes between two times'],
    ['0,50 * * * *', 'must leave 15 minutes between two times'],
    ['50 23 * * *', undefined],
    ['0,50 9 * * *', undefined],
    ['*/15 * * * *', undefined],
    ['0 0 30 2 *', 'names a date that never comes'],
    ['0 7 * *', 'must be five fields'],
    ['@daily', 'must be five fields'],
    ['H * * * *', 'must be five fields'],
    ['0 0 7 * * 1', 'must be five fields'],
    ['0 24 * * *', 'must be five fields'],
    ['0 7 * * 5L', 'must be five fields'],
    ['0 7 * * 1#2', 'must be five fields'],
    ['0 7 ? * *', 'must be five fields'],
    ['0 0 31 4,6 *', 'names a date that never comes'],
    ['0 7 * jan-mar mon-fri', undefined],
    ['0 7 L * *', undefined],
  ])('cron %s', (expression, problem) => {
    const check = () => checkSchedule({ cadence: 'cron', expression, zone: 'Etc/UTC' }, 0);
    if (problem === undefined) expect(check()).toMatchObject({ expression });
    else
      expect(check).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          details: { field: 'schedule.expression', problem: expect.stringContaining(problem) },
        }),
      );
  });

  test.each(['Mars/Olympus', 'BST', 'EST', 'Europe/Londonn'])('zone %s', (zone) => {
    expect(() => checkSchedule({ cadence: 'daily', at: '07:00', zone }, 0)).toThrow(
      expect.objectContaining({ details: { field: 'schedule.zone', problem: expect.any(String) } }),
    );
  });

  test('a zone is kept as the rules write it', () => {
    expect(checkSchedule({ cadence: 'daily', at: '07:00', zone: 'europe/london' }, 0).zone).toBe(
      'Europe/London',
    );
    expect(checkSchedule({ cadence: 'daily', at: '07:00', zone: 'Asia/Kolkata' }, 0).zone).toBe(
      'Asia/Kolkata',
    );
  });

  test.each([
    [{ cadence: 'daily', at: '7:00', zone: 'Etc/UTC' }, 'at'],
    [{ cadence: 'daily', at: '24:00', zone: 'Etc/UTC' }, 'at'],
    [{ cadence: 'daily', at: '07:00', zone: '+05:30' }, 'zone'],
    [{ cadence: 'hourly', minute: 60, zone: 'Etc/UTC' }, 'minute'],
    [{ cadence: 'every-hours', hours: 5, at: '07:00', zone: 'Etc/UTC' }, 'hours'],
    [{ cadence: 'weekly', days: [], at: '07:00', zone: 'Etc/UTC' }, 'days'],
    [{ cadence: 'weekly', days: ['mon', 'mon'], at: '07:00', zone: 'Etc/UTC' }, 'days'],
    [{ cadence: 'monthly', day: 32, at: '07:00', zone: 'Etc/UTC' }, 'day'],
    [{ cadence: 'working-day', nth: 21, at: '07:00', zone: 'Etc/UTC' }, 'nth'],
    [{ cadence: 'yearly', at: '07:00', zone: 'Etc/UTC' }, 'cadence'],
  ])('%o', (schedule, field) => {
    const [issue] = scheduleSchema.safeParse(schedule).error?.issues ?? [];
    expect(issue?.path).toEqual([field]);
    expect(issue?.message).not.toMatch(/^Invalid|expected/);
  });
});

describe('words', () => {
  const zone = 'Europe/London';
  test.each<[Schedule, string]>([
    [{ cadence: 'hourly', minute: 0, zone }, 'Every hour on the hour, Europe/London'],
    [{ cadence: 'hourly', minute: 1, zone }, 'Every hour at 1 minute past, Europe/London'],
    [
      { cadence: 'every-hours', hours: 6, at: '00:30', zone },
      'Every 6 hours, counted from 00:30 Europe/London',
    ],
    [{ cadence: 'daily', at: '06:00', zone }, 'Every day at 06:00 Europe/London'],
    [{ cadence: 'weekdays', at: '07:00', zone }, 'Every weekday at 07:00 Europe/London'],
    [
      { cadence: 'weekly', days: ['sun', 'mon', 'thu'], at: '07:00', zone },
      'Every Monday, Thursday and Sunday at 07:00 Europe/London',
    ],
    [{ cadence: 'monthly', day: 1, at: '07:00', zone }, 'On the 1st of each month at 07:00 Europe/London'],
    [
      { cadence: 'monthly', day: 31, at: '07:00', zone },
      'On the 31st of each month, or its last day, at 07:00 Europe/London',
    ],
    [
      { cadence: 'monthly', day: 'last', at: '07:00', zone },
      'On the last day of each month at 07:00 Europe/London',
    ],
    [
      { cadence: 'working-day', nth: 12, at: '07:00', zone },
      'On the 12th working day of each month at 07:00 Europe/London',
    ],
    [
      { cadence: 'working-day', nth: 'last', at: '07:00', zone: 'America/New_York' },
      'On the last working day of each month at 07:00 America/New York',
    ],
    [{ cadence: 'cron', expression: '0  7 * * 1-5', zone }, 'By cron 0 7 * * 1-5, Europe/London'],
  ])('%o is %s', (schedule, words) => expect(scheduleWords(schedule)).toBe(words));

  test.each([
    ['2026-11-23T07:00:00Z', 'Europe/London', 'Mon 23 Nov 2026 07:00 GMT'],
    ['2026-07-01T06:00:00Z', 'Europe/London', 'Wed 1 Jul 2026 07:00 BST'],
    ['2026-11-22T18:00:00Z', 'Pacific/Auckland', 'Mon 23 Nov 2026 07:00 NZDT'],
    ['2026-11-23T01:15:00Z', 'Asia/Kathmandu', 'Mon 23 Nov 2026 07:00 GMT+5:45'],
  ])('%s in %s is %s', (iso, in_, words) => expect(slotWords(at(iso), in_)).toBe(words));
});
