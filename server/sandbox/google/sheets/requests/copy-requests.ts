/** batchUpdate's copyPaste. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { heldRows, writableRow } from '../draft.ts';
import { type Edit, rectOf, sheetOf } from '../edit.ts';
import { createEvaluator } from '../formula/evaluate.ts';
import { translateFormula } from '../formula/rewrite.ts';
import { cellAt, formatIdAt, noteAt, type Rect, setCell, setFormatId, setNote } from '../grid.ts';
import { type CellValue, type GridRange, isFormula, type Sheet } from '../model.ts';
import { assertEditable, overlaps } from '../protection.ts';
import { PASTE_TYPES, PASTED, type PasteType } from './paste-types.ts';
import { gridRangeSchema, names, requestKind } from './request-kind.ts';

/** The target grows to the source's size, or is filled with whole repeats of it. */
const targetRect = (source: Rect, asked: Rect, isTransposed: boolean): Rect => {
  const height = isTransposed ? source.right - source.left : source.bottom - source.top;
  const width = isTransposed ? source.bottom - source.top : source.right - source.left;
  const stretch = (wanted: number, unit: number): number =>
    wanted > 0 && wanted % unit === 0 ? wanted : unit;
  return {
    top: asked.top,
    left: asked.left,
    bottom: asked.top + stretch(asked.bottom - asked.top, height),
    right: asked.left + stretch(asked.right - asked.left, width),
  };
};

const copyPaste = requestKind(
  z.strictObject({
    source: gridRangeSchema,
    destination: gridRangeSchema,
    pasteType: names(PASTE_TYPES).optional(),
    pasteOrientation: names(['NORMAL', 'TRANSPOSE']).optional(),
  }),
  (edit, { source, destination, pasteType = 'PASTE_NORMAL', pasteOrientation = 'NORMAL' }) => {
    const from = sheetOf(edit.draft, source.sheetId);
    const to = sheetOf(edit.draft, destination.sheetId);
    const rect = rectOf(from, source);
    if (rect.top === rect.bottom || rect.left === rect.right)
      throw invalidArgument('The source range is empty.');
    const isTransposed = pasteOrientation === 'TRANSPOSE';
    const target = targetRect(rect, rectOf(to, destination), isTransposed);
    if (target.bottom > to.rowCount || target.right > to.columnCount) {
      throw invalidArgument('The destination range does not fit in the grid.');
    }
    assertEditable(edit, to, target);
    const wish: Paste = { from, rect, to, target, isTransposed, pasteType };
    paste(edit, wish);
    if (!isTransposed) pasteRanges(wish);
    return undefined;
  },
);

interface Paste {
  from: Sheet;
  rect: Rect;
  to: Sheet;
  target: Rect;
  isTransposed: boolean;
  pasteType: PasteType;
}

const paste = (edit: Edit, { from, rect, to, target, isTransposed, pasteType }: Paste): void => {
  const what = PASTED[pasteType];
  const hasLook = what.format || what.validation;
  const height = rect.bottom - rect.top;
  const width = rect.right - rect.left;
  const results =
    what.value === 'result' ? formulaResults(edit, from, rect) : new Map<string, CellValue | undefined>();
  const held = heldRows(edit.draft, from, rect.top, rect.bottom);

  const valueFor = (row: number, column: number, toRow: number, toColumn: number): CellValue | undefined => {
    const value = cellAt(held, row, column);
    if (!isFormula(value)) return value;
    if (what.value === 'result') return results.get(`${rect.top + row}:${column}`);
    return translateFormula(value, toRow - rect.top - row, toColumn - column);
  };

  for (let toRow = target.top; toRow < target.bottom; toRow += 1) {
    const own = writableRow(edit.draft, to, toRow);
    for (let toColumn = target.left; toColumn < target.right; toColumn += 1) {
      const down = toRow - target.top;
      const across = toColumn - target.left;
      const row = (isTransposed ? across : down) % height;
      const column = rect.left + ((isTransposed ? down : across) % width);
      if (what.value !== 'none') setCell(own, toColumn, valueFor(row, column, toRow, toColumn));
      if (hasLook) {
        const look = pastedLook(edit, own.formats[toColumn] ?? 0, formatIdAt(held, row, column), pasteType);
        setFormatId(edit.book, own, toColumn, look);
      }
      if (what.note) setNote(own, toColumn, noteAt(held, row, column));
    }
  }
};

