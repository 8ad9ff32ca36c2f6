/** Tabs, metadata, ranges and the like as Google's JSON. */
import type { Actor } from './edit.ts';
import type {
  ConditionalFormat,
  DeveloperMetadata,
  Dimension,
  DimensionGroup,
  FilterLook,
  FilterView,
  NamedRange,
  ProtectedRange,
  Sheet,
  Spreadsheet,
  Table,
} from './model.ts';
import { mayEditRange } from './protection.ts';

export const sheetPropertiesJson = (spreadsheet: Spreadsheet, sheet: Sheet): object => ({
  sheetId: sheet.sheetId,
  title: sheet.title,
  index: spreadsheet.sheets.indexOf(sheet),
  sheetType: 'GRID',
  gridProperties: {
    rowCount: sheet.rowCount,
    columnCount: sheet.columnCount,
    ...(sheet.frozenRowCount > 0 && { frozenRowCount: sheet.frozenRowCount }),
    ...(sheet.frozenColumnCount > 0 && { frozenColumnCount: sheet.frozenColumnCount }),
    ...(sheet.hideGridlines && { hideGridlines: true }),
  },
  ...(sheet.hidden && { hidden: true }),
  ...(sheet.tabColorStyle && { tabColorStyle: sheet.tabColorStyle }),
  ...(sheet.rightToLeft && { rightToLeft: true }),
});

const locationJson = (location: DeveloperMetadata['location']): object => {
  switch (location.type) {
    case 'SPREADSHEET':
      return { locationType: 'SPREADSHEET', spreadsheet: true };
    case 'SHEET':
      return { locationType: 'SHEET', sheetId: location.sheetId };
    case 'ROW':
    case 'COLUMN':
      return {
        locationType: location.type,
        dimensionRange: {
          sheetId: location.sheetId,
          dimension: location.type === 'ROW' ? 'ROWS' : 'COLUMNS',
          startIndex: location.index,
          endIndex: location.index + 1,
        },
      };
  }
};

export const metadataJson = (metadata: DeveloperMetadata): object => ({
  metadataId: metadata.metadataId,
  metadataKey: metadata.metadataKey,
  ...(metadata.metadataValue !== undefined && { metadataValue: metadata.metadataValue }),
  location: locationJson(metadata.location),
  visibility: metadata.visibility,
});

/** Metadata of visibility PROJECT is there for its own project only; a person's dump sees all. */
export const isVisibleTo = (metadata: DeveloperMetadata, projectNumber: string): boolean =>
  metadata.visibility === 'DOCUMENT' || metadata.projectNumber === projectNumber;

export const namedRangeJson = ({ namedRangeId, name, range }: NamedRange): object => ({
  namedRangeId,
  name,
  range,
});

export const protectedRangeJson = (protection: ProtectedRange, actor: Actor): object => {
  const mayEdit = mayEditRange(protection, actor);
  const { users, groups, domainUsersCanEdit } = protection.editors;
  return {
    protectedRangeId: protection.protectedRangeId,
    range: protection.range,
    ...(protection.namedRangeId !== undefined && { namedRangeId: protection.namedRangeId }),
    ...(protection.tableId !== undefined && { tableId: protection.tableId }),
    ...(protection.description !== undefined && { description: protection.description }),
    ...(protection.warningOnly && { warningOnly: true }),
    ...(mayEdit && { requestingUserCanEdit: true }),
    ...(protection.unprotectedRanges.length > 0 && { unprotectedRanges: protection.unprotectedRanges }),
    // Editors are told only to those who are among them.
    ...(mayEdit &&
      !protection.warningOnly && {
        editors: {
          users,
          ...(groups.length > 0 && { groups }),
          ...(domainUsersCanEdit && { domainUsersCanEdit }),
        },
      }),
  };
};

export const conditionalFormatJson = ({ ranges, rule }: ConditionalFormat): object => ({ ranges, ...rule });

/** `criteria` and `filterSpecs` are both answered, whichever was written. */
const filterLookJson = ({ sortSpecs, criteria }: FilterLook): object => {
  const columns = Object.entries(criteria);
  return {
    ...(sortSpecs && sortSpecs.length > 0 && { sortSpecs }),
    ...(columns.length > 0 && {
      criteria,
      filterSpecs: columns.map(([column, filterCriteria]) => ({
        ...(column !== '0' && { columnIndex: Number(column) }),
        filterCriteria,
      })),
    }),
  };
};

export const basicFilterJson = (sheet: Sheet): object | undefined => {
  const { basicFilter: filter } = sheet;
  if (!filter) return undefined;
  const table = sheet.tables.find(({ tableId }) => tableId === filter.tableId);
  return {
    range: table?.range ?? filter.range,
    ...(table && { tableId: table.tableId }),
    ...filterLookJson(filter),
  };
};

export const filterViewJson = (view: FilterView): object => ({
  filterViewId: view.filterViewId,
  title: view.title,
  range: view.range,
  ...(view.namedRangeId !== undefined && { namedRangeId: view.namedRangeId }),
  ...(view.tableId !== undefined && { tableId: view.tableId }),
  ...filterLookJson(view),
});

export const tableJson = ({ tableId, name, range, columns, rowsProperties }: Table): object => ({
  tableId,
  name,
  range,
  ...(rowsProperties && { rowsProperties }),
  columnProperties: columns.map(({ columnName, columnType, dataValidationRule }, columnIndex) => ({
    ...(columnIndex > 0 && { columnIndex }),
    columnName,
    ...(columnType !== 'COLUMN_TYPE_UNSPECIFIED' && { columnType }),
    ...(dataValidationRule && { dataValidationRule }),
  })),
});

/** Bands as they are listed: those of tables too, by reference, unless the caller left them out. */
export const bandedRangesJson = (sheet: Sheet, isWithTables: boolean): object[] => [
  ...sheet.bandedRanges.map(({ bandedRangeId, range, look }) => ({ bandedRangeId, range, ...look })),
  ...(isWithTables
    ? sheet.tables.map(({ tableId, range, rowsProperties }) => ({
        bandedRangeReference: tableId,
        range,
        ...(rowsProperties && { rowProperties: rowsProperties }),
      }))
    : []),
];

export const spanOfGroup = ({
  range,
}: DimensionGroup): { dimension: Dimension; start: number; end: number } =>
  range.startRowIndex === undefined
    ? { dimension: 'COLUMNS', start: range.startColumnIndex ?? 0, end: range.endColumnIndex ?? 0 }
    : { dimension: 'ROWS', start: range.startRowIndex, end: range.endRowIndex ?? 0 };

/** A dimension's groups; the depth of one is the number of groups that hold it, itself included. */
export const groupsJson = (sheet: Sheet, dimension: Dimension): object[] => {
  const groups = sheet.groups
    .map((group) => ({ ...spanOfGroup(group), collapsed: group.collapsed }))
    .filter((group) => group.dimension === dimension);
  return groups.map(({ start, end, collapsed }) => ({
    range: { sheetId: sheet.sheetId, dimension, startIndex: start, endIndex: end },
    depth: groups.filter((other) => other.start <= start && other.end >= end).length,
    ...(collapsed && { collapsed }),
  }));
};
