/** What happens to connections and runs over time: tokens run out, access is taken away and given again, limits are met. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeExporters, runAll, watch } from '../../server/demo/main-job.ts';
import { signedInPerson } from '../../server/demo/person.ts';
import { type Sandbox, startSandbox } from '../../server/demo/world.ts';
import { seedFrom } from '../../server/sandbox/xero/company/seeded-random.ts';
import type { SandboxState } from '../../server/sandbox/xero/control/read-state.ts';
import { ApiError } from '../../shared/client.ts';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { temporaryFolders } from '../support/folders.ts';
import { exportersOfTests, startWorld, viewOf, type World } from './world.ts';

const newFolder = temporaryFolders();
const DAY_MS = 86_400_000;
/** A minute's limit is met by the demo often enough; here it would only make the tests wait. */
const minute = 600;
const kinds = new Set(['invoices', 'contacts', 'payments', 'profit-and-loss', 'trial-balance']);
const some = exportersOfTests.filter(({ dataset }) => kinds.has(dataset));
let sandbox: Sandbox;
let world: World;

beforeAll(async () => {
  sandbox = await startSandbox({ size: 'small', seed: 1 });
  await viewOf(sandbox).changeXero({ action: 'setLimits', minute });
  world = await startWorld(newFolder(), {
    sandbox,
    exporters: some,
    env: { XERO_MINUTE_LIMIT: String(minute) },
  });
  succeeded(await world.run());
}, 90_000);
afterAll(async () => {
  await world?.stop();
  await sandbox?.process.stop();
});

const succeeded = (runs: readonly RunView[]) =>
  expect(runs.map(({ status, error }) => error?.sentence ?? status)).toEqual(runs.map(() => 'succeeded'));
const contacts = (): ExporterView => world.exporterOf('contacts');
const startRun = ({ id }: ExporterView): Promise<RunView> =>
  world.person.call('startRun', { params: { exporterId: id }, body: {} });
const lookAt = ({ id }: RunView): Promise<RunView> => world.person.call('getRun', { params: { runId: id } });

/** The run as it is once `is` says so; it fails with what it was last. */
async function until(run: RunView, is: (run: RunView) => boolean): Promise<RunView> {
  let now = run;
  for (let looks = 0; looks < 200 && !is(now); looks += 1) {
    await pause(100);
    now = await lookAt(run);
  }
  expect(is(now), JSON.stringify(now)).toBe(true);
  return now;
}

async function connection(): Promise<ConnectionView> {
  const { connections } = await world.person.call('listConnections', {});
  const found = connections.find(({ id }) => id === contacts().connectionId);
  if (found === undefined) throw new Error('The connection is gone');
  return found;
}

async function organisation(): Promise<SandboxState['organisations'][number]> {
  const [first] = (await world.xero()).organisations;
  if (first === undefined) throw new Error('The sandbox has no organisation');
  return first;
}

test('access tokens that ran out are renewed on the way', async () => {
  await world.changeXero({ action: 'expireAccessTokens' });
  await world.changeGoogle({ action: 'expireAccessTokens' });
  const { spreadsheetId } = world;
  const edits = [{ kind: 'set', cell: 'Contacts!A2', value: 'typed over' }];
  await world.changeGoogle({ action: 'personEdits', spreadsheetId, edits });
  const runs = await world.run([contacts()]);
  succeeded(runs);
  expect(runs[0]?.counters.cellsWritten).toBe(1);
});

test('two teams of one organisation run at once within its limits, and one deleting its data leaves the other whole', async () => {
  const chloe = await signedInPerson(world.url, 'chloe@fernhill.example');
  const theirs = await makeExporters(chloe, some);
  const few = new Set(['contacts', 'payments', 'trial-balance']);
  const ours = world.exporters.filter(({ dataset }) => few.has(dataset));
  const others = theirs.exporters.filter(({ dataset }) => few.has(dataset));
  const seen: RunView[][] = await Promise.all([world.run(ours), runAll(chloe, others, () => undefined)]);
  for (const runs of seen) succeeded(runs);
  // Each team reads Xero for itself.
  for (const runs of seen)
    expect(runs.reduce((sum, { counters }) => sum + counters.xeroCalls, 0)).toBeGreaterThan(0);
  expect((await organisation()).maxInFlight).toBeLessThanOrEqual(5);
  expect((await organisation()).refused).toEqual({});
  const foreign = { params: { exporterId: contacts().id } };
  await expect(chloe.call('getExporter', foreign)).rejects.toMatchObject({ problem: { status: 404 } });

  const { connections } = await chloe.call('listConnections', {});
  const own = connections.find(({ name }) => name === theirs.organisation);
  const params = { connectionId: own?.id ?? '' };
  await chloe.call('disconnect', { params });
  await chloe.call('deleteOrganisationData', { params, body: { name: theirs.organisation } });
  const after = await world.run(ours);
  succeeded(after);
  expect(after.map(({ counters }) => counters.cellsWritten)).toEqual(after.map(() => 0));
}, 90_000);

