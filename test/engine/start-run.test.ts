/** One run per exporter at a time. */
import { expect, test } from 'vitest';
import { startRun } from '../../server/engine/start-run.ts';
import { WaitError } from '../../server/errors.ts';
import { engineBench } from './bench.ts';

const input = {
  teamId: 'team',
  exporterId: 'exporter',
  requestedBy: 'other',
  trigger: 'scheduled' as const,
  steps: [{ kind: 'copy', input: 7 }],
};
const byHand = { ...input, trigger: 'manual' as const };

test('a second request answers with the active run and heals its lost enqueue', async () => {
  const bench = await engineBench();
  const [first] = bench.tasks.splice(0);
  const second = await startRun(bench.ports, input);
  expect(second).toMatchObject({ runId: bench.runId, isNew: false, run: { trigger: 'manual' } });
  expect(bench.tasks).toEqual([first]);
});

test('a person who asks for a run that waits by schedule makes it theirs: it goes on at once, before those of schedules', async () => {
  const hour = 3_600_000;
  const seen: string[] = [];
  const bench = await engineBench((place, { trigger }) => {
    seen.push(trigger);
    if (place === null) return { kind: 'more', checkpoint: 1 };
    if (seen.length === 2) throw new WaitError('GOOGLE_QUOTA', bench.ports.clock.now() + hour);
    return { kind: 'done' };
  });
  await bench.change({ trigger: 'scheduled' });
  await bench.deliver();
  expect(await bench.run()).toMatchObject({ status: 'waiting', seq: 2 });
  expect(bench.tasks.at(-1)).toMatchObject({ isReturning: true, dueAt: bench.ports.clock.now() + hour });

  const joined = await startRun(bench.ports, byHand);
  expect(joined).toMatchObject({ runId: bench.runId, isNew: false, run: { trigger: 'scheduled', seq: 3 } });
  expect(bench.tasks.at(-1)).toMatchObject({ isUrgent: true, dueAt: bench.ports.clock.now() });
  const count = bench.tasks.length;
  // By then it is a person's already.
  expect((await startRun(bench.ports, byHand)).run).toEqual(joined.run);
  expect(bench.tasks).toHaveLength(count);

  // The task of before finds that the run went on.
  await bench.deliver(bench.tasks.at(-2));
  await bench.deliver();
  expect(await bench.run()).toMatchObject({ status: 'succeeded' });
  expect(seen).toEqual(['scheduled', 'scheduled', 'manual']);
});

test('a run that is at work takes notice of a person with its next unit, and a slot that joins changes nothing', async () => {
  const seen: string[] = [];
  const bench = await engineBench(async (place, { trigger }) => {
    seen.push(trigger);
    if (seen.length === 1) await startRun(bench.ports, input);
    if (seen.length === 2) await startRun(bench.ports, byHand);
    return seen.length < 4 ? { kind: 'more', checkpoint: place } : { kind: 'done' };
  });
  await bench.change({ trigger: 'scheduled' });
  await bench.deliver();
  expect(await bench.run()).toMatchObject({ status: 'succeeded', seq: 1 });
  expect(seen).toEqual(['scheduled', 'scheduled', 'manual', 'manual']);
});

test('a new run begins queued, with its first task and its deadline', async () => {
  const bench = await engineBench();
  await bench.deliver();
  const started = await startRun(bench.ports, input);
  const now = bench.ports.clock.now();
  expect(started).toMatchObject({
    isNew: true,
    run: { status: 'queued', seq: 1, dueAt: now, requestedBy: 'other' },
  });
  expect(started.run.deadlineAt).toBe(now + 48 * 3_600_000);
  expect(started.run.steps).toEqual([{ kind: 'copy', input: 7, checkpoint: null, isDone: false }]);
  expect(await bench.exporter()).toMatchObject({ activeRunId: started.runId, lastRunId: bench.runId });
  expect(bench.tasks.at(-1)?.payload).toEqual({ runId: started.runId, seq: 1 });
  expect(bench.tasks.at(-1)?.name).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ['of another team', { teamId: 'strangers' }],
  ['that is not there', { exporterId: 'none' }],
])('an exporter %s is not found', async (_, change) => {
  const bench = await engineBench();
  await expect(startRun(bench.ports, { ...input, ...change })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a deleted exporter is not found, and a run that vanished does not block', async () => {
  const bench = await engineBench();
  await bench.ports.store.delete('runs', bench.runId);
  const started = await startRun(bench.ports, input);
  expect(started.isNew).toBe(true);
  const stored = await bench.ports.store.get('exporters', 'exporter');
  if (!stored) throw new Error('The exporter is gone');
  await bench.ports.store.replace('exporters', 'exporter', stored.revision, {
    ...stored.data,
    status: 'deleted',
  });
  await expect(startRun(bench.ports, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
