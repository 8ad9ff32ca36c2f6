/** Due slots: each is one run, whoever asks, however often, and however many are due. */
import { expect, test } from 'vitest';
import type { Exporter } from '../../server/domain/exporter.ts';
import { withSchedule } from '../../server/domain/exporter-slots.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { engineDefaults } from '../../server/engine/options.ts';
import { startDueSlots } from '../../server/engine/start-due-slots.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { UserError } from '../../server/errors.ts';
import type { Task } from '../../server/ports.ts';
import { withSchemas } from '../../server/wrappers/with-schemas.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const daily: Schedule = { cadence: 'daily', at: '07:00', zone: 'Europe/London' };
const hour = 3_600_000;
const plan = (exporterId: string) => [{ kind: 'copy', input: exporterId }];

async function slotsBench() {
  const clock = virtualClock(Date.parse('2026-11-21T06:00:00Z'));
  const tasks: Task[] = [];
  const queue = {
    async enqueue(task: Task) {
      if (!tasks.some(({ name }) => name === task.name)) tasks.push(task);
    },
  };
  const store = withSchemas(sqliteStore(':memory:'));
  const ports = { clock, store, queue, ids: seededIds(clock), log: recordingLog() };
  return {
    ports,
    tasks,
    async add(id: string, change: Partial<Exporter> = {}, schedule = daily): Promise<void> {
      const made = withSchedule(exporterDocument(), schedule, clock.now());
      await store.create('exporters', id, { ...made, ...change });
    },
    async exporter(id: string): Promise<Exporter> {
      const stored = await store.get('exporters', id);
      if (!stored) throw new Error('The exporter is gone');
      return stored.data;
    },
    runs: async () => (await store.query('runs', { limit: 1000 })).map(({ id, data }) => ({ id, ...data })),
    start: (change: Partial<typeof engineDefaults> = {}, planned = plan) =>
      startDueSlots(ports, { plan: planned, engine: { ...engineDefaults, ...change } }),
  };
}

test('a slot becomes one run with its first task, and the next slot is known', async () => {
  const bench = await slotsBench();
  await bench.add('a');
  expect(await bench.start()).toEqual({ started: 0, joined: 0, hasMore: false });
  await bench.ports.clock.advance(hour);
  expect(await bench.start()).toEqual({ started: 1, joined: 0, hasMore: false });
  expect(await bench.start()).toEqual({ started: 0, joined: 0, hasMore: false });
  const [run] = await bench.runs();
  const slotAt = Date.parse('2026-11-21T07:00:00Z');
  expect(run).toMatchObject({ trigger: 'scheduled', requestedBy: 'schedule', status: 'queued', slotAt });
  expect(run?.steps).toMatchObject([{ kind: 'copy', input: 'a' }]);
  expect(bench.tasks.map(({ payload }) => payload)).toEqual([{ runId: run?.id, seq: 1 }]);
  expect(await bench.exporter('a')).toMatchObject({
    activeRunId: run?.id,
    lastSlotAt: slotAt,
    nextDueAt: slotAt + 24 * hour,
  });
});

test('two servers at one time start each slot once', async () => {
  const bench = await slotsBench();
  for (let at = 0; at < 50; at += 1) await bench.add(`e${at}`);
  await bench.ports.clock.advance(hour);
  const reports = await Promise.all([bench.start(), bench.start(), bench.start()]);
  expect(reports.reduce((sum, { started }) => sum + started, 0)).toBe(50);
  const runs = await bench.runs();
  expect(new Set(runs.map(({ exporterId }) => exporterId)).size).toBe(50);
  expect(runs).toHaveLength(50);
  expect(bench.tasks).toHaveLength(50);
});

test('a slot over an active run joins it', async () => {
  const bench = await slotsBench();
  await bench.add('a');
  await bench.ports.clock.advance(hour - 1000);
  const input = { teamId: 'team', exporterId: 'a', requestedBy: 'user', steps: plan('a') };
  const { runId } = await startRun(bench.ports, { ...input, trigger: 'manual' });
  await bench.ports.clock.advance(2000);
  expect(await bench.start()).toEqual({ started: 0, joined: 1, hasMore: false });
  expect(await bench.runs()).toHaveLength(1);
  expect(await bench.exporter('a')).toMatchObject({
    activeRunId: runId,
    lastSlotAt: Date.parse('2026-11-21T07:00:00Z'),
    nextDueAt: Date.parse('2026-11-22T07:00:00Z'),
  });
});

