/** A field, a list and a value that Xero never published: told to people, and published to a sheet when they want it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunView } from '../../shared/contract/run.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const newFolder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
let connectionId: string;
let exporterId: string;
let spreadsheetId: string;
let invoiceId: string;
let first: RunView;

const rawOf = (more: string): string =>
  `{"Type":"ACCREC","InvoiceID":"${invoiceId}","InvoiceNumber":"NEW-1",${more},"Contact":{"ContactID":"c","Name":"x"},"LineItems":[],"Date":"\\/Date(1793491200000+0000)\\/","UpdatedDateUTC":"\\/Date(1793491200000+0000)\\/"}`;

beforeAll(async () => {
  world = await servedWorld({ folder: newFolder() });
  await world.work();
  person = await servedPerson(world, amelia);
  const [connection] = await person.connectXero();
  connectionId = connection?.id ?? '';
  const organisation = connection?.name ?? '';
  const { control } = world.xero;
  invoiceId = control.listRecords({ organisation, resource: 'invoices', pageSize: 1 }).rows[0]?.id ?? '';
  const fields = '"Status":"ONHOLD","RiskScore":7.25,"Approvals":[{"By":"Ann"},{"By":"Ben"}]';
  control.setRaw({ organisation, resource: 'invoices', id: invoiceId, raw: rawOf(fields) });
  const exporter = await person.makeExporter(connectionId, { dataset: 'invoices', name: 'Invoices' });
  exporterId = exporter.id;
  spreadsheetId = exporter.spreadsheetId;
  first = await person.runToEnd(exporterId);
}, 120_000);
afterAll(() => world?.close());

test('the run succeeds and tells what was new, without a gap or an error', () => {
  expect(first).toMatchObject({ status: 'succeeded', gaps: [], error: null });
  expect(first.news.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { what: 'Invoices', path: 'Approvals[*].By', value: null },
    { what: 'Invoices', path: 'RiskScore', value: null },
    { what: 'Invoices', path: 'Status', value: 'ONHOLD' },
  ]);
});

test('the organisation’s catalogue offers the fields as columns; the general one, and other datasets, do not', async () => {
  const isNew = async (query: { connectionId?: string }) =>
    (await person.call('getCatalogue', { query })).datasets.flatMap(({ id, columns }) =>
      columns.flatMap((column) =>
        column.isNew === true ? [[id, column.key, column.label, column.type]] : [],
      ),
    );
  expect(await isNew({})).toEqual([]);
  expect(await isNew({ connectionId })).toEqual([
    ['invoices', 'x:Approvals[*].By', 'Approvals by', 'text'],
    ['invoices', 'x:RiskScore', 'Risk score', 'quantity'],
  ]);
});

test('once chosen they are published beside the others, and told no more', async () => {
  const columns = ['number', 'status', 'x:RiskScore', 'x:Approvals[*].By'];
  await person.call('editExporter', { params: { exporterId }, body: { columns } });
  const preview = await person.call('previewRows', {
    body: {
      connectionId,
      dataset: 'invoices',
      columns,
      filters: [{ column: 'number', op: 'is', values: ['NEW-1'] }],
    },
  });
  expect(preview.rows).toEqual([['NEW-1', 'ONHOLD', '7.25', 'Ann, Ben']]);
  const run = await person.runToEnd(exporterId);
  expect(run).toMatchObject({ status: 'succeeded', news: [] });
  const { sheets } = world.google.control.dump(spreadsheetId);
  const cells = sheets.find(({ title }) => title === 'Invoices and bills')?.cells ?? {};
  const headers = ['A1', 'B1', 'C1', 'D1'].map((cell) => cells[cell]?.value);
  expect(headers).toEqual(['Number', 'Status', 'Risk score', 'Approvals by']);
  const [row = ''] = Object.entries(cells).find(([, { value }]) => value === 'NEW-1') ?? [];
  const of = (column: string) => cells[row.replace('A', column)]?.value;
  expect([of('B'), of('C'), of('D')]).toEqual(['ONHOLD', 7.25, 'Ann, Ben']);
}, 60_000);

test('a connection of others tells nothing', async () => {
  await expect(person.call('getCatalogue', { query: { connectionId: 'nobodys' } })).rejects.toMatchObject({
    problem: { status: 404 },
  });
});
