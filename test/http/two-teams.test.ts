/** Two teams of one organisation: each its own records, runs and tokens; in common they have its Xero budget alone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Collection, Document } from '../../server/domain/documents.ts';
import { accessTokenOf } from '../../server/engine/access/access-token.ts';
import { eraseDue } from '../../server/use-cases/erase-due.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, chloe, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let first: ServedPerson;
let second: ServedPerson;
/** The same Xero user has connected the organisation for both. */
let firstId: string;
let secondId: string;
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  await world.work();
  first = await servedPerson(world, amelia);
  second = await servedPerson(world, chloe);
  firstId = (await first.connectXero())[0]?.id ?? '';
  secondId = (await second.connectXero())[0]?.id ?? '';
});
afterAll(() => world.close());

/** What a team has in these collections, as text. */
async function belongings(teamId: string, names: Collection[]): Promise<string> {
  const found = await Promise.all(
    names.map(async (name) => {
      const all: Array<{ id: string; data: Document<Collection> }> = await world.store.query(name, {
        limit: 1_000,
      });
      return all.filter(({ data }) => 'teamId' in data && data.teamId === teamId);
    }),
  );
  return JSON.stringify(found);
}

/** Whether Xero still lists the organisation for this connection's grant. */
async function isAtXero(connectionId: string): Promise<boolean> {
  const connection = (await world.store.get('connections', connectionId))?.data;
  const token = await accessTokenOf(world.ports, connection?.grantId ?? '');
  const listed = await world.ports.xero.connections(token);
  return listed.some(({ organisationId }) => organisationId === connection?.organisationId);
}

it('share the budget of the organisation and nothing else', async () => {
  const mine = await first.makeExporter(firstId);
  const theirs = await second.makeExporter(secondId);
  const runs = await Promise.all([first.runToEnd(mine.id), second.runToEnd(theirs.id)]);
  expect(runs.map(({ status, error }) => error?.code ?? status)).toEqual(['succeeded', 'succeeded']);
  // Each has read Xero for itself: one mirror each.
  for (const { counters } of runs) expect(counters.xeroCalls).toBeGreaterThan(0);
  const mirrors = await world.store.query('mirrors', { limit: 10 });
  expect(mirrors.map(({ data }) => data.teamId).sort()).toEqual([first.me.team.id, second.me.team.id].sort());
  expect(new Set(mirrors.map(({ data }) => data.organisationId)).size).toBe(1);
  const folders = new Set([...world.blobs.files.keys()].map((path) => path.split('/').slice(0, 2).join('/')));
  expect(folders.size).toBe(2);
  const budgets = (await world.store.query('budgets', { limit: 10 })).map(({ id }) => id);
  expect(budgets).toHaveLength(1);
  const grants = (await world.store.query('grants', { limit: 10 })).filter(
    ({ data }) => data.provider === 'xero',
  );
  expect(new Set(grants.map(({ data }) => data.subject)).size).toBe(1);
  expect(new Set(grants.map(({ data }) => data.teamId)).size).toBe(2);
});

it('one leaves and deletes its data: the other reads, writes and holds what it had', async () => {
  const [exporter] = (await second.call('listExporters', {})).exporters;
  const names: Collection[] = ['connections', 'grants', 'exporters', 'runs', 'mirrors'];
  const before = await belongings(second.me.team.id, names);
  const files = [...world.blobs.files.keys()].sort();
  const name = (await first.call('previewDisconnect', { params: { connectionId: firstId } })).name;

  await first.call('disconnect', { params: { connectionId: firstId } });
  expect(await isAtXero(secondId)).toBe(true);
  await first.call('deleteOrganisationData', { params: { connectionId: firstId }, body: { name } });

  expect([...world.blobs.files.keys()].sort()).toEqual(files);
  world.clock.advance(30 * 24 * 3_600_000);
  await eraseDue(world.ports);
  expect(await world.store.query('deletions', { limit: 10 })).toEqual([]);

  expect(await belongings(second.me.team.id, names)).toBe(before);
  const left = [...world.blobs.files.keys()].sort();
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(files.length);
  expect((await world.store.query('mirrors', { limit: 10 })).map(({ data }) => data.teamId)).toEqual([
    second.me.team.id,
  ]);

  // After a month the browser's session has ended.
  second = await servedPerson(world, chloe);
  const preview = await second.call('previewRows', {
    body: { connectionId: secondId, dataset: 'contacts', limit: 3 },
  });
  expect(preview).toMatchObject({ isRead: true });
  expect(preview.rows).toHaveLength(3);
  const again = await second.runToEnd(exporter?.id ?? '');
  // What a month has changed is written over what it had, and no more.
  expect(again.status).toBe('succeeded');
  expect(again.counters.cellsWritten).toBeLessThan(10);
  expect(again.counters.xeroCalls).toBeGreaterThan(0);
});

it('the last to leave removes the connection at Xero', async () => {
  await second.call('disconnect', { params: { connectionId: secondId } });
  expect(world.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});
