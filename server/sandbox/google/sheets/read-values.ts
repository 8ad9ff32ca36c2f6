/** `values.get` and its kin: a rectangle as lists, trailing blanks left out. */

import { clipToGrid, type SheetRange, toA1 } from './a1.ts';
import { cellText, isDateFormat } from './cell-text.ts';
import { evaluatorOf } from './formula/evaluate.ts';
import { shownFormat } from './formula/inferred-format.ts';
import type { Shown } from './grid-json.ts';
import type { Dimension, Scalar, Sheet } from './model.ts';
import { isError, isFormula } from './model.ts';

export interface RenderOptions {
  majorDimension?: Dimension | undefined;
  valueRenderOption?: 'FORMATTED_VALUE' | 'UNFORMATTED_VALUE' | 'FORMULA' | undefined;
  dateTimeRenderOption?: 'SERIAL_NUMBER' | 'FORMATTED_STRING' | undefined;
}

export interface ValueRange {
  range: string;
  majorDimension: Dimension;
  values?: Scalar[][];
}

/** One range as a ValueRange; 400 when it begins beyond the grid. */
export const readValues = (shown: Shown, range: SheetRange, options: RenderOptions): ValueRange => {
  const { sheet } = range;
  const { top, bottom, left, right } = clipToGrid(range);
  const { majorDimension = 'ROWS' } = options;
  const render = renderer(shown, options);
  const rows: Scalar[][] = [];
  const last = Math.min(bottom, sheet.rows.length);
  for (let row = top; row < last; row += 1) rows.push(readRow(sheet, row, left, right, render));
  while (rows.length > 0 && rows[rows.length - 1]?.length === 0) rows.pop();
  const values = majorDimension === 'ROWS' ? rows : transpose(rows);
  return {
    range: toA1(sheet.title, { top, bottom, left, right }),
    majorDimension,
    ...(values.length > 0 && { values }),
  };
};

type Render = (sheet: Sheet, row: number, column: number) => Scalar;

const readRow = (sheet: Sheet, row: number, left: number, right: number, render: Render): Scalar[] => {
  const values = sheet.rows[row]?.values;
  if (!values) return [];
  let end = Math.min(right, values.length);
  while (end > left && values[end - 1] === undefined) end -= 1;
  const cells: Scalar[] = [];
  for (let column = left; column < end; column += 1) cells.push(render(sheet, row, column));
  while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
  return cells;
};

const renderer = ({ spreadsheet, book, now }: Shown, options: RenderOptions): Render => {
  const { valueRenderOption = 'FORMATTED_VALUE', dateTimeRenderOption = 'SERIAL_NUMBER' } = options;
  const { resultAt } = evaluatorOf(spreadsheet, now);
  const formatAt = (sheet: Sheet, row: number, column: number) =>
    shownFormat(spreadsheet, book, sheet, row, column);
  if (valueRenderOption === 'FORMATTED_VALUE') {
    return (sheet, row, column) => cellText(resultAt(sheet, row, column), formatAt(sheet, row, column));
  }
  return (sheet, row, column) => {
    const value = sheet.rows[row]?.values[column];
    if (value === undefined) return '';
    if (isFormula(value) && valueRenderOption === 'FORMULA') return value.formula;
    const result = resultAt(sheet, row, column);
    if (result === undefined) return '';
    if (isError(result)) return result.error;
    if (typeof result === 'number' && dateTimeRenderOption === 'FORMATTED_STRING') {
      const format = formatAt(sheet, row, column);
      if (isDateFormat(format)) return cellText(result, format);
    }
    return result;
  };
};

const transpose = (rows: Scalar[][]): Scalar[][] => {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length: width }, (_, column) => {
    const line = rows.map((row) => row[column] ?? '');
    while (line.length > 0 && line[line.length - 1] === '') line.pop();
    return line;
  });
};
