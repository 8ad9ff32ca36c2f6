/** What a person can do to the chosen cells, as edits that the sandbox of Google takes: one act is one change of the file. */
import type { GridPage } from '../google/control/grid-page.ts';
import { isOneCell, type Rect } from './grid-selection.ts';
import { ask } from './playground-api.ts';

type Edit = Readonly<Record<string, unknown>>;

/** All of them or none. Throws what the sandbox refused. */
export const doEdits = (spreadsheetId: string, edits: readonly Edit[]): Promise<unknown> =>
  ask('/sandbox/google/control', { action: 'personEdits', spreadsheetId, edits });

export const undo = (spreadsheetId: string): Promise<unknown> =>
  ask('/sandbox/google/control', { action: 'undoPersonEdits', spreadsheetId });

const rangeOf = (sheetId: number, { top, bottom, left, right }: Rect): object => ({
  sheetId,
  startRowIndex: top,
  endRowIndex: bottom,
  startColumnIndex: left,
  endColumnIndex: right,
});
const requests = (...list: readonly object[]): Edit => ({ kind: 'requests', requests: list });
const repeat = (sheetId: number, rect: Rect, format: object, ...fields: readonly string[]): Edit =>
  requests({
    repeatCell: {
      range: rangeOf(sheetId, rect),
      cell: { userEnteredFormat: format },
      fields: fields.map((field) => `userEnteredFormat.${field}`).join(','),
    },
  });

export const bold = (sheetId: number, rect: Rect, isBold: boolean): Edit =>
  repeat(sheetId, rect, { textFormat: { bold: isBold } }, 'textFormat.bold');

/** By the words on screen; the first takes a format away. */
export const numberFormats: ReadonlyArray<{
  word: string;
  numberFormat?: { type: string; pattern?: string };
}> = [
  { word: 'Automatic' },
  { word: 'Plain text', numberFormat: { type: 'TEXT' } },
  { word: 'Number 1,234.50', numberFormat: { type: 'NUMBER', pattern: '#,##0.00' } },
  { word: 'Whole number 1,235', numberFormat: { type: 'NUMBER', pattern: '#,##0' } },
  { word: 'Percent 12.50%', numberFormat: { type: 'PERCENT', pattern: '0.00%' } },
  { word: 'Date 2026-11-20', numberFormat: { type: 'DATE', pattern: 'yyyy-mm-dd' } },
];

export const numberFormat = (sheetId: number, rect: Rect, word: string): Edit => {
  const chosen = numberFormats.find((one) => one.word === word)?.numberFormat;
  return repeat(sheetId, rect, chosen === undefined ? {} : { numberFormat: chosen }, 'numberFormat');
};

/** Light enough for dark text in both schemes; the first takes the colour away. */
export const fills: ReadonlyArray<{ word: string; rgb?: readonly [number, number, number] }> = [
  { word: 'No fill' },
  { word: 'Yellow', rgb: [1, 0.95, 0.8] },
  { word: 'Green', rgb: [0.85, 0.92, 0.83] },
  { word: 'Blue', rgb: [0.81, 0.89, 0.95] },
  { word: 'Red', rgb: [0.96, 0.8, 0.8] },
];

export const fill = (sheetId: number, rect: Rect, word: string): Edit => {
  const rgb = fills.find((one) => one.word === word)?.rgb;
  const colour = rgb === undefined ? undefined : { red: rgb[0], green: rgb[1], blue: rgb[2] };
  return repeat(
    sheetId,
    rect,
    colour === undefined ? {} : { backgroundColor: colour, backgroundColorStyle: { rgbColor: colour } },
    'backgroundColor',
    'backgroundColorStyle',
  );
};

export const clear = (sheetId: number, rect: Rect): Edit =>
  requests({ updateCells: { range: rangeOf(sheetId, rect), fields: 'userEnteredValue' } });

type Dimension = 'ROWS' | 'COLUMNS';
const span = (dimension: Dimension, rect: Rect): { at: number; count: number } =>
  dimension === 'ROWS'
    ? { at: rect.top, count: rect.bottom - rect.top }
    : { at: rect.left, count: rect.right - rect.left };

/** As many as are chosen, before or after them. */
export function insert(tab: number, dimension: Dimension, rect: Rect, isAfter: boolean): Edit {
  const { at, count } = span(dimension, rect);
  return { kind: 'insert', tab, dimension, at: isAfter ? at + count : at, count };
}

export const append = (sheetId: number, dimension: Dimension, length: number): Edit =>
  requests({ appendDimension: { sheetId, dimension, length } });

export const remove = (tab: number, dimension: Dimension, rect: Rect): Edit => ({
  kind: 'delete',
  tab,
  dimension,
  ...span(dimension, rect),
});

/** Chosen cells by their first column; one cell alone: all rows below the frozen ones, by its column. */
export function sort(grid: GridPage, rect: Rect, isDescending: boolean): Edit {
  const { sheetId, frozenRowCount, contentRows, contentColumns } = grid.tab;
  const sorted = isOneCell(rect)
    ? { top: frozenRowCount, bottom: contentRows, left: 0, right: Math.max(contentColumns, rect.right) }
    : { ...rect, bottom: Math.min(rect.bottom, Math.max(contentRows, rect.top + 1)) };
  return requests({
    sortRange: {
      range: rangeOf(sheetId, sorted),
      sortSpecs: [{ dimensionIndex: rect.left, sortOrder: isDescending ? 'DESCENDING' : 'ASCENDING' }],
    },
  });
}
