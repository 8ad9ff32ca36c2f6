/** Data filters: choosing metadata and ranges by metadata, A1 text or grid range. */
import * as z from 'zod';
import { invalidArgument } from '../google-api-error.ts';
import { resolveA1, type SheetRange } from './a1.ts';
import { sheetOf } from './edit.ts';
import type { DeveloperMetadata, MetadataLocation, Spreadsheet } from './model.ts';
import { dimensionRangeSchema, gridRangeSchema, int32, names } from './requests/request-kind.ts';
import { isVisibleTo } from './sheet-json.ts';

const lookupSchema = z.strictObject({
  locationType: names([
    'DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED',
    'ROW',
    'COLUMN',
    'SHEET',
    'SPREADSHEET',
  ]).optional(),
  metadataLocation: z
    .strictObject({
      locationType: z.string().optional(),
      spreadsheet: z.boolean().optional(),
      sheetId: int32.optional(),
      dimensionRange: dimensionRangeSchema.optional(),
    })
    .optional(),
  locationMatchingStrategy: names([
    'DEVELOPER_METADATA_LOCATION_MATCHING_STRATEGY_UNSPECIFIED',
    'EXACT_LOCATION',
    'INTERSECTING_LOCATION',
  ]).optional(),
  metadataId: int32.optional(),
  metadataKey: z.string().optional(),
  metadataValue: z.string().optional(),
  visibility: names(['DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED', 'DOCUMENT', 'PROJECT']).optional(),
});
type Lookup = z.infer<typeof lookupSchema>;

export const dataFilterSchema = z.strictObject({
  developerMetadataLookup: lookupSchema.optional(),
  a1Range: z.string().optional(),
  gridRange: gridRangeSchema.optional(),
});
export type DataFilter = z.infer<typeof dataFilterSchema>;

type WireLocation = NonNullable<Lookup['metadataLocation']>;

/** The lines that a dimension range names, ends excluded. */
const linesOf = (range: NonNullable<WireLocation['dimensionRange']>) => ({
  type: range.dimension === 'ROWS' ? 'ROW' : 'COLUMN',
  sheetId: range.sheetId ?? 0,
  start: range.startIndex ?? 0,
  end: range.endIndex ?? Number.POSITIVE_INFINITY,
});

const isAt = (location: MetadataLocation, asked: WireLocation, isExact: boolean): boolean => {
  if (asked.spreadsheet) return isExact ? location.type === 'SPREADSHEET' : true;
  if (asked.dimensionRange) {
    const lines = linesOf(asked.dimensionRange);
    if (location.type === 'SPREADSHEET') return !isExact;
    if (location.sheetId !== lines.sheetId) return false;
    if (location.type === 'SHEET') return !isExact;
    if (location.type !== lines.type) return !isExact;
    return isExact
      ? location.index === lines.start && lines.end === lines.start + 1
      : location.index >= lines.start && location.index < lines.end;
  }
  if (asked.sheetId === undefined) return true;
  if (location.type === 'SPREADSHEET') return !isExact;
  return location.sheetId === asked.sheetId && (!isExact || location.type === 'SHEET');
};

const fits = (item: DeveloperMetadata, lookup: Lookup): boolean => {
  const { locationType: type, metadataLocation: place } = lookup;
  // Unspecified means exact, except that a location type widens it to "inside" (reference of DeveloperMetadataLookup, 2026).
  const isExact =
    lookup.locationMatchingStrategy === 'EXACT_LOCATION' ||
    (lookup.locationMatchingStrategy !== 'INTERSECTING_LOCATION' &&
      (type === undefined || place === undefined));
  return (
    (lookup.metadataId === undefined || item.metadataId === lookup.metadataId) &&
    (lookup.metadataKey === undefined || item.metadataKey === lookup.metadataKey) &&
    (lookup.metadataValue === undefined || item.metadataValue === lookup.metadataValue) &&
    (!lookup.visibility || item.visibility === lookup.visibility) &&
    (!type || type.startsWith('DEVELOPER_METADATA') || item.location.type === type) &&
    (!place || isAt(item.location, place, isExact))
  );
};

/** Metadata that the filter selects and the project may see. A range selects what lies on rows, columns or tabs it meets. */
export const matchMetadata = (
  spreadsheet: Spreadsheet,
  filter: DataFilter,
  projectNumber: string,
): DeveloperMetadata[] => {
  const seen = spreadsheet.metadata.filter((item) => isVisibleTo(item, projectNumber));
  const { developerMetadataLookup: lookup } = filter;
  if (lookup) return seen.filter((item) => fits(item, lookup));
  const range = rangeOfFilter(spreadsheet, filter);
  if (!range) throw invalidArgument('A data filter must have exactly one kind of filter set.');
  const { sheet, top = 0, left = 0, bottom = sheet.rowCount, right = sheet.columnCount } = range;
  return seen.filter(({ location }) => {
    if (location.type === 'SPREADSHEET' || location.sheetId !== sheet.sheetId) return false;
    if (location.type === 'SHEET') return true;
    return location.type === 'ROW'
      ? location.index >= top && location.index < bottom
      : location.index >= left && location.index < right;
  });
};

const rangeOfFilter = (spreadsheet: Spreadsheet, filter: DataFilter): SheetRange | undefined => {
  if (filter.a1Range !== undefined) return resolveA1(spreadsheet, filter.a1Range);
  if (!filter.gridRange) return undefined;
  const {
    sheetId,
    startRowIndex: top,
    endRowIndex: bottom,
    startColumnIndex: left,
    endColumnIndex: right,
  } = filter.gridRange;
  return {
    sheet: sheetOf(spreadsheet, sheetId),
    isSingleCell: false,
    ...(top !== undefined && { top }),
    ...(bottom !== undefined && { bottom }),
    ...(left !== undefined && { left }),
    ...(right !== undefined && { right }),
  };
};

/** The ranges a filter selects: metadata selects its row, its column or its whole tab. */
export const matchRanges = (
  spreadsheet: Spreadsheet,
  filter: DataFilter,
  projectNumber: string,
): SheetRange[] => {
  const range = rangeOfFilter(spreadsheet, filter);
  if (range) return [range];
  return matchMetadata(spreadsheet, filter, projectNumber).flatMap(({ location }): SheetRange[] => {
    if (location.type === 'SPREADSHEET') {
      return spreadsheet.sheets.map((sheet) => ({ sheet, isSingleCell: false }));
    }
    const sheet = sheetOf(spreadsheet, location.sheetId);
    if (location.type === 'SHEET') return [{ sheet, isSingleCell: false }];
    const { index } = location;
    return location.type === 'ROW'
      ? [{ sheet, top: index, bottom: index + 1, isSingleCell: false }]
      : [{ sheet, left: index, right: index + 1, isSingleCell: false }];
  });
};
