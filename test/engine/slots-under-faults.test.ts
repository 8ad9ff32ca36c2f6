/** Taking slots while servers die and ports fail at every point: no slot is lost, and none is run twice. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { withSchedule } from '../../server/domain/exporter-slots.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { handleTask } from '../../server/engine/handle-task.ts';
import { startDueSlots } from '../../server/engine/start-due-slots.ts';
import { tick } from '../../server/engine/tick.ts';
import { RetryError } from '../../server/errors.ts';
import type { Store, Task } from '../../server/ports.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { newLife, type Point, withGate } from '../faults/points.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds, seededNumbers } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const minute = 60_000;
const from = Date.parse('2026-11-21T08:59:00Z');
const exporters = Array.from({ length: 22 }, (_, at) => `e${at}`);
const schedule: Schedule = { cadence: 'hourly', minute: 0, zone: 'Europe/London' };
const slots = ['2026-11-21T09:00:00Z', '2026-11-21T10:00:00Z'].map(Date.parse);
const copy = { kind: 'copy', advance: async () => ({ kind: 'done' as const }) };

interface Fault {
  /** Told every point of the first server, with its number; may kill it or throw. */
  onPoint?: (point: Point, number: number, kill: () => void) => void;
  servers?: number;
  wrap?: (store: Store) => Store;
}

const open: Array<{ close(): void }> = [];
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

/** The minutes around two slots, of servers that tick each minute; answers the slots that ran to their end, by exporter. */
async function play({ onPoint, servers = 1, wrap = (store) => store }: Fault = {}) {
  const clock = virtualClock(from);
  const store = sqliteStore(':memory:');
  open.push(store);
  const names = new Set<string>();
  const tasks: Task[] = [];
  const queue = {
    async enqueue(task: Task) {
      if (!names.has(task.name)) tasks.push(task);
      names.add(task.name);
    },
  };
  const log = recordingLog();
  for (const id of exporters)
    await store.create('exporters', id, withSchedule(exporterDocument(), schedule, from));

  let points = 0;
  const boot = () => {
    const life = newLife((point, _, { kill }) => {
      points += 1;
      onPoint?.(point, points - 1, kill);
    });
    const ports = {
      clock,
      log,
      ids: seededIds(clock, points + 1),
      store: withGate('store', wrap(store), life.gate),
      queue: withGate('queue', queue, life.gate),
    };
    return { life, ports };
  };
  const lives = Array.from({ length: servers }, boot);
  let deaths = 0;
  const attempt = async (at: number, act: (ports: (typeof lives)[number]['ports']) => Promise<unknown>) => {
    const { life, ports } = lives[at] as (typeof lives)[number];
    const over = await Promise.race([
      act(ports)
        .catch(() => undefined)
        .then(() => 'over'),
      life.gone,
    ]);
    if (over !== 'gone') return;
    deaths += 1;
    lives[at] = boot();
  };
  const plan = () => [{ kind: 'copy', input: null }];
  for (const pause of [1, 1, 1, 1, 1, 56, 1, 1, 1, 1]) {
    await clock.advance(pause * minute);
    await Promise.all(lives.map((_, at) => attempt(at, (ports) => startDueSlots(ports, { plan }))));
    await Promise.all(lives.map((_, at) => attempt(at, (ports) => tick(ports))));
    // Delivered by a server that is well: how tasks survive is shown elsewhere.
    const well = { clock, log, store, queue, ids: seededIds(clock, 99) };
    for (const task of tasks.splice(0)) await handleTask(well, [copy], task);
  }
  const runs = await store.query('runs', { limit: 1000 });
  const ran = Map.groupBy(runs, ({ data }) => data.exporterId);
  return {
    points,
    deaths,
    statuses: new Set(runs.map(({ data }) => data.status)),
    slots: exporters.map((id) => (ran.get(id) ?? []).map(({ data }) => data.slotAt).sort()),
  };
}

const each = exporters.map(() => slots);
const seen: Point[] = [];
beforeAll(async () => {
  const quiet = await play({ onPoint: (point) => void seen.push(point) });
  expect(quiet).toMatchObject({ slots: each, deaths: 0, statuses: new Set(['succeeded']) });
});

/** The points of the first slots and the tick with them; what follows is the same again. */
const points = (): Array<[number, Point]> => {
  const first = seen.findIndex(({ label }) => label === 'queue.enqueue');
  return [...seen.entries()].slice(0, first + 30);
};

test('the points are those of every port that takes slots', () => {
  const labels = new Set(points().map(([, { label, side }]) => `${side} ${label}`));
  for (const label of ['store.query', 'store.transaction', 'queue.enqueue'])
    for (const side of ['before', 'after']) expect(labels).toContain(`${side} ${label}`);
});

test('a server that dies at any point loses no slot and runs none twice', async () => {
  for (const [at, { label, side }] of points()) {
    const played = await play({
      onPoint: (_, number, kill) => {
        if (number === at) kill();
      },
    });
    expect(played, `${at}: ${side} ${label}`).toMatchObject({
      slots: each,
      deaths: 1,
      statuses: new Set(['succeeded']),
    });
  }
});

test('a port that fails before or after its effect loses no slot and runs none twice', async () => {
  for (const [at, { label, side }] of points()) {
    const played = await play({
      onPoint: (_, number) => {
        if (number === at) throw new RetryError('INJECTED_FAULT');
      },
    });
    expect(played, `${at}: ${side} ${label}`).toMatchObject({
      slots: each,
      statuses: new Set(['succeeded']),
    });
  }
});

test('a commit without an answer that is made again runs no slot twice', async () => {
  const twice = (store: Store): Store => ({
    ...store,
    async transaction(act) {
      await store.transaction(act);
      return store.transaction(act);
    },
  });
  expect(await play({ wrap: twice })).toMatchObject({ slots: each, statuses: new Set(['succeeded']) });
});

test('servers that die and fail again and again get there all the same', async () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const next = seededNumbers(seed);
    const played = await play({
      servers: 1 + (seed % 3),
      onPoint: (_, _number, kill) => {
        const dice = next();
        if (dice < 0.01) kill();
        else if (dice < 0.03) throw new RetryError('INJECTED_FAULT');
      },
    });
    expect(played.deaths, `seed ${seed}`).toBeGreaterThan(0);
    expect(played, `seed ${seed}`).toMatchObject({ slots: each, statuses: new Set(['succeeded']) });
  }
});
