import { describe, expect, test } from 'vitest';
import { cellsIn, protectedFrom } from '../../server/domain/cell-limit.ts';
import type { GridRange, ProtectedRange, SheetTab } from '../../server/domain/spreadsheet.ts';

const range = (startRow: number, endRow: number, startColumn: number, endColumn: number): GridRange => ({
  sheetId: 1,
  startRow,
  endRow,
  startColumn,
  endColumn,
});
const tabWith = (...protectedRanges: ProtectedRange[]): SheetTab => ({
  sheetId: 1,
  title: 'T',
  isHidden: false,
  rowCount: 100,
  columnCount: 26,
  protectedRanges,
});
const locked = (where: GridRange, more: Partial<ProtectedRange> = {}): ProtectedRange => ({
  ...where,
  isWarningOnly: false,
  mayEdit: false,
  open: [],
  ...more,
});

describe('cells of a spreadsheet', () => {
  test('are counted over all tabs', () => {
    expect(cellsIn([tabWith(), { rowCount: 3, columnCount: 2 }])).toBe(2606);
    expect(cellsIn([])).toBe(0);
  });
});

describe('a protected range', () => {
  const column = locked(range(0, Number.POSITIVE_INFINITY, 2, 3));

  test('refuses what meets it, and names the part', () => {
    expect(protectedFrom(tabWith(column), [range(0, 5, 0, 2), range(4, 6, 0, 5)])).toEqual(range(4, 6, 2, 3));
    expect(protectedFrom(tabWith(column), [range(0, 5, 0, 2), range(0, 5, 3, 9)])).toBeUndefined();
  });

  test('lets through whom it names, a warning, and its open parts', () => {
    const write = [range(4, 6, 2, 3)];
    expect(protectedFrom(tabWith({ ...column, mayEdit: true }), write)).toBeUndefined();
    expect(protectedFrom(tabWith({ ...column, isWarningOnly: true }), write)).toBeUndefined();
    expect(protectedFrom(tabWith({ ...column, open: [range(4, 6, 0, 9)] }), write)).toBeUndefined();
    expect(protectedFrom(tabWith({ ...column, open: [range(5, 6, 0, 9)] }), write)).toEqual(
      range(4, 6, 2, 3),
    );
  });
});
