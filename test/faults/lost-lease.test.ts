/** Workers that stand still beyond their lease, and clocks that jump: late records are refused, and the result is the same. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { seededNumbers } from '../support/seeded-random.ts';
import { settle } from '../support/virtual-clock.ts';
import { outcomeOf, type Play, playOut } from './play-out.ts';
import type { Life, Point } from './points.ts';
import { sinksOf } from './small-copies.ts';
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

test('a worker frozen at any point that comes back after the end changes nothing', async () => {
  for (const [at, { label, side }] of points.entries()) {
    let frozen: Life | undefined;
    const { world, ending, outcome } = await playNew({
      onPoint: (_, number, life, lifeNumber) => {
        if (lifeNumber > 0 || number !== at) return;
        frozen = life;
        life.freeze();
      },
    });
    const where = `${at}: ${side} ${label}`;
    expect(outcome, where).toEqual(quiet.outcome);
    frozen?.thaw();
    await settle(50);
    expect((await world.store.get('runs', ending.runId))?.data, where).toEqual(ending.run);
    expect(await sinksOf(world), where).toEqual(quiet.ending.sinks);
  }
});

test('a worker frozen at any point that comes back while the next is at work changes nothing', async () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const next = seededNumbers(seed);
    const frozeAt = Math.floor(next() * points.length);
    const thawAt = Math.floor(next() * 60);
    let frozen: Life | undefined;
    const { world, ending, outcome } = await playNew({
      onPoint: async (_, number, life, lifeNumber) => {
        if (lifeNumber === 0 && number === frozeAt) {
          frozen = life;
          life.freeze();
        }
        if (lifeNumber === 1 && number === thawAt) {
          frozen?.thaw();
          await settle(Math.floor(next() * 10));
        }
      },
    });
    frozen?.thaw();
    await settle(50);
    expect(outcome, `seed ${seed}`).toEqual(quiet.outcome);
    expect((await world.store.get('runs', ending.runId))?.data, `seed ${seed}`).toEqual(ending.run);
    expect(await sinksOf(world), `seed ${seed}`).toEqual(quiet.ending.sinks);
  }
});

test('a clock that jumps by hours at any point changes nothing, with and without a death there', async () => {
  const hours = 3 * 3_600_000;
  for (let at = 0; at < points.length; at += 1)
    for (const jump of [-hours, hours]) {
      // Every other call dies with the jump forth, the calls between with the jump back.
      const isFatal = at % 4 < 2 === jump > 0;
      const made = await newWorld();
      worlds.push(made);
      const ending = await playOut(made, {
        onPoint: (_, number, life, lifeNumber) => {
          if (lifeNumber > 0 || number !== at) return;
          made.clock.step(jump);
          if (isFatal) life.kill();
        },
      });
      expect(outcomeOf(ending), `${at} ${jump} ${isFatal}`).toEqual(quiet.outcome);
    }
});
