/** Deleting one of five organisations, to the end: nothing of it is left, the other four work, and it begins anew. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handleTask } from '../../server/engine/handle-task.ts';
import { eraseDue } from '../../server/use-cases/erase-due.ts';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { encodingsOf } from '../support/encodings.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
const record = 'CANARY Fisheries Limited';
const exporterName = 'CANARY contacts of the year';
let world: ServedWorld;
let person: ServedPerson;
let all: ConnectionView[];
let gone: ConnectionView;
let exporterId: string;
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  await world.work();
  world.xero.control.create({ resource: 'contacts', fields: { Name: record } });
  person = await servedPerson(world, amelia);
  const organisations = world.xero.organisations.slice(0, 5).map((_, at) => at);
  all = await person.connectXero({ organisations });
  const demo = all.find(({ name }) => name === world.xero.organisations[0]?.name);
  if (demo === undefined) throw new Error('not connected');
  gone = demo;
  const exporter = await person.makeExporter(gone.id, { name: exporterName });
  exporterId = exporter.id;
  expect((await person.runToEnd(exporterId)).status).toBe('succeeded');
});
afterAll(() => world.close());

const params = () => ({ connectionId: gone.id });

/** Whether a text is found in any form in documents or blobs. */
async function found(text: string): Promise<boolean> {
  const places = [
    await world.allDocuments(),
    ...[...world.blobs.files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')),
    ...world.blobs.files.keys(),
  ];
  return places.some((place) => encodingsOf(text).some((encoded) => place.includes(encoded)));
}

it('says beforehand what goes, and goes on working until it is disconnected', async () => {
  const preview = await person.call('previewDeletion', { params: params() });
  expect(preview).toMatchObject({ name: gone.name, exporters: [exporterName] });
  expect(preview.files).toBeGreaterThan(0);
  expect(preview.bytes).toBeGreaterThan(0);
  expect(await found(exporterName)).toBe(true);
});

it('is due, refuses runs, keeps the mirror, and is undone', async () => {
  const files = world.blobs.files.size;
  await person.call('disconnect', { params: params() });
  const { dueAt } = await person.call('deleteOrganisationData', {
    params: params(),
    body: { name: gone.name },
  });
  const days = (Date.parse(dueAt) - world.clock.now()) / (24 * 3_600_000);
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThanOrEqual(30);
  const run = await person.ask(`/api/v1/exporters/${exporterId}/runs`, {
    method: 'POST',
    headers: person.changing,
    body: {},
  });
  expectProblem(run, 'DELETION_DUE');
  expect(world.blobs.files.size).toBe(files);
  await person.call('undoDeletion', { params: params() });
  const { connections } = await person.call('listConnections', {});
  expect(connections.find(({ id }) => id === gone.id)).toMatchObject({
    status: 'disconnected',
    deletion: null,
  });
});

it('leaves nothing but a receipt when its day has come, and the others as they were', async () => {
  const task = (await world.store.query('runs', { limit: 10 })).find(
    ({ data }) => data.exporterId === exporterId,
  );
  await person.call('deleteOrganisationData', { params: params(), body: { name: gone.name } });
  world.clock.advance(30 * 24 * 3_600_000);
  person = await servedPerson(world, amelia);
  await eraseDue(world.ports);

  for (const text of [record, exporterName]) expect(await found(text), text).toBe(false);
  // The audit names what was done by ids, and outlives it.
  const left = await world.documents();
  for (const id of [exporterId, gone.id, task?.id ?? 'none']) expect(left).not.toContain(id);
  const { receipts } = await person.call('listReceipts', {});
  expect(receipts).toMatchObject([{ name: gone.name, requestedBy: amelia }]);
  const { connections } = await person.call('listConnections', {});
  expect(connections.map(({ id }) => id).sort()).toEqual(
    all
      .map(({ id }) => id)
      .filter((id) => id !== gone.id)
      .sort(),
  );

  // A task of it that was delivered late.
  const documents = await world.documents();
  const asked = world.asked.length;
  await handleTask(world.ports, [], { payload: { runId: task?.id ?? '', seq: 1 } });
  expect(await world.documents()).toBe(documents);
  expect(world.asked.length).toBe(asked);

  const [other] = connections;
  const exporter = await person.makeExporter(other?.id ?? '');
  expect((await person.runToEnd(exporter.id)).status).toBe('succeeded');
}, 60_000);

it('begins anew when it is connected again', async () => {
  const connections = await person.connectXero();
  const again = connections.find(({ name }) => name === gone.name);
  expect(again).toMatchObject({ status: 'active', exporters: 0 });
  expect(again?.id).not.toBe(gone.id);
  const exporter = await person.makeExporter(again?.id ?? '');
  expect((await person.runToEnd(exporter.id)).status).toBe('succeeded');
  const { rows } = await person.call('previewRows', {
    body: { connectionId: again?.id ?? '', dataset: 'contacts', limit: 100 },
  });
  expect(JSON.stringify(rows)).toContain(record);
}, 60_000);
