/** A whole spreadsheet as plain data in a fixed order: two dumps with the same JSON text are the same sheet. */

import { columnName } from '../sheets/a1.ts';
import { cellText } from '../sheets/cell-text.ts';
import type { FormatBook, ValidationRule } from '../sheets/format-book.ts';
import { evaluatorOf } from '../sheets/formula/evaluate.ts';
import type { Shown } from '../sheets/grid-json.ts';
import type {
  BandedRange,
  BasicFilter,
  CellFormat,
  DeveloperMetadata,
  NamedRange,
  ProtectedRange,
  Scalar,
  Sheet,
  Spreadsheet,
} from '../sheets/model.ts';
import { isError, isFormula } from '../sheets/model.ts';
import type { DriveFile } from '../world.ts';

export interface CellDump {
  /** Of a cell without a formula. */
  value?: Scalar;
  error?: string;
  formula?: string;
  /** `formattedValue`. */
  text?: string;
  format?: CellFormat;
  note?: string;
  validation?: ValidationRule;
}

export interface SheetDump {
  sheetId: number;
  title: string;
  hidden: boolean;
  rowCount: number;
  columnCount: number;
  frozenRowCount: number;
  frozenColumnCount: number;
  /** By A1 name, row by row; only cells that hold something. */
  cells: Record<string, CellDump>;
  rows: { row: number; hidden?: boolean; height?: number }[];
  columns: { column: number; hidden?: boolean; width?: number }[];
  basicFilter?: BasicFilter;
  bandedRanges: readonly BandedRange[];
  protectedRanges: readonly ProtectedRange[];
  merges: Sheet['merges'];
  conditionalFormats: Sheet['conditionalFormats'];
  filterViews: Sheet['filterViews'];
  tables: Sheet['tables'];
  groups: Sheet['groups'];
}

export interface SpreadsheetDump {
  spreadsheetId: string;
  title: string;
  locale: string;
  timeZone: string;
  version: number;
  trashed: boolean;
  sheets: SheetDump[];
  namedRanges: readonly NamedRange[];
  metadata: readonly DeveloperMetadata[];
}

export const dumpSpreadsheet = (
  file: DriveFile,
  spreadsheet: Spreadsheet,
  book: FormatBook,
  now: number,
): SpreadsheetDump => ({
  spreadsheetId: spreadsheet.spreadsheetId,
  title: spreadsheet.title,
  locale: spreadsheet.locale,
  timeZone: spreadsheet.timeZone,
  version: file.version,
  trashed: file.trashed,
  sheets: spreadsheet.sheets.map((sheet) => dumpSheet({ spreadsheet, book, now }, sheet)),
  namedRanges: spreadsheet.namedRanges,
  metadata: spreadsheet.metadata,
});

const dumpSheet = (shown: Shown, sheet: Sheet): SheetDump => ({
  sheetId: sheet.sheetId,
  title: sheet.title,
  hidden: sheet.hidden,
  rowCount: sheet.rowCount,
  columnCount: sheet.columnCount,
  frozenRowCount: sheet.frozenRowCount,
  frozenColumnCount: sheet.frozenColumnCount,
  cells: dumpCells(shown, sheet),
  rows: sheet.rows.flatMap((row, index) => {
    if (!row?.hidden && row?.height === undefined) return [];
    return [
      {
        row: index,
        ...(row.hidden && { hidden: true }),
        ...(row.height !== undefined && { height: row.height }),
      },
    ];
  }),
  columns: sheet.columns.flatMap((column, index) =>
    column?.hidden || column?.width !== undefined ? [{ column: index, ...column }] : [],
  ),
  ...(sheet.basicFilter && { basicFilter: sheet.basicFilter }),
  bandedRanges: sheet.bandedRanges,
  protectedRanges: sheet.protectedRanges,
  merges: sheet.merges,
  conditionalFormats: sheet.conditionalFormats,
  filterViews: sheet.filterViews,
  tables: sheet.tables,
  groups: sheet.groups,
});

const dumpCells = ({ spreadsheet, book, now }: Shown, sheet: Sheet): Record<string, CellDump> => {
  const cells: Record<string, CellDump> = {};
  const { resultAt } = evaluatorOf(spreadsheet, now);
  sheet.rows.forEach((row, index) => {
    if (!row) return;
    const lastNote = Math.max(-1, ...(row.notes?.keys() ?? []));
    const width = Math.max(row.values.length, row.formats.length, lastNote + 1);
    for (let column = 0; column < width; column += 1) {
      const value = row.values[column];
      const formatId = row.formats[column] ?? 0;
      const note = row.notes?.get(column);
      if (value === undefined && formatId === 0 && note === undefined) continue;
      const format = book.format(formatId);
      const validation = book.validation(formatId);
      cells[`${columnName(column)}${index + 1}`] = {
        ...(isFormula(value)
          ? { formula: value.formula }
          : isError(value)
            ? { error: value.error }
            : value !== undefined && { value }),
        ...(value !== undefined && { text: cellText(resultAt(sheet, index, column), format) }),
        ...(Object.keys(format).length > 0 && { format }),
        ...(validation && { validation }),
        ...(note !== undefined && { note }),
      };
    }
  });
  return cells;
};
