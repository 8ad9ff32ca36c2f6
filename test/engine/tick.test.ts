/** The tick: lost tasks, dead workers, deadlines and expired sessions, bounded and safe to repeat. */
import { expect, test } from 'vitest';
import { resumeRuns } from '../../server/engine/resume-runs.ts';
import { tick } from '../../server/engine/tick.ts';
import { runDocument, sessionDocument } from '../support/documents.ts';
import { engineBench } from './bench.ts';

const quiet = { reissued: 0, ended: 0, swept: 0 };

test('a run whose task was lost gets a new one, once', async () => {
  const bench = await engineBench();
  await bench.ports.clock.advance(89_000);
  expect(await tick(bench.ports)).toEqual(quiet);
  await bench.ports.clock.advance(1_000);
  const [first, second] = await Promise.all([tick(bench.ports), tick(bench.ports)]);
  expect(first.reissued + second.reissued).toBe(1);
  expect(await tick(bench.ports)).toEqual(quiet);
  expect(await bench.run()).toMatchObject({ status: 'queued', seq: 2 });
  expect(bench.tasks.map(({ payload }) => payload['seq'])).toEqual([1, 2]);
  // The lost task turns up after all: it leads to the new one and does nothing itself.
  await bench.deliver(bench.tasks[0]);
  expect((await bench.run()).status).toBe('queued');
  await bench.deliver(bench.tasks[1]);
  expect((await bench.run()).status).toBe('succeeded');
});

test('a run whose task is late in a long line keeps its place with the new one', async () => {
  const bench = await engineBench();
  const requestedAt = bench.ports.clock.now();
  await bench.ports.clock.advance(10 * 60_000);
  expect(await tick(bench.ports)).toMatchObject({ reissued: 1 });
  expect(bench.tasks.map(({ dueAt }) => dueAt)).toEqual([requestedAt, requestedAt]);
  // It is not taken for lost again at once.
  expect(await tick(bench.ports)).toEqual(quiet);
  await bench.ports.clock.advance(60_000);
  expect(await tick(bench.ports)).toEqual(quiet);
});

test('a waiting run is left alone until its time is well over', async () => {
  const bench = await engineBench();
  const { clock } = bench.ports;
  await bench.change({ status: 'waiting', dueAt: clock.now() + 600_000 });
  await clock.advance(680_000);
  expect(await tick(bench.ports)).toEqual(quiet);
  await clock.advance(10_000);
  expect(await tick(bench.ports)).toEqual({ ...quiet, reissued: 1 });
  expect(await bench.run()).toMatchObject({ status: 'waiting', dueAt: clock.now(), seq: 2 });
});

test('a dead worker is fenced out and counted, and a poisonous run ends', async () => {
  const bench = await engineBench(undefined, { maxRescues: 1 });
  const { clock } = bench.ports;
  const dead = {
    status: 'running',
    holder: 'dead',
    fencing: 4,
    leaseUntil: clock.now(),
    dueAt: null,
  } as const;
  await bench.change(dead);
  expect(await tick(bench.ports, bench.options)).toEqual({ ...quiet, reissued: 1 });
  expect(await bench.run()).toMatchObject({ fencing: 5, holder: null, leaseUntil: null, rescues: 1, seq: 2 });
  await bench.change(dead);
  expect(await tick(bench.ports, bench.options)).toEqual({ ...quiet, ended: 1 });
  expect(await bench.run()).toMatchObject({
    status: 'failed',
    error: { code: 'POISON_TASK', details: { rescues: 1 } },
  });
  expect(await bench.exporter()).toMatchObject({ activeRunId: null, lastRunId: bench.runId });
});

test('a lease taken by a clock that was ahead by hours is not waited for', async () => {
  const bench = await engineBench();
  const { clock } = bench.ports;
  await bench.change({
    status: 'running',
    holder: 'dead',
    fencing: 1,
    leaseUntil: clock.now() + 3 * 3_600_000,
    dueAt: null,
  });
  expect(await tick(bench.ports)).toEqual({ ...quiet, reissued: 1 });
});

