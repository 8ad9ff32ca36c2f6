/** Amounts and texts that break others go through mirror and columns exactly, or as named gaps. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CellDump } from '../../server/sandbox/google/control/dump.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { temporaryFolders } from '../support/folders.ts';
import { readMirrors } from './read-mirror.ts';
import { startWorld, type World } from './world.ts';

const newFolder = temporaryFolders();
let world: World;
let ids: string[];
let texts: string[];
let first: RunView | undefined;
let rows: Map<string, Record<string, CellDump>>;

/** One invoice as Xero would send it, with these fields as they stand. */
const rawInvoice = (id: string, number: string, fields: string): string =>
  `{"Type":"ACCREC","InvoiceID":"${id}","InvoiceNumber":"${number}",${fields},"Status":"DRAFT","Contact":{"ContactID":"${id}","Name":"Raw & Co"},"LineItems":[],"CurrencyCode":"NZD","Date":"\\/Date(1793491200000+0000)\\/","UpdatedDateUTC":"\\/Date(1793491200000+0000)\\/"}`;

beforeAll(async () => {
  world = await startWorld(newFolder());
  const listed = await world.changeXero({ action: 'listRecords', resource: 'invoices', pageSize: 4 });
  ids = (listed['rows'] as Array<{ id: string }>).map(({ id }) => id);
  const fields = [
    '"Total": 9999999999999999.99,"SubTotal":1.005,"TotalTax":0.10,"CurrencyRate":1.0000000000,"AmountDue":-0.00',
    String.raw`"Total":1.005,"Reference":"half \ud83d end \udc00 whole \ud83e\udd9c"`,
    '"Total":"n/a","AmountPaid":true,"AmountDue":1e400,"CurrencyRate":"1.5"',
    '"Total":NaN',
  ];
  texts = fields.map((text, at) => rawInvoice(ids[at] ?? '', `RAW-${at}`, text));
  for (const [at, raw] of texts.entries())
    await world.changeXero({ action: 'setRaw', resource: 'invoices', id: ids[at], raw });
  [first] = await world.run([world.exporterOf('invoices')]);
  rows = await rowsById();
}, 90_000);
afterAll(() => world?.stop());

/** Cells of the invoices tab by invoice and header. */
async function rowsById(): Promise<Map<string, Record<string, CellDump>>> {
  const { cells } = await world.sheetOf(await world.dump(world.spreadsheetId), 'invoices');
  const headers = new Map<string, string>();
  const byRow = new Map<string, Record<string, CellDump>>();
  for (const [name, cell] of Object.entries(cells)) {
    const [, column = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(name) ?? [];
    if (row === '1') headers.set(column, String(cell.value));
    else byRow.set(row, { ...byRow.get(row), [headers.get(column) ?? column]: cell });
  }
  const withId = [...byRow.values()].filter((row) => row['Invoice ID']?.value !== undefined);
  return new Map(withId.map((row) => [String(row['Invoice ID']?.value), row]));
}

const rowOf = (at: number): Record<string, CellDump> => rows.get(ids[at] ?? '') ?? {};
const reasons = (run: RunView | undefined) =>
  Object.fromEntries((run?.gaps ?? []).map(({ what, reason, count }) => [what, `${reason} ${count}`]));

test('the run succeeds, with a name for each thing that is missing and no value of it', () => {
  expect(first?.status).toBe('succeeded-with-gaps');
  expect(reasons(first)).toEqual({
    [`invoices ${ids[1]}: Reference`]: 'unreadable-value 1',
    [`invoices ${ids[2]}: Total`]: 'unreadable-value 1',
    [`invoices ${ids[2]}: Paid`]: 'unreadable-value 1',
    [`invoices ${ids[2]}: Due`]: 'unreadable-value 1',
    [`invoices ${ids[3]}`]: 'unreadable-record 1',
  });
});

test('an amount beyond what a double holds is written as exact text, others as exact numbers', () => {
  expect(rowOf(0)['Total']?.value).toBe('9999999999999999.99');
  expect(rowOf(0)['Subtotal']).toMatchObject({ value: 1.005 });
  expect(rowOf(0)['Tax']).toMatchObject({ value: 0.1, text: '0.10' });
  expect(rowOf(0)['Currency rate']).toMatchObject({ value: 1 });
  expect(rowOf(0)['Due']).toMatchObject({ value: 0 });
  expect(Object.is(rowOf(0)['Due']?.value, -0)).toBe(false);
  expect(rowOf(1)['Total']?.value).toBe(1.005);
});

test('half a character becomes the sign for it, a whole one stays', () => {
  expect(rowOf(1)['Reference']?.value).toBe('half \ufffd end \ufffd whole \u{1f99c}');
});

test('what is no number where one belongs leaves its cell empty, and its neighbours right', () => {
  for (const header of ['Total', 'Paid', 'Due']) expect(rowOf(2)[header]?.value, header).toBeUndefined();
  expect(rowOf(2)['Currency rate']?.value).toBe(1.5);
  expect(rowOf(2)['Contact']?.value).toBe('Raw & Co');
});

test('rows that can be read are all there', async () => {
  const { records } = (await world.xero()).organisations[0] ?? {};
  expect(rows.size).toBe((records?.['invoices'] ?? 0) - 1);
  expect(rows.has(ids[3] ?? '')).toBe(false);
});

test('once Xero sends them right they are written, and no value is missing any more', async () => {
  for (const id of ids) await world.changeXero({ action: 'setRaw', resource: 'invoices', id, raw: null });
  const [run] = await world.run([world.exporterOf('invoices')]);
  expect(run).toMatchObject({ status: 'succeeded', gaps: [] });
  rows = await rowsById();
  expect(ids.filter((id) => rows.has(id))).toEqual(ids);
  expect(typeof rowOf(0)['Total']?.value).toBe('number');
}, 60_000);

test('the mirror holds every text as Xero sent it', async () => {
  for (const [at, raw] of texts.entries())
    await world.changeXero({ action: 'setRaw', resource: 'invoices', id: ids[at], raw });
  await world.run([world.exporterOf('invoices')]);
  await world.stop();
  await readMirrors(world.dataFolder, async (mirror) => {
    for (const [at, raw] of texts.entries()) expect(await mirror.record('invoices', ids[at] ?? '')).toBe(raw);
  });
}, 60_000);
