/** `values.update` and `values.clear`: lists of plain values into a rectangle, and out of it. */
import { invalidArgument } from '../google-api-error.ts';
import { cellsToA1, clipToGrid, columnName, exceedsGrid, type SheetRange, toA1 } from './a1.ts';
import { writableRow } from './draft.ts';
import { assertCellText, type Edit } from './edit.ts';
import { clearValues, compactNumber, type Rect, reserveCells, setCell, setFormatId } from './grid.ts';
import type { CellValue, Dimension, Row } from './model.ts';
import { assertEditable } from './protection.ts';
import { pooledText } from './text-pool.ts';
import { parseEntered } from './user-entered.ts';

export type ValueInput = 'RAW' | 'USER_ENTERED';

export interface Written {
  updatedRange: string;
  updatedRows: number;
  updatedColumns: number;
  updatedCells: number;
}

/** Lists by row, checked: a value must be a number, text, a boolean or null. */
export const asRows = (values: readonly (readonly unknown[])[], majorDimension: Dimension): unknown[][] => {
  values.forEach((list, at) => {
    list.forEach((value, index) => {
      if (value !== null && typeof value === 'object') {
        const shown = Array.isArray(value) ? 'list_value' : 'struct_value';
        throw invalidArgument(`Invalid values[${at}][${index}]: ${shown} {\n}\n`);
      }
    });
  });
  if (majorDimension === 'ROWS') return values.map((list) => [...list]);
  const height = values.reduce((most, list) => Math.max(most, list.length), 0);
  return Array.from({ length: height }, (_, row) => values.map((list) => list[row] ?? null));
};

/** Writes values at a range: null leaves a cell as it is, "" empties it. Formats stay (USER_ENTERED may add one). */
export const writeValues = (
  edit: Edit,
  range: SheetRange,
  values: readonly (readonly unknown[])[],
  majorDimension: Dimension,
  input: ValueInput,
): Written => {
  const { sheet, top = 0, left = 0 } = range;
  const rows = asRows(values, majorDimension);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const rect: Rect = { top, left, bottom: top + Math.max(rows.length, 1), right: left + Math.max(width, 1) };
  assertRoom(range, rect);
  if (rect.bottom > sheet.rowCount || rect.right > sheet.columnCount) {
    throw exceedsGrid({ ...range, ...rect });
  }
  assertEditable(edit, sheet, rect);
  let updatedCells = 0;
  rows.forEach((cells, offset) => {
    if (cells.every((value) => value === null)) return;
    const row = writableRow(edit.draft, sheet, top + offset);
    reserveCells(row, left + cells.length);
    cells.forEach((value, column) => {
      if (value === null) return;
      updatedCells += 1;
      writeValue(edit, row, left + column, value as string | number | boolean, input);
    });
  });
  const isEmpty = rows.length === 0 || width === 0;
  return {
    updatedRange: toA1(sheet.title, isEmpty ? clipToGrid(range) : rect),
    updatedRows: updatedCells === 0 ? 0 : rows.length,
    updatedColumns: updatedCells === 0 ? 0 : width,
    updatedCells,
  };
};

/** A range of more than one cell is a fence; one cell, a whole tab or an open range is a starting point. */
const assertRoom = (range: SheetRange, rect: Rect): void => {
  if (range.isSingleCell) return;
  const { sheet, bottom = Number.POSITIVE_INFINITY, right = Number.POSITIVE_INFINITY } = range;
  if (rect.bottom <= bottom && rect.right <= right) return;
  const fence = cellsToA1({
    top: rect.top,
    left: rect.left,
    bottom: Math.min(bottom, sheet.rowCount),
    right: Math.min(right, sheet.columnCount),
  });
  const beyond = rect.bottom > bottom ? `row [${bottom + 1}]` : `column [${columnName(right)}]`;
  throw invalidArgument(
    `Requested writing within range [${toA1(sheet.title, rect).split('!')[0]}!${fence}], but tried writing to ${beyond}`,
  );
};

const writeValue = (
  edit: Edit,
  row: Row,
  column: number,
  value: string | number | boolean,
  input: ValueInput,
): void => {
  if (typeof value !== 'string') {
    setCell(row, column, typeof value === 'number' ? compactNumber(value) : value);
    return;
  }
  assertCellText(edit, value);
  if (input === 'RAW') {
    setCell(row, column, value === '' ? undefined : pooledText(value));
    return;
  }
  const hasTextFormat = isTextFormat(edit, row.formats[column] ?? 0);
  const entered: { value: CellValue | undefined; format?: Record<string, unknown> } =
    hasTextFormat && !value.startsWith('=')
      ? { value: value || undefined }
      : parseEntered(value, edit.draft.locale);
  setCell(row, column, entered.value);
  if (!entered.format) return;
  const old = edit.book.format(row.formats[column] ?? 0);
  if (old['numberFormat'] === undefined) {
    setFormatId(
      edit.book,
      row,
      column,
      edit.book.withFormat(row.formats[column] ?? 0, { ...old, ...entered.format }),
    );
  }
};

const isTextFormat = ({ book }: Edit, id: number): boolean =>
  (book.format(id)['numberFormat'] as { type?: string } | undefined)?.type === 'TEXT';

/** Empties a range's values; answers with its A1. */
export const clearRange = (edit: Edit, range: SheetRange): string => {
  const rect = clipToGrid(range);
  assertEditable(edit, range.sheet, rect);
  clearValues(edit.draft, range.sheet, rect);
  return toA1(range.sheet.title, rect);
};
