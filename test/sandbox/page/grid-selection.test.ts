/** Choosing cells of the grid, and what is done to them. */
import { describe, expect, it } from 'vitest';
import type { GridPage } from '../../../server/sandbox/google/control/grid-page.ts';
import { append, insert, remove, sort } from '../../../server/sandbox/page/grid-acts.ts';
import {
  cellsOfTsv,
  mostPasted,
  pasteEdits,
  tsvOfCells,
} from '../../../server/sandbox/page/grid-clipboard.ts';
import {
  allOf,
  extendTo,
  holds,
  oneCell,
  rectOf,
  selectionAfter,
  selectionName,
} from '../../../server/sandbox/page/grid-selection.ts';

const grid: GridPage = {
  spreadsheetId: 's',
  title: 'Books',
  version: 1,
  canUndo: false,
  tabs: [],
  tab: {
    sheetId: 7,
    title: "Ann's",
    isHidden: false,
    rowCount: 20,
    columnCount: 6,
    frozenRowCount: 1,
    frozenColumnCount: 0,
    contentRows: 10,
    contentColumns: 3,
  },
  columns: Array.from({ length: 6 }, (_, column) => ({
    column,
    letter: 'ABCDEF'[column] ?? '',
    width: 100,
    isHidden: false,
  })),
  rowStart: 0,
  rows: [
    {
      row: 0,
      height: 21,
      isHidden: false,
      cells: [{ column: 0, text: 'Number', kind: 'text', align: 'left' }],
    },
    {
      row: 1,
      height: 21,
      isHidden: false,
      cells: [{ column: 1, text: 'two\nlines "quoted"', kind: 'text', align: 'left' }],
    },
  ],
};

describe('a selection', () => {
  const from = oneCell({ row: 4, column: 2 });

  it('is the rectangle between where it began and where it ends, whichever way', () => {
    const rect = rectOf(extendTo(from, { row: 1, column: 3 }), grid.tab);
    expect(rect).toEqual({ top: 1, bottom: 5, left: 2, right: 4 });
    expect(selectionName(rect)).toBe('C2:D5');
    expect([holds(rect, 1, 2), holds(rect, 5, 2), holds(rect, 1, 4)]).toEqual([true, false, false]);
    expect(selectionName(rectOf(from, grid.tab))).toBe('C5');
  });

  it('of whole rows or columns goes to the end of the grid', () => {
    expect(rectOf({ ...from, whole: 'rows' }, grid.tab)).toEqual({ top: 4, bottom: 5, left: 0, right: 6 });
    expect(rectOf({ ...from, whole: 'columns' }, grid.tab)).toEqual({
      top: 0,
      bottom: 20,
      left: 2,
      right: 3,
    });
  });

  it('grows with shift and is one cell again without', () => {
    const grown = selectionAfter('ArrowDown', true, from, grid);
    expect(grown).toEqual({ anchor: { row: 4, column: 2 }, head: { row: 5, column: 2 } });
    expect(grown && selectionAfter('ArrowLeft', false, grown, grid)).toEqual(oneCell({ row: 5, column: 1 }));
    expect(selectionAfter('x', true, from, grid)).toBeUndefined();
  });

  it('of everything is what the tab holds', () => {
    expect(selectionName(rectOf(allOf(grid.tab), grid.tab))).toBe('A1:C10');
  });
});

describe('the clipboard', () => {
  it('takes what is shown, and gives it back as it was', () => {
    const text = tsvOfCells(grid, { top: 0, bottom: 2, left: 0, right: 2 });
    expect(text).toBe('Number\t\n\t"two\nlines ""quoted"""');
    expect(cellsOfTsv(text)).toEqual([
      ['Number', ''],
      ['', 'two\nlines "quoted"'],
    ]);
  });

  it.each([
    ['a', [['a']]],
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\t\n', [['', '']]],
    ['5" pipe\t6', [['5" pipe', '6']]],
    ['"open\tx', [['"open', 'x']]],
  ])('reads %j as a spreadsheet does', (text, cells) => {
    expect(cellsOfTsv(text)).toEqual(cells);
  });

  it('adds the rows and columns that a paste needs before it types', () => {
    const edits = pasteEdits(grid, { row: 19, column: 5 }, 'a\tb\nc');
    expect(edits).toEqual([
      append(7, 'ROWS', 1),
      append(7, 'COLUMNS', 1),
      { kind: 'set', cell: "'Ann''s'!F20", value: 'a' },
      { kind: 'set', cell: "'Ann''s'!G20", value: 'b' },
      { kind: 'set', cell: "'Ann''s'!F21", value: 'c' },
    ]);
  });

  it('refuses what is an import', () => {
    expect(() => pasteEdits(grid, { row: 0, column: 0 }, 'x\n'.repeat(mostPasted + 1))).toThrow(
      'At most 5,000 cells',
    );
  });
});

describe('rows and columns', () => {
  const rect = { top: 2, bottom: 5, left: 1, right: 2 };

  it('are put in and taken out as many as are chosen', () => {
    expect(insert(7, 'ROWS', rect, true)).toEqual({
      kind: 'insert',
      tab: 7,
      dimension: 'ROWS',
      at: 5,
      count: 3,
    });
    expect(insert(7, 'COLUMNS', rect, false)).toMatchObject({ at: 1, count: 1 });
    expect(remove(7, 'ROWS', rect)).toEqual({ kind: 'delete', tab: 7, dimension: 'ROWS', at: 2, count: 3 });
  });

  it('are sorted below the frozen rows by the column of one cell, or within what is chosen', () => {
    const range = (edit: object) => JSON.parse(JSON.stringify(edit)).requests[0].sortRange;
    expect(range(sort(grid, { top: 3, bottom: 4, left: 1, right: 2 }, true))).toEqual({
      range: { sheetId: 7, startRowIndex: 1, endRowIndex: 10, startColumnIndex: 0, endColumnIndex: 3 },
      sortSpecs: [{ dimensionIndex: 1, sortOrder: 'DESCENDING' }],
    });
    expect(range(sort(grid, { top: 2, bottom: 20, left: 0, right: 2 }, false)).range).toMatchObject({
      startRowIndex: 2,
      endRowIndex: 10,
      endColumnIndex: 2,
    });
  });
});
