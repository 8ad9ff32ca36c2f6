/** The tab belongs to its people: what they do to it between two publishes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SheetDump } from '../../../../server/sandbox/google/control/dump.ts';
import { column, type PublishLab, publishLab, type Table } from './publish-lab.ts';

const table = (rows: number, columns = ['id', 'name', 'total']): Table => ({
  columns: columns.map((key) => column(key, key === 'total' ? 'money' : 'text')),
  rows: Array.from({ length: rows }, (_, row) =>
    columns.map((key) => (key === 'total' ? `${row}.25` : `${key}${row}`)),
  ),
});

let lab: PublishLab;
beforeEach(async () => {
  lab = await publishLab();
  lab.want(table(6));
  await lab.run();
});
afterEach(() => lab.close());

const tab = (title = 'Invoices'): SheetDump => {
  const found = lab.dump().sheets.find((one) => one.title === title);
  if (!found) throw new Error('no tab');
  return found;
};
/** The block's cells as text, from a corner on. */
const block = (rows: number, top = 0, left = 0, width = 3, title = 'Invoices') =>
  lab
    .grid(title)
    .slice(top, top + rows + 1)
    .map((cells) => cells.slice(left, left + width));
const expected = (rows: number, columns = ['id', 'name', 'total']) => [
  columns,
  ...Array.from({ length: rows }, (_, row) =>
    columns.map((key) => (key === 'total' ? `${row}.25` : `${key}${row}`)),
  ),
];

describe('what people do to the tab is followed', () => {
  test('a renamed and moved tab', async () => {
    await lab.edit(
      { kind: 'renameTab', tab: 'Invoices', title: 'Sales ’26' },
      { kind: 'moveTab', tab: 'Sales ’26', index: 0 },
    );
    lab.want(table(7));
    await lab.run();
    expect(block(7, 0, 0, 3, 'Sales ’26')).toEqual(expected(7));
    expect(lab.dump().sheets).toHaveLength(2);
  });

  test('rows inserted above the header, with a title in them', async () => {
    await lab.edit(
      { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 2 },
      { kind: 'set', cell: 'Invoices!A1', value: 'Our sales' },
    );
    lab.want(table(5));
    await lab.run();
    expect(lab.grid('Invoices')[0]?.[0]).toBe('Our sales');
    expect(block(5, 2)).toEqual(expected(5));
    expect(lab.grid('Invoices')[8]).toEqual(['', '', '']);
  });

  test('columns inserted left of and between ours, with formulas in them', async () => {
    await lab.edit(
      { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 2, count: 1 },
      { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 0, count: 1 },
      { kind: 'set', cell: 'Invoices!A2', value: '=ROW()' },
      { kind: 'set', cell: 'Invoices!D2', value: '=E2*2' },
    );
    lab.want(table(8));
    expect(await lab.run()).toMatchObject({ cellsWritten: 6 });
    const grid = lab.grid('Invoices');
    expect(grid[1]).toEqual(['=ROW()', 'id0', 'name0', '=E2*2', '0.25']);
    expect(grid[8]).toEqual(['', 'id7', 'name7', '', '7.25']);
  });

  test('columns that were put in another order', async () => {
    await lab.edit({ kind: 'move', tab: 'Invoices', dimension: 'COLUMNS', at: 2, count: 1, to: 0 });
    lab.want(table(7));
    expect(await lab.run()).toMatchObject({ cellsWritten: 3 });
    expect(block(7)[7]).toEqual(['6.25', 'id6', 'name6']);
  });

  test('rows that were sorted, deleted and inserted inside the block', async () => {
    await lab.edit(
      { kind: 'sort', range: 'Invoices!A2:C7', column: 2, isDescending: true },
      { kind: 'delete', tab: 'Invoices', dimension: 'ROWS', at: 2, count: 2 },
      { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 3, count: 1 },
      { kind: 'set', cell: 'Invoices!A4', value: 'mine' },
    );
    await lab.run();
    expect(block(6)).toEqual(expected(6));
  });

  test('rows below that moved up when rows of the block were deleted stay theirs', async () => {
    await lab.edit({ kind: 'set', cell: 'Invoices!A8', value: 'Total' });
    await lab.edit({ kind: 'delete', tab: 'Invoices', dimension: 'ROWS', at: 5, count: 2 });
    lab.want(table(4));
    await lab.run();
    expect(block(5)).toEqual([...expected(4), ['Total', '', '']]);
    lab.want(table(6));
    await expect(lab.run()).rejects.toMatchObject({
      code: 'BLOCK_OVERLAP',
      details: { where: 'Invoices!A6' },
    });
    expect(block(5)).toEqual([...expected(4), ['Total', '', '']]);
  });

  test('cells of the block that were typed over, emptied or made formulas are put right', async () => {
    await lab.edit(
      { kind: 'set', cell: 'Invoices!A1', value: 'My id' },
      { kind: 'set', cell: 'Invoices!B3', value: null },
      { kind: 'set', cell: 'Invoices!C4', value: '=2.25' },
    );
    expect(await lab.run()).toMatchObject({ cellsWritten: 3 });
    expect(block(6)).toEqual(expected(6));
    expect(tab().cells['C4']).toMatchObject({ value: 2.25 });
  });

  test('a column that was deleted stays deleted', async () => {
    await lab.edit({ kind: 'delete', tab: 'Invoices', dimension: 'COLUMNS', at: 1, count: 1 });
    lab.want(table(7));
    await lab.run();
    await lab.run();
    expect(block(7, 0, 0, 2)).toEqual(expected(7, ['id', 'total']));
  });

  test('a duplicated tab is left alone', async () => {
    const first = tab();
    await lab.edit({
      kind: 'requests',
      requests: [{ duplicateSheet: { sourceSheetId: first.sheetId, newSheetName: 'Copy' } }],
    });
    const copy = JSON.stringify(tab('Copy'));
    lab.want(table(3));
    await lab.run();
    expect(block(3)).toEqual(expected(3));
    expect(JSON.stringify(tab('Copy'))).toBe(copy);
  });
});

