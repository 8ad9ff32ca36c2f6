/** Tasks that come twice, late, in any order, at once or never, and commits whose outcome is unknown. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { hasEnded } from '../../server/domain/run.ts';
import { handleTask } from '../../server/engine/handle-task.ts';
import { requestRunCancel } from '../../server/engine/request-cancel.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { tick } from '../../server/engine/tick.ts';
import type { Store } from '../../server/ports.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { settle } from '../support/virtual-clock.ts';
import { outcomeOf, type Play, playOut } from './play-out.ts';
import { newLife } from './points.ts';
import { sinksOf } from './small-copies.ts';
import { exporterId, newWorld, processOf, smallSteps, teamId, type World } from './world.ts';

const worlds: World[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.close();
});

async function world(options = {}): Promise<World> {
  const made = await newWorld(options);
  worlds.push(made);
  return made;
}
/** A slice of no length: every unit is a task of its own, so that deliveries matter most. */
const oneUnitPerTask = { sliceMs: 0 };
const play = async (change: Play = {}, options = {}) =>
  outcomeOf(await playOut(await world(options), change));

let quiet: Awaited<ReturnType<typeof play>>;
beforeAll(async () => {
  quiet = await play();
});

test('a run cut into one task per unit ends the same', async () => {
  expect(await play({}, oneUnitPerTask)).toEqual(quiet);
});

test('tasks that are never forgotten, and come in any order, change nothing', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const next = seededNumbers(seed);
    const outcome = await play(
      {
        isDoubled: () => next() < 0.7,
        pick: (due) => due[Math.floor(next() * due.length)],
      },
      oneUnitPerTask,
    );
    expect(outcome, `seed ${seed}`).toEqual(quiet);
  }
});

test('tasks that are lost are given anew by the tick', async () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const next = seededNumbers(seed);
    const made = await world(oneUnitPerTask);
    const { enqueue } = made.queue;
    // Answered as stored, and lost.
    made.queue.enqueue = async (task) => (next() < 0.4 ? undefined : enqueue(task));
    expect(outcomeOf(await playOut(made)), `seed ${seed}`).toEqual(quiet);
  }
});

test('every task delivered to two workers at once, with ticks between, changes nothing', async () => {
  for (let seed = 1; seed <= 15; seed += 1) {
    const made = await world(oneUnitPerTask);
    const next = seededNumbers(seed);
    const life = newLife(() => settle(Math.floor(next() * 4)));
    const { ports, stepKinds } = processOf(made, life);
    const { options } = made;
    const input = { teamId, exporterId, requestedBy: 'user', trigger: 'manual' as const, steps: smallSteps };
    const [first, second] = await Promise.all([startRun(ports, input), startRun(ports, input)]);
    expect(first.runId).toBe(second.runId);
    expect([first.isNew, second.isNew].sort()).toEqual([false, true]);
    for (;;) {
      const run = (await made.store.get('runs', first.runId))?.data;
      if (!run || hasEnded(run)) {
        const { sinks: _, ...stored } = quiet;
        expect(run).toMatchObject(stored);
        expect(await sinksOf(made)).toEqual(quiet.sinks);
        break;
      }
      const due = made.queue.open().filter(({ dueAt }) => dueAt <= made.clock.now());
      if (due.length === 0) await made.clock.advance(10_000);
      const deliveries = due.flatMap((task) => [task, task]);
      await Promise.all([
        tick(ports, options),
        ...deliveries.map((task) => handleTask(ports, stepKinds, task, { options })),
      ]);
      for (const task of due) made.queue.end(task);
    }
    // Nobody did a unit that another had.
    expect(made.units, `seed ${seed}`).toHaveLength(17);
  }
});

/** Each transaction is applied, answered as unknown, and applied again: what Firestore's client does (N4). */
const twice = (store: Store, between: (number: number) => Promise<unknown>): Store => {
  let number = 0;
  return {
    ...store,
    async transaction(act) {
      number += 1;
      const mine = number;
      await store.transaction(act);
      await between(mine);
      return store.transaction(act);
    },
  };
};

test('every commit may be repeated', async () => {
  for (const options of [{}, oneUnitPerTask]) {
    const made = await world(options);
    made.store = twice(made.store, async () => undefined);
    expect(outcomeOf(await playOut(made))).toEqual(quiet);
  }
});

test('a commit may be repeated after a cancel came in between: what is counted is what was done', async () => {
  const steps = { count: 0 };
  const counting = await world(oneUnitPerTask);
  counting.store = twice(counting.store, async (number) => {
    steps.count = number;
  });
  await playOut(counting);
  for (let at = 1; at <= steps.count; at += 1) {
    const made = await world(oneUnitPerTask);
    const { store } = made;
    made.store = twice(store, async (number) => {
      const [run] = number === at ? await store.query('runs', { limit: 1 }) : [];
      if (run) await requestRunCancel({ store, clock: made.clock }, run.id, made.options);
    });
    const { run } = await playOut(made);
    expect(['cancelled', 'succeeded-with-gaps'], `${at}`).toContain(run.status);
    // A unit of lines is one call, one of numbers five rows.
    expect(run.counters.xeroCalls + run.counters.rows / 5, `${at}`).toBe(run.units);
    expect((await store.get('exporters', exporterId))?.data, `${at}`).toMatchObject({ activeRunId: null });
  }
});

test('a commit may be repeated after the tick took the run away in between', async () => {
  for (let at = 1; at <= 40; at += 1) {
    const made = await world(oneUnitPerTask);
    const { store } = made;
    made.store = twice(store, async (number) => {
      if (number !== at) return;
      made.clock.step(made.options.leaseMs * 2);
      await tick({ ...made, store }, made.options);
    });
    expect(outcomeOf(await playOut(made)), `${at}`).toEqual(quiet);
  }
});
