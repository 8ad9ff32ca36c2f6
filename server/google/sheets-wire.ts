/** Google's JSON for spreadsheets, read into our words. Google leaves out zeros, false and empty parts. */
import type { sheets_v4 } from '@googleapis/sheets';
import type {
  EnteredCell,
  EnteredCells,
  GridRange,
  MarkPlace,
  ProtectedRange,
  SheetMark,
  SheetTab,
} from '../domain/spreadsheet.ts';

export const LAYOUT_FIELDS =
  'spreadsheetId,properties(title,timeZone),sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),protectedRanges(range,warningOnly,requestingUserCanEdit,unprotectedRanges))';

export const toGoogleRange = (range: GridRange): sheets_v4.Schema$GridRange => ({
  sheetId: range.sheetId,
  startRowIndex: range.startRow,
  endRowIndex: range.endRow,
  startColumnIndex: range.startColumn,
  endColumnIndex: range.endColumn,
});

const fromGoogleRange = (range: sheets_v4.Schema$GridRange | undefined): GridRange => ({
  sheetId: range?.sheetId ?? 0,
  startRow: range?.startRowIndex ?? 0,
  endRow: range?.endRowIndex ?? Number.POSITIVE_INFINITY,
  startColumn: range?.startColumnIndex ?? 0,
  endColumn: range?.endColumnIndex ?? Number.POSITIVE_INFINITY,
});

/** A tab with a grid; undefined for a chart sheet or a connected one, which have none. */
export function readTab(sheet: sheets_v4.Schema$Sheet): SheetTab | undefined {
  const { properties } = sheet;
  const grid = properties?.gridProperties;
  if (!properties || !grid) return undefined;
  return {
    sheetId: properties.sheetId ?? 0,
    title: properties.title ?? '',
    isHidden: properties.hidden ?? false,
    rowCount: grid.rowCount ?? 0,
    columnCount: grid.columnCount ?? 0,
    protectedRanges: (sheet.protectedRanges ?? []).map(
      (item): ProtectedRange => ({
        ...fromGoogleRange(item.range),
        isWarningOnly: item.warningOnly ?? false,
        mayEdit: item.requestingUserCanEdit ?? false,
        open: (item.unprotectedRanges ?? []).map(fromGoogleRange),
      }),
    ),
  };
}

/** Metadata of the whole spreadsheet is none of ours: undefined. */
export function readMark(metadata: sheets_v4.Schema$DeveloperMetadata): SheetMark | undefined {
  const place = readPlace(metadata.location);
  if (!place || typeof metadata.metadataId !== 'number') return undefined;
  return {
    metadataId: metadata.metadataId,
    key: metadata.metadataKey ?? '',
    value: metadata.metadataValue ?? '',
    place,
  };
}

function readPlace(location: sheets_v4.Schema$DeveloperMetadataLocation | undefined): MarkPlace | undefined {
  const lines = location?.dimensionRange;
  if (lines) {
    const kind = lines.dimension === 'ROWS' ? 'row' : 'column';
    return { kind, sheetId: lines.sheetId ?? 0, index: lines.startIndex ?? 0 };
  }
  if (location?.locationType === 'SHEET') return { kind: 'tab', sheetId: location.sheetId ?? 0 };
  return undefined;
}

/** Cells of one asked range; `data` says where its rows begin. */
export function readCells(range: GridRange, data: sheets_v4.Schema$GridData | undefined): EnteredCells {
  return { range, rows: (data?.rowData ?? []).map((row) => (row.values ?? []).map(readCell)) };
}

function readCell(cell: sheets_v4.Schema$CellData): EnteredCell {
  const entered = cell.userEnteredValue;
  if (entered) {
    if (typeof entered.stringValue === 'string')
      return entered.stringValue === '' ? null : entered.stringValue;
    if (typeof entered.numberValue === 'number') return entered.numberValue;
    if (typeof entered.boolValue === 'boolean') return entered.boolValue;
    if (typeof entered.formulaValue === 'string') return { formula: entered.formulaValue };
    // An error that was pasted as a value: not a value of ours, and not empty.
    if (entered.errorValue) return { formula: '' };
  }
  return cell.effectiveValue ? { formula: '' } : null;
}
