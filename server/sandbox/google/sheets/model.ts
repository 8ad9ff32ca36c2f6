/** What a spreadsheet is made of. Committed objects are never changed: a batch works on a draft (draft.ts). */

export type Scalar = number | string | boolean;
export type ErrorCode = '#REF!' | '#NAME?' | '#VALUE!' | '#DIV/0!' | '#N/A' | '#NUM!' | '#ERROR!' | '#NULL!';
export interface CellError {
  readonly error: ErrorCode;
}
export interface Formula {
  /** As it is shown in the formula bar, `=` included. */
  readonly formula: string;
}
/** What stands in a cell; an empty cell is `undefined`. */
export type CellValue = Scalar | Formula | CellError;
/** What a cell shows: its formula's result or its own value. */
export type Result = Scalar | CellError | undefined;

export type CellFormat = Record<string, unknown>;
/** Look ids per column (0 is none): format and validation, shared between all rows that look alike (format-book.ts). */
export type FormatVector = readonly number[];

export interface Row {
  /** The draft that may change this row in place. */
  owner: number;
  values: (CellValue | undefined)[];
  formats: FormatVector;
  notes?: ReadonlyMap<number, string>;
  hidden?: boolean;
  height?: number;
}

export interface Column {
  hidden?: boolean;
  width?: number;
}

export interface GridRange {
  sheetId: number;
  startRowIndex?: number;
  endRowIndex?: number;
  startColumnIndex?: number;
  endColumnIndex?: number;
}

export interface ProtectedRange {
  protectedRangeId: number;
  range: GridRange;
  namedRangeId?: string;
  tableId?: string;
  description?: string;
  warningOnly: boolean;
  unprotectedRanges: readonly GridRange[];
  editors: { users: readonly string[]; groups: readonly string[]; domainUsersCanEdit: boolean };
}

export interface BandedRange {
  bandedRangeId: number;
  range: GridRange;
  /** Row and column properties as they came. */
  look: Record<string, unknown>;
}

/** Criteria by column index, as they came (`filterSpecs` takes the place of the older `criteria`). */
export interface FilterLook {
  sortSpecs?: readonly Record<string, unknown>[];
  criteria: Readonly<Record<string, Record<string, unknown>>>;
}

export interface BasicFilter extends FilterLook {
  range: GridRange;
  /** The table that the filter lies on. */
  tableId?: string;
}

export interface FilterView extends FilterLook {
  filterViewId: number;
  title: string;
  range: GridRange;
  namedRangeId?: string;
  tableId?: string;
}

export interface ConditionalFormat {
  ranges: readonly GridRange[];
  /** Its `booleanRule` or `gradientRule` as it came. */
  rule: Record<string, unknown>;
}

export interface TableColumn {
  columnName: string;
  columnType: string;
  dataValidationRule?: Record<string, unknown>;
}

export interface Table {
  tableId: string;
  name: string;
  range: GridRange;
  /** One per column of the range, in order. */
  columns: readonly TableColumn[];
  rowsProperties?: Record<string, unknown>;
}

export interface DimensionGroup {
  /** Rows or columns only: the other sides are open. */
  range: GridRange;
  collapsed: boolean;
}

export interface Sheet {
  sheetId: number;
  title: string;
  hidden: boolean;
  rightToLeft: boolean;
  tabColorStyle?: Record<string, unknown>;
  rowCount: number;
  columnCount: number;
  frozenRowCount: number;
  frozenColumnCount: number;
  hideGridlines: boolean;
  /** The draft that may change the `rows` and `columns` arrays in place. */
  owner: number;
  /** By row index; rows without content may be absent. */
  rows: (Row | undefined)[];
  columns: (Column | undefined)[];
  basicFilter?: BasicFilter;
  bandedRanges: readonly BandedRange[];
  protectedRanges: readonly ProtectedRange[];
  merges: readonly GridRange[];
  conditionalFormats: readonly ConditionalFormat[];
  filterViews: readonly FilterView[];
  tables: readonly Table[];
  groups: readonly DimensionGroup[];
}

export interface NamedRange {
  namedRangeId: string;
  name: string;
  range: GridRange;
}

export type Dimension = 'ROWS' | 'COLUMNS';

export type MetadataLocation =
  | { type: 'SPREADSHEET' }
  | { type: 'SHEET'; sheetId: number }
  | { type: 'ROW' | 'COLUMN'; sheetId: number; index: number };

export interface DeveloperMetadata {
  metadataId: number;
  metadataKey: string;
  metadataValue?: string;
  visibility: 'DOCUMENT' | 'PROJECT';
  /** The Cloud project that made it: the only one to see it when `PROJECT`. */
  projectNumber: string;
  location: MetadataLocation;
}

export interface Spreadsheet {
  readonly spreadsheetId: string;
  /** The draft number under which this state was made. */
  readonly draft: number;
  title: string;
  locale: string;
  timeZone: string;
  sheets: Sheet[];
  namedRanges: readonly NamedRange[];
  metadata: readonly DeveloperMetadata[];
}

export const isFormula = (value: CellValue | undefined): value is Formula =>
  typeof value === 'object' && 'formula' in value;

export const isError = (value: CellValue | undefined): value is CellError =>
  typeof value === 'object' && 'error' in value;