test('an outage of days is made up for by one run', async () => {
  const bench = await slotsBench();
  await bench.add('a');
  await bench.ports.clock.advance(73 * hour + 60_000);
  expect(await bench.start()).toMatchObject({ started: 1 });
  expect(await bench.start()).toMatchObject({ started: 0 });
  expect(await bench.runs()).toMatchObject([{ slotAt: Date.parse('2026-11-21T07:00:00Z') }]);
  expect(await bench.exporter('a')).toMatchObject({ nextDueAt: Date.parse('2026-11-25T07:00:00Z') });
});

test.each(['paused', 'needs-reconnect', 'needs-file'] as const)(
  'an exporter that is %s lets its slots pass',
  async (status) => {
    const bench = await slotsBench();
    await bench.add('a', { status });
    await bench.ports.clock.advance(25 * hour + 1);
    expect(await bench.start()).toMatchObject({ started: 0, joined: 0 });
    expect(await bench.runs()).toEqual([]);
    expect(await bench.exporter('a')).toMatchObject({
      status,
      nextDueAt: Date.parse('2026-11-23T07:00:00Z'),
      missedSlotAt: status === 'paused' ? null : Date.parse('2026-11-21T07:00:00Z'),
    });
  },
);

test('a deleted exporter is due no more', async () => {
  const bench = await slotsBench();
  await bench.add('a', { status: 'deleted' });
  await bench.ports.clock.advance(25 * hour);
  expect(await bench.start()).toMatchObject({ started: 0 });
  expect(await bench.exporter('a')).toMatchObject({ nextDueAt: null });
});

test('more than one call takes is begun again at once, organisations in turn', async () => {
  const bench = await slotsBench();
  for (let at = 0; at < 50; at += 1)
    await bench.add(`a${String(at).padStart(2, '0')}`, { organisationId: 'large' });
  for (let at = 0; at < 5; at += 1) await bench.add(`b${at}`, { organisationId: `small${at}` });
  await bench.ports.clock.advance(hour);
  expect(await bench.start({ slotsAtOnce: 52 })).toEqual({ started: 52, joined: 0, hasMore: true });
  // One of each organisation before the second of any.
  const order = bench.tasks.map(({ payload }) => payload['runId']);
  const small = (await bench.runs()).filter(({ exporterId }) => exporterId.startsWith('b'));
  for (const { id } of small) expect(order.indexOf(id)).toBeLessThan(6);
  expect(await bench.start({ slotsAtOnce: 52 })).toEqual({ started: 3, joined: 0, hasMore: false });
});

test('a call takes no more once its time is over', async () => {
  const bench = await slotsBench();
  for (let at = 0; at < 400; at += 1) await bench.add(`e${at}`);
  await bench.ports.clock.advance(hour);
  let now = bench.ports.clock.now();
  const slow = { ...bench.ports, clock: { ...bench.ports.clock, now: () => (now += 100) } };
  const report = await startDueSlots(slow, { plan });
  expect(report.hasMore).toBe(true);
  expect(report.started).toBeLessThan(400);
  expect(report.started % 100).toBe(0);
});

test('an exporter that cannot be planned shows a failed run, and the others start', async () => {
  const bench = await slotsBench();
  await bench.add('a');
  await bench.add('b');
  await bench.add('c');
  await bench.ports.clock.advance(hour);
  const planned = (exporterId: string) => {
    if (exporterId === 'a') throw new UserError('NOT_FOUND', { what: 'dataset' });
    if (exporterId === 'b') throw new TypeError('a bug');
    return plan(exporterId);
  };
  expect(await bench.start({}, planned)).toEqual({ started: 1, joined: 0, hasMore: false });
  const runs = await bench.runs();
  const of = (id: string) => runs.find(({ exporterId }) => exporterId === id);
  expect(of('a')).toMatchObject({ status: 'failed', error: { code: 'NOT_FOUND' } });
  expect(of('b')).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
  expect(await bench.exporter('a')).toMatchObject({ activeRunId: null, lastRunId: of('a')?.id });
  expect(of('c')).toMatchObject({ status: 'queued' });
  expect(bench.tasks).toHaveLength(1);
});

test('a store that fails for one exporter does not keep the others', async () => {
  const bench = await slotsBench();
  for (const id of ['a', 'b', 'c']) await bench.add(id);
  await bench.ports.clock.advance(hour);
  const store: typeof bench.ports.store = {
    ...bench.ports.store,
    transaction: (act) =>
      bench.ports.store.transaction((tx) =>
        act({
          ...tx,
          get: async (collection, id) => {
            if (id === 'b') throw new Error('a damaged document');
            return tx.get(collection, id);
          },
        }),
      ),
  };
  await expect(startDueSlots({ ...bench.ports, store }, { plan })).rejects.toThrow('1 slots');
  expect((await bench.runs()).map(({ exporterId }) => exporterId).sort()).toEqual(['a', 'c']);
  expect(bench.ports.log.entries.filter(({ level }) => level === 'error')).toHaveLength(1);
});