test.each(['queued', 'running', 'waiting'] as const)(
  'a %s run ends at its deadline with its reason',
  async (status) => {
    const bench = await engineBench();
    const { clock } = bench.ports;
    await clock.advance(bench.options.deadlineMs);
    const held = status === 'running' ? { holder: 'me', leaseUntil: clock.now() + 30_000, dueAt: null } : {};
    const waitingFor = status === 'waiting' ? { code: 'XERO_DAY_LIMIT', details: {} } : null;
    await bench.change({ status, dueAt: clock.now() + 1_000, waitingFor, ...held });
    expect(await tick(bench.ports)).toEqual({ ...quiet, ended: 1 });
    expect(await bench.run()).toMatchObject({
      status: 'failed',
      fencing: 1,
      error: { code: 'DEADLINE', details: waitingFor ? { waitingFor: 'XERO_DAY_LIMIT' } : {} },
    });
    expect(await tick(bench.ports)).toEqual(quiet);
  },
);

test('expired sessions and consents go, others stay', async () => {
  const bench = await engineBench();
  const now = bench.ports.clock.now();
  await bench.ports.store.create('sessions', 'old', sessionDocument({ expiresAt: now }));
  await bench.ports.store.create('sessions', 'new', sessionDocument({ expiresAt: now + 1 }));
  await bench.ports.store.create('consents', 'old', {
    v: 1,
    teamId: null,
    userId: null,
    sessionId: 'session',
    provider: 'xero',
    purpose: 'connect',
    expected: null,
    scopes: [],
    codeVerifier: '',
    returnTo: '/',
    createdAt: 0,
    expiresAt: now - 1,
    usedAt: null,
    usedBy: null,
  });
  expect(await tick(bench.ports)).toEqual({ ...quiet, swept: 2 });
  expect(await bench.ports.store.get('sessions', 'new')).toBeDefined();
  expect(await bench.ports.store.get('sessions', 'old')).toBeUndefined();
});

test('a session that is prolonged while the tick looks at it stays', async () => {
  const bench = await engineBench();
  const { clock, store } = bench.ports;
  const session = await store.create('sessions', 'used', sessionDocument({ expiresAt: clock.now() }));
  const { transaction } = store;
  store.transaction = async (act) => {
    store.transaction = transaction;
    await store.replace('sessions', 'used', session.revision, {
      ...session.data,
      expiresAt: clock.now() + 9,
    });
    return transaction(act);
  };
  expect(await tick(bench.ports)).toEqual(quiet);
  expect(await store.get('sessions', 'used')).toBeDefined();
});

test('one tick takes up a hundred runs at most, and one that fails does not keep the others', async () => {
  const bench = await engineBench();
  for (let index = 0; index < 150; index += 1)
    await bench.ports.store.create(
      'runs',
      `lost${index}`,
      runDocument({ exporterId: 'none', seq: 1, dueAt: 1_000 + index, deadlineAt: 1e15 }),
    );
  const { enqueue } = bench.ports.queue;
  bench.ports.queue.enqueue = async (task) => {
    if (task.payload['runId'] === 'lost3') throw new Error('the queue refused');
    return enqueue(task);
  };
  await expect(tick(bench.ports)).rejects.toThrow('1 runs could not be taken up again');
  expect(bench.tasks).toHaveLength(100);
  expect(await tick(bench.ports)).toEqual({ ...quiet, reissued: 50 });
});

test('after a start alone every run is taken from its dead worker at once', async () => {
  const bench = await engineBench();
  const { clock } = bench.ports;
  await bench.change({
    status: 'running',
    holder: 'dead',
    fencing: 4,
    leaseUntil: clock.now() + 60_000,
    dueAt: null,
  });
  expect(await resumeRuns(bench.ports)).toBe(1);
  expect(await resumeRuns(bench.ports)).toBe(0);
  expect(await bench.run()).toMatchObject({ fencing: 5, leaseUntil: null, rescues: 1, seq: 2 });
  await bench.deliver();
  expect(await bench.run()).toMatchObject({ status: 'succeeded', fencing: 6 });
});
