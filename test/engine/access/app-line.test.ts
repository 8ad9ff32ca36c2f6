import { afterEach, beforeEach, expect, test } from 'vitest';
import { appLine, appRules } from '../../../server/engine/access/app-line.ts';
import { WaitError } from '../../../server/errors.ts';
import { type AccessWorld, accessWorld, until } from '../../support/access-world.ts';
import { seededNumbers, seededRandom } from '../../support/seeded-random.ts';

const minute = 60_000;
let world: AccessWorld;
beforeEach(() => {
  world = accessWorld();
});
afterEach(() => world.store.close());

const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'ok' : outcome.reason.code));
const givenOf = (outcomes: PromiseSettledResult<unknown>[]) =>
  codes(outcomes).filter((code) => code === 'ok').length;

test('several workers use nearly all of the minute and never more, whenever it begins at Xero', async () => {
  const random = seededNumbers(3);
  const counted: number[] = [];
  let writes = 0;
  const store = new Proxy(world.store, {
    get(target, key) {
      if (key === 'transaction') writes += 1;
      return Reflect.get(target, key);
    },
  });
  const end = world.clock.now() + 3 * minute;
  const worker = async (line: ReturnType<typeof appLine>): Promise<void> => {
    while (world.clock.now() < end) {
      try {
        await line.take('scheduled');
        counted.push(world.clock.now() + random() * 500);
        await world.clock.sleep(300 + random() * 200);
      } catch (error) {
        if (!(error instanceof WaitError)) throw error;
        await world.clock.sleep(error.untilAt - world.clock.now());
      }
    }
  };
  const lines = Array.from({ length: 4 }, (_, process) =>
    appLine({ ...world.ports, store, random: seededRandom(process) }),
  );
  await until(
    world.clock,
    Promise.all(lines.flatMap((line) => Array.from({ length: 25 }, () => worker(line)))),
  );
  counted.sort((a, b) => a - b);
  counted.forEach((at, index) => {
    const later = counted[index + 10_000];
    if (later !== undefined) expect(later - at).toBeGreaterThanOrEqual(minute);
  });
  expect(counted.length / 3).toBeGreaterThan(9_500);
  // Blocks, not calls, and each in one of eight documents.
  expect(writes).toBeLessThan(counted.length / 5);
}, 30_000);

test('people come first, and find a call although schedules have taken all of theirs', async () => {
  const line = appLine(world.ports);
  const all = Array.from({ length: 10_500 }, () => line.take('scheduled'));
  const outcomes = await until(world.clock, Promise.allSettled(all));
  const kept = 8 * Math.ceil(appRules.limit * appRules.kept.scheduled);
  expect(givenOf(outcomes)).toBe(10_000 - kept);
  expect(new Set(codes(outcomes))).toEqual(new Set(['ok', 'XERO_APP_LIMIT']));
  const began = world.clock.now();
  await until(world.clock, line.take('manual'));
  expect(world.clock.now() - began).toBeLessThan(1_000);
});

test('little left for all slows a worker down to a look a second', async () => {
  const line = appLine(world.ports);
  await until(world.clock, line.take('manual'));
  line.note(3);
  const began = world.clock.now();
  await until(world.clock, line.take('manual'));
  expect(world.clock.now() - began).toBeGreaterThanOrEqual(1_000);
});

test('a refusal for the app reaches other workers, and what is left of a block is not used', async () => {
  const [line, other] = [appLine(world.ports), appLine(world.ports)];
  await until(world.clock, Promise.all(Array.from({ length: 20 }, () => line.take('manual'))));
  const untilAt = world.clock.now() + 30_000;
  await line.block(untilAt);
  for (const one of [line, other])
    await expect(until(world.clock, one.take('manual'))).rejects.toMatchObject({
      code: 'XERO_APP_LIMIT',
      untilAt,
    });
});
