import { describe, expect, test } from 'vitest';
import type { Block } from '../../server/domain/block-marks.ts';
import { freeTitle, grownRanges, placeInBlock, type WantedColumn } from '../../server/domain/placement.ts';
import type { SheetTab } from '../../server/domain/spreadsheet.ts';

const tab: SheetTab = {
  sheetId: 5,
  title: 'Invoices',
  isHidden: false,
  rowCount: 12,
  columnCount: 8,
  protectedRanges: [],
};
const wanted = (...keys: string[]): WantedColumn[] =>
  keys.map((key) => ({ key, label: key, kind: 'text', look: 'text' }));
const blockOf = (columns: Record<string, number>, lastRow = 10): Block => ({
  tab,
  headerRow: 0,
  lastRow,
  columns: Object.entries(columns)
    .map(([key, index]) => ({ key, look: 'text', index, metadataId: index + 100 }))
    .sort((a, b) => a.index - b.index),
  marks: [],
  writes: [],
});
const placed = (block: Block, keys: string[], known: string[], rows = 10) =>
  placeInBlock(block, wanted(...keys), known, rows);
const byKey = (placement: ReturnType<typeof placed>) =>
  Object.fromEntries(placement.columns.map(({ key, index }) => [key, index]));

describe('where columns go', () => {
  test('they stay where people moved them', () => {
    const placement = placed(blockOf({ a: 4, b: 1, c: 2 }), ['a', 'b', 'c'], ['a', 'b', 'c']);
    expect(placement.columns.map(({ key, index, source }) => [key, index, source])).toEqual([
      ['b', 1, 1],
      ['c', 2, 2],
      ['a', 4, 0],
    ]);
    expect(placement).toMatchObject({ dropped: [], oldMarks: [], removed: [] });
  });

  test('one that people deleted stays deleted, also when another is added', () => {
    expect(placed(blockOf({ a: 0, c: 1 }), ['a', 'b', 'c'], ['a', 'b', 'c'])).toMatchObject({
      removed: ['b'],
    });
    const placement = placed(blockOf({ a: 0, c: 1 }), ['a', 'b', 'c', 'd'], ['a', 'b', 'c']);
    expect(byKey(placement)).toEqual({ a: 0, c: 1, d: 2 });
  });

  test('a month that comes at the end and one that goes at the start keep the months in a row', () => {
    const placement = placed(
      blockOf({ name: 0, m1: 1, m2: 2, m3: 3 }),
      ['name', 'm2', 'm3', 'm4'],
      ['name', 'm1', 'm2', 'm3'],
    );
    expect(byKey(placement)).toEqual({ name: 0, m2: 1, m3: 2, m4: 3 });
    expect(placement).toMatchObject({ dropped: [], oldMarks: [101, 102, 103], addColumns: 0 });
    expect(placement.columns.every(({ isBare, isNew }) => !isBare && !isNew)).toBe(true);
  });

  test('columns that are no longer wanted are given back', () => {
    const placement = placed(blockOf({ a: 0, b: 1, c: 2 }), ['a', 'c'], ['a', 'b', 'c']);
    expect(byKey(placement)).toEqual({ a: 0, c: 1 });
    expect(placement).toMatchObject({ dropped: [2], oldMarks: [101, 102] });
  });

  test('more columns than before go right of the last, and the grid grows for them', () => {
    const placement = placed(blockOf({ a: 0, b: 7 }), ['a', 'b', 'c'], ['a', 'b']);
    expect(byKey(placement)).toEqual({ a: 0, b: 7, c: 8 });
    expect(placement.addColumns).toBe(1);
  });
});

describe('where rows go', () => {
  test('below the last one, with one row of the grid left under them', () => {
    expect(placed(blockOf({ a: 0 }), ['a'], ['a'], 10)).toMatchObject({ addRows: 0, wantedLastRow: 10 });
    expect(placed(blockOf({ a: 0 }), ['a'], ['a'], 15)).toMatchObject({ addRows: 5, wantedLastRow: 15 });
  });

  test('only cells that were not ours are looked at before', () => {
    const grown = placed(blockOf({ a: 0, b: 2 }, 4), ['a', 'b'], ['a', 'b'], 20);
    expect(grownRanges(grown, tab)).toEqual([
      { sheetId: 5, startRow: 5, endRow: 12, startColumn: 0, endColumn: 1 },
      { sheetId: 5, startRow: 5, endRow: 12, startColumn: 2, endColumn: 3 },
    ]);
    expect(grownRanges(placed(blockOf({ a: 0 }, 10), ['a'], ['a'], 3), tab)).toEqual([]);
    expect(grownRanges(placed(blockOf({ a: 0 }, 4), ['a', 'b'], ['a'], 4), tab)).toEqual([
      { sheetId: 5, startRow: 0, endRow: 5, startColumn: 1, endColumn: 2 },
    ]);
  });
});

describe('a title for a new tab', () => {
  test('is nobody’s, without regard to case, and never too long', () => {
    const tabs = ['Invoices', 'INVOICES (2)'].map((title) => ({ ...tab, title }));
    expect(freeTitle('invoices', tabs)).toBe('invoices (3)');
    expect(freeTitle('x'.repeat(120), [{ ...tab, title: 'X'.repeat(100) }])).toBe(`${'x'.repeat(96)} (2)`);
    expect(freeTitle('  ', [])).toBe('Foliokeep');
  });
});
