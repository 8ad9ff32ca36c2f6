/** Tabs, metadata, ranges and the like as Google's JSON. */
import type { Actor } from './edit.ts';
import type { DeveloperMetadata, NamedRange, ProtectedRange, Sheet, Spreadsheet } from './model.ts';
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
