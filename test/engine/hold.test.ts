/** While a long unit is under way: heartbeats, progress, the signal, and giving up. */
import { expect, test } from 'vitest';
import { requestRunCancel } from '../../server/engine/request-cancel.ts';
import type { StepContext, StepOutcome } from '../../server/engine/step.ts';
import { settle } from '../support/virtual-clock.ts';
import { engineBench } from './bench.ts';

/** A bench whose unit has begun and waits for the test; `deaf` ones do not hear the signal. */
async function longUnit(change = {}, isDeaf = false) {
  const ending = Promise.withResolvers<StepOutcome>();
  let context: StepContext | undefined;
  const bench = await engineBench((_, given) => {
    context = given;
    if (!isDeaf) given.signal.addEventListener('abort', () => ending.reject(given.signal.reason));
    return ending.promise;
  }, change);
  const delivered = bench.deliver();
  await settle();
  if (!context) throw new Error('The unit has not begun');
  return { bench, delivered, context, ending, clock: bench.ports.clock };
}

test('the lease is renewed as long as the unit takes', async () => {
  const { bench, delivered, ending, clock } = await longUnit();
  for (let minute = 1; minute <= 10; minute += 1) {
    await clock.advance(60_000);
    expect((await bench.run()).leaseUntil).toBeGreaterThan(clock.now() + 40_000);
  }
  expect((await bench.run()).heartbeatAt).toBeGreaterThan(clock.now() - 20_000);
  ending.resolve({ kind: 'done' });
  await delivered;
  expect(await bench.run()).toMatchObject({ status: 'succeeded', fencing: 1, rescues: 0 });
  expect(clock.sleepers()).toBe(0);
});

test('a clock that is set back does not stop the heartbeat', async () => {
  const { bench, delivered, ending, clock } = await longUnit();
  const { now } = clock;
  clock.now = () => now() - 3 * 3_600_000;
  await clock.advance(20_000);
  expect((await bench.run()).heartbeatAt).toBeLessThanOrEqual(clock.now());
  ending.resolve({ kind: 'done' });
  await delivered;
});

test('progress reaches people within seconds, and no write is made where there is none', async () => {
  const { bench, delivered, context, ending, clock } = await longUnit();
  context.report({ what: 'Reading invoices', done: 1, total: 9 });
  await clock.advance(2_000);
  expect((await bench.run()).progress).toEqual({ what: 'Reading invoices', done: 1, total: 9 });
  const { revision } = (await bench.ports.store.get('runs', bench.runId)) ?? {};
  await clock.advance(10_000);
  expect((await bench.ports.store.get('runs', bench.runId))?.revision).toBe(revision);
  ending.resolve({ kind: 'done' });
  await delivered;
  expect((await bench.run()).progress).toBeNull();
});

test('a cancel reaches a long unit with the next heartbeat', async () => {
  const { bench, delivered, context, clock } = await longUnit();
  expect(await requestRunCancel(bench.ports, bench.runId)).toMatchObject({
    status: 'running',
    cancelRequestedAt: clock.now(),
  });
  await clock.advance(16_000);
  expect(context.signal.aborted).toBe(true);
  await delivered;
  expect(await bench.run()).toMatchObject({ status: 'cancelled', error: null });
});

test('a lost lease aborts the signal, guards refuse, and nothing more is recorded', async () => {
  const { bench, delivered, context, clock } = await longUnit();
  await bench.change({ fencing: 9, holder: 'other' });
  const before = await bench.run();
  await expect(context.guard()).rejects.toMatchObject({ code: 'FENCED_OUT' });
  expect(context.signal.aborted).toBe(true);
  await delivered;
  await clock.advance(60_000);
  expect(await bench.run()).toEqual(before);
  expect(bench.tasks).toHaveLength(1);
});

test('a guard shortly before the end of the lease renews it', async () => {
  const { bench, delivered, context, ending, clock } = await longUnit({ heartbeatMs: 1e9 });
  await clock.advance(40_000);
  await context.guard();
  expect((await bench.run()).leaseUntil).toBe(clock.now() + 60_000);
  ending.resolve({ kind: 'done' });
  await delivered;
});

test('a unit that does not hear the signal is given up after the grace, and says nothing any more', async () => {
  const { bench, delivered, ending, clock, context } = await longUnit({}, true);
  bench.stop.abort();
  await clock.advance(5_000);
  await delivered;
  const saved = await bench.run();
  expect(saved).toMatchObject({ status: 'running', seq: 2, leaseUntil: null, rescues: 0, waitingFor: null });
  expect(bench.tasks.at(-1)).toMatchObject({ payload: { seq: 2 } });
  ending.resolve({ kind: 'done' });
  await expect(context.guard()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  await clock.advance(60_000);
  expect(await bench.run()).toEqual(saved);
});

test('a unit that ends after the server began to stop is still recorded', async () => {
  const { bench, delivered, ending, clock } = await longUnit({}, true);
  bench.stop.abort();
  await clock.advance(1_000);
  ending.resolve({ kind: 'more', checkpoint: 5, counters: { rows: 2 } });
  await delivered;
  expect(await bench.run()).toMatchObject({ units: 1, counters: { rows: 2 }, seq: 2, leaseUntil: null });
  expect(clock.sleepers()).toBe(0);
});

test('a unit that never ends counts as a dead worker, and too many of them poison the run', async () => {
  let calls = 0;
  const bench = await engineBench(
    () => {
      calls += 1;
      return new Promise(() => undefined);
    },
    { unitMs: 300_000, maxRescues: 1 },
  );
  for (const expected of [
    { status: 'running', rescues: 1, seq: 2 },
    { status: 'failed', error: { code: 'POISON_TASK' } },
  ]) {
    const delivered = bench.deliver();
    await bench.ports.clock.advance(310_000);
    await delivered;
    expect(await bench.run()).toMatchObject(expected);
  }
  expect(calls).toBe(2);
});

test('a store that is away for a while costs nothing; for longer than the lease, the unit', async () => {
  const { bench, delivered, context, ending, clock } = await longUnit();
  const { transaction } = bench.ports.store;
  bench.ports.store.transaction = async () => {
    throw new Error('the store is away');
  };
  await clock.advance(40_000);
  expect(context.signal.aborted).toBe(false);
  bench.ports.store.transaction = transaction;
  await clock.advance(20_000);
  expect((await bench.run()).leaseUntil).toBeGreaterThan(clock.now() + 40_000);
  bench.ports.store.transaction = async () => {
    throw new Error('the store is away');
  };
  const rejected = expect(delivered).rejects.toThrow('the store is away');
  await clock.advance(80_000);
  expect(context.signal.aborted).toBe(true);
  await rejected;
  ending.resolve({ kind: 'done' });
});