test('removed inside Xero midway: the run says so, exporters pause, nothing is deleted', async () => {
  const before = await world.dump(world.spreadsheetId);
  await world.changeXero({ action: 'change', fraction: 0.02, seed: 9 });
  await world.changeXero({
    action: 'fault',
    kind: 'delay',
    ms: 400,
    count: 50,
    match: { path: '/api.xro/' },
  });
  const calls = (await organisation()).calls;
  const run = await startRun(world.exporterOf('profit-and-loss'));
  while ((await organisation()).calls === calls) await pause(20);
  await world.changeXero({ action: 'disconnect' });
  const ended = await until(run, ({ endedAt }) => endedAt !== null);
  await world.changeXero({ action: 'clearFaults' });

  expect(ended).toMatchObject({
    status: 'failed',
    error: {
      code: 'NEEDS_RECONNECT',
      sentence:
        'Demo Company (NZ) is disconnected from Xero. Reconnect it to go on; your exporters and tabs are kept.',
      button: 'Reconnect Xero',
    },
  });
  expect((await connection()).status).toBe('needs-reconnect');
  const { exporters } = await world.person.call('listExporters', {});
  expect(exporters.map(({ status }) => status)).toEqual(world.exporters.map(() => 'needs-reconnect'));
  expect(await world.dump(world.spreadsheetId)).toEqual(before);
  const { columns, rows, isRead } = await world.person.call('previewRows', {
    body: { connectionId: contacts().connectionId, dataset: 'contacts' },
  });
  expect([isRead, rows.length, columns.length > 0]).toEqual([true, 20, true]);
  const refused = await startRun(contacts()).then(
    (again) => until(again, ({ endedAt }) => endedAt !== null).then(({ error }) => error?.code),
    (error: unknown) => (error instanceof ApiError ? error.problem.code : error),
  );
  expect(refused).toBe('NEEDS_RECONNECT');
}, 60_000);

test('a reconnect takes everything up again', async () => {
  const { name, id } = await connection();
  await world.person.connectXero((label) => label.startsWith(name), id);
  expect((await connection()).status).toBe('active');
  const { exporters } = await world.person.call('listExporters', {});
  expect(exporters.map(({ status }) => status)).toEqual(world.exporters.map(() => 'active'));
  const runs = await world.run();
  succeeded(runs);
  expect(Math.max(...runs.map(({ counters }) => counters.cellsWritten))).toBeGreaterThan(0);
}, 60_000);

test("Google's quota makes a run wait with its due time, and it can be cancelled meanwhile", async () => {
  await world.changeGoogle({
    action: 'personEdits',
    spreadsheetId: world.spreadsheetId,
    edits: [{ kind: 'set', cell: 'Contacts!A2', value: 'typed over' }],
  });
  const before = await world.dump(world.spreadsheetId);
  await world.changeGoogle({ action: 'exhaustQuota', kind: 'write' });
  await world.changeGoogle({ action: 'exhaustQuota', kind: 'read' });
  const waiting = await until(await startRun(contacts()), ({ status }) => status === 'waiting');
  expect(waiting.waitingFor?.sentence).toBe("Waiting for Google's limit of calls a minute.");
  const waitMs = Date.parse(waiting.dueAt ?? '') - Date.now();
  expect(waitMs).toBeGreaterThan(0);
  expect(waitMs).toBeLessThan(65_000);
  await world.person.call('cancelRun', { params: { runId: waiting.id } });
  await until(waiting, ({ status }) => status === 'cancelled');
  expect(await world.dump(world.spreadsheetId)).toEqual(before);
  await world.changeGoogle({ action: 'advanceClock', ms: 60_000 });
  const runs = await world.run([contacts()]);
  succeeded(runs);
  expect(runs[0]?.counters.cellsWritten).toBe(1);
}, 60_000);

test('the day limit makes a run wait until the day is over, and then it goes on by itself', async () => {
  const { tenantId } = await organisation();
  const { now } = await world.xero();
  // Xero's day begins at a moment of its own; the sandbox's clock is moved to some seconds before the next.
  const phase = (seedFrom(1, 'window', tenantId) >>> 0) % DAY_MS;
  const dayEnd = (Math.floor((now - phase) / DAY_MS) + 1) * DAY_MS + phase;
  const secondsLeft = 12;
  await world.changeXero({ action: 'setLimits', day: 1 });
  await world.changeXero({ action: 'advanceClock', ms: Math.max(0, dayEnd - secondsLeft * 1_000 - now) });
  const waiting = await until(await startRun(contacts()), ({ status }) => status === 'waiting');
  expect(waiting.waitingFor).toMatchObject({
    code: 'XERO_DAY_LIMIT',
    sentence: "Waiting for Xero's daily limit.",
  });
  const waitMs = Date.parse(waiting.dueAt ?? '') - Date.now();
  expect(waitMs).toBeGreaterThan(3_000);
  expect(waitMs).toBeLessThan((secondsLeft + 2) * 1_000);
  await world.changeXero({ action: 'setLimits', day: null });
  const [run] = await watch(world.person, [waiting], () => undefined);
  succeeded(run === undefined ? [] : [run]);
  expect(Date.parse(run?.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(waiting.dueAt ?? ''));
}, 60_000);
