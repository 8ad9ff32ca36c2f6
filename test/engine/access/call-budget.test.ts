import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callBudget } from '../../../server/engine/access/call-budget.ts';
import { RetryError, WaitError } from '../../../server/errors.ts';
import type { XeroRemaining } from '../../../server/ports.ts';
import { type AccessWorld, accessWorld, until } from '../../support/access-world.ts';

let world: AccessWorld;
beforeEach(() => {
  world = accessWorld();
});
afterEach(() => world.store.close());

const nothing: XeroRemaining = { minute: undefined, day: undefined, appMinute: undefined };

/** A Xero that only counts: what is in flight, and when each call came. */
const counter = (callMs = 1_000) => {
  const seen = { inFlight: 0, most: 0, order: [] as string[] };
  const call =
    (name = 'call', answer: XeroRemaining | Error = nothing) =>
    async (note: (remaining: XeroRemaining) => void): Promise<string> => {
      seen.order.push(name);
      seen.inFlight += 1;
      seen.most = Math.max(seen.most, seen.inFlight);
      await world.clock.sleep(callMs);
      seen.inFlight -= 1;
      if (answer instanceof Error) throw answer;
      note(answer);
      return name;
    };
  return { seen, call };
};
const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'ok' : outcome.reason.code));

describe('calls through a budget', () => {
  test('fly at most five at once, over two workers', async () => {
    const { seen, call } = counter();
    const first = callBudget(world.ports);
    const workers = [first, callBudget(world.ports)];
    const calls = Array.from({ length: 20 }, (_, index) =>
      (workers[index % 2] ?? first).spend('org', 'manual', call()),
    );
    await until(world.clock, Promise.all(calls));
    expect(seen.most).toBe(5);
  });

  test('go on five at a time without a pause between them', async () => {
    const { call } = counter(1_000);
    const budget = callBudget(world.ports);
    const began = world.clock.now();
    await until(
      world.clock,
      Promise.all(Array.from({ length: 50 }, () => budget.spend('org', 'manual', call()))),
    );
    expect(world.clock.now() - began).toBeLessThan(12_000);
  });

  test('beyond sixty in a minute wait until it is over, with its time', async () => {
    const { seen, call } = counter(10);
    const budget = callBudget(world.ports);
    const began = world.clock.now();
    const all = Promise.allSettled(Array.from({ length: 70 }, () => budget.spend('org', 'manual', call())));
    const outcomes = await until(world.clock, all);
    expect(codes(outcomes).filter((code) => code === 'ok')).toHaveLength(60);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'XERO_MINUTE_LIMIT' });
    expect(refused?.reason.untilAt - began).toBeGreaterThan(59_000);
    expect(refused?.reason.untilAt - began).toBeLessThan(62_000);
    expect(seen.order).toHaveLength(60);
  });

  test('of one organisation do not wait for those of another', async () => {
    const { call } = counter(10);
    const budget = callBudget(world.ports);
    await until(
      world.clock,
      Promise.all(Array.from({ length: 60 }, () => budget.spend('a', 'manual', call()))),
    );
    expect(await until(world.clock, budget.spend('b', 'manual', call('b')))).toBe('b');
  });

  test('of people come before those of schedules and backups', async () => {
    const { seen, call } = counter();
    const budget = callBudget(world.ports);
    const kinds = ['backup', 'scheduled', 'manual'] as const;
    const all = kinds.flatMap((kind) =>
      Array.from({ length: 5 }, () => budget.spend('org', kind, call(kind))),
    );
    await until(world.clock, Promise.all(all));
    expect(seen.order.filter((kind, index) => kind !== seen.order[index - 1])).toEqual([
      'manual',
      'scheduled',
      'backup',
    ]);
  });

  test('of schedules leave some of the minute to people', async () => {
    const { call } = counter(10);
    const budget = callBudget(world.ports);
    const all = Array.from({ length: 60 }, () => budget.spend('org', 'scheduled', call()));
    expect(
      codes(await until(world.clock, Promise.allSettled(all))).filter((code) => code === 'ok'),
    ).toHaveLength(57);
    expect(await until(world.clock, budget.spend('org', 'manual', call('m')))).toBe('m');
  });

  test('learn from the headers how little remains', async () => {
    const { call } = counter(10);
    const budget = callBudget(world.ports);
    await until(world.clock, budget.spend('org', 'manual', call('a', { minute: 40, day: 0, appMinute: 9 })));
    await expect(until(world.clock, budget.spend('org', 'manual', call()))).rejects.toMatchObject({
      code: 'XERO_DAY_LIMIT',
    });
  });
});

