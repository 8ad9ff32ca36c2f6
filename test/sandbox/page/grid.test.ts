/** The grid of the playground: which cells have changed, and where the arrow keys lead. */
import { describe, expect, it } from 'vitest';
import type { GridCell, GridPage } from '../../../server/sandbox/google/control/grid-page.ts';
import { placeAfter, placeName } from '../../../server/sandbox/page/grid-place.ts';
import { changedCells, isChanged, newTab } from '../../../server/sandbox/page/grid-window.ts';

const cell = (column: number, text: string): GridCell => ({ column, text, kind: 'text', align: 'left' });

const grid = (sheetId: number, rows: Record<number, string[]>): GridPage => ({
  spreadsheetId: 's',
  title: 'Books',
  version: 1,
  canUndo: false,
  tabs: [{ sheetId, title: 'Invoices', isHidden: false, rowCount: 50, columnCount: 4 }],
  tab: {
    sheetId,
    title: 'Invoices',
    isHidden: false,
    rowCount: 50,
    columnCount: 4,
    frozenRowCount: 1,
    frozenColumnCount: 0,
    contentRows: 3,
    contentColumns: 2,
  },
  columns: [0, 1, 2, 3].map((column) => ({
    column,
    letter: 'ABCD'[column] ?? '',
    width: 100,
    isHidden: false,
  })),
  rowStart: 0,
  rows: Object.entries(rows).map(([row, texts]) => ({
    row: Number(row),
    height: 21,
    isHidden: false,
    cells: texts.map((text, column) => cell(column, text)),
  })),
});

describe('changedCells', () => {
  it('are those that both looks show and that read differently', () => {
    const changed = changedCells(
      grid(1, { 0: ['a', 'b'], 1: ['c'] }),
      grid(1, { 0: ['a', 'B'], 1: ['c', 'd'] }),
    );
    expect([...changed].sort()).toEqual(['0:1', '1:1']);
    expect(isChanged(changed, 0, 1)).toBe(true);
    expect(isChanged(changed, 0, 0)).toBe(false);
  });
  it('marks a cell that was emptied, and no row that has just come on screen', () => {
    expect([...changedCells(grid(1, { 0: ['a', 'b'] }), grid(1, { 0: ['a'], 1: ['new'] }))]).toEqual(['0:1']);
  });
  it('takes another tab for another place, and the first look for none', () => {
    expect(changedCells(grid(1, { 0: ['a'] }), grid(2, { 0: ['b'] })).size).toBe(0);
    expect(changedCells(undefined, grid(1, { 0: ['b'] })).size).toBe(0);
  });
});

describe('newTab', () => {
  const two = (isHidden: boolean): GridPage => {
    const page = grid(1, {});
    const second = { sheetId: 2, title: 'Payments', isHidden, rowCount: 1, columnCount: 1 };
    return { ...page, tabs: [...page.tabs, second] };
  };
  it('is the one that was not there, unless it is hidden', () => {
    expect(newTab(grid(1, {}), two(false))).toBe(2);
    expect(newTab(grid(1, {}), two(true))).toBeUndefined();
    expect(newTab(two(false), two(false))).toBeUndefined();
  });
});

describe('places', () => {
  it('are named as in a spreadsheet, the tab quoted', () => {
    expect(placeName("It's mine", { row: 2, column: 27 })).toBe("'It''s mine'!AB3");
    expect(placeName('', { row: 0, column: 25 })).toBe('Z1');
  });
  it('stay within the grid', () => {
    const page = grid(1, {});
    expect(placeAfter('ArrowUp', { row: 0, column: 0 }, page)).toEqual({ row: 0, column: 0 });
    expect(placeAfter('PageDown', { row: 45, column: 3 }, page)).toEqual({ row: 49, column: 3 });
    expect(placeAfter('ArrowRight', { row: 1, column: 3 }, page)).toEqual({ row: 1, column: 3 });
    expect(placeAfter('x', { row: 1, column: 1 }, page)).toBeUndefined();
  });
});
