/**
 * Twenty years of every cadence in zones of the world, by two schedulers with outages: every slot is run once, at the time
 * that was shown. One seed is one zone: all of them in `npm run test:deep`, those that change most often here.
 */
import { afterAll, expect, test } from 'vitest';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { seeds } from '../support/seeds.ts';
import { type Played, playSchedule } from './play-schedule.ts';
import { slotsOf, stretchesOf } from './schedule-oracle.ts';

/** Half hours, quarters, a day that is skipped, summer time around Ramadan, and offsets that laws changed. */
const moody = [
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Europe/London',
  'Pacific/Auckland',
  'America/St_Johns',
  'Pacific/Chatham',
  'America/Caracas',
  'Asia/Pyongyang',
  'Africa/Cairo',
];
const zones = [...new Set([...moody, ...Intl.supportedValuesOf('timeZone')])];

const day = 86_400_000;
const from = Date.UTC(2010, 0, 1);
const until = Date.UTC(2030, 0, 1);

const cadences = (zone: string): Schedule[] => [
  { cadence: 'hourly', minute: 20, zone },
  { cadence: 'every-hours', hours: 6, at: '02:15', zone },
  { cadence: 'daily', at: '02:30', zone },
  { cadence: 'daily', at: '00:00', zone },
  { cadence: 'weekdays', at: '07:00', zone },
  { cadence: 'weekly', days: ['sun', 'thu'], at: '01:30', zone },
  { cadence: 'monthly', day: 31, at: '00:30', zone },
  { cadence: 'monthly', day: 'last', at: '23:59', zone },
  { cadence: 'working-day', nth: 3, at: '02:00', zone },
  { cadence: 'working-day', nth: 'last', at: '18:00', zone },
  { cadence: 'cron', expression: '0,45 1,2,3 29,30 2,12 5', zone },
  { cadence: 'cron', expression: '5 * L 3,10 0', zone },
];

const total: Played & { zones: number } = {
  zones: 0,
  expected: 0,
  executed: 0,
  collapsed: 0,
  missed: 0,
  doubled: 0,
  surprising: 0,
  late: 0,
  outages: 0,
};
afterAll(() => {
  if (process.env['FOLIOKEEP_DEEP'] === '1') console.info(`Twenty years: ${JSON.stringify(total)}`);
});

const wanted = seeds(3, zones.length).slice(0, zones.length);
test.each(wanted.map((seed) => [seed, zones[seed % zones.length] as string]))(
  'seed %i: twenty years in %s miss nothing, double nothing and run when they said',
  (seed, zone) => {
    const stretches = stretchesOf(zone, from - 3 * day, until + 3 * day);
    const next = seededNumbers(seed);
    total.zones += 1;
    for (const schedule of cadences(zone)) {
      const expected = slotsOf(schedule, stretches, from, until);
      const rate = Math.min(0.05, 100 / expected.length);
      const played = playSchedule(schedule, expected, from, next, rate);
      for (const name of Object.keys(played) as Array<keyof Played>) total[name] += played[name];
      expect(played, JSON.stringify(schedule)).toMatchObject({
        missed: 0,
        doubled: 0,
        surprising: 0,
        late: 0,
      });
      expect(played.executed + played.collapsed, JSON.stringify(schedule)).toBe(expected.length);
    }
  },
);
