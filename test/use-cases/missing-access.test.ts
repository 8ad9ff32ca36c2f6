/** What a grant or its Xero user may not read ends only what needs it, with words that say what to do; a reconnect brings it back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
let connectionId: string;
const exporters = new Map<string, string>();

beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  await world.work();
  person = await servedPerson(world, amelia);
  // As of a consent that was given before there were manual journals.
  const [connection] = await person.connectXero({ withoutScope: 'accounting.manualjournals.read' });
  connectionId = connection?.id ?? '';
  for (const dataset of ['items', 'manual-journals', 'trial-balance'])
    exporters.set(dataset, (await person.makeExporter(connectionId, { dataset, name: dataset })).id);
});
afterAll(() => world.close());

const run = (dataset: string) => person.runToEnd(exporters.get(dataset) ?? '');
const statusOf = async (dataset: string) =>
  (await person.call('getExporter', { params: { exporterId: exporters.get(dataset) ?? '' } })).status;
const organisation = () => world.xero.organisations[0]?.name ?? '';
const connectionStatus = async () =>
  (await person.call('listConnections', {})).connections.map(({ status }) => status);

it('a scope that an older consent lacks ends what needs it and says to reconnect', async () => {
  expect((await run('manual-journals')).error).toMatchObject({
    code: 'SCOPE_MISSING',
    sentence: `Access to manual journals was not given for ${organisation()}. Reconnect Xero and allow it.`,
    button: 'Reconnect Xero',
  });
  expect(await statusOf('manual-journals')).toBe('needs-reconnect');
  expect((await run('items')).status).toBe('succeeded');
  expect(await connectionStatus()).toEqual(['active']);
});

it('a report goes on without the list that it adds up and names it', async () => {
  const { status, gaps } = await run('trial-balance');
  expect({ status, gaps }).toEqual({
    status: 'succeeded-with-gaps',
    gaps: [{ what: 'Manual journals', reason: 'scope-missing', count: 1 }],
  });
});

it('the next consent asks for it, and all runs', async () => {
  await person.connectXero();
  expect((await run('manual-journals')).status).toBe('succeeded');
  expect(await statusOf('manual-journals')).toBe('active');
  expect(await run('trial-balance')).toMatchObject({ status: 'succeeded', gaps: [] });
});

it('a user without reports loses these alone, with the permission named, and the connection stays', async () => {
  world.xero.control.setRole({ organisation: organisation(), role: 'standard-without-reports' });
  const sentence = (what: string) =>
    `The Xero user who connected ${organisation()} may not read ${what}. Reconnect as a user with the permission to see reports.`;
  for (const [dataset, what] of [
    ['manual-journals', 'manual journals'],
    ['trial-balance', 'trial balance'],
  ] as const)
    expect((await run(dataset)).error).toMatchObject({
      code: 'XERO_PERMISSION',
      sentence: sentence(what),
      button: 'Reconnect Xero',
    });
  expect((await run('items')).status).toBe('succeeded');
  expect(await connectionStatus()).toEqual(['active']);
});

it('comes back when the user has the permission again', async () => {
  world.xero.control.setRole({ organisation: organisation(), role: 'standard' });
  world.clock.advance(60_000);
  for (const dataset of ['manual-journals', 'trial-balance'])
    expect(await run(dataset), dataset).toMatchObject({ status: 'succeeded', error: null });
});
