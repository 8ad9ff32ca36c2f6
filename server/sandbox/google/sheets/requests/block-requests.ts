/** batchUpdate requests that move cells without whole rows or columns: cutPaste, insertRange, deleteRange. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { mapAttached } from '../attached.ts';
import { rewriteFormulas } from '../change-dimension.ts';
import { heldRows, writableRow } from '../draft.ts';
import { assertCellLimit, assertColumnLimit, type Edit, rectOf, sheetOf } from '../edit.ts';
import { followRanges } from '../formula/rewrite.ts';
import { cellAt, formatIdAt, noteAt, type Rect, setCell, setFormatId, setNote } from '../grid.ts';
import { isFormula, type Row, type Sheet } from '../model.ts';
import { assertEditable } from '../protection.ts';
import { bandMap, blockMap, type RangeMap } from '../shift-range.ts';
import { PASTE_TYPES, PASTED } from './paste-types.ts';
import {
  dimensionSchema,
  gridCoordinateSchema,
  gridRangeSchema,
  names,
  requestKind,
} from './request-kind.ts';

interface Move {
  from: Sheet;
  rect: Rect;
  to: Sheet;
  top: number;
  left: number;
}

/** Moves the cells of a block, empties where they were, and lets all that points at them follow. */
const moveBlock = (
  edit: Edit,
  { from, rect, to, top, left }: Move,
  what: (typeof PASTED)[(typeof PASTE_TYPES)[number]] = PASTED.PASTE_NORMAL,
  map: RangeMap = blockMap(from.sheetId, rect, { sheetId: to.sheetId, top, left }),
): void => {
  const { draft, book } = edit;
  const held = heldRows(draft, from, rect.top, rect.bottom);
  const height = rect.bottom - rect.top;
  for (let row = rect.top; row < Math.min(rect.bottom, from.rows.length); row += 1) {
    if (!from.rows[row]) continue;
    const own = writableRow(draft, from, row);
    for (let column = rect.left; column < rect.right; column += 1) {
      setCell(own, column, undefined);
      setNote(own, column, undefined);
      setFormatId(book, own, column, 0);
    }
  }
  for (let down = 0; down < height; down += 1) {
    const own = writableRow(draft, to, top + down);
    for (let column = rect.left; column < rect.right; column += 1) {
      const at = left + column - rect.left;
      const value = cellAt(held, down, column);
      // A cut formula goes on pointing at what it pointed at, wherever it lands.
      const moved = isFormula(value) ? followRanges(value, draft.sheets, map, from, to) : value;
      if (what.value !== 'none') setCell(own, at, moved);
      if (what.note) setNote(own, at, noteAt(held, down, column));
      if (what.format) setFormatId(book, own, at, formatIdAt(held, down, column));
    }
  }
  mapAttached(draft, map);
  const isLanded = (sheet: Sheet, row: number, column: number): boolean =>
    sheet === to &&
    row >= top &&
    row < top + height &&
    column >= left &&
    column < left + rect.right - rect.left;
  rewriteFormulas(draft, (formula, sheet, row, column) =>
    isLanded(sheet, row, column) ? formula : followRanges(formula, draft.sheets, map, sheet),
  );
};

const cutPaste = requestKind(
  z.strictObject({
    source: gridRangeSchema,
    destination: gridCoordinateSchema,
    pasteType: names(PASTE_TYPES).optional(),
  }),
  (edit, { source, destination, pasteType = 'PASTE_NORMAL' }) => {
    const from = sheetOf(edit.draft, source.sheetId);
    const to = sheetOf(edit.draft, destination.sheetId);
    const rect = rectOf(from, source);
    const { rowIndex: top = 0, columnIndex: left = 0 } = destination;
    const target = { top, left, bottom: top + rect.bottom - rect.top, right: left + rect.right - rect.left };
    if (target.bottom > to.rowCount || target.right > to.columnCount) {
      throw invalidArgument('The destination range does not fit in the grid.');
    }
    assertEditable(edit, from, rect);
    assertEditable(edit, to, target);
    moveBlock(edit, { from, rect, to, top, left }, PASTED[pasteType]);
    return undefined;
  },
);

const shiftSchema = z.strictObject({ range: gridRangeSchema, shiftDimension: dimensionSchema });

