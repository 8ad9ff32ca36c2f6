/** Putting the rows of a rectangle in another order: sorting as Sheets does it, shuffling, closing gaps. */
import { heldRows, writableRow } from './draft.ts';
import type { Edit } from './edit.ts';
import { compareScalars, createEvaluator } from './formula/evaluate.ts';
import { translateFormula } from './formula/rewrite.ts';
import { cellAt, formatIdAt, noteAt, type Rect, setCell, setFormatId, setNote } from './grid.ts';
import { isError, isFormula, type Result, type Sheet } from './model.ts';

export interface SortKey {
  column: number;
  isDescending: boolean;
  /** Cells whose look passes come first; values do not count then. */
  isFirst?: (formatId: number) => boolean;
}

/** Row `order[n]` of the sheet goes to the rectangle's row n, with values, formulas, looks and notes; undefined leaves it empty. */
export const permuteRows = (
  edit: Edit,
  sheet: Sheet,
  rect: Rect,
  order: readonly (number | undefined)[],
): void => {
  const held = heldRows(edit.draft, sheet, rect.top, rect.bottom);
  order.forEach((from, offset) => {
    const to = rect.top + offset;
    if (from === to) return;
    const own = writableRow(edit.draft, sheet, to);
    const source = from === undefined ? -1 : from - rect.top;
    for (let column = rect.left; column < rect.right; column += 1) {
      const value = cellAt(held, source, column);
      setCell(own, column, isFormula(value) ? translateFormula(value, offset - source, 0) : value);
      setFormatId(edit.book, own, column, formatIdAt(held, source, column));
      setNote(own, column, noteAt(held, source, column));
    }
  });
};

/** Stable: numbers, text, booleans, errors, and blanks always last. */
export const sortRows = (edit: Edit, sheet: Sheet, rect: Rect, keys: readonly SortKey[]): void => {
  const { resultAt } = createEvaluator(edit.draft, edit.now);
  const order = Array.from({ length: rect.bottom - rect.top }, (_, offset) => {
    const row = rect.top + offset;
    return {
      row,
      values: keys.map(({ column, isFirst }) =>
        isFirst ? (isFirst(formatIdAt(sheet, row, column)) ? 0 : 1) : resultAt(sheet, row, column),
      ),
    };
  });
  order.sort((a, b) => {
    for (const [at, key] of keys.entries()) {
      const difference = compareResults(a.values[at], b.values[at], key.isDescending && !key.isFirst);
      if (difference !== 0) return difference;
    }
    return a.row - b.row;
  });
  permuteRows(
    edit,
    sheet,
    rect,
    order.map(({ row }) => row),
  );
};

const compareResults = (a: Result, b: Result, isDescending: boolean): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (isError(a) || isError(b)) return Number(isError(a)) - Number(isError(b));
  const order = compareScalars(a, b);
  return isDescending ? -order : order;
};
