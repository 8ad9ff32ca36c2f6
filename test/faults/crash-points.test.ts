/** The engine with a fault at every point of every port call: what is left behind equals the quiet run. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { RetryError } from '../../server/errors.ts';
import { allFaults, randomFaults } from '../../server/wrappers/faults.ts';
import { faultLab } from '../../server/wrappers/with-faults.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { outcomeOf, type Play, playOut } from './play-out.ts';
import type { Point } from './points.ts';
import { newWorld, type World } from './world.ts';

const worlds: World[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.close();
});

async function playNew(play: Play = {}) {
  const world = await newWorld();
  worlds.push(world);
  const ending = await playOut(world, play);
  return { world, ending, outcome: outcomeOf(ending) };
}

const points: Point[] = [];
let quiet: Awaited<ReturnType<typeof playNew>>;
beforeAll(async () => {
  quiet = await playNew({ onPoint: (point) => void points.push(point) });
});

test('a quiet run copies everything, waits once and names its gap', () => {
  expect(quiet.ending.run).toMatchObject({
    status: 'succeeded-with-gaps',
    counters: { rows: 30, cellsWritten: 30, xeroCalls: 10 },
    gaps: [{ what: 'lines', reason: 'unreadable-record', count: 6 }],
    units: 16,
  });
  expect(quiet.ending.sinks.blobs).toHaveLength(10);
  expect(quiet.ending.sinks.cells).toHaveLength(30);
  // Sixteen units, and the one that was begun twice because it had to wait.
  expect(quiet.world.units).toHaveLength(17);
});

test('the points are those of every port that the engine and the copies use', () => {
  const labels = new Set(points.map(({ label, side }) => `${label} ${side}`));
  const called = [
    'store.transaction',
    'store.query',
    'store.get',
    'queue.enqueue',
    'blobs.put',
    'sheet.write',
  ];
  expect([...labels].sort()).toEqual(called.flatMap((label) => [`${label} after`, `${label} before`]).sort());
});

for (const isAlone of [true, false])
  test(`a process that dies at any point loses nothing and doubles nothing (${isAlone ? 'taken up at start' : 'left to leases'})`, async () => {
    for (const [at, { label, side }] of points.entries()) {
      const { world, ending, outcome } = await playNew({
        isAlone,
        onPoint: (_, number, life, lifeNumber) => {
          if (lifeNumber === 0 && number === at) life.kill();
        },
      });
      const where = `${at}: ${side} ${label}`;
      expect(ending.lives, where).toBe(2);
      expect(outcome, where).toEqual(quiet.outcome);
      expect(world.units.length - quiet.world.units.length, where).toBeLessThanOrEqual(1);
      expect(
        world.log.entries.filter(({ level }) => level === 'error'),
        where,
      ).toEqual([]);
    }
  });

test('a process that dies again and again at seeded points gets there all the same', async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const next = seededNumbers(seed);
    const { world, ending, outcome } = await playNew({
      isAlone: seed % 2 === 0,
      onPoint: (_, _number, life) => {
        if (next() < 0.06) life.kill();
      },
    });
    expect(outcome, `seed ${seed}`).toEqual(quiet.outcome);
    const repeated = world.units.length - quiet.world.units.length;
    expect(repeated, `seed ${seed}`).toBeLessThanOrEqual(ending.lives);
  }
});

test('a unit that kills its process each time ends its run as poisoned, and keeps what was done before', async () => {
  for (const isAlone of [true, false]) {
    let deaths = 0;
    let isPoison = false;
    const { world, ending } = await playNew({
      isAlone,
      onUnit: ({ kind, place }) => {
        isPoison = kind === 'numbers' && place === 10;
      },
      onPoint: ({ label, side }, _number, life) => {
        if (!isPoison || label !== 'sheet.write' || side !== 'before') return;
        deaths += 1;
        life.kill();
      },
    });
    expect(ending.run).toMatchObject({
      status: 'failed',
      units: 12,
      error: { code: 'POISON_TASK', details: { rescues: 10 } },
    });
    expect(deaths).toBe(11);
    expect(await world.sheet.cells()).toHaveLength(10);
  }
});

test('a port that fails before or after its effect, at any point, loses nothing and doubles nothing', async () => {
  for (const [at, { label, side }] of points.entries()) {
    const { world, outcome } = await playNew({
      onPoint: (_, number) => {
        if (number === at) throw new RetryError('INJECTED_FAULT');
      },
    });
    expect(outcome, `${at}: ${side} ${label}`).toEqual(quiet.outcome);
    expect(world.units.length - quiet.world.units.length, `${at}`).toBeLessThanOrEqual(1);
  }
});

test('calls made twice, and failing ones between them, leave no trace', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const next = seededNumbers(seed);
    const lab = faultLab(
      allFaults(randomFaults({ next, rate: 0.3, acts: ['twice'] }), randomFaults({ next, rate: 0.03 })),
    );
    expect((await playNew({ wrap: lab.wrap })).outcome, `seed ${seed}`).toEqual(quiet.outcome);
  }
});

test('ports that fail at one point in twenty get there all the same', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const next = seededNumbers(seed);
    const { outcome } = await playNew({
      onPoint: () => {
        if (next() < 0.05) throw new RetryError('INJECTED_FAULT');
      },
    });
    expect(outcome, `seed ${seed}`).toEqual(quiet.outcome);
  }
});
