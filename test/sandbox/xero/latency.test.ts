import { describe, expect, test } from 'vitest';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { XERO_LATENCY } from '../../../server/sandbox/xero/http/world.ts';
import { settle, virtualClock } from '../../support/virtual-clock.ts';
import { caller, NOON, type Reply } from './caller.ts';

const MINUTE = 60_000;

/** A user whose sandbox lives on a clock that moves only when told. */
async function slowCaller(options: Parameters<typeof caller>[0] = {}) {
  const time = virtualClock(NOON);
  const user = await caller({ clock: sandboxClock(time.now, time.sleep), rateLimits: true, ...options });
  user.sandbox.control.setLatency({});
  /** When the answer came, in ms after it was asked for. */
  const timed = async (path: string, headers = {}): Promise<Reply & { ms: number }> => {
    const asked = time.now();
    const reply = await user.get(path, headers);
    return Object.assign(reply, { ms: time.now() - asked });
  };
  return { time, user, timed };
}

describe('latency', () => {
  test('is 0.35 s and 3.5 ms a record, times a factor, on the sandbox’s clock [xero-latency]', async () => {
    const { time, user, timed } = await slowCaller();
    const began = performance.now();
    for (const [factor, pageSize, ms] of [
      [1, 100, 700],
      [1, 1, 353.5],
      [0.5, 100, 350],
      [4, 100, 2800],
    ] as const) {
      user.sandbox.control.setLatency({ factor });
      const reply = timed(`Invoices?page=1&pageSize=${pageSize}`);
      await settle();
      await time.advance(ms - 1);
      expect(time.sleepers()).toBe(1);
      await time.advance(1);
      expect((await reply).ms).toBe(ms);
    }
    user.sandbox.control.setLatency({ isOn: false });
    expect((await timed('Invoices?page=1')).ms).toBe(0);
    // Six seconds of theirs are not six of ours.
    expect(performance.now() - began).toBeLessThan(5000);
    expect(XERO_LATENCY).toEqual({ baseMs: 350, perRowMs: 3.5, factor: 1 });
  });

  test('ends when control moves the clock', async () => {
    const { time, user, timed } = await slowCaller();
    const reply = timed('TaxRates');
    await settle();
    user.sandbox.control.advanceClock({ ms: 10_000 });
    expect((await reply).status).toBe(200);
    expect(time.sleepers()).toBe(0);
  });
});

describe('limits under latency', () => {
  test('five in flight until the answer is out, and the sixth not one millisecond before [xero-limits-exact]', async () => {
    const { time, timed } = await slowCaller();
    const ms = (await settled(time, timed('TaxRates'))).ms;
    const five = Array.from({ length: 5 }, () => timed('TaxRates'));
    await settle();
    const sixth = timed('TaxRates');
    await settle();
    await time.advance(ms - 1);
    const seventh = timed('TaxRates');
    await time.advance(1);
    const eighth = timed('TaxRates');
    const late = await settled(time, Promise.all([sixth, seventh, eighth]));
    expect(late.map(({ status }) => status)).toEqual([429, 429, 200]);
    for (const reply of five) expect((await reply).status).toBe(200);
    expect(late[0]?.headers).toMatchObject({ 'x-rate-limit-problem': 'concurrent' });
    expect(late[0]?.headers).not.toHaveProperty('retry-after');
  });

  test('sixty per fixed window and no more, whoever asks when; every answer counts down [xero-limits-exact]', async () => {
    const { time, user, timed } = await slowCaller();
    const admitted: { at: number; left: number }[] = [];
    let refused = 0;
    const until = NOON + 6 * MINUTE;
    const worker = async () => {
      while (time.now() < until) {
        const at = time.now();
        const reply = await timed('Organisation');
        for (const name of ['day', 'min', 'appmin'])
          expect(reply.headers[`x-${name}limit-remaining`]).toMatch(/^\d+$/);
        if (reply.status === 200) admitted.push({ at, left: Number(reply.headers['x-minlimit-remaining']) });
        else {
          refused++;
          expect(reply.headers['x-rate-limit-problem']).toBe('minute');
          await time.sleep(Number(reply.headers['retry-after']) * 1000);
        }
      }
    };
    await settled(time, Promise.all(Array.from({ length: 5 }, worker)));
    expect(refused).toBeGreaterThan(20);
    // The first window had begun before us, the last is cut off by the end; between them sixty each, counted down one by one.
    const starts = admitted.filter(({ left }, at) => left > (admitted[at - 1]?.left ?? 0));
    expect(starts.length).toBeGreaterThanOrEqual(6);
    for (const [at, { left }] of admitted.entries()) {
      const before = admitted[at - 1]?.left;
      expect(left).toBe(before === undefined || before === 0 ? 59 : before - 1);
    }
    for (const [at, start] of starts.entries()) {
      const next = starts[at + 1];
      // Whole seconds of waiting, and at most one answer still under way, lie between a window and its first call.
      if (at > 0 && next) expect(Math.abs(next.at - start.at - MINUTE)).toBeLessThan(1500);
    }
    expect(user.sandbox.control.state().organisations[0]?.maxInFlight).toBe(5);
  });

  test('Retry-After comes with minute and day only [xero-retry-after-minute-day]', async () => {
    const problems: [string, Reply][] = [];
    for (const limits of [{ minute: 1 }, { day: 1 }, { appMinute: 1 }]) {
      const { user, time } = await slowCaller();
      user.sandbox.control.setLimits(limits);
      await settled(time, user.get('TaxRates'));
      const reply = await settled(time, user.get('TaxRates'));
      problems.push([reply.headers['x-rate-limit-problem'] ?? '', reply]);
    }
    expect(problems.map(([name, { headers }]) => [name, 'retry-after' in headers])).toEqual([
      ['minute', true],
      ['day', true],
      ['appminute', false],
    ]);
  });
});

/** Lets time pass until the promise is settled. */
async function settled<Result>(time: ReturnType<typeof virtualClock>, promise: Promise<Result>) {
  let isOver = false;
  const watched = promise.finally(() => {
    isOver = true;
  });
  await settle();
  while (!isOver) await time.advance(50);
  return watched;
}
