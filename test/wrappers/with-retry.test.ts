/** Repeating what may be repeated, and nothing else. */
import { expect, test } from 'vitest';
import { FatalError, RetryError, UserError, WaitError } from '../../server/errors.ts';
import { withRetry } from '../../server/wrappers/with-retry.ts';
import { scriptedPort } from '../support/failing-port.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { hurriedClock } from '../support/virtual-clock.ts';

const passing = () => new RetryError('NETWORK', { problem: 'x' });
const ports = () => ({ clock: hurriedClock(0), random: seededRandom(3) });

test('a call that fails with RetryError is made again, with the same arguments', async () => {
  const port = scriptedPort(passing(), passing(), 'at last');
  expect(await withRetry(port, ports()).act('a')).toBe('at last');
  expect(port.calls).toEqual(['a', 'a', 'a']);
});

test('after the last try its error comes out as it is', async () => {
  const last = passing();
  const port = scriptedPort(passing(), passing(), last);
  await expect(withRetry(port, ports(), { tries: 3 }).act()).rejects.toBe(last);
  expect(port.calls).toHaveLength(3);
});

test('every other error comes out at once, unknown ones too', async () => {
  for (const error of [
    new UserError('CONFLICT'),
    new WaitError('XERO_DAY_LIMIT', 1),
    new FatalError('DEADLINE'),
    new Error('a bug'),
  ]) {
    const port = scriptedPort(error);
    await expect(withRetry(port, ports()).act()).rejects.toBe(error);
    expect(port.calls).toHaveLength(1);
  }
});

test('pauses double up to the maximum, each between half and the whole', async () => {
  const pauses: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void pauses.push(ms) };
  const port = scriptedPort(...Array.from({ length: 6 }, passing));
  await withRetry(
    port,
    { clock, random: seededRandom(1) },
    { tries: 7, minPauseMs: 100, maxPauseMs: 1000 },
  ).act();
  expect(pauses).toHaveLength(6);
  for (const [index, whole] of [100, 200, 400, 800, 1000, 1000].entries()) {
    expect(pauses[index]).toBeGreaterThanOrEqual(whole / 2);
    expect(pauses[index]).toBeLessThanOrEqual(whole);
  }
});

test('methods that are not named, and those that answer at once, pass through', async () => {
  const port = scriptedPort(passing());
  const wrapped = withRetry(port, ports(), { methods: ['other'] });
  await expect(wrapped.act()).rejects.toThrow(RetryError);
  expect(wrapped.now()).toBe(42);
});
