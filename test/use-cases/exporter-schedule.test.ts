/** An exporter with a schedule, as people set it, see it, let it rest and mend what it needs. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Document } from '../../server/domain/documents.ts';
import type { Exporter } from '../../server/domain/exporter.ts';
import { withSchedule } from '../../server/domain/exporter-slots.ts';
import { grantIdOf } from '../../server/domain/grant.ts';
import { fail, succeed } from '../../server/domain/run-end.ts';
import type { Actor } from '../../server/domain/team.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { haltExporters, resumeExporters } from '../../server/engine/access/exporters-of.ts';
import { moveRun } from '../../server/engine/move-run.ts';
import { startDueSlots } from '../../server/engine/start-due-slots.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { createExporter, editExporter, getExporter } from '../../server/use-cases/exporters.ts';
import { pauseExporter, resumeExporter } from '../../server/use-cases/pause-exporter.ts';
import { previewSchedule } from '../../server/use-cases/preview-schedule.ts';
import { withSchemas } from '../../server/wrappers/with-schemas.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const hour = 3_600_000;
const actor: Actor = { userId: 'ann', teamId: 'team', role: 'editor' };
const viewer: Actor = { ...actor, role: 'viewer' };
const daily: Schedule = { cadence: 'daily', at: '07:00', zone: 'Europe/London' };

const newPorts = () => {
  // A Saturday.
  const clock = virtualClock(Date.parse('2026-11-21T06:00:00Z'));
  const store = withSchemas(sqliteStore(':memory:'));
  const queue = { enqueue: async () => undefined };
  const drive = { version: async () => '1' } as never;
  return { clock, store, queue, drive, ids: seededIds(clock), log: recordingLog() };
};
let ports: ReturnType<typeof newPorts>;

const connection = (status: Document<'connections'>['status'] = 'active') =>
  ports.store.transaction(async (tx) =>
    tx.set('connections', 'connection', {
      v: 1,
      teamId: 'team',
      grantId: 'grant',
      organisationId: 'organisation',
      xeroConnectionId: 'x',
      name: 'Demo',
      status,
      countryCode: 'NZ',
      baseCurrency: 'NZD',
      timeZone: 'NEWZEALANDSTANDARDTIME',
      connectedAt: 0,
    }),
  );
const put = (change: Partial<Exporter> = {}, schedule: Schedule | null = daily) =>
  ports.store.transaction(async (tx) =>
    tx.set('exporters', 'e1', {
      ...withSchedule(exporterDocument(), schedule, ports.clock.now()),
      ...change,
    }),
  );
const start = () => startDueSlots(ports, { plan: () => [{ kind: 'copy', input: null }] });
const view = () => getExporter(ports, actor, 'e1');
const runs = async () =>
  (await ports.store.query('runs', { limit: 100 })).map(({ id, data }) => ({ id, ...data }));
const end = async (how: 'succeeded' | 'NEEDS_RECONNECT' | 'NEEDS_FILE'): Promise<void> => {
  const { activeRun } = await view();
  const runId = activeRun?.id ?? '';
  const now = ports.clock.now();
  await moveRun(ports, runId, (run) => ({ ...run, status: 'running' }));
  await moveRun(ports, runId, (run) =>
    how === 'succeeded'
      ? succeed(run, now)
      : fail(run, { code: how, details: { organisation: 'Demo' } }, now),
  );
};

beforeEach(async () => {
  ports = newPorts();
  await connection();
});

describe('a schedule', () => {
  test('is saved with the exporter and shown in words with its next three times', async () => {
    const googleId = grantIdOf('team', 'google', 'sub');
    await ports.store.transaction(async (tx) => {
      tx.set('users', 'ann', {
        v: 1,
        googleSub: 'sub',
        email: 'ann@example.com',
        name: 'Ann',
        personalTeamId: 'team',
        createdAt: 0,
      });
      tx.set('grants', googleId, {
        v: 1,
        teamId: 'team',
        provider: 'google',
        subject: 'sub',
        email: 'ann@example.com',
        name: 'Ann',
        status: 'active',
        scopes: [],
        sealedAccessToken: '',
        sealedRefreshToken: '',
        accessExpiresAt: 0,
        refreshedAt: 0,
        fencing: 0,
      });
    });
    const wish = {
      name: 'Invoices',
      connectionId: 'connection',
      dataset: 'invoices',
      params: {},
      columns: null,
      filters: [],
      destination: { spreadsheetId: 'spreadsheet1' },
    };
    const made = await createExporter(ports, actor, {
      ...wish,
      schedule: { ...daily, zone: 'europe/london' },
    });
    expect(made).toMatchObject({
      timeZone: 'Pacific/Auckland',
      nextDueAt: '2026-11-21T07:00:00.000Z',
      schedule: {
        rule: daily,
        words: 'Every day at 07:00 Europe/London',
        next: [
          { at: '2026-11-21T07:00:00.000Z', words: 'Sat 21 Nov 2026 07:00 GMT' },
          { at: '2026-11-22T07:00:00.000Z', words: 'Sun 22 Nov 2026 07:00 GMT' },
          { at: '2026-11-23T07:00:00.000Z', words: 'Mon 23 Nov 2026 07:00 GMT' },
        ],
      },
    });
    const wrong = createExporter(ports, actor, { ...wish, schedule: { ...daily, zone: 'Europe/Nowhere' } });
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'schedule.zone' } });
    expect(await createExporter(ports, actor, { ...wish, schedule: null })).toMatchObject({
      schedule: null,
      nextDueAt: null,
    });
  });

  test('that is changed counts from now, and one that is taken away comes no more', async () => {
    await put();
    const weekdays: Schedule = { cadence: 'weekdays', at: '09:00', zone: 'Pacific/Auckland' };
    expect(await editExporter(ports, actor, 'e1', { schedule: weekdays })).toMatchObject({
      nextDueAt: '2026-11-22T20:00:00.000Z',
    });
    expect(await editExporter(ports, actor, 'e1', { name: 'Renamed' })).toMatchObject({
      nextDueAt: '2026-11-22T20:00:00.000Z',
    });
    expect(await editExporter(ports, actor, 'e1', { schedule: null })).toMatchObject({
      schedule: null,
      nextDueAt: null,
    });
    await ports.clock.advance(72 * hour);
    expect(await start()).toMatchObject({ started: 0 });
    const wrong = editExporter(ports, actor, 'e1', {
      schedule: { cadence: 'cron', expression: '* * * * *', zone: 'Etc/UTC' },
    });
    await expect(wrong).rejects.toMatchObject({ details: { field: 'schedule.expression' } });
  });

  test('that was due and is changed before it was taken starts nothing', async () => {
    await put();
    await ports.clock.advance(hour);
    await editExporter(ports, actor, 'e1', { schedule: { ...daily, at: '12:00' } });
    expect(await start()).toMatchObject({ started: 0 });
  });

  test('is shown before it is saved, or refused at its field', async () => {
    const shown = await previewSchedule(ports, { cadence: 'hourly', minute: 30, zone: 'Asia/Kathmandu' });
    expect(shown.words).toBe('Every hour at 30 minutes past, Asia/Kathmandu');
    expect(shown.next.map(({ words }) => words)).toEqual([
      'Sat 21 Nov 2026 12:30 GMT+5:45',
      'Sat 21 Nov 2026 13:30 GMT+5:45',
      'Sat 21 Nov 2026 14:30 GMT+5:45',
    ]);
    const wrong = previewSchedule(ports, { ...daily, zone: 'BST' });
    await expect(wrong).rejects.toMatchObject({ details: { field: 'schedule.zone' } });
  });

  test('of a store of before is none', async () => {
    const { schedule: _, nextDueAt: __, slotsTakenUntil: ___, ...old } = exporterDocument();
    await ports.store.transaction(async (tx) => tx.set('exporters', 'e1', old as Exporter));
    expect(await view()).toMatchObject({ schedule: null, nextDueAt: null });
  });
});

describe('a pause', () => {
  test('lets slots pass, and going on begins with the next one', async () => {
    await put();
    const paused = await pauseExporter(ports, actor, 'e1');
    expect(paused).toMatchObject({
      status: 'paused',
      pausedAt: '2026-11-21T06:00:00.000Z',
      nextDueAt: null,
      schedule: { words: 'Every day at 07:00 Europe/London', next: [] },
    });
    await ports.clock.advance(49 * hour);
    expect(await pauseExporter(ports, actor, 'e1')).toEqual(paused);
    expect(await start()).toMatchObject({ started: 0 });
    await ports.clock.advance(24 * hour + 1);
    // A slot fell due a moment ago and no tick has seen it yet.
    expect(await resumeExporter(ports, actor, 'e1')).toMatchObject({
      status: 'active',
      pausedAt: null,
      nextDueAt: '2026-11-25T07:00:00.000Z',
    });
    expect(await start()).toMatchObject({ started: 0 });
    expect(await resumeExporter(ports, actor, 'e1')).toMatchObject({ nextDueAt: '2026-11-25T07:00:00.000Z' });
  });

  test('is for those who may edit', async () => {
    await put();
    for (const act of [pauseExporter, resumeExporter])
      await expect(act(ports, viewer, 'e1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(pauseExporter(ports, { ...actor, teamId: 'others' }, 'e1')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('an exporter that needs its person', () => {
  test('makes up once for all it missed while its connection was lost', async () => {
    await put();
    await connection('needs-reconnect');
    await haltExporters(ports, 'connection');
    expect(await view()).toMatchObject({ status: 'needs-reconnect', nextDueAt: null });
    await ports.clock.advance(72 * hour);
    expect(await start()).toMatchObject({ started: 0 });
    await connection();
    await resumeExporters(ports, 'connection');
    expect(await view()).toMatchObject({ status: 'active', nextDueAt: '2026-11-21T07:00:00.000Z' });
    expect(await start()).toMatchObject({ started: 1 });
    expect(await start()).toMatchObject({ started: 0 });
    expect(await runs()).toHaveLength(1);
    expect(await view()).toMatchObject({ nextDueAt: '2026-11-24T07:00:00.000Z' });
  });

  test('and missed nothing goes on with its next slot', async () => {
    await put();
    await connection('needs-reconnect');
    await haltExporters(ports, 'connection');
    await connection();
    await resumeExporters(ports, 'connection');
    expect(await view()).toMatchObject({ nextDueAt: '2026-11-21T07:00:00.000Z' });
    expect(await start()).toMatchObject({ started: 0 });
  });

  test('makes up for the slot whose run found it out', async () => {
    await put();
    await ports.clock.advance(hour);
    expect(await start()).toMatchObject({ started: 1 });
    await end('NEEDS_RECONNECT');
    expect(await view()).toMatchObject({ status: 'needs-reconnect', nextDueAt: null });
    await ports.clock.advance(hour);
    await resumeExporters(ports, 'connection');
    expect(await start()).toMatchObject({ started: 1 });
    const [, second] = await runs();
    expect(second).toMatchObject({ slotAt: Date.parse('2026-11-21T07:00:00Z') });
    await end('succeeded');
    expect(await start()).toMatchObject({ started: 0 });
  });

  test('and was run by hand with success has nothing to make up for', async () => {
    await put({ status: 'needs-file' });
    await ports.clock.advance(25 * hour);
    expect(await start()).toMatchObject({ started: 0 });
    const stored = await ports.store.get('exporters', 'e1');
    expect(stored?.data.missedSlotAt).toBe(Date.parse('2026-11-21T07:00:00Z'));
    const input = { teamId: 'team', exporterId: 'e1', requestedBy: 'ann', trigger: 'manual' as const };
    await startRun(ports, { ...input, steps: [{ kind: 'copy', input: null }] });
    await end('succeeded');
    expect(await view()).toMatchObject({ status: 'active', nextDueAt: '2026-11-23T07:00:00.000Z' });
    expect(await start()).toMatchObject({ started: 0 });
    await connection('needs-reconnect');
    await haltExporters(ports, 'connection');
    await connection();
    await resumeExporters(ports, 'connection');
    expect(await start()).toMatchObject({ started: 0 });
  });

  test('and is taken up by hand makes up for what it missed', async () => {
    await put({ status: 'needs-file' });
    await ports.clock.advance(25 * hour);
    await start();
    await resumeExporter(ports, actor, 'e1');
    expect(await start()).toMatchObject({ started: 1 });
  });
});
