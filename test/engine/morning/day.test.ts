/**
 * A day of schedules of every cadence over many organisations and zones: every slot is one run, every run ends before its deadline,
 * and no limit is exceeded. Some hours of few here; `npm run test:deep -- test/engine/morning/day.test.ts` has a day of many.
 */
import { expect, test } from 'vitest';
import { nextSlot } from '../../../server/domain/schedule.ts';
import type { Schedule } from '../../../shared/contract/schedule.ts';
import { datasets, exporterOf, morning, perPerson } from './morning-world.ts';

const isDeep = process.env['FOLIOKEEP_DEEP'] === '1';
const organisations = isDeep ? Number(process.env['FOLIOKEEP_ORGANISATIONS'] ?? 150) : 8;
const hour = 3_600_000;
// The day after is a Friday, and the month's last working day.
const startAt = Date.UTC(2026, 9, 29, 23, 30);
const hours = isDeep ? 24 : 4;

const zones = ['Etc/UTC', 'Europe/London', 'Pacific/Auckland', 'America/New_York', 'Australia/Adelaide'];
const cadences: ReadonlyArray<(zone: string) => Schedule> = [
  (zone) => ({ cadence: 'hourly', minute: 0, zone }),
  (zone) => ({ cadence: 'every-hours', hours: 2, at: '00:00', zone }),
  (zone) => ({ cadence: 'daily', at: '06:00', zone }),
  (zone) => ({ cadence: 'weekdays', at: '00:30', zone }),
  (zone) => ({ cadence: 'weekly', days: ['fri'], at: '01:00', zone }),
  (zone) => ({ cadence: 'monthly', day: 30, at: '02:00', zone }),
  (zone) => ({ cadence: 'working-day', nth: 'last', at: '01:30', zone }),
  (zone) => ({ cadence: 'cron', expression: '*/15 * * * *', zone }),
];
const scheduleOf = (organisation: number, place: number): Schedule => {
  const zone = zones[organisation % zones.length] ?? '';
  const cadence = cadences[(organisation + 2 * place) % cadences.length];
  if (cadence === undefined) throw new Error('no such cadence');
  return cadence(zone);
};

/** As the schedule says, one after another. */
function slotsUntil(schedule: Schedule, until: number): number[] {
  const slots: number[] = [];
  for (let at = nextSlot(schedule, startAt); at !== null && at <= until; at = nextSlot(schedule, at))
    slots.push(at);
  return slots;
}

test('a day of mixed cadences runs every slot once, ends every run in time and exceeds no limit', {
  timeout: 3_600_000,
}, async () => {
  const world = await morning({ organisations, startAt, scheduleOf });
  const until = startAt + hours * hour;
  const runs = await world.pass(until, { everyMs: hour, changed: 3 });

  const ran = Map.groupBy(runs, ({ exporterId }) => exporterId);
  let expected = 0;
  for (let organisation = 0; organisation < organisations; organisation += 1)
    for (const [place, dataset] of datasets.entries()) {
      const slots = slotsUntil(scheduleOf(organisation, place), until);
      expected += slots.length;
      const exporterId = exporterOf(organisation, dataset);
      const taken = (ran.get(exporterId) ?? []).map(({ slotAt }) => slotAt);
      expect(taken, exporterId).toEqual(slots);
    }
  console.info(
    `${organisations} organisations for ${hours} hours: ${runs.length} runs of ${expected} slots, longest ` +
      `${Math.max(...runs.map(({ requestedAt, endedAt }) => (endedAt ?? Number.NaN) - requestedAt)) / 1_000} s`,
  );
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['succeeded']));
  for (const { endedAt, deadlineAt } of runs) expect(endedAt).toBeLessThan(deadlineAt);
  const none = { app: 0, minute: 0, day: 0, concurrent: 0, appInStretches: false };
  expect(world.xero.judged()).toEqual({ organisations, ...none });
  const { limits, ...beyond } = world.google.judged();
  expect(limits).toBeLessThanOrEqual(2 + 2 * Math.ceil(organisations / perPerson));
  expect(beyond).toEqual({ exceeded: 0, inStretches: 0 });
  await world.close();
});
