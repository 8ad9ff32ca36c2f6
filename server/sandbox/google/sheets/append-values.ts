/** `values.append`: finds the table that a range meets and writes below it (guide "Read & write cell values", 2026). */
import { clipToGrid, type SheetRange, toA1 } from './a1.ts';
import { changeDimension } from './change-dimension.ts';
import { assertCellLimit, assertColumnLimit, type Edit } from './edit.ts';
import { contentExtent, type Rect } from './grid.ts';
import type { Sheet } from './model.ts';
import { assertEditable } from './protection.ts';
import { type ValueInput, type Written, writeValues } from './write-values.ts';

const isFilled = (sheet: Sheet, row: number, column: number): boolean =>
  sheet.rows[row]?.values[column] !== undefined;

const holds = (sheet: Sheet, { top, bottom, left, right }: Rect): boolean => {
  for (let row = Math.max(0, top); row < bottom; row += 1) {
    for (let column = Math.max(0, left); column < right; column += 1) {
      if (isFilled(sheet, row, column)) return true;
    }
  }
  return false;
};

/** The block of cells around a filled one that blank rows and columns close in. */
const grow = (sheet: Sheet, start: Rect): Rect => {
  const rect = { ...start };
  for (;;) {
    const { top, bottom, left, right } = rect;
    const [up, down] = [
      { ...rect, top: top - 1, bottom: top },
      { ...rect, top: bottom, bottom: bottom + 1 },
    ];
    const [before, after] = [
      { ...rect, left: left - 1, right: left },
      { ...rect, left: right, right: right + 1 },
    ];
    if (top > 0 && holds(sheet, up)) rect.top -= 1;
    else if (bottom < sheet.rows.length && holds(sheet, down)) rect.bottom += 1;
    else if (left > 0 && holds(sheet, before)) rect.left -= 1;
    else if (right < sheet.columnCount && holds(sheet, after)) rect.right += 1;
    else return rect;
  }
};

/** The last table that lies in the range, or around its first cell; undefined when there is none. */
const findTable = (sheet: Sheet, rect: Rect): Rect | undefined => {
  for (let row = Math.min(rect.bottom, sheet.rows.length) - 1; row >= rect.top; row -= 1) {
    for (let column = rect.left; column < rect.right; column += 1) {
      if (isFilled(sheet, row, column)) {
        return grow(sheet, { top: row, bottom: row + 1, left: column, right: column + 1 });
      }
    }
  }
  return undefined;
};

/** Writes right below the table, from its first column on; where there is none, at the range's first cell. */
export const appendValues = (
  edit: Edit,
  range: SheetRange,
  rows: unknown[][],
  input: ValueInput,
  isInserting: boolean,
): { tableRange?: string; updates: Written } => {
  const { sheet } = range;
  const asked = clipToGrid(range);
  const extent = contentExtent(sheet);
  const table = findTable(sheet, {
    ...asked,
    right: Math.min(asked.right, Math.max(extent.columns, asked.left + 1)),
  });
  const [top, left] = table ? [table.bottom, table.left] : [asked.top, asked.left];
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (table && isInserting && top < sheet.rowCount) {
    assertEditable(edit, sheet, { top, bottom: top + 1, left: 0, right: sheet.columnCount });
    changeDimension(edit, sheet, 'ROWS', { kind: 'insert', at: top, count: rows.length }, 'before');
  }
  sheet.rowCount = Math.max(sheet.rowCount, top + rows.length);
  assertColumnLimit(edit, left + width);
  sheet.columnCount = Math.max(sheet.columnCount, left + width);
  assertCellLimit(edit);
  const updates = writeValues(edit, { sheet, top, left, isSingleCell: true }, rows, 'ROWS', input);
  return table ? { tableRange: toA1(sheet.title, table), updates } : { updates };
};
