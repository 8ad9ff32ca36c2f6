/**
 * One window of a tab for the page that shows a spreadsheet as a grid: `GET /sandbox/spreadsheets/{id}/grid`.
 * Query: `sheetId` (first visible tab unless said), `rowStart` (0), `rowCount` (100, at most 1000).
 * Cheap at any size: only the window is formatted. The shape below is what the grid page is built on; keep it.
 */

import { columnName } from '../sheets/a1.ts';
import { cellText, numberFormatOf } from '../sheets/cell-text.ts';
import { evaluatorOf } from '../sheets/formula/evaluate.ts';
import { shownFormat } from '../sheets/formula/inferred-format.ts';
import { contentExtent } from '../sheets/grid.ts';
import type { Shown } from '../sheets/grid-json.ts';
import type { CellFormat, Result, Sheet } from '../sheets/model.ts';
import { isError, isFormula } from '../sheets/model.ts';
import type { DriveFile } from '../world.ts';
import { canUndo } from './undo.ts';

export interface GridCell {
  /** Zero-based; empty cells without a look or note are left out. */
  column: number;
  /** As shown; empty text for a cell that has only a look or a note. */
  text: string;
  kind: 'empty' | 'number' | 'text' | 'boolean' | 'error';
  align: 'left' | 'center' | 'right';
  formula?: string;
  note?: string;
  /** Pattern of the number format, if it has one. */
  pattern?: string;
  isBold?: true;
  isItalic?: true;
  /** CSS colours. */
  textColour?: string;
  background?: string;
}

export interface GridPage {
  spreadsheetId: string;
  title: string;
  /** Drive's version: ask again only when it has changed. */
  version: number;
  /** Whether the person's last act can be taken back. */
  canUndo: boolean;
  tabs: { sheetId: number; title: string; isHidden: boolean; rowCount: number; columnCount: number }[];
  tab: {
    sheetId: number;
    title: string;
    isHidden: boolean;
    rowCount: number;
    columnCount: number;
    frozenRowCount: number;
    frozenColumnCount: number;
    /** Rows and columns up to the last that holds a value. */
    contentRows: number;
    contentColumns: number;
  };
  /** The columns to show: those with content and some room, not the whole grid. */
  columns: { column: number; letter: string; width: number; isHidden: boolean }[];
  rowStart: number;
  rows: { row: number; height: number; isHidden: boolean; cells: GridCell[] }[];
}

const ROOM_COLUMNS = 4;
const LEAST_COLUMNS = 12;

/** Undefined when the spreadsheet has no such tab. */
export const gridPage = (
  file: DriveFile,
  shown: Shown,
  wish: { sheetId?: number | undefined; rowStart: number; rowCount: number },
): GridPage | undefined => {
  const { spreadsheet } = shown;
  const { sheets } = spreadsheet;
  const sheet =
    wish.sheetId === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find(({ sheetId }) => sheetId === wish.sheetId);
  if (!sheet) return undefined;
  const extent = contentExtent(sheet);
  const width = Math.min(sheet.columnCount, Math.max(extent.columns + ROOM_COLUMNS, LEAST_COLUMNS));
  const end = Math.min(sheet.rowCount, wish.rowStart + wish.rowCount);
  return {
    spreadsheetId: spreadsheet.spreadsheetId,
    title: spreadsheet.title,
    version: file.version,
    canUndo: canUndo(file),
    tabs: sheets.map(({ sheetId, title, hidden, rowCount, columnCount }) => ({
      sheetId,
      title,
      isHidden: hidden,
      rowCount,
      columnCount,
    })),
    tab: {
      sheetId: sheet.sheetId,
      title: sheet.title,
      isHidden: sheet.hidden,
      rowCount: sheet.rowCount,
      columnCount: sheet.columnCount,
      frozenRowCount: sheet.frozenRowCount,
      frozenColumnCount: sheet.frozenColumnCount,
      contentRows: extent.rows,
      contentColumns: extent.columns,
    },
    columns: Array.from({ length: width }, (_, column) => ({
      column,
      letter: columnName(column),
      width: sheet.columns[column]?.width ?? 100,
      isHidden: sheet.columns[column]?.hidden ?? false,
    })),
    rowStart: wish.rowStart,
    rows: Array.from({ length: Math.max(0, end - wish.rowStart) }, (_, offset) => {
      const row = wish.rowStart + offset;
      return {
        row,
        height: sheet.rows[row]?.height ?? 21,
        isHidden: sheet.rows[row]?.hidden ?? false,
        cells: gridCells(shown, sheet, row, width),
      };
    }),
  };
};

const gridCells = (
  { spreadsheet, book, now }: Shown,
  sheet: Sheet,
  index: number,
  width: number,
): GridCell[] => {
  const row = sheet.rows[index];
  if (!row) return [];
  const { resultAt } = evaluatorOf(spreadsheet, now);
  const cells: GridCell[] = [];
  for (let column = 0; column < width; column += 1) {
    const value = row.values[column];
    const formatId = row.formats[column] ?? 0;
    const note = row.notes?.get(column);
    if (value === undefined && formatId === 0 && note === undefined) continue;
    const format = shownFormat(spreadsheet, book, sheet, index, column);
    const result = resultAt(sheet, index, column);
    const pattern = numberFormatOf(format).pattern;
    cells.push({
      column,
      text: cellText(result, format),
      kind: kindOf(result),
      align: alignOf(result, format),
      ...(isFormula(value) && { formula: value.formula }),
      ...(note !== undefined && { note }),
      ...(pattern !== undefined && { pattern }),
      ...look(format),
    });
  }
  return cells;
};

const kindOf = (result: Result): GridCell['kind'] => {
  if (result === undefined) return 'empty';
  if (isError(result)) return 'error';
  return typeof result === 'number' ? 'number' : typeof result === 'boolean' ? 'boolean' : 'text';
};

const alignOf = (result: Result, format: CellFormat): GridCell['align'] => {
  const asked = format['horizontalAlignment'];
  if (asked === 'LEFT' || asked === 'CENTER' || asked === 'RIGHT') {
    return asked.toLowerCase() as GridCell['align'];
  }
  const kind = kindOf(result);
  return kind === 'number' ? 'right' : kind === 'boolean' || kind === 'error' ? 'center' : 'left';
};

interface Colour {
  red?: number;
  green?: number;
  blue?: number;
}

const css = (style: unknown, plain: unknown): string | undefined => {
  const colour = ((style as { rgbColor?: Colour } | undefined)?.rgbColor ?? plain) as Colour | undefined;
  if (!colour) return undefined;
  const part = (share = 0): number => Math.round(share * 255);
  return `rgb(${part(colour.red)}, ${part(colour.green)}, ${part(colour.blue)})`;
};

const look = (format: CellFormat): Partial<GridCell> => {
  const text = (format['textFormat'] ?? {}) as Record<string, unknown>;
  const textColour = css(text['foregroundColorStyle'], text['foregroundColor']);
  const background = css(format['backgroundColorStyle'], format['backgroundColor']);
  return {
    ...(text['bold'] === true && { isBold: true }),
    ...(text['italic'] === true && { isItalic: true }),
    ...(textColour !== undefined && { textColour }),
    ...(background !== undefined && { background }),
  };
};
