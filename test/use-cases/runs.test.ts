/** Runs as a person starts, watches and cancels them, and as a stranger or a viewer may not. */
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/team.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { publishInputSchema } from '../../server/engine/steps/publish/checkpoint.ts';
import { pullInputSchema } from '../../server/engine/steps/pull/pull-input.ts';
import type { Task } from '../../server/ports.ts';
import { cancelRun } from '../../server/use-cases/cancel-run.ts';
import { viewOfRun } from '../../server/use-cases/run-view.ts';
import { getRun, listRuns } from '../../server/use-cases/runs.ts';
import { startExporterRun } from '../../server/use-cases/start-run.ts';
import { api } from '../../shared/contract/api.ts';
import { runDocument } from '../support/documents.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { seededIds } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const editor: Actor = { userId: 'ann', teamId: 'team', role: 'editor' };
const viewer: Actor = { ...editor, role: 'viewer' };
const stranger: Actor = { userId: 'eve', teamId: 'strangers', role: 'owner' };

const newPorts = () => {
  const clock = virtualClock();
  const tasks: Task[] = [];
  const queue = { enqueue: async (task: Task) => void tasks.push(task) };
  return { clock, store: sqliteStore(':memory:'), ids: seededIds(clock), queue, tasks };
};
let ports: ReturnType<typeof newPorts>;
beforeEach(async () => {
  ports = newPorts();
  await ports.store.create('exporters', 'exporter', exporterDocument());
});

test('starting plans a pull of what the dataset needs and a publish, with what was confirmed', async () => {
  const view = await startExporterRun(ports, editor, 'exporter', ['many-removed']);
  expect(api.startRun.answer.parse(view)).toEqual(view);
  expect(view).toMatchObject({ exporterId: 'exporter', status: 'queued', trigger: 'manual', dueAt: null });
  const run = (await ports.store.get('runs', view.id))?.data;
  expect(run?.requestedBy).toBe('ann');
  expect(run?.steps.map(({ kind }) => kind)).toEqual(['pull', 'publish']);
  expect(pullInputSchema.parse(run?.steps[0]?.input)).toMatchObject({
    connectionId: 'connection',
    organisationId: 'organisation',
    teamId: 'team',
    resources: expect.arrayContaining(['invoices']),
    isRemovalConfirmed: true,
  });
  expect(publishInputSchema.parse(run?.steps[1]?.input)).toEqual({ exporterId: 'exporter', confirmed: [] });
  expect(ports.tasks).toHaveLength(1);
});

test('a second start answers with the first run', async () => {
  const [first, second] = await Promise.all([
    startExporterRun(ports, editor, 'exporter'),
    startExporterRun(ports, editor, 'exporter'),
  ]);
  expect(second.id).toBe(first.id);
});

test('a viewer watches and does nothing else', async () => {
  const { id } = await startExporterRun(ports, editor, 'exporter');
  await expect(startExporterRun(ports, viewer, 'exporter')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(cancelRun(ports, viewer, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await getRun(ports, viewer, id)).status).toBe('queued');
  expect((await listRuns(ports, viewer, 'exporter', { limit: 5 })).runs).toHaveLength(1);
});

test('another team finds nothing, and changes nothing', async () => {
  const { id } = await startExporterRun(ports, editor, 'exporter');
  const before = await ports.store.get('runs', id);
  for (const act of [
    () => startExporterRun(ports, stranger, 'exporter'),
    () => getRun(ports, stranger, id),
    () => cancelRun(ports, stranger, id),
    () => listRuns(ports, stranger, 'exporter', { limit: 5 }),
    () => getRun(ports, editor, 'unknown'),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await ports.store.get('runs', id)).toEqual(before);
});

test('cancelling ends a queued run at once and frees the exporter; a worker is asked to stop', async () => {
  const queued = await startExporterRun(ports, editor, 'exporter');
  expect(await cancelRun(ports, editor, queued.id)).toMatchObject({
    status: 'cancelled',
    isCancelling: false,
  });
  expect(await cancelRun(ports, editor, queued.id)).toMatchObject({ status: 'cancelled' });
  const { id } = await startExporterRun(ports, editor, 'exporter');
  expect(id).not.toBe(queued.id);
  const stored = await ports.store.get('runs', id);
  if (!stored) throw new Error('The run is gone');
  const leaseUntil = ports.clock.now() + 60_000;
  await ports.store.replace('runs', id, stored.revision, {
    ...stored.data,
    status: 'running',
    holder: 'worker',
    fencing: 1,
    leaseUntil,
    dueAt: null,
  });
  expect(await cancelRun(ports, editor, id)).toMatchObject({ status: 'running', isCancelling: true });
});

test('pages of runs go from the newest to the oldest, each run once', async () => {
  for (let index = 0; index < 7; index += 1)
    // Several of one moment: their ids keep them apart.
    await ports.store.create(
      'runs',
      `run${index}`,
      runDocument({ requestedAt: Math.floor(index / 2), status: 'failed' }),
    );
  await ports.store.create('runs', 'other', runDocument({ exporterId: 'other' }));
  const seen: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listRuns(ports, editor, 'exporter', { limit: 2, after });
    seen.push(...page.runs.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((index) => `run${index}`));
  expect(seen[0]).toBe('run6');
  expect(seen.at(-1)?.slice(0, 4)).toMatch(/run[01]/);
  await expect(listRuns(ports, editor, 'exporter', { limit: 2, after: 'junk' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    details: { field: 'after' },
  });
});

test('a person reads why a run waits, until when, and which button helps when it failed', () => {
  const waiting = viewOfRun(
    'run',
    runDocument({
      status: 'waiting',
      dueAt: 60_000,
      waitingFor: { code: 'LEASE_HELD', details: { what: 'the spreadsheet' } },
    }),
  );
  expect(waiting).toMatchObject({
    dueAt: '1970-01-01T00:01:00.000Z',
    waitingFor: {
      code: 'LEASE_HELD',
      sentence: 'Waiting for another run to finish with the spreadsheet.',
      button: '',
    },
  });
  const failed = viewOfRun(
    'run',
    runDocument({ status: 'failed', error: { code: 'NEEDS_RECONNECT', details: { organisation: 'Acme' } } }),
  );
  expect(failed.error).toEqual({
    code: 'NEEDS_RECONNECT',
    sentence: 'Acme is disconnected from Xero. Reconnect it to go on; your exporters and tabs are kept.',
    button: 'Reconnect Xero',
  });
  // Between two tasks there is a due time too, but nothing to wait for.
  expect(viewOfRun('run', runDocument({ status: 'running', dueAt: 5 })).dueAt).toBeNull();
  const newer = viewOfRun('run', runDocument({ status: 'failed', error: { code: 'NEWER', details: {} } }));
  expect(newer.error).toEqual({ code: 'NEWER', sentence: 'NEWER', button: '' });
});