/** What the source's formulas show before anything is written. */
const formulaResults = (edit: Edit, from: Sheet, rect: Rect): Map<string, CellValue | undefined> => {
  const { resultAt } = createEvaluator(edit.draft, edit.now);
  const results = new Map<string, CellValue | undefined>();
  for (let row = rect.top; row < Math.min(rect.bottom, from.rows.length); row += 1) {
    for (let column = rect.left; column < rect.right; column += 1) {
      if (isFormula(cellAt(from, row, column))) results.set(`${row}:${column}`, resultAt(from, row, column));
    }
  }
  return results;
};

/** The look of the target's cell after a paste that takes the format, the validation or both. */
const pastedLook = ({ book }: Edit, own: number, source: number, pasteType: PasteType): number => {
  const { format, validation } = PASTED[pasteType];
  const { borders: _, ...plain } = book.format(source);
  const taken = pasteType === 'PASTE_NO_BORDERS' ? plain : book.format(source);
  return book.intern(
    format ? taken : book.format(own),
    validation ? book.validation(source) : book.validation(own),
  );
};

const meet = (range: GridRange, rect: Rect): GridRange | undefined => {
  const top = Math.max(range.startRowIndex ?? 0, rect.top);
  const left = Math.max(range.startColumnIndex ?? 0, rect.left);
  const bottom = Math.min(range.endRowIndex ?? rect.bottom, rect.bottom);
  const right = Math.min(range.endColumnIndex ?? rect.right, rect.right);
  return top < bottom && left < right
    ? {
        sheetId: range.sheetId,
        startRowIndex: top,
        endRowIndex: bottom,
        startColumnIndex: left,
        endColumnIndex: right,
      }
    : undefined;
};

const moved = (range: GridRange, to: Sheet, rows: number, columns: number): GridRange => ({
  sheetId: to.sheetId,
  startRowIndex: (range.startRowIndex ?? 0) + rows,
  endRowIndex: (range.endRowIndex ?? 0) + rows,
  startColumnIndex: (range.startColumnIndex ?? 0) + columns,
  endColumnIndex: (range.endColumnIndex ?? 0) + columns,
});

/** Merges and conditional formats are copied to the first repeat's place and to every further one. */
const pasteRanges = ({ from, rect, to, target, pasteType }: Paste): void => {
  const what = PASTED[pasteType];
  const steps: [number, number][] = [];
  for (let top = target.top; top < target.bottom; top += rect.bottom - rect.top) {
    for (let left = target.left; left < target.right; left += rect.right - rect.left) {
      steps.push([top - rect.top, left - rect.left]);
    }
  }
  if (what.merges) {
    const inside = from.merges.flatMap((merge) => meet(merge, rect) ?? []);
    const kept = to.merges.filter((merge) => !overlaps(merge, target));
    to.merges = [
      ...kept,
      ...steps.flatMap(([rows, columns]) => inside.map((merge) => moved(merge, to, rows, columns))),
    ];
  }
  if (!what.conditionalFormats) return;
  const copied = from.conditionalFormats.flatMap(({ ranges, rule }) => {
    const inside = ranges.flatMap((range) => meet(range, rect) ?? []);
    const placed = steps.flatMap(([rows, columns]) => inside.map((range) => moved(range, to, rows, columns)));
    return placed.length > 0 ? [{ ranges: placed, rule }] : [];
  });
  to.conditionalFormats = [...to.conditionalFormats, ...copied];
};

export const copyRequests = { copyPaste };
