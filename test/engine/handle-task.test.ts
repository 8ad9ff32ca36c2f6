/** What a task does with its run, by what its unit says. */
import { expect, test } from 'vitest';
import { requestRunCancel } from '../../server/engine/request-cancel.ts';
import { FatalError, RetryError, UserError, WaitError } from '../../server/errors.ts';
import { engineBench } from './bench.ts';

test('a wait is stored with its code, its details and its due time, and its task comes then', async () => {
  const bench = await engineBench((_, { requestedAt }) => {
    throw new WaitError('ORGANISATION_OFFLINE', requestedAt + 600_000, { organisation: 'Acme' });
  });
  await bench.deliver();
  const dueAt = bench.ports.clock.now() + 600_000;
  expect(await bench.run()).toMatchObject({
    status: 'waiting',
    seq: 2,
    dueAt,
    waitingFor: { code: 'ORGANISATION_OFFLINE', details: { organisation: 'Acme' } },
    rescues: 0,
    leaseUntil: null,
  });
  expect(bench.tasks.at(-1)).toMatchObject({ dueAt, payload: { runId: bench.runId, seq: 2 } });
  // Early by more than a worker waits: a new task for the same time.
  const early = bench.deliver();
  await bench.ports.clock.advance(5_000);
  await early;
  expect(await bench.run()).toMatchObject({ status: 'waiting', seq: 3, dueAt });
  expect(bench.tasks.at(-1)).toMatchObject({ dueAt, payload: { seq: 3 } });
});

test('a queue whose clock is hours ahead brings a waiting run round no more than once in a second', async () => {
  let units = 0;
  const bench = await engineBench((_, { requestedAt }) => {
    if (bench.ports.clock.now() >= requestedAt + 60_000) return { kind: 'done' };
    units += 1;
    throw new WaitError('LEASE_HELD', requestedAt, { what: 'the spreadsheet' });
  });
  // Every task is due at once for such a queue.
  const ending = (async () => {
    for (let at = 0; at < bench.tasks.length; at += 1) await bench.deliver(bench.tasks[at]);
  })();
  await bench.ports.clock.advance(61_000);
  await ending;
  expect(await bench.run()).toMatchObject({ status: 'succeeded' });
  expect(units).toBe(60);
});

test('a worker that waits for a due time stops waiting when its server stops', async () => {
  const bench = await engineBench((_, { requestedAt }) => {
    throw new WaitError('LEASE_HELD', requestedAt, { what: 'the spreadsheet' });
  });
  await bench.deliver();
  const early = bench.deliver();
  const refused = expect(early).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  await bench.ports.clock.advance(100);
  bench.stop.abort();
  await refused;
  expect(await bench.run()).toMatchObject({ status: 'waiting', seq: 2 });
});

test.each([
  ['past', -5, 1_000],
  ['not a number', Number.NaN, 60_000],
  ['never', Number.POSITIVE_INFINITY, 60_000],
  ['beyond the deadline', 1e15, 48 * 3_600_000],
])('a wait until a time that is %s becomes a sane one', async (_, offset, expected) => {
  const bench = await engineBench((__, { requestedAt }) => {
    throw new WaitError('XERO_BUSY', requestedAt + offset);
  });
  await bench.deliver();
  expect((await bench.run()).dueAt).toBe(bench.ports.clock.now() + expected);
});

test('passing trouble comes back later and later, and at last ends the run with its own code', async () => {
  const bench = await engineBench(
    () => {
      throw new RetryError('NETWORK', { problem: 'reset' });
    },
    { maxRescues: 4, firstBackOffMs: 1_000, longestBackOffMs: 4_000 },
  );
  const pauses: number[] = [];
  for (let count = 1; count <= 4; count += 1) {
    await bench.deliver();
    const run = await bench.run();
    expect(run).toMatchObject({ status: 'waiting', rescues: count, waitingFor: { code: 'NETWORK' } });
    pauses.push((run.dueAt ?? 0) - bench.ports.clock.now());
    await bench.ports.clock.advance(pauses.at(-1) ?? 0);
  }
  for (const [index, full] of [1_000, 2_000, 4_000, 4_000].entries()) {
    expect(pauses[index]).toBeGreaterThanOrEqual(full / 2);
    expect(pauses[index]).toBeLessThanOrEqual(full);
  }
  await bench.deliver();
  expect(await bench.run()).toMatchObject({
    status: 'failed',
    error: { code: 'NETWORK', details: { problem: 'reset' } },
  });
  expect(await bench.exporter()).toMatchObject({
    activeRunId: null,
    lastRunId: bench.runId,
    status: 'active',
  });
});

test('a recorded unit sets the count of rescues back', async () => {
  let calls = 0;
  const bench = await engineBench(
    (checkpoint) => {
      calls += 1;
      if (calls % 2 === 1) throw new RetryError('NETWORK', { problem: 'reset' });
      return checkpoint === 3 ? { kind: 'done' } : { kind: 'more', checkpoint: Number(checkpoint ?? 0) + 1 };
    },
    { maxRescues: 1 },
  );
  for (let count = 0; count < 5; count += 1) {
    await bench.deliver();
    await bench.ports.clock.advance(600_000);
  }
  expect(await bench.run()).toMatchObject({ status: 'succeeded', units: 4 });
});

