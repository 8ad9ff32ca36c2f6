/** Reading and writing the cells of one sheet. Indices are zero-based; writes go to a draft. */
import { writableRow } from './draft.ts';
import type { FormatBook } from './format-book.ts';
import type { CellValue, Row, Sheet, Spreadsheet } from './model.ts';

/** A rectangle inside a sheet's grid, ends excluded. */
export interface Rect {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const cellAt = (sheet: Sheet, row: number, column: number): CellValue | undefined =>
  sheet.rows[row]?.values[column];

export const formatIdAt = (sheet: Sheet, row: number, column: number): number =>
  sheet.rows[row]?.formats[column] ?? 0;

export const noteAt = (sheet: Sheet, row: number, column: number): string | undefined =>
  sheet.rows[row]?.notes?.get(column);

export const setCell = (row: Row, column: number, value: CellValue | undefined): void => {
  if (value === undefined && column >= row.values.length) return;
  while (row.values.length < column) row.values.push(undefined);
  row.values[column] = value;
};

/** The same number without a box of its own where it is a small whole one: read from JSON it may have one. */
export const compactNumber = (number: number): number => {
  const whole = number | 0;
  return whole === number ? whole : number;
};

/** Makes room for `width` cells at once: growing one by one leaves half as much again unused. */
export const reserveCells = (row: Row, width: number): void => {
  const { values } = row;
  if (values.length >= width) return;
  const roomy = new Array<CellValue | undefined>(width).fill(undefined);
  for (let column = 0; column < values.length; column += 1) roomy[column] = values[column];
  row.values = roomy;
};

export const setNote = (row: Row, column: number, note: string | undefined): void => {
  if (!note && !row.notes?.has(column)) return;
  const notes = new Map(row.notes);
  if (note) notes.set(column, note);
  else notes.delete(column);
  row.notes = notes;
};

export const setFormatId = (book: FormatBook, row: Row, column: number, id: number): void => {
  if ((row.formats[column] ?? 0) === id) return;
  const ids = row.formats.slice();
  while (ids.length < column) ids.push(0);
  ids[column] = id;
  row.formats = book.vector(ids);
};

/** Runs `change` on every row of the rectangle, absent rows included. */
export const eachRow = (
  draft: Spreadsheet,
  sheet: Sheet,
  rect: Rect,
  change: (row: Row, index: number) => void,
): void => {
  for (let index = rect.top; index < rect.bottom; index += 1) change(writableRow(draft, sheet, index), index);
};

/** Empties the values of a rectangle; formats and notes stay. */
export const clearValues = (draft: Spreadsheet, sheet: Sheet, rect: Rect): void => {
  const bottom = Math.min(rect.bottom, sheet.rows.length);
  for (let index = rect.top; index < bottom; index += 1) {
    const values = sheet.rows[index]?.values;
    const isFilled = values?.some((value, at) => value !== undefined && at >= rect.left && at < rect.right);
    if (!isFilled) continue;
    const own = writableRow(draft, sheet, index).values;
    if (rect.right >= own.length) own.length = Math.min(own.length, rect.left);
    else own.fill(undefined, rect.left, rect.right);
  }
};

/** The last row and column that hold a value, as counts. */
export const contentExtent = (sheet: Sheet): { rows: number; columns: number } => {
  let rows = 0;
  let columns = 0;
  for (let index = 0; index < sheet.rows.length; index += 1) {
    const values = sheet.rows[index]?.values;
    if (!values) continue;
    let length = values.length;
    while (length > 0 && values[length - 1] === undefined) length -= 1;
    if (length === 0) continue;
    rows = index + 1;
    columns = Math.max(columns, length);
  }
  return { rows, columns };
};

export const cellCount = (spreadsheet: Spreadsheet): number =>
  spreadsheet.sheets.reduce((total, sheet) => total + sheet.rowCount * sheet.columnCount, 0);
