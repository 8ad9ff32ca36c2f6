/** Many share the lock or one has it, whoever comes when. */
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedLock } from '../../server/engine/shared-lock.ts';

test('who shares is beside others, who excludes is beside nobody, and each has its turn', async () => {
  const histories = fc.array(
    fc.record({ isAlone: fc.boolean(), turns: fc.nat(3), after: fc.nat(2), fails: fc.boolean() }),
    { maxLength: 12 },
  );
  let mostBeside = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (comers) => {
      const lock = sharedLock();
      const inside = { alone: 0, beside: 0 };
      const ended = await Promise.allSettled(
        comers.map(async ({ isAlone, turns, after, fails }) => {
          for (let count = 0; count < after; count += 1) await turn();
          const who = isAlone ? 'alone' : 'beside';
          await lock[isAlone ? 'exclude' : 'share'](async () => {
            inside[who] += 1;
            mostBeside = Math.max(mostBeside, inside.beside);
            for (let count = 0; count < turns; count += 1) await turn();
            expect(inside.alone === 0 || (inside.alone === 1 && inside.beside === 0)).toBe(true);
            inside[who] -= 1;
            if (fails) throw new RangeError('its own');
          });
        }),
      );
      expect(ended.map((end) => (end.status === 'rejected' ? `${end.reason}` : 'done'))).toEqual(
        comers.map(({ fails }) => (fails ? 'RangeError: its own' : 'done')),
      );
      expect(lock.isAwaited()).toBe(false);
    }),
    { numRuns: 100 },
  );
  expect(mostBeside).toBeGreaterThan(1);
});

test('those who share hear that somebody waits for them, and who comes after waits behind', async () => {
  const lock = sharedLock();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const sharing = lock.share(async () => {
    await first.promise;
    order.push('first');
  });
  expect(lock.isAwaited()).toBe(false);
  const alone = lock.exclude(async () => order.push('alone'));
  const late = lock.share(async () => order.push('late'));
  await turn();
  expect(lock.isAwaited()).toBe(true);
  expect(order).toEqual([]);
  first.resolve();
  await Promise.all([sharing, alone, late]);
  expect(order).toEqual(['first', 'alone', 'late']);
});
