/** Requests of Google's batchUpdate, in Google's words (Sheets v4 discovery document, 2026). */
import type { GridRange, MarkPlace, SheetMark, SheetValue } from '../../../domain/spreadsheet.ts';
import type { SheetRequest } from '../../../ports.ts';

export const toGoogleRange = (range: GridRange): object => ({
  sheetId: range.sheetId,
  startRowIndex: range.startRow,
  endRowIndex: range.endRow,
  startColumnIndex: range.startColumn,
  endColumnIndex: range.endColumn,
});

/** Writes values only: formats, notes and validation of the cells stay. No rows: the range is emptied. */
export const writeValues = (
  range: GridRange,
  rows: ReadonlyArray<readonly SheetValue[]> = [],
): SheetRequest => ({
  updateCells: {
    range: toGoogleRange(range),
    rows: rows.map((cells) => ({ values: cells.map(cellData) })),
    fields: 'userEnteredValue',
  },
});

/** A string value is literal: only `formulaValue` makes a formula (google-platform.md section 5.2). */
function cellData(value: SheetValue): object {
  switch (typeof value) {
    case 'string':
      return { userEnteredValue: { stringValue: value } };
    case 'number':
      return { userEnteredValue: { numberValue: value } };
    case 'boolean':
      return { userEnteredValue: { boolValue: value } };
    default:
      return {};
  }
}

export const copyValues = (source: GridRange, destination: GridRange): SheetRequest => ({
  copyPaste: {
    source: toGoogleRange(source),
    destination: toGoogleRange(destination),
    pasteType: 'PASTE_VALUES',
  },
});

export const setNumberFormat = (
  range: GridRange,
  format: { type: string; pattern: string },
): SheetRequest => ({
  repeatCell: {
    range: toGoogleRange(range),
    cell: { userEnteredFormat: { numberFormat: format } },
    fields: 'userEnteredFormat.numberFormat',
  },
});

export const setBold = (range: GridRange): SheetRequest => ({
  repeatCell: {
    range: toGoogleRange(range),
    cell: { userEnteredFormat: { textFormat: { bold: true } } },
    fields: 'userEnteredFormat.textFormat.bold',
  },
});

export const setNote = (range: GridRange, note: string): SheetRequest => ({
  updateCells: { range: toGoogleRange(range), rows: [{ values: [{ note }] }], fields: 'note' },
});

export const addTab = (properties: {
  sheetId: number;
  title: string;
  rowCount: number;
  columnCount: number;
  frozenRowCount?: number;
  hidden?: boolean;
}): SheetRequest => {
  const { sheetId, title, hidden, ...gridProperties } = properties;
  return { addSheet: { properties: { sheetId, title, gridProperties, ...(hidden ? { hidden } : {}) } } };
};

export const appendLines = (
  sheetId: number,
  dimension: 'ROWS' | 'COLUMNS',
  length: number,
): SheetRequest[] => (length > 0 ? [{ appendDimension: { sheetId, dimension, length } }] : []);

export const deleteTab = (sheetId: number): SheetRequest => ({ deleteSheet: { sheetId } });

/** `PROJECT`: other apps do not see it; it is no secret (google-platform.md section 5.5). */
export const createMark = (
  key: string,
  value: string,
  place: MarkPlace,
  metadataId?: number,
): SheetRequest => ({
  createDeveloperMetadata: {
    developerMetadata: {
      metadataKey: key,
      metadataValue: value,
      visibility: 'PROJECT',
      location: locationOf(place),
      ...(metadataId === undefined ? {} : { metadataId }),
    },
  },
});

function locationOf(place: MarkPlace): object {
  const { sheetId } = place;
  if (place.kind === 'tab') return { sheetId };
  const dimension = place.kind === 'row' ? 'ROWS' : 'COLUMNS';
  return { dimensionRange: { sheetId, dimension, startIndex: place.index, endIndex: place.index + 1 } };
}

export const deleteMark = (metadataId: number): SheetRequest => ({
  deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataId } } },
});

/**
 * Takes a mark away from where it was seen and makes it again there: when people moved its row or column meanwhile, the
 * first finds nothing and Google refuses the second, and with it the whole batch, because the id is still taken.
 */
export const refuseIfMoved = ({ metadataId, key, value, place }: SheetMark): SheetRequest[] => {
  const seen = {
    metadataId,
    metadataLocation: locationOf(place),
    locationMatchingStrategy: 'EXACT_LOCATION',
  };
  return [
    { deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: seen } } },
    createMark(key, value, place, metadataId),
  ];
};
