/** One request of every kind that the sandbox does, in an order in which each finds what it needs. */
import type { sheets_v4 } from '@googleapis/sheets';
import { lines, rangeOf } from './open-book.ts';

type Request = sheets_v4.Schema$Request;

const lookup = { developerMetadataLookup: { metadataId: 7 } };
const look = {
  firstBandColorStyle: { rgbColor: { red: 1 } },
  secondBandColorStyle: { rgbColor: { red: 0.5 } },
};
const condition = { type: 'NUMBER_GREATER', values: [{ userEnteredValue: '5' }] };
export const rule = {
  ranges: [rangeOf(0, 5, 0, 1)],
  booleanRule: { condition, format: { textFormat: { bold: true } } },
};

/** In an order in which each finds what it needs; the last two columns of the tab are free. */
export const EXAMPLES: readonly Request[] = [
  {
    updateSpreadsheetProperties: {
      properties: { title: 'Named', timeZone: 'Europe/London' },
      fields: 'title,timeZone',
    },
  },
  {
    addSheet: {
      properties: { sheetId: 1, title: 'Second', gridProperties: { rowCount: 30, columnCount: 9 } },
    },
  },
  {
    updateSheetProperties: {
      properties: { sheetId: 1, gridProperties: { frozenRowCount: 1 } },
      fields: 'gridProperties.frozenRowCount',
    },
  },
  { duplicateSheet: { sourceSheetId: 0, newSheetId: 2, newSheetName: 'Twin' } },
  { deleteSheet: { sheetId: 2 } },
  { appendDimension: { sheetId: 0, dimension: 'ROWS', length: 3 } },
  { insertDimension: { range: lines('ROWS', 1, 2), inheritFromBefore: true } },
  { deleteDimension: { range: lines('ROWS', 1, 2) } },
  { moveDimension: { source: lines('COLUMNS', 0, 1), destinationIndex: 2 } },
  {
    updateDimensionProperties: {
      range: lines('COLUMNS', 0, 1),
      properties: { pixelSize: 77 },
      fields: 'pixelSize',
    },
  },
  { autoResizeDimensions: { dimensions: lines('COLUMNS', 0, 3) } },
  { addDimensionGroup: { range: lines('ROWS', 2, 6) } },
  {
    updateDimensionGroup: {
      dimensionGroup: { range: lines('ROWS', 2, 6), depth: 1, collapsed: true },
      fields: 'collapsed',
    },
  },
  { deleteDimensionGroup: { range: lines('ROWS', 2, 6) } },
  {
    updateCells: {
      start: { sheetId: 0, rowIndex: 1 },
      rows: [{ values: [{ userEnteredValue: { numberValue: 1 } }] }],
      fields: 'userEnteredValue',
    },
  },
  {
    repeatCell: {
      range: rangeOf(0, 2, 3, 5),
      cell: { userEnteredFormat: { textFormat: { bold: true } } },
      fields: 'userEnteredFormat.textFormat.bold',
    },
  },
  {
    appendCells: {
      sheetId: 0,
      rows: [{ values: [{ userEnteredValue: { stringValue: 'end' } }] }],
      fields: 'userEnteredValue',
    },
  },
  {
    updateBorders: {
      range: rangeOf(0, 3, 0, 3),
      top: { style: 'SOLID' },
      innerVertical: { style: 'DOTTED' },
    },
  },
  { mergeCells: { range: rangeOf(7, 9, 5, 7), mergeType: 'MERGE_ALL' } },
  { unmergeCells: { range: rangeOf(7, 9, 5, 7) } },
  {
    copyPaste: { source: rangeOf(0, 2, 0, 2), destination: rangeOf(12, 14, 0, 2), pasteType: 'PASTE_NORMAL' },
  },
  {
    cutPaste: {
      source: rangeOf(12, 14, 0, 2),
      destination: { sheetId: 1, rowIndex: 3 },
      pasteType: 'PASTE_NORMAL',
    },
  },
  {
    pasteData: {
      coordinate: { sheetId: 1, rowIndex: 6 },
      data: '1,2\n=1+1,x',
      type: 'PASTE_NORMAL',
      delimiter: ',',
    },
  },
  { insertRange: { range: rangeOf(1, 2, 0, 1, 1), shiftDimension: 'COLUMNS' } },
  { deleteRange: { range: rangeOf(1, 2, 0, 1, 1), shiftDimension: 'COLUMNS' } },
  { textToColumns: { source: rangeOf(6, 7, 0, 1, 1), delimiterType: 'SEMICOLON' } },
  { findReplace: { find: 'end', replacement: 'the end', allSheets: true } },
  { trimWhitespace: { range: rangeOf(0, 5, 0, 3) } },
  { sortRange: { range: rangeOf(1, 4, 0, 3), sortSpecs: [{ dimensionIndex: 0, sortOrder: 'DESCENDING' }] } },
  { randomizeRange: { range: rangeOf(1, 4, 0, 3) } },
  { deleteDuplicates: { range: rangeOf(1, 6, 0, 3), comparisonColumns: [lines('COLUMNS', 0, 1)] } },
  { addNamedRange: { namedRange: { namedRangeId: 'n', name: 'ours', range: rangeOf(0, 2, 0, 1) } } },
  { updateNamedRange: { namedRange: { namedRangeId: 'n', name: 'theirs' }, fields: 'name' } },
  { deleteNamedRange: { namedRangeId: 'n' } },
  {
    addProtectedRange: {
      protectedRange: { protectedRangeId: 3, range: rangeOf(0, 2, 0, 1), warningOnly: true },
    },
  },
  {
    updateProtectedRange: {
      protectedRange: { protectedRangeId: 3, description: 'ours' },
      fields: 'description',
    },
  },
  { deleteProtectedRange: { protectedRangeId: 3 } },
  {
    setBasicFilter: {
      filter: {
        range: rangeOf(0, 6, 0, 3),
        filterSpecs: [{ columnIndex: 1, filterCriteria: { hiddenValues: ['2'] } }],
      },
    },
  },
  { clearBasicFilter: { sheetId: 0 } },
  { addFilterView: { filter: { filterViewId: 4, title: 'Mine', range: rangeOf(0, 6, 0, 3) } } },
  { duplicateFilterView: { filterId: 4 } },
  { updateFilterView: { filter: { filterViewId: 4, title: 'Ours' }, fields: 'title' } },
  { deleteFilterView: { filterId: 4 } },
  { addBanding: { bandedRange: { bandedRangeId: 5, range: rangeOf(0, 4, 3, 5), rowProperties: look } } },
  { updateBanding: { bandedRange: { bandedRangeId: 5, range: rangeOf(0, 5, 3, 5) }, fields: 'range' } },
  { deleteBanding: { bandedRangeId: 5 } },
  { addConditionalFormatRule: { rule, index: 0 } },
  { updateConditionalFormatRule: { sheetId: 0, index: 0, rule: { ...rule, ranges: [rangeOf(0, 6, 0, 1)] } } },
  { deleteConditionalFormatRule: { sheetId: 0, index: 0 } },
  {
    setDataValidation: { range: rangeOf(0, 3, 5, 6), rule: { condition: { type: 'BOOLEAN' }, strict: true } },
  },
  {
    addTable: {
      table: {
        tableId: 't',
        name: 'Things',
        range: rangeOf(20, 23, 0, 2),
        columnProperties: [{ columnIndex: 0, columnName: 'Paid', columnType: 'BOOLEAN' }],
      },
    },
  },
  { updateTable: { table: { tableId: 't', range: rangeOf(20, 25, 0, 3) }, fields: 'range' } },
  { deleteTable: { tableId: 't' } },
  {
    createDeveloperMetadata: {
      developerMetadata: {
        metadataId: 7,
        metadataKey: 'k',
        visibility: 'DOCUMENT',
        location: { sheetId: 0 },
      },
    },
  },
  {
    updateDeveloperMetadata: {
      dataFilters: [lookup],
      developerMetadata: { metadataValue: 'v' },
      fields: 'metadataValue',
    },
  },
  { deleteDeveloperMetadata: { dataFilter: lookup } },
];

export const kindOf = (request: Request): string => Object.keys(request)[0] ?? '';
