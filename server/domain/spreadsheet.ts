/** A spreadsheet as publishing sees it: its tabs, their grids, protections and our marks; and what stands in cells. */

/** A rectangle of one tab, zero-based, ends excluded. */
export interface GridRange {
  sheetId: number;
  startRow: number;
  endRow: number;
  startColumn: number;
  endColumn: number;
}

/** A range whose ends may lie beyond the grid: a protection of a whole column has no last row. */
export interface ProtectedRange extends GridRange {
  isWarningOnly: boolean;
  /** Whether the account that asks may write here. */
  mayEdit: boolean;
  /** Parts that anybody who may edit the tab may write. */
  open: GridRange[];
}

export interface SheetTab {
  sheetId: number;
  title: string;
  isHidden: boolean;
  rowCount: number;
  columnCount: number;
  protectedRanges: ProtectedRange[];
}

/** Where developer metadata is attached. Rows and columns carry it along when people insert, delete or move others. */
export type MarkPlace =
  | { kind: 'tab'; sheetId: number }
  | { kind: 'row'; sheetId: number; index: number }
  | { kind: 'column'; sheetId: number; index: number };

/** One developer metadata entry of ours. */
export interface SheetMark {
  metadataId: number;
  key: string;
  value: string;
  place: MarkPlace;
}

export interface SpreadsheetLayout {
  spreadsheetId: string;
  title: string;
  /** IANA zone of the spreadsheet: serial numbers have none of their own. */
  timeZone: string;
  tabs: SheetTab[];
  marks: SheetMark[];
}

/** A value that we write. Text is text whatever it looks like; a date is a serial number; null is an empty cell. */
export type SheetValue = string | number | boolean | null;

/**
 * What stands in a cell: a value, or a formula of somebody's (`=SUM(A1)`). A cell that a formula elsewhere fills (a
 * spilled array) is a formula with the text ''.
 */
export type EnteredCell = SheetValue | { formula: string };

/** Cells of a range as they were entered, row by row; missing rows and cells at the end of a row are empty. */
export interface EnteredCells {
  range: GridRange;
  rows: EnteredCell[][];
  /** On the first cell, '' when there is none; only where it was asked for. */
  note?: string;
}

export const isFormula = (cell: EnteredCell | undefined): cell is { formula: string } =>
  typeof cell === 'object' && cell !== null;

/** `C12`, as people name a cell. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`;

/** `A`, `Z`, `AA`, … for a zero-based index. */
export const columnName = (column: number): string =>
  (column >= 26 ? columnName(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** `Invoices!B2:D9`, with the quotes that A1 notation wants. */
export const rangeName = (title: string, { startRow, endRow, startColumn, endColumn }: GridRange): string => {
  const first = cellName(startRow, startColumn);
  const last = cellName(endRow - 1, endColumn - 1);
  const tab = /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) ? title : `'${title.replaceAll("'", "''")}'`;
  return `${tab}!${first === last ? first : `${first}:${last}`}`;
};
