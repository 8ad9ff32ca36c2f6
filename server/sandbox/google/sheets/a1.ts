/** A1 notation: parsing, writing and quoting (Sheets API guide "A1 notation", 2026). */
import { invalidArgument } from '../google-api-error.ts';
import type { Rect } from './grid.ts';
import type { GridRange, Sheet, Spreadsheet } from './model.ts';

/** One end of a range; an absent part is open. */
export interface Corner {
  row?: number;
  column?: number;
}

/** Zero-based; ends excluded; open sides are absent. */
export interface OpenRect {
  top?: number;
  bottom?: number;
  left?: number;
  right?: number;
}

/** 0 → A, 26 → AA. */
export const columnName = (index: number): string => {
  let name = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
};

/** A → 0, AA → 26. */
export const columnIndex = (name: string): number => {
  let index = 0;
  for (const letter of name.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
};

const CORNER = /^\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?$/;

const parseCorner = (text: string): Corner | undefined => {
  const match = CORNER.exec(text);
  if (!match || text === '' || text === '$') return undefined;
  return {
    ...(match[1] !== undefined && { column: columnIndex(match[1]) }),
    ...(match[2] !== undefined && { row: Number(match[2]) - 1 }),
  };
};

const between = (a: number | undefined, b: number | undefined): [number | undefined, number | undefined] => {
  if (a === undefined || b === undefined) return [a ?? b, undefined];
  return [Math.min(a, b), Math.max(a, b) + 1];
};

/** `A1:B2`, `A:B`, `1:2`, `A5:A`, `A1`; undefined when it is none of them. */
export const parseCells = (text: string): OpenRect | undefined => {
  const [first = '', second, extra] = text.split(':');
  const from = parseCorner(first);
  if (!from || extra !== undefined) return undefined;
  if (second === undefined) {
    if (from.row === undefined || from.column === undefined) return undefined;
    return { top: from.row, bottom: from.row + 1, left: from.column, right: from.column + 1 };
  }
  const to = parseCorner(second);
  if (!to) return undefined;
  const [top, bottom] = between(from.row, to.row);
  const [left, right] = between(from.column, to.column);
  return {
    ...(top !== undefined && { top }),
    ...(bottom !== undefined && { bottom }),
    ...(left !== undefined && { left }),
    ...(right !== undefined && { right }),
  };
};

/** Quotes a tab title unless it is a plain word that cannot be taken for a cell or a number. */
export const quoteTitle = (title: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) && parseCells(title) === undefined && !/^(true|false)$/i.test(title)
    ? title
    : `'${title.replaceAll("'", "''")}'`;

export const cellsToA1 = (rect: Rect): string => {
  const start = `${columnName(rect.left)}${rect.top + 1}`;
  const end = `${columnName(rect.right - 1)}${rect.bottom}`;
  return start === end ? start : `${start}:${end}`;
};

export const toA1 = (title: string, rect: Rect): string => `${quoteTitle(title)}!${cellsToA1(rect)}`;

const unparsable = (text: string): Error => invalidArgument(`Unable to parse range: ${text}`);

const splitSheet = (text: string): { title?: string; cells: string } => {
  const quoted = /^'((?:[^']|'')*)'(?:!(.*))?$/s.exec(text);
  if (quoted) return { title: (quoted[1] ?? '').replaceAll("''", "'"), cells: quoted[2] ?? '' };
  const mark = text.lastIndexOf('!');
  return mark < 0 ? { cells: text } : { title: text.slice(0, mark), cells: text.slice(mark + 1) };
};

/** A range as it was asked for: its sheet and the sides it fixed. */
export interface SheetRange extends OpenRect {
  sheet: Sheet;
  /** One cell named alone: writes may spread from it. */
  isSingleCell: boolean;
}

const fromGridRange = (sheet: Sheet, range: GridRange): SheetRange => ({
  sheet,
  isSingleCell: false,
  ...(range.startRowIndex !== undefined && { top: range.startRowIndex }),
  ...(range.endRowIndex !== undefined && { bottom: range.endRowIndex }),
  ...(range.startColumnIndex !== undefined && { left: range.startColumnIndex }),
  ...(range.endColumnIndex !== undefined && { right: range.endColumnIndex }),
});

/** Resolves `Tab!A1:B2`, `A1:B2` (first tab), a tab title or a named range; 400 "Unable to parse range" else. */
export const resolveA1 = (spreadsheet: Spreadsheet, text: string): SheetRange => {
  const byTitle = (title: string) =>
    spreadsheet.sheets.find((sheet) => sheet.title.toLowerCase() === title.toLowerCase());
  const { title, cells } = splitSheet(text);
  const sheet = title === undefined ? spreadsheet.sheets[0] : byTitle(title);
  const rect = parseCells(cells);
  if (sheet && rect) return { sheet, ...rect, isSingleCell: !cells.includes(':') };
  if (sheet && title !== undefined && cells === '' && text.endsWith("'"))
    return { sheet, isSingleCell: false };
  const whole = title === undefined ? byTitle(text) : undefined;
  if (whole) return { sheet: whole, isSingleCell: false };
  const named = spreadsheet.namedRanges.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  const home = named && spreadsheet.sheets.find(({ sheetId }) => sheetId === named.range.sheetId);
  if (!named || !home) throw unparsable(text);
  return fromGridRange(home, named.range);
};

/** Closes the open sides at the grid's edge and refuses what begins beyond it. */
export const clipToGrid = (range: SheetRange): Rect => {
  const { sheet } = range;
  const { top = 0, left = 0 } = range;
  if (top >= sheet.rowCount || left >= sheet.columnCount) throw exceedsGrid(range);
  return {
    top,
    left,
    bottom: Math.min(range.bottom ?? sheet.rowCount, sheet.rowCount),
    right: Math.min(range.right ?? sheet.columnCount, sheet.columnCount),
  };
};

export const exceedsGrid = (range: SheetRange): Error => {
  const { sheet, top = 0, left = 0 } = range;
  const rect = { top, left, bottom: range.bottom ?? sheet.rowCount, right: range.right ?? sheet.columnCount };
  return invalidArgument(
    `Range (${toA1(sheet.title, rect)}) exceeds grid limits. Max rows: ${sheet.rowCount}, max columns: ${sheet.columnCount}`,
  );
};