describe('a 429', () => {
  test.each([
    ['XERO_MINUTE_LIMIT', 40_000],
    ['XERO_DAY_LIMIT', 40_000_000],
    ['XERO_BUSY', 7_000],
  ] as const)('%s stops the organisation until then, and no other', async (code, waitMs) => {
    const { call } = counter(10);
    const [budget, other] = [callBudget(world.ports), callBudget(world.ports)];
    const untilAt = world.clock.now() + waitMs;
    const refused = budget.spend('org', 'manual', call('a', new WaitError(code, untilAt)));
    await expect(until(world.clock, refused)).rejects.toMatchObject({ code });
    await expect(until(world.clock, other.spend('org', 'manual', call()))).rejects.toMatchObject({
      code,
      untilAt,
    });
    expect(await until(world.clock, other.spend('else', 'manual', call('e')))).toBe('e');
    await world.clock.advance(untilAt - world.clock.now());
    expect(await until(world.clock, budget.spend('org', 'manual', call('again')))).toBe('again');
  });

  test('for the app stops every organisation', async () => {
    const { call } = counter(10);
    const budget = callBudget(world.ports);
    const untilAt = world.clock.now() + 30_000;
    const refused = budget.spend('a', 'manual', call('a', new WaitError('XERO_APP_LIMIT', untilAt)));
    await expect(until(world.clock, refused)).rejects.toThrow(WaitError);
    await expect(
      until(world.clock, callBudget(world.ports).spend('b', 'manual', call())),
    ).rejects.toMatchObject({
      code: 'XERO_APP_LIMIT',
      untilAt,
    });
  });

  test('for concurrency that ends within a moment is waited for in place', async () => {
    const { call } = counter(10);
    const budget = callBudget(world.ports);
    const busy = new WaitError('XERO_BUSY', world.clock.now() + 500);
    await expect(until(world.clock, budget.spend('org', 'manual', call('a', busy)))).rejects.toBe(busy);
    expect(await until(world.clock, budget.spend('org', 'manual', call('b')))).toBe('b');
  });
});

describe('trouble', () => {
  test('of one call leaves the budget whole', async () => {
    const { call } = counter(10);
    const budget = callBudget(world.ports);
    const lost = new RetryError('NETWORK', { problem: 'reset' });
    for (let round = 0; round < 8; round++) {
      await expect(until(world.clock, budget.spend('org', 'manual', call('a', lost)))).rejects.toBe(lost);
    }
    expect((await world.store.get('budgets', 'org'))?.data.reservations).toEqual([]);
  });

  test('of a worker that died with five calls in flight ends by itself', async () => {
    const dead = callBudget(world.ports);
    const never = () => new Promise<never>(() => undefined);
    for (let count = 0; count < 5; count++) void dead.spend('org', 'manual', never);
    await world.clock.advance(1);
    const { call } = counter(10);
    const living = callBudget(world.ports);
    await expect(until(world.clock, living.spend('org', 'manual', call()))).rejects.toMatchObject({
      code: 'XERO_BUSY',
    });
    await world.clock.advance(60_000);
    expect(await until(world.clock, living.spend('org', 'manual', call('after')))).toBe('after');
  });

  test('of the limit reaches also who came while the store was asked', async () => {
    const { call } = counter(10);
    await until(
      world.clock,
      Promise.all(Array.from({ length: 60 }, () => callBudget(world.ports).spend('org', 'manual', call()))),
    );
    const budget = callBudget({
      ...world.ports,
      store: new Proxy(world.store, { get: (_, key) => slow(key) }),
    });
    let late: Promise<PromiseSettledResult<unknown>[]> | undefined;
    let asked = 0;
    const slow = (key: string | symbol) =>
      key !== 'transaction'
        ? Reflect.get(world.store, key)
        : async (act: Parameters<typeof world.store.transaction>[0]) => {
            asked += 1;
            const answer = await world.store.transaction(act);
            // While the first question is answered, another call comes into the line.
            if (asked === 1) late = Promise.allSettled([budget.spend('org', 'manual', call())]);
            await world.clock.sleep(100);
            return answer;
          };
    const first = Promise.allSettled([budget.spend('org', 'manual', call())]);
    expect(codes(await until(world.clock, first))).toEqual(['XERO_MINUTE_LIMIT']);
    expect(codes(await until(world.clock, late ?? Promise.resolve([])))).toEqual(['XERO_MINUTE_LIMIT']);
  });

  test('of the store reaches those who wait, and ends with it', async () => {
    const broken = { ...world.store, transaction: () => Promise.reject(new RetryError('STORE_CONTENDED')) };
    let store: typeof world.store = broken;
    const proxy = new Proxy(world.store, { get: (_target, key) => Reflect.get(store, key) });
    const { call } = counter(10);
    const budget = callBudget({ ...world.ports, store: proxy });
    await expect(until(world.clock, budget.spend('org', 'manual', call()))).rejects.toMatchObject({
      code: 'STORE_CONTENDED',
    });
    store = world.store;
    expect(await until(world.clock, budget.spend('org', 'manual', call('b')))).toBe('b');
  });
});
