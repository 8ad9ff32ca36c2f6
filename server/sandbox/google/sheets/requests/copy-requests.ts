/** batchUpdate requests that take cells from elsewhere in the spreadsheet: copyPaste and sortRange. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { writableRow } from '../draft.ts';
import { type Edit, rectOf, sheetOf } from '../edit.ts';
import { createEvaluator } from '../formula/evaluate.ts';
import { translateFormula } from '../formula/rewrite.ts';
import { cellAt, formatIdAt, noteAt, type Rect, setCell, setFormatId, setNote } from '../grid.ts';
import { type CellValue, isFormula, type Sheet } from '../model.ts';
import { assertEditable } from '../protection.ts';
import { sortRows } from '../sort-rows.ts';
import { gridRangeSchema, message, names, requestKind } from './request-kind.ts';

const PASTE_TYPES = [
  'PASTE_NORMAL',
  'PASTE_VALUES',
  'PASTE_FORMAT',
  'PASTE_NO_BORDERS',
  'PASTE_FORMULA',
  'PASTE_DATA_VALIDATION',
  'PASTE_CONDITIONAL_FORMATTING',
] as const;

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
    paste(edit, { from, rect, to, target, isTransposed, pasteType });
    return undefined;
  },
);

interface Paste {
  from: Sheet;
  rect: Rect;
  to: Sheet;
  target: Rect;
  isTransposed: boolean;
  pasteType: (typeof PASTE_TYPES)[number];
}

const WHAT = {
  PASTE_NORMAL: { value: 'formula', format: true, note: true },
  PASTE_VALUES: { value: 'result', format: false, note: false },
  PASTE_FORMAT: { value: 'none', format: true, note: false },
  PASTE_NO_BORDERS: { value: 'formula', format: true, note: true },
  PASTE_FORMULA: { value: 'formula', format: false, note: false },
  PASTE_DATA_VALIDATION: { value: 'none', format: false, note: false },
  PASTE_CONDITIONAL_FORMATTING: { value: 'none', format: false, note: false },
} as const;

const paste = (edit: Edit, { from, rect, to, target, isTransposed, pasteType }: Paste): void => {
  const what = WHAT[pasteType];
  const height = rect.bottom - rect.top;
  const width = rect.right - rect.left;
  const results =
    what.value === 'result' ? formulaResults(edit, from, rect) : new Map<string, CellValue | undefined>();
  const held = heldRows(edit, from, rect);

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
      if (what.format)
        setFormatId(edit.book, own, toColumn, pastedFormat(edit, formatIdAt(held, row, column), pasteType));
      if (what.note) setNote(own, toColumn, noteAt(held, row, column));
    }
  }
};

/** What the source's formulas show before anything is written. */
const formulaResults = (edit: Edit, from: Sheet, rect: Rect): Map<string, CellValue | undefined> => {
  const { resultAt } = createEvaluator(edit.draft);
  const results = new Map<string, CellValue | undefined>();
  for (let row = rect.top; row < Math.min(rect.bottom, from.rows.length); row += 1) {
    for (let column = rect.left; column < rect.right; column += 1) {
      if (isFormula(cellAt(from, row, column))) results.set(`${row}:${column}`, resultAt(from, row, column));
    }
  }
  return results;
};

/** The source rows as they are now: the target may overlap them. Only rows that this draft may change need a copy. */
const heldRows = ({ draft }: Edit, from: Sheet, rect: Rect): Sheet => ({
  ...from,
  rows: from.rows
    .slice(rect.top, rect.bottom)
    .map((row) => (row?.owner === draft.draft ? { ...row, values: row.values.slice() } : row)),
});

const pastedFormat = ({ book }: Edit, id: number, pasteType: Paste['pasteType']): number => {
  if (pasteType !== 'PASTE_NO_BORDERS') return id;
  const { borders: _, ...rest } = book.format(id);
  return book.intern(rest);
};

const sortRange = requestKind(
  z.strictObject({
    range: gridRangeSchema,
    sortSpecs: z.array(
      z.strictObject({
        dimensionIndex: z.number().int().optional(),
        sortOrder: names(['SORT_ORDER_UNSPECIFIED', 'ASCENDING', 'DESCENDING']).optional(),
        foregroundColor: message.optional(),
        backgroundColor: message.optional(),
        foregroundColorStyle: message.optional(),
        backgroundColorStyle: message.optional(),
      }),
    ),
  }),
  (edit, { range, sortSpecs }) => {
    const sheet = sheetOf(edit.draft, range.sheetId);
    const rect = rectOf(sheet, range);
    assertEditable(edit, sheet, rect);
    const keys = sortSpecs.map(({ dimensionIndex = 0, sortOrder }) => ({
      column: dimensionIndex,
      isDescending: sortOrder === 'DESCENDING',
    }));
    sortRows(edit, sheet, rect, keys);
    return undefined;
  },
);

export const copyRequests = { copyPaste, sortRange };
