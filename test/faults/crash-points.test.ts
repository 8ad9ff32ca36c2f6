/** The engine with a fault at every point of every port call: what is left behind equals the quiet run. */
import { afterEach, expect, test } from 'vitest';
import { newWorld, outcomeOf, type Play, playOut, type World } from './world.ts';

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

test('a quiet run copies everything, waits once and names its gap', async () => {
  const { world, ending } = await playNew();
  expect(ending.run).toMatchObject({
    status: 'succeeded-with-gaps',
    counters: { rows: 30, cellsWritten: 30, xeroCalls: 10 },
    gaps: [{ what: 'lines', reason: 'unreadable-record', count: 6 }],
    units: 16,
  });
  expect(ending.sinks.blobs).toHaveLength(10);
  expect(ending.sinks.cells).toHaveLength(30);
  // Sixteen units, and the one that was begun twice because it had to wait.
  expect(world.units).toHaveLength(17);
});