test.each([
  [new UserError('NEEDS_RECONNECT', { organisation: 'Acme' }), 'needs-reconnect'],
  [new UserError('NEEDS_FILE'), 'needs-file'],
  [new FatalError('XERO_REFUSED', { problem: 'no' }), 'active'],
] as const)('%s ends the run and says so on the exporter', async (error, status) => {
  const bench = await engineBench(() => {
    throw error;
  });
  await bench.deliver();
  expect(await bench.run()).toMatchObject({
    status: 'failed',
    error: { code: error.code, details: error.details },
    endedAt: bench.ports.clock.now(),
    dueAt: null,
    leaseUntil: null,
  });
  expect(await bench.exporter()).toMatchObject({ activeRunId: null, lastRunId: bench.runId, status });
  expect(bench.tasks).toHaveLength(1);
});

test('an unknown error is a bug: logged whole under an id, and never tried again', async () => {
  let calls = 0;
  const bench = await engineBench(() => {
    calls += 1;
    const cause = Object.assign(new Error('the cause'), { headers: { authorization: 'Bearer secret' } });
    throw new TypeError('undefined is not a row', { cause });
  });
  await bench.deliver();
  const run = await bench.run();
  expect(run).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
  const [entry] = bench.ports.log.entries.filter(({ level }) => level === 'error');
  expect(entry?.fields).toMatchObject({ id: run.error?.details['id'], runId: bench.runId, step: 'copy' });
  expect(entry?.fields['error']).toMatch(
    /TypeError: undefined is not a row[\s\S]*at [\s\S]*caused by Error: the cause/,
  );
  expect(JSON.stringify(entry)).not.toContain('secret');
  await bench.deliver();
  expect(calls).toBe(1);
});

test('a step that this server does not know is left for one that does', async () => {
  const bench = await engineBench();
  await bench.change({ steps: [{ kind: 'pack', input: null, checkpoint: 5, isDone: false }] });
  await bench.deliver();
  expect(await bench.run()).toMatchObject({
    status: 'waiting',
    waitingFor: { code: 'SHUTTING_DOWN' },
    units: 0,
  });
});

test('a slice that is used up goes on with the next task', async () => {
  const bench = await engineBench(
    async (checkpoint) => {
      await bench.ports.clock.advance(40_000);
      return { kind: 'more', checkpoint: Number(checkpoint ?? 0) + 1 };
    },
    { sliceMs: 100_000 },
  );
  await bench.deliver();
  expect(await bench.run()).toMatchObject({
    status: 'running',
    units: 3,
    seq: 2,
    leaseUntil: null,
    waitingFor: null,
  });
  expect(bench.tasks.map(({ payload }) => payload['seq'])).toEqual([1, 2]);
});

test('an older task repeats the enqueue of the present one and does nothing else', async () => {
  let calls = 0;
  const bench = await engineBench(() => {
    calls += 1;
    throw new WaitError('XERO_BUSY', bench.ports.clock.now() + 30_000);
  });
  await bench.deliver();
  const [first, second] = bench.tasks;
  bench.tasks.pop();
  await bench.deliver(first);
  expect(bench.tasks.at(-1)).toEqual(second);
  expect(calls).toBe(1);
});

test('a task that comes while a worker has the run leaves a look for the end of that lease', async () => {
  const bench = await engineBench();
  const now = bench.ports.clock.now();
  await bench.change({
    status: 'running',
    holder: 'other',
    fencing: 4,
    leaseUntil: now + 60_000,
    dueAt: null,
  });
  await bench.deliver();
  await bench.deliver(bench.tasks[0]);
  expect(bench.tasks).toHaveLength(2);
  expect(bench.tasks[1]).toMatchObject({ dueAt: now + 60_000, payload: { runId: bench.runId, seq: 1 } });
  await bench.ports.clock.advance(60_000);
  await bench.deliver();
  expect(await bench.run()).toMatchObject({ status: 'succeeded', fencing: 5 });
});

test('tasks that cannot be read, or whose run is gone, are dropped', async () => {
  const bench = await engineBench();
  await bench.deliver({ payload: { runId: 7 } });
  await bench.deliver({ payload: { runId: 'gone', seq: 1 } });
  await bench.deliver({ payload: { runId: bench.runId, seq: 99 } });
  expect(await bench.run()).toMatchObject({ status: 'queued', seq: 1 });
  expect(bench.ports.log.entries.map(({ message }) => message)).toEqual([
    'A task cannot be read and is dropped',
  ]);
});

test('a server that stops takes no task', async () => {
  const bench = await engineBench();
  bench.stop.abort();
  await expect(bench.deliver()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  expect((await bench.run()).status).toBe('queued');
});

test('what a cancelled unit stumbles over is not its failure', async () => {
  const bench = await engineBench(async (_, { guard }) => {
    await requestRunCancel(bench.ports, bench.runId);
    await guard();
    return { kind: 'done' };
  });
  await bench.deliver();
  expect(await bench.run()).toMatchObject({ status: 'cancelled', error: null, units: 0 });
});

test('only who waits for a turn has a place of its own when it comes back', async () => {
  for (const [code, isReturning] of [
    ['GOOGLE_QUOTA', true],
    ['LEASE_HELD', true],
    ['PULL_IN_FLIGHT', true],
    ['XERO_MINUTE_LIMIT', undefined],
  ] as const) {
    const bench = await engineBench(() => {
      throw new WaitError(code, bench.ports.clock.now() + 60_000);
    });
    await bench.change({ trigger: 'scheduled' });
    await bench.deliver();
    expect(bench.tasks.at(-1)?.isReturning).toBe(isReturning);
  }
});
