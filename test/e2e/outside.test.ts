/** The sheet belongs to its people: what is not the block stays as they left it, and what is the block is kept right. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SpreadsheetDump } from '../../server/sandbox/google/control/dump.ts';
import { columnName } from '../../server/sandbox/google/sheets/a1.ts';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { temporaryFolders } from '../support/folders.ts';
import { blockValues, outside } from './blocks.ts';
import { startWorld, type World } from './world.ts';

const newFolder = temporaryFolders();
let world: World;
let some: ExporterView[];
/** The first two columns right of the contacts' block, which are the people's own. */
let own: [string, string];

beforeAll(async () => {
  world = await startWorld(newFolder());
  some = [world.exporterOf('contacts'), world.exporterOf('invoices'), world.exporterOf('bank-transactions')];
  await people([
    { kind: 'addTab', title: 'Mine' },
    {
      kind: 'set',
      cell: 'Sheet1!A1',
      value: 'Budget',
      note: 'from the board',
      format: { textFormat: { bold: true } },
    },
    { kind: 'set', cell: 'Sheet1!B2', value: 1200.5, format: { backgroundColor: { red: 1 } } },
    { kind: 'set', cell: 'Sheet1!B3', value: '=B2*2' },
    { kind: 'set', cell: 'Mine!C7', value: '=SUM(Sheet1!B2:B3)' },
    { kind: 'set', cell: 'Mine!A1', value: '001' },
    requests(widthOf(0, 1, 240), {
      updateSheetProperties: {
        properties: { sheetId: 0, gridProperties: { frozenRowCount: 1 } },
        fields: 'gridProperties.frozenRowCount',
      },
    }),
  ]);
}, 60_000);
afterAll(() => world?.stop());

const people = (edits: object[]) =>
  world.changeGoogle({ action: 'personEdits', spreadsheetId: world.spreadsheetId, edits });
const requests = (...all: object[]) => ({ kind: 'requests', requests: all });
const widthOf = (sheetId: number, column: number, pixelSize: number) => ({
  updateDimensionProperties: {
    range: { sheetId, dimension: 'COLUMNS', startIndex: column, endIndex: column + 1 },
    properties: { pixelSize },
    fields: 'pixelSize',
  },
});
const look = (): Promise<SpreadsheetDump> => world.dump(world.spreadsheetId);
const succeeded = (runs: readonly RunView[]) =>
  expect(runs.map(({ status, error }) => error?.sentence ?? status)).toEqual(runs.map(() => 'succeeded'));
const written = (runs: readonly RunView[]) => runs.map(({ counters }) => counters.cellsWritten);

test('a first run makes tabs of its own and changes no other', async () => {
  const before = await look();
  succeeded(await world.run(some));
  const after = await look();
  expect(after.sheets).toHaveLength(before.sheets.length + some.length);
  for (const sheet of before.sheets)
    expect(after.sheets.find(({ sheetId }) => sheetId === sheet.sheetId)).toEqual(sheet);
});

test('an unchanged run leaves the file as people left it, byte for byte', async () => {
  const contacts = await world.sheetOf(await look(), 'contacts');
  const tab = contacts.title;
  const right = contacts.columnCount;
  own = [columnName(right), columnName(right + 1)];
  await people([
    { kind: 'insert', tab, dimension: 'COLUMNS', at: right, count: 3 },
    { kind: 'set', cell: `${tab}!${own[0]}1`, value: 'Owner', format: { textFormat: { italic: true } } },
    { kind: 'set', cell: `${tab}!${own[0]}3`, value: 'Chloe', note: 'asked on Monday' },
    { kind: 'set', cell: `${tab}!${own[1]}4`, value: '=COUNTA(A2:A60)' },
    {
      kind: 'set',
      cell: `${tab}!C5`,
      note: 'ours, with a note of theirs',
      format: { backgroundColor: { green: 1 } },
    },
    { kind: 'hide', tab, dimension: 'ROWS', at: 9, count: 2 },
    requests(widthOf(contacts.sheetId, 2, 333)),
  ]);
  const before = await look();
  const runs = await world.run(some);
  succeeded(runs);
  expect(written(runs)).toEqual([0, 0, 0]);
  expect(await look()).toEqual(before);
});

test('a run with changes touches nothing outside of its blocks', async () => {
  const before = await look();
  for (const seed of [3, 4]) await world.changeXero({ action: 'change', fraction: 0.02, seed });
  const { rows } = (await world.changeXero({
    action: 'listRecords',
    resource: 'contacts',
    status: 'ACTIVE',
  })) as {
    rows: Array<{ id: string }>;
  };
  const fields = { Name: 'Zephyr & Daughters', EmailAddress: 'zephyr@example.com' };
  await world.changeXero({ action: 'edit', resource: 'contacts', id: rows[0]?.id, fields });
  const runs = await world.run(some);
  succeeded(runs);
  expect(Math.min(...written(runs))).toBeGreaterThan(0);
  const after = await look();
  expect(outside(after, { hasLooks: false })).toEqual(outside(before, { hasLooks: false }));
  const contacts = await world.sheetOf(after, 'contacts');
  expect(contacts.cells[`${own[0]}3`]).toMatchObject({ value: 'Chloe', note: 'asked on Monday' });
  expect(contacts.cells[`${own[1]}4`]?.formula).toBe('=COUNTA(A2:A60)');
  expect(JSON.stringify(blockValues(after, contacts))).toContain('Zephyr & Daughters');
});

test('renamed, moved, sorted and typed over: people keep their things, the block its values', async () => {
  const before = await look();
  const contacts = await world.sheetOf(before, 'contacts');
  const wanted = blockValues(before, contacts);
  const tab = 'Who we know';
  await people([
    { kind: 'renameTab', tab: contacts.title, title: tab },
    { kind: 'moveTab', tab, index: 0 },
    { kind: 'insert', tab, dimension: 'ROWS', at: 0, count: 3 },
    { kind: 'set', cell: `'${tab}'!A1`, value: 'Contacts of the company' },
    { kind: 'insert', tab, dimension: 'COLUMNS', at: 2, count: 1 },
    { kind: 'set', cell: `'${tab}'!C4`, value: 'Seen' },
    { kind: 'set', cell: `'${tab}'!C9`, value: '=1+1', format: { textFormat: { strikethrough: true } } },
    { kind: 'sort', range: `'${tab}'!A5:${own[0]}70`, column: 0, isDescending: true },
    { kind: 'set', cell: `'${tab}'!A6`, value: 'typed over' },
    { kind: 'set', cell: `'${tab}'!B7`, value: null },
  ]);
  const edited = await look();
  const [run] = await world.run([world.exporterOf('contacts')]);
  succeeded(run === undefined ? [] : [run]);
  const after = await look();
  const renamed = await world.sheetOf(after, 'contacts');
  expect(renamed.title).toBe(tab);
  expect(blockValues(after, renamed)).toEqual(wanted);
  expect(run?.counters.cellsWritten).toBeGreaterThan(0);
  expect(outside(after, { hasLooks: true })).toEqual(outside(edited, { hasLooks: true }));
  expect(renamed.cells['A1']?.value).toBe('Contacts of the company');
  expect(renamed.cells['C4']?.value).toBe('Seen');

  const again = await world.run([world.exporterOf('contacts')]);
  succeeded(again);
  expect(written(again)).toEqual([0]);
  expect(await look()).toEqual(after);
});
