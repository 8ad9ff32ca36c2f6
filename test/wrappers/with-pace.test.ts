/** Never more than allowed, first come first served, and nobody forgotten. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paceOf, withPace } from '../../server/wrappers/with-pace.ts';
import { scriptedPort } from '../support/failing-port.ts';
import { settle, virtualClock } from '../support/virtual-clock.ts';

test('no more calls are under way at once than allowed, and all get their turn in order', async () => {
  const clock = virtualClock(0);
  const pace = paceOf(clock, { atOnce: 2 });
  const began: number[] = [];
  let underWay = 0;
  let most = 0;
  const calls = Array.from({ length: 7 }, (_, n) =>
    pace(async () => {
      began.push(n);
      underWay += 1;
      most = Math.max(most, underWay);
      await clock.sleep(10);
      underWay -= 1;
    }),
  );
  await clock.advance(100);
  await Promise.all(calls);
  expect(began).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
});

test('who comes later finds the places as taken as they are', async () => {
  const clock = virtualClock(0);
  const pace = paceOf(clock, { atOnce: 2 });
  let underWay = 0;
  let most = 0;
  const call = () =>
    pace(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await clock.sleep(25);
      underWay -= 1;
    });
  const calls: Array<Promise<void>> = [];
  for (let count = 0; count < 12; count += 1) {
    calls.push(call(), call());
    await clock.advance(10);
  }
  await clock.advance(1000);
  await Promise.all(calls);
  expect(most).toBe(2);
  expect(clock.sleepers()).toBe(0);
});

test('a call that fails gives its place back', async () => {
  const pace = paceOf(virtualClock(), { atOnce: 1 });
  await expect(pace(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(await pace(async () => 'next')).toBe('next');
});

test('within any window no more calls begin than allowed, and none later than needed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 4 }),
      async (gaps, count) => {
        const clock = virtualClock(0);
        const pace = paceOf(clock, { rate: { count, perMs: 1000 } });
        const begun: number[] = [];
        const asked: number[] = [];
        for (const gap of gaps) {
          await clock.advance(gap);
          asked.push(clock.now());
          void pace(async () => void begun.push(clock.now()));
          await settle(1);
        }
        await clock.advance(gaps.length * 1000);
        expect(begun).toHaveLength(gaps.length);
        for (const [index, at] of begun.entries()) {
          const before = begun[index - count];
          const earliest = Math.max(asked[index] ?? 0, before === undefined ? 0 : before + 1000);
          expect(at).toBe(earliest);
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('a port under a pace answers as before; two ports may share one', async () => {
  const clock = virtualClock(0);
  const pace = paceOf(clock, { rate: { count: 1, perMs: 100 } });
  const [one, two] = [withPace(scriptedPort('a'), pace), withPace(scriptedPort('b'), pace, ['act'])];
  expect(await one.act()).toBe('a');
  const second = two.act();
  await clock.advance(100);
  expect([await second, clock.now()]).toEqual(['b', 100]);
});