/** Cells at and beyond the range go down or right; the grid grows when they would fall off. */
const insertRange = requestKind(shiftSchema, (edit, { range, shiftDimension }) => {
  const sheet = sheetOf(edit.draft, range.sheetId);
  const rect = rectOf(sheet, range);
  const isRows = shiftDimension === 'ROWS';
  const count = isRows ? rect.bottom - rect.top : rect.right - rect.left;
  const beyond: Rect = isRows
    ? { ...rect, bottom: lastRow(sheet, rect) }
    : { ...rect, right: sheet.columnCount };
  assertEditable(edit, sheet, { ...beyond, bottom: Math.max(beyond.bottom, rect.bottom) });
  if (isRows) sheet.rowCount = Math.max(sheet.rowCount, beyond.bottom + count);
  else if (
    hasContent(sheet, {
      ...rect,
      left: Math.max(rect.left, sheet.columnCount - count),
      right: sheet.columnCount,
    })
  ) {
    assertColumnLimit(edit, sheet.columnCount + count);
    sheet.columnCount += count;
  }
  assertCellLimit(edit);
  const change = { kind: 'insert', at: isRows ? rect.top : rect.left, count } as const;
  const map = bandMap(sheet.sheetId, shiftDimension, bandOf(rect, isRows), change);
  const right = isRows ? beyond.right : Math.min(beyond.right, sheet.columnCount - count);
  const [top, left] = isRows ? [rect.top + count, rect.left] : [rect.top, rect.left + count];
  moveBlock(
    edit,
    { from: sheet, rect: { ...beyond, right }, to: sheet, top, left },
    PASTED.PASTE_NORMAL,
    map,
  );
  return undefined;
});

/** Cells beyond the range come up or left into its place. */
const deleteRange = requestKind(shiftSchema, (edit, { range, shiftDimension }) => {
  const sheet = sheetOf(edit.draft, range.sheetId);
  const rect = rectOf(sheet, range);
  const isRows = shiftDimension === 'ROWS';
  const beyond: Rect = isRows
    ? { ...rect, bottom: Math.max(rect.bottom, lastRow(sheet, rect)) }
    : { ...rect, right: sheet.columnCount };
  assertEditable(edit, sheet, beyond);
  const [start, end] = isRows ? [rect.top, rect.bottom] : [rect.left, rect.right];
  const map = bandMap(sheet.sheetId, shiftDimension, bandOf(rect, isRows), { kind: 'delete', start, end });
  const rest: Rect = isRows ? { ...beyond, top: rect.bottom } : { ...beyond, left: rect.right };
  emptyRect(edit, sheet, rect);
  moveBlock(
    edit,
    { from: sheet, rect: rest, to: sheet, top: rect.top, left: rect.left },
    PASTED.PASTE_NORMAL,
    map,
  );
  return undefined;
});

const bandOf = (rect: Rect, isRows: boolean): { start: number; end: number } =>
  isRows ? { start: rect.left, end: rect.right } : { start: rect.top, end: rect.bottom };

/** Below the last row that holds anything in the band, nothing needs moving. */
const lastRow = (sheet: Sheet, { top, left, right }: Rect): number => {
  let last = sheet.rows.length;
  while (last > top && !holdsAnything(sheet.rows[last - 1], left, right)) last -= 1;
  return Math.max(top, last);
};

const holdsAnything = (row: Row | undefined, left: number, right: number): boolean => {
  if (!row) return false;
  for (let column = left; column < right; column += 1) {
    if (row.values[column] !== undefined || row.formats[column] || row.notes?.has(column)) return true;
  }
  return false;
};

const hasContent = (sheet: Sheet, rect: Rect): boolean =>
  sheet.rows
    .slice(rect.top, rect.bottom)
    .some((row) => row?.values.slice(rect.left, rect.right).some((value) => value !== undefined));

const emptyRect = ({ draft, book }: Edit, sheet: Sheet, rect: Rect): void => {
  for (let row = rect.top; row < Math.min(rect.bottom, sheet.rows.length); row += 1) {
    if (!sheet.rows[row]) continue;
    const own = writableRow(draft, sheet, row);
    for (let column = rect.left; column < rect.right; column += 1) {
      setCell(own, column, undefined);
      setNote(own, column, undefined);
      setFormatId(book, own, column, 0);
    }
  }
};

/** Makes room in a band of columns: what stands at `row` and below goes down. */
export const insertCells = (
  edit: Edit,
  sheet: Sheet,
  band: { start: number; end: number },
  row: number,
  count: number,
): void => {
  const rect: Rect = {
    top: row,
    bottom: lastRow(sheet, { top: row, bottom: row, left: band.start, right: band.end }),
    left: band.start,
    right: band.end,
  };
  sheet.rowCount = Math.max(sheet.rowCount, rect.bottom + count);
  assertCellLimit(edit);
  const map = bandMap(sheet.sheetId, 'ROWS', band, { kind: 'insert', at: row, count });
  moveBlock(
    edit,
    { from: sheet, rect, to: sheet, top: row + count, left: band.start },
    PASTED.PASTE_NORMAL,
    map,
  );
};

export const blockRequests = { cutPaste, insertRange, deleteRange };
