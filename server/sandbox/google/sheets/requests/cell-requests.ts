/** batchUpdate requests that write cells by rectangle. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { writableRow } from '../draft.ts';
import { type Edit, rectOf, sheetOf } from '../edit.ts';
import { translateFormula } from '../formula/rewrite.ts';
import { clearValues, eachRow, type Rect, reserveCells, setCell, setNote } from '../grid.ts';
import { type FormatVector, isFormula, type Sheet } from '../model.ts';
import { assertEditable } from '../protection.ts';
import {
  type CellData,
  type CellMask,
  parseCellMask,
  parseExtendedValue,
  readCellData,
  readValidation,
  updatedFormatId,
  writeCell,
} from '../write-cells.ts';
import { cellsOf, rowsSchema } from './cell-rows.ts';
import { gridCoordinateSchema, gridRangeSchema, message, requestKind } from './request-kind.ts';

const clearRect = (edit: Edit, sheet: Sheet, rect: Rect, mask: CellMask): void => {
  if (mask.value) clearValues(edit.draft, sheet, rect);
  if (!mask.note && !mask.format && !mask.validation) return;
  const bottom = Math.min(rect.bottom, sheet.rows.length);
  const rest: CellMask = { ...mask, value: false };
  for (let index = rect.top; index < bottom; index += 1) {
    const known = sheet.rows[index];
    if (!known || (known.formats.length <= rect.left && !known.notes)) continue;
    const row = writableRow(edit.draft, sheet, index);
    for (let column = rect.left; column < rect.right; column += 1)
      writeCell(edit, row, column, undefined, rest);
  }
};

const updateCells = requestKind(
  z.strictObject({
    rows: rowsSchema,
    fields: z.string(),
    start: gridCoordinateSchema.optional(),
    range: gridRangeSchema.optional(),
  }),
  (edit, { rows = [], fields, start, range }) => {
    const mask = parseCellMask(fields);
    if (!start && !range) throw invalidArgument('One of start or range must be set.');
    if (start && range) throw invalidArgument('Only one of start and range may be set.');
    const sheet = sheetOf(edit.draft, (start ?? range)?.sheetId);
    const lists = rows.map(cellsOf);
    const top = start?.rowIndex ?? range?.startRowIndex ?? 0;
    const left = start?.columnIndex ?? range?.startColumnIndex ?? 0;
    const width = lists.reduce((most, cells) => Math.max(most, cells.length), 0);
    const given = { top, left, bottom: top + lists.length, right: left + width };
    const rect = range ? rectOf(sheet, range) : given;
    assertReach(given, range ? rect : { bottom: sheet.rowCount, right: sheet.columnCount });
    assertEditable(edit, sheet, rect);
    // Cells of the range that no row covers are cleared for the same fields.
    if (range) clearRect(edit, sheet, rect, mask);
    lists.forEach((cells, offset) => {
      if (cells.length === 0) return;
      const row = writableRow(edit.draft, sheet, top + offset);
      if (mask.value) reserveCells(row, left + cells.length);
      cells.forEach((cell, column) => {
        writeCell(edit, row, left + column, cell, mask);
      });
    });
    return undefined;
  },
);

const assertReach = (given: Rect, allowed: { bottom: number; right: number }): void => {
  if (given.bottom > allowed.bottom) {
    throw invalidArgument(
      `Attempting to write row: ${allowed.bottom}, beyond the last requested row of: ${allowed.bottom - 1}`,
    );
  }
  if (given.right > allowed.right) {
    throw invalidArgument(
      `Attempting to write column: ${allowed.right}, beyond the last requested column of: ${allowed.right - 1}`,
    );
  }
};

const repeatCell = requestKind(
  z.strictObject({ range: gridRangeSchema, cell: message.optional(), fields: z.string() }),
  (edit, { range, cell = {}, fields }) => {
    const mask = parseCellMask(fields);
    readCellData(cell, () => 'cell');
    const sheet = sheetOf(edit.draft, range.sheetId);
    const rect = rectOf(sheet, range);
    assertEditable(edit, sheet, rect);
    const value = parseExtendedValue(edit, cell['userEnteredValue']);
    const note = typeof cell['note'] === 'string' ? cell['note'] : undefined;
    const formats = new Map<FormatVector, FormatVector>();
    eachRow(edit.draft, sheet, rect, (row, index) => {
      if (mask.format || mask.validation) {
        row.formats = repeatLook(edit, formats, row.formats, rect, cell, mask);
      }
      if (!mask.value && !mask.note) return;
      for (let column = rect.left; column < rect.right; column += 1) {
        if (mask.value) {
          const own = isFormula(value)
            ? translateFormula(value, index - rect.top, column - rect.left)
            : value;
          setCell(row, column, own);
        }
        if (mask.note) setNote(row, column, note);
      }
    });
    return undefined;
  },
);

/** The rows' look after the repeat, worked out once per distinct look. */
const repeatLook = (
  edit: Edit,
  known: Map<FormatVector, FormatVector>,
  old: FormatVector,
  rect: Rect,
  cell: CellData,
  mask: CellMask,
): FormatVector => {
  const done = known.get(old);
  if (done) return done;
  const ids = Array.from({ length: Math.max(old.length, rect.right) }, (_, column) => old[column] ?? 0);
  for (let column = rect.left; column < rect.right; column += 1) {
    let id = ids[column] ?? 0;
    if (mask.format) id = updatedFormatId(edit, id, cell['userEnteredFormat'], mask.format);
    if (mask.validation) id = edit.book.withValidation(id, readValidation(cell));
    ids[column] = id;
  }
  const next = edit.book.vector(ids);
  known.set(old, next);
  return next;
};

export const cellRequests = { updateCells, repeatCell };
