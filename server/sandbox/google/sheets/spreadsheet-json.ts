/** `spreadsheets.get`: a Spreadsheet resource, built only as deep as the field mask asks. */
import { below, type FieldMask, pickFields, wants } from '../field-mask.ts';
import { clipToGrid, type SheetRange } from './a1.ts';
import { DEFAULT_FORMAT } from './default-format.ts';
import type { Actor } from './edit.ts';
import type { FormatBook } from './format-book.ts';
import { gridDataJson } from './grid-json.ts';
import type { Sheet, Spreadsheet } from './model.ts';
import { protectionsOf } from './protection.ts';
import {
  bandedRangesJson,
  basicFilterJson,
  conditionalFormatJson,
  filterViewJson,
  groupsJson,
  isVisibleTo,
  metadataJson,
  namedRangeJson,
  protectedRangeJson,
  sheetPropertiesJson,
  tableJson,
} from './sheet-json.ts';

export interface GetOptions {
  mask: FieldMask;
  /** Only these ranges and their tabs; none means all tabs. */
  ranges: readonly SheetRange[];
  withGridData: boolean;
  actor: Actor;
  /** For formulas that look at the clock. */
  now: number;
  /** `excludeTablesInBandedRanges`. */
  isWithoutTableBands?: boolean;
}

export const spreadsheetJson = (spreadsheet: Spreadsheet, book: FormatBook, options: GetOptions): unknown => {
  const { mask, ranges, actor } = options;
  const asked = new Set(ranges.map(({ sheet }) => sheet));
  const sheets = spreadsheet.sheets.filter((sheet) => ranges.length === 0 || asked.has(sheet));
  const own = spreadsheet.metadata.filter(
    (item) => item.location.type === 'SPREADSHEET' && isVisibleTo(item, actor.projectNumber),
  );
  const whole = {
    spreadsheetId: spreadsheet.spreadsheetId,
    properties: {
      title: spreadsheet.title,
      locale: spreadsheet.locale,
      autoRecalc: 'ON_CHANGE',
      timeZone: spreadsheet.timeZone,
      defaultFormat: DEFAULT_FORMAT,
    },
    ...(wants(mask, 'sheets') && {
      sheets: sheets.map((sheet) => sheetJson(spreadsheet, book, sheet, options, below(mask, 'sheets'))),
    }),
    ...(spreadsheet.namedRanges.length > 0 && { namedRanges: spreadsheet.namedRanges.map(namedRangeJson) }),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${spreadsheet.spreadsheetId}/edit`,
    ...(own.length > 0 && { developerMetadata: own.map(metadataJson) }),
  };
  return pickFields(whole, mask);
};

/** Empty lists are left out, as everywhere in Google's JSON. */
const listed = (lists: Record<string, readonly object[]>): object =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));

const sheetJson = (
  spreadsheet: Spreadsheet,
  book: FormatBook,
  sheet: Sheet,
  { ranges, withGridData, actor, now, isWithoutTableBands = false }: GetOptions,
  mask: FieldMask,
): object => {
  const own = spreadsheet.metadata.filter(
    ({ location, ...item }) =>
      location.type === 'SHEET' &&
      location.sheetId === sheet.sheetId &&
      isVisibleTo({ ...item, location }, actor.projectNumber),
  );
  const protections = protectionsOf(spreadsheet, sheet);
  const parts = ranges.filter((range) => range.sheet === sheet);
  const whole: SheetRange[] = parts.length > 0 ? parts : [{ sheet, isSingleCell: false }];
  return {
    properties: sheetPropertiesJson(spreadsheet, sheet),
    ...(withGridData && {
      data: whole.map((range) =>
        gridDataJson({ spreadsheet, book, now }, sheet, clipToGrid(range), below(mask, 'data'), actor),
      ),
    }),
    ...(protections.length > 0 && {
      protectedRanges: protections.map((protection) => protectedRangeJson(protection, actor)),
    }),
    ...(sheet.basicFilter && { basicFilter: basicFilterJson(sheet) }),
    ...listed({
      bandedRanges: bandedRangesJson(sheet, !isWithoutTableBands),
      merges: sheet.merges,
      conditionalFormats: sheet.conditionalFormats.map(conditionalFormatJson),
      filterViews: sheet.filterViews.map(filterViewJson),
      tables: sheet.tables.map(tableJson),
      rowGroups: groupsJson(sheet, 'ROWS'),
      columnGroups: groupsJson(sheet, 'COLUMNS'),
    }),
    ...(own.length > 0 && { developerMetadata: own.map(metadataJson) }),
  };
};
