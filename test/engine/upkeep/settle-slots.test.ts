/** Slots that were counted by other rules are put right without a run. */
import { expect, test } from 'vitest';
import type { Exporter } from '../../../server/domain/exporter.ts';
import { withSchedule } from '../../../server/domain/exporter-slots.ts';
import { sqliteStore } from '../../../server/embedded/sqlite-store.ts';
import { startDueSlots } from '../../../server/engine/start-due-slots.ts';
import { settleSlots } from '../../../server/engine/upkeep/settle-slots.ts';
import type { Schedule } from '../../../shared/contract/schedule.ts';
import { exporterDocument } from '../../support/exporter-document.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { seededIds } from '../../support/seeded-random.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const hour = 3_600_000;
const daily: Schedule = { cadence: 'daily', at: '07:00', zone: 'Europe/London' };

async function bench(change: (exporter: Exporter) => Partial<Exporter>) {
  const clock = virtualClock(Date.parse('2026-11-21T06:00:00Z'));
  const store = sqliteStore(':memory:');
  const exporter = withSchedule(exporterDocument(), daily, clock.now());
  await store.create('exporters', 'a', { ...exporter, ...change(exporter) });
  const ports = {
    clock,
    store,
    queue: { enqueue: async () => undefined },
    log: recordingLog(),
    ids: seededIds(clock),
  };
  return {
    ports,
    settle: settleSlots(ports),
    start: () => startDueSlots(ports, { plan: () => [{ kind: 'copy', input: null }] }),
    due: async () => new Date((await store.get('exporters', 'a'))?.data.nextDueAt ?? 0).toISOString(),
  };
}

test('a slot that is right stays', async () => {
  const { settle, due } = await bench(() => ({}));
  expect(await settle()).toBe(0);
  expect(await due()).toBe('2026-11-21T07:00:00.000Z');
});

test('rules of yesterday that said later are mended by the round', async () => {
  const { settle, due } = await bench(({ nextDueAt }) => ({ nextDueAt: (nextDueAt ?? 0) + hour }));
  expect(await settle()).toBe(1);
  expect(await due()).toBe('2026-11-21T07:00:00.000Z');
});

test('rules of yesterday that said earlier start nothing before its time', async () => {
  const { ports, start, due } = await bench(({ nextDueAt }) => ({ nextDueAt: (nextDueAt ?? 0) - hour / 2 }));
  await ports.clock.advance(45 * 60_000);
  expect(await start()).toMatchObject({ started: 0 });
  expect(await due()).toBe('2026-11-21T07:00:00.000Z');
  await ports.clock.advance(15 * 60_000);
  expect(await start()).toMatchObject({ started: 1 });
});

test('a clock that was years ahead keeps nobody waiting for years', async () => {
  const { settle, due } = await bench(() => ({
    slotsTakenUntil: Date.parse('2028-01-01T00:00:00Z'),
    nextDueAt: Date.parse('2028-01-01T07:00:00Z'),
  }));
  expect(await settle()).toBe(1);
  expect(await due()).toBe('2026-11-21T07:00:00.000Z');
});
