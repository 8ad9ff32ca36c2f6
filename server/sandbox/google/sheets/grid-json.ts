/** GridData: cells with values, formats and notes, and the rows' and columns' own properties. */
import { below, type FieldMask, wants } from '../field-mask.ts';
import { cellText } from './cell-text.ts';
import { DEFAULT_FORMAT } from './default-format.ts';
import type { Actor } from './edit.ts';
import { filteredRows } from './filtered-rows.ts';
import type { FormatBook } from './format-book.ts';
import { evaluatorOf } from './formula/evaluate.ts';
import { shownFormat } from './formula/inferred-format.ts';
import { formatIdAt, noteAt, type Rect } from './grid.ts';
import type { CellValue, Result, Sheet, Spreadsheet } from './model.ts';
import { isError, isFormula } from './model.ts';
import { isVisibleTo, metadataJson } from './sheet-json.ts';

const ERROR_TYPES: Record<string, string> = {
  '#REF!': 'REF',
  '#NAME?': 'NAME',
  '#VALUE!': 'VALUE',
  '#DIV/0!': 'DIVIDE_BY_ZERO',
  '#N/A': 'N_A',
  '#NUM!': 'NUM',
  '#ERROR!': 'ERROR',
  '#NULL!': 'NULL_VALUE',
};

/** An ExtendedValue; a formula is given as such. */
export const extendedValue = (value: CellValue): object => {
  if (isFormula(value)) return { formulaValue: value.formula };
  if (isError(value))
    return { errorValue: { type: ERROR_TYPES[value.error] ?? 'ERROR', message: value.error } };
  if (typeof value === 'number') return { numberValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { stringValue: value };
};

/** What cells are shown from. */
export interface Shown {
  spreadsheet: Spreadsheet;
  book: FormatBook;
  now: number;
}

export const gridDataJson = (
  shown: Shown,
  sheet: Sheet,
  rect: Rect,
  mask: FieldMask,
  actor: Actor,
): object => {
  const { spreadsheet } = shown;
  const filtered = wants(mask, 'rowMetadata') ? filteredRows(shown, sheet) : new Set<number>();
  const lines = (type: 'ROW' | 'COLUMN', from: number, to: number): object[] =>
    Array.from({ length: to - from }, (_, offset) =>
      lineJson(spreadsheet, sheet, type, from + offset, actor, filtered),
    );
  return {
    ...(rect.top > 0 && { startRow: rect.top }),
    ...(rect.left > 0 && { startColumn: rect.left }),
    ...(wants(mask, 'rowData') && {
      rowData: rowData(shown, sheet, rect, below(below(mask, 'rowData'), 'values')),
    }),
    ...(wants(mask, 'rowMetadata') && { rowMetadata: lines('ROW', rect.top, rect.bottom) }),
    ...(wants(mask, 'columnMetadata') && { columnMetadata: lines('COLUMN', rect.left, rect.right) }),
  };
};

const lineJson = (
  spreadsheet: Spreadsheet,
  sheet: Sheet,
  type: 'ROW' | 'COLUMN',
  index: number,
  actor: Actor,
  filtered: ReadonlySet<number>,
): object => {
  const line = type === 'ROW' ? sheet.rows[index] : sheet.columns[index];
  const size = type === 'ROW' ? (sheet.rows[index]?.height ?? 21) : (sheet.columns[index]?.width ?? 100);
  const own = spreadsheet.metadata.filter(
    (item) =>
      item.location.type === type &&
      item.location.sheetId === sheet.sheetId &&
      item.location.index === index &&
      isVisibleTo(item, actor.projectNumber),
  );
  return {
    ...(type === 'ROW' && filtered.has(index) && { hiddenByFilter: true }),
    ...(line?.hidden && { hiddenByUser: true }),
    pixelSize: size,
    ...(own.length > 0 && { developerMetadata: own.map(metadataJson) }),
  };
};

const rowData = ({ spreadsheet, book, now }: Shown, sheet: Sheet, rect: Rect, mask: FieldMask): object[] => {
  const { resultAt } = evaluatorOf(spreadsheet, now);
  const rows: object[] = [];
  for (let row = rect.top; row < Math.min(rect.bottom, sheet.rows.length); row += 1) {
    const cells: object[] = [];
    const known = sheet.rows[row];
    const lastNote = Math.max(-1, ...(known?.notes?.keys() ?? []));
    const reach = known ? Math.max(known.values.length, known.formats.length, lastNote + 1) : 0;
    for (let column = rect.left; column < Math.min(rect.right, reach); column += 1) {
      cells.push(
        cellJson(
          {
            value: known?.values[column],
            result: resultAt(sheet, row, column),
            format: book.format(formatIdAt(sheet, row, column)),
            shown: shownFormat(spreadsheet, book, sheet, row, column),
            note: noteAt(sheet, row, column),
            validation: book.validation(formatIdAt(sheet, row, column)),
          },
          mask,
        ),
      );
    }
    while (cells.length > 0 && Object.keys(cells[cells.length - 1] ?? {}).length === 0) cells.pop();
    rows.push(cells.length > 0 ? { values: cells } : {});
  }
  while (rows.length > 0 && Object.keys(rows[rows.length - 1] ?? {}).length === 0) rows.pop();
  return rows;
};

interface Cell {
  value: CellValue | undefined;
  result: Result;
  format: Record<string, unknown>;
  /** With the number format that a formula implies. */
  shown: Record<string, unknown>;
  note: string | undefined;
  validation: object | undefined;
}

/** Every cell that is shown has a whole look: its own on top of the spreadsheet's. */
const effectiveFormat = (own: Record<string, unknown>): object => ({
  ...DEFAULT_FORMAT,
  ...own,
  textFormat: { ...DEFAULT_FORMAT.textFormat, ...(own['textFormat'] as object | undefined) },
});

const cellJson = ({ value, result, format, shown, note, validation }: Cell, mask: FieldMask): object => {
  const hasFormat = Object.keys(format).length > 0;
  return {
    ...(value !== undefined && wants(mask, 'userEnteredValue') && { userEnteredValue: extendedValue(value) }),
    ...(result !== undefined && wants(mask, 'effectiveValue') && { effectiveValue: extendedValue(result) }),
    ...(value !== undefined && wants(mask, 'formattedValue') && { formattedValue: cellText(result, shown) }),
    ...(hasFormat && wants(mask, 'userEnteredFormat') && { userEnteredFormat: format }),
    ...((hasFormat || value !== undefined) &&
      wants(mask, 'effectiveFormat') && { effectiveFormat: effectiveFormat(shown) }),
    ...(note !== undefined && wants(mask, 'note') && { note }),
    ...(validation && wants(mask, 'dataValidation') && { dataValidation: validation }),
  };
};
