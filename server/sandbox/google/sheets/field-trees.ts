/** The fields that masks may name (Sheets v4 discovery document, 2026; messages masks rarely enter are leaves). */
import type { FieldTree } from '../field-mask.ts';

const gridRange: FieldTree = {
  sheetId: true,
  startRowIndex: true,
  endRowIndex: true,
  startColumnIndex: true,
  endColumnIndex: true,
};

const extendedValue: FieldTree = {
  numberValue: true,
  stringValue: true,
  boolValue: true,
  formulaValue: true,
  errorValue: true,
};

export const cellFormatTree: FieldTree = {
  numberFormat: { type: true, pattern: true },
  backgroundColor: true,
  backgroundColorStyle: true,
  borders: true,
  padding: true,
  horizontalAlignment: true,
  verticalAlignment: true,
  wrapStrategy: true,
  textDirection: true,
  textFormat: {
    foregroundColor: true,
    foregroundColorStyle: true,
    fontFamily: true,
    fontSize: true,
    bold: true,
    italic: true,
    strikethrough: true,
    underline: true,
    link: true,
  },
  hyperlinkDisplayType: true,
  textRotation: true,
};

export const cellDataTree: FieldTree = {
  userEnteredValue: extendedValue,
  effectiveValue: extendedValue,
  formattedValue: true,
  userEnteredFormat: cellFormatTree,
  effectiveFormat: cellFormatTree,
  hyperlink: true,
  note: true,
  textFormatRuns: true,
  dataValidation: true,
  pivotTable: true,
  dataSourceTable: true,
  dataSourceFormula: true,
  chipRuns: true,
};

const developerMetadata: FieldTree = {
  metadataId: true,
  metadataKey: true,
  metadataValue: true,
  visibility: true,
  location: { locationType: true, spreadsheet: true, sheetId: true, dimensionRange: true },
};

const dimensionProperties: FieldTree = {
  hiddenByFilter: true,
  hiddenByUser: true,
  pixelSize: true,
  developerMetadata,
  dataSourceColumnReference: true,
};

export const sheetPropertiesTree: FieldTree = {
  sheetId: true,
  title: true,
  index: true,
  sheetType: true,
  gridProperties: {
    rowCount: true,
    columnCount: true,
    frozenRowCount: true,
    frozenColumnCount: true,
    hideGridlines: true,
    rowGroupControlAfter: true,
    columnGroupControlAfter: true,
  },
  hidden: true,
  tabColor: true,
  tabColorStyle: true,
  rightToLeft: true,
  dataSourceSheetProperties: true,
};

const sheet: FieldTree = {
  properties: sheetPropertiesTree,
  data: {
    startRow: true,
    startColumn: true,
    rowData: { values: cellDataTree },
    rowMetadata: dimensionProperties,
    columnMetadata: dimensionProperties,
  },
  merges: gridRange,
  commentAnchors: true,
  conditionalFormats: { ranges: gridRange, booleanRule: true, gradientRule: true },
  filterViews: {
    filterViewId: true,
    title: true,
    range: gridRange,
    namedRangeId: true,
    tableId: true,
    sortSpecs: true,
    criteria: true,
    filterSpecs: true,
  },
  protectedRanges: {
    protectedRangeId: true,
    range: gridRange,
    namedRangeId: true,
    tableId: true,
    description: true,
    warningOnly: true,
    requestingUserCanEdit: true,
    unprotectedRanges: gridRange,
    editors: { users: true, groups: true, domainUsersCanEdit: true },
  },
  basicFilter: { range: gridRange, tableId: true, sortSpecs: true, criteria: true, filterSpecs: true },
  charts: true,
  bandedRanges: {
    bandedRangeId: true,
    bandedRangeReference: true,
    range: gridRange,
    rowProperties: true,
    columnProperties: true,
  },
  developerMetadata,
  rowGroups: { range: true, depth: true, collapsed: true },
  columnGroups: { range: true, depth: true, collapsed: true },
  slicers: true,
  tables: {
    tableId: true,
    name: true,
    range: gridRange,
    rowsProperties: true,
    columnProperties: { columnIndex: true, columnName: true, columnType: true, dataValidationRule: true },
  },
};

export const spreadsheetPropertiesTree: FieldTree = {
  title: true,
  locale: true,
  autoRecalc: true,
  timeZone: true,
  defaultFormat: cellFormatTree,
  iterativeCalculationSettings: true,
  spreadsheetTheme: true,
  importFunctionsExternalUrlAccessAllowed: true,
};

export const spreadsheetTree: FieldTree = {
  spreadsheetId: true,
  properties: spreadsheetPropertiesTree,
  sheets: sheet,
  namedRanges: { namedRangeId: true, name: true, range: gridRange },
  spreadsheetUrl: true,
  developerMetadata,
  dataSources: true,
  dataSourceSchedules: true,
  comments: true,
  commentsViewMode: true,
};
