/** Sorting a rectangle by its rows, as Sheets does: numbers, text, booleans, errors, and blanks always last. */
import { writableRow } from './draft.ts';
import type { Edit } from './edit.ts';
import { compareScalars, createEvaluator } from './formula/evaluate.ts';
import { translateFormula } from './formula/rewrite.ts';
import { cellAt, formatIdAt, noteAt, type Rect, setCell, setFormatId, setNote } from './grid.ts';
import { isError, isFormula, type Result, type Sheet } from './model.ts';

export interface SortKey {
  column: number;
  isDescending: boolean;
}

/** Stable; values, formulas, formats and notes move together, only inside the rectangle. */
export const sortRows = (edit: Edit, sheet: Sheet, rect: Rect, keys: readonly SortKey[]): void => {
  const { resultAt } = createEvaluator(edit.draft);
  const order = Array.from({ length: rect.bottom - rect.top }, (_, offset) => {
    const row = rect.top + offset;
    return { row, values: keys.map(({ column }) => resultAt(sheet, row, column)) };
  });
  order.sort((a, b) => {
    for (const [at, key] of keys.entries()) {
      const difference = compareResults(a.values[at], b.values[at], key.isDescending);
      if (difference !== 0) return difference;
    }
    return a.row - b.row;
  });
  const held: Sheet = {
    ...sheet,
    rows: sheet.rows.map((row) => row && { ...row, values: row.values.slice() }),
  };
  order.forEach(({ row: from }, offset) => {
    const to = rect.top + offset;
    if (from === to) return;
    const own = writableRow(edit.draft, sheet, to);
    for (let column = rect.left; column < rect.right; column += 1) {
      const value = cellAt(held, from, column);
      setCell(own, column, isFormula(value) ? translateFormula(value, to - from, 0) : value);
      setFormatId(edit.book, own, column, formatIdAt(held, from, column));
      setNote(own, column, noteAt(held, from, column));
    }
  });
};

const compareResults = (a: Result, b: Result, isDescending: boolean): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (isError(a) || isError(b)) return Number(isError(a)) - Number(isError(b));
  const order = compareScalars(a, b);
  return isDescending ? -order : order;
};