describe('what is not ours stays as it is', () => {
  test('formulas, notes, formats, filters, widths and validation beside, above and in the block', async () => {
    const { sheetId } = tab();
    const range = { sheetId, startRowIndex: 1, endRowIndex: 7, startColumnIndex: 0, endColumnIndex: 3 };
    await lab.edit(
      { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 3, count: 2 },
      {
        kind: 'set',
        cell: 'Invoices!D1',
        value: 'Doubled',
        note: 'by hand',
        format: { backgroundColor: { red: 1 } },
      },
      { kind: 'set', cell: 'Invoices!D2', value: '=C2*2' },
      { kind: 'set', cell: 'Invoices!E7', value: '=SUM(C2:C7)' },
      { kind: 'set', cell: 'Invoices!B3', format: { textFormat: { italic: true } }, note: 'ask Ben' },
      { kind: 'set', cell: 'Notes!B5', value: '=SUM(Invoices!C2:C7)' },
      {
        kind: 'requests',
        requests: [
          { setBasicFilter: { filter: { range } } },
          { addNamedRange: { namedRange: { name: 'sales', range } } },
        ],
      },
    );
    const outside = (): string => {
      const dump = lab.dump();
      const sheets = dump.sheets.map((sheet) => ({
        ...sheet,
        cells: Object.fromEntries(
          Object.entries(sheet.cells)
            .filter(([name]) => !(sheet.title === 'Invoices' && /^[ABC]\d/.test(name)))
            .map(([name, { text: _shown, ...cell }]) => [name, cell]),
        ),
      }));
      return JSON.stringify([sheets, dump.namedRanges, dump.title, dump.locale, dump.timeZone]);
    };
    const before = outside();
    lab.want({ ...table(6), rows: table(6).rows.map((row) => [row[0] ?? '', 'all new', '100']) });
    expect(await lab.run()).toMatchObject({ cellsWritten: 12 });
    expect(outside()).toBe(before);
    expect(tab().cells['B3']).toMatchObject({
      value: 'all new',
      note: 'ask Ben',
      format: { textFormat: { italic: true } },
    });
    expect(tab().cells['D2']).toMatchObject({ formula: '=C2*2', text: '200.00' });
    lab.want(table(2));
    await lab.run();
    expect(outside()).toBe(before);
  });

  test('a note on the header cell is kept above the stamp, and the stamp replaces the last one', async () => {
    await lab.edit({ kind: 'set', cell: 'Invoices!A1', note: 'Ask Ben\nbefore changing' });
    lab.want(table(7));
    await lab.run();
    lab.clock.advance(3_600_000);
    lab.want(table(8));
    await lab.run();
    expect(tab().cells['A1']?.note).toBe(
      'Ask Ben\nbefore changing\nUpdated by Foliokeep 20 Nov 2026 15:05 (Pacific/Auckland) · 8 rows',
    );
  });

  test('an unchanged tab gets a new stamp once a day', async () => {
    lab.clock.advance(23 * 3_600_000);
    const version = lab.dump().version;
    await lab.run();
    expect(lab.dump().version).toBe(version);
    lab.clock.advance(3_600_000);
    expect(await lab.run()).toMatchObject({ rows: 6, cellsWritten: 0 });
    expect(tab().cells['A1']?.note).toContain('21 Nov 2026 14:05');
    expect(await lab.run()).toMatchObject({ units: 1 });
  });
});

describe('a block that changes its size', () => {
  test('grows into new rows of the grid, formats and all, and shrinks without leaving anything', async () => {
    lab.want(table(30));
    await lab.run();
    expect(block(30)).toEqual(expected(30));
    expect(tab()).toMatchObject({ rowCount: 32, columnCount: 3 });
    expect(tab().cells['C31']).toMatchObject({
      value: 29.25,
      format: { numberFormat: { pattern: '#,##0.00' } },
    });
    expect(tab().cells['A31']?.format).toMatchObject({ numberFormat: { type: 'TEXT' } });
    lab.want(table(2));
    await lab.run();
    expect(block(30)).toEqual([...expected(2), ...Array.from({ length: 28 }, () => ['', '', ''])]);
    lab.want(table(12));
    expect(await lab.run()).toMatchObject({ cellsWritten: 30 });
    expect(block(12)).toEqual(expected(12));
  });

  test('gets a column more, and gives one back', async () => {
    lab.want(table(6, ['id', 'name', 'total', 'note']));
    expect(await lab.run()).toMatchObject({ cellsWritten: 7 });
    expect(block(6, 0, 0, 4)).toEqual(expected(6, ['id', 'name', 'total', 'note']));
    lab.want(table(6, ['id', 'total']));
    await lab.run();
    expect(block(6, 0, 0, 4)).toEqual(expected(6, ['id', 'total']).map((row) => [...row, '', '']));
    expect(tab().cells['B2']).toMatchObject({ format: { numberFormat: { pattern: '#,##0.00' } } });
  });

  test('sends only the row that comes into the middle', async () => {
    lab.want(table(200));
    await lab.run();
    const rows = table(200).rows;
    lab.want({ ...table(0), rows: [...rows.slice(0, 50), ['new', 'new', '1'], ...rows.slice(50)] });
    expect(await lab.run()).toMatchObject({ rows: 201, cellsWritten: 3 });
    const grid = block(201);
    expect(grid[51]).toEqual(['new', 'new', '1.00']);
    expect([...grid.slice(0, 51), ...grid.slice(52)]).toEqual(expected(200));
  });
});
