/** batchUpdate requests about developer metadata. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { dataFilterSchema, matchMetadata } from '../data-filter.ts';
import { type Edit, sheetOf } from '../edit.ts';
import type { DeveloperMetadata, MetadataLocation } from '../model.ts';
import { metadataJson } from '../sheet-json.ts';
import { dimensionRangeSchema, int32, names, requestKind } from './request-kind.ts';

const locationSchema = z.strictObject({
  locationType: names([
    'DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED',
    'ROW',
    'COLUMN',
    'SHEET',
    'SPREADSHEET',
  ]).optional(),
  spreadsheet: z.boolean().optional(),
  sheetId: int32.optional(),
  dimensionRange: dimensionRangeSchema.optional(),
});

const metadataSchema = z.strictObject({
  metadataId: int32.optional(),
  metadataKey: z.string().optional(),
  metadataValue: z.string().optional(),
  location: locationSchema.optional(),
  visibility: names(['DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED', 'DOCUMENT', 'PROJECT']).optional(),
});

const readLocation = (edit: Edit, wire: z.infer<typeof locationSchema> | undefined): MetadataLocation => {
  if (wire?.spreadsheet) return { type: 'SPREADSHEET' };
  if (wire?.dimensionRange) {
    const { sheetId, dimension, startIndex = 0, endIndex } = wire.dimensionRange;
    const sheet = sheetOf(edit.draft, sheetId);
    const size = dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount;
    if (endIndex !== startIndex + 1 || startIndex < 0) {
      throw invalidArgument(
        'DeveloperMetadataLocation.dimensionRange must represent a single row or column.',
      );
    }
    if (startIndex >= size)
      throw invalidArgument(`dimensionRange.startIndex[${startIndex}] is out of the grid (${size}).`);
    return { type: dimension === 'ROWS' ? 'ROW' : 'COLUMN', sheetId: sheet.sheetId, index: startIndex };
  }
  if (wire?.sheetId !== undefined)
    return { type: 'SHEET', sheetId: sheetOf(edit.draft, wire.sheetId, 'sheet').sheetId };
  throw invalidArgument('DeveloperMetadata.location must be set.');
};

const size = ({ metadataKey, metadataValue = '' }: DeveloperMetadata): number =>
  metadataKey.length + metadataValue.length;

/** 30,000 characters for the spreadsheet's own and again for each sheet with its rows and columns (section 5.1). */
const assertRoom = ({ draft, limits }: Edit): void => {
  const used = new Map<number | undefined, number>();
  for (const item of draft.metadata) {
    const home = item.location.type === 'SPREADSHEET' ? undefined : item.location.sheetId;
    const total = (used.get(home) ?? 0) + size(item);
    used.set(home, total);
    if (total > limits.metadataCharacters) {
      throw invalidArgument(
        `Developer metadata exceeds the maximum of ${limits.metadataCharacters} characters for this ${home === undefined ? 'spreadsheet' : 'sheet'}.`,
      );
    }
  }
};

const visible = (visibility: string | undefined): DeveloperMetadata['visibility'] => {
  if (visibility === 'DOCUMENT' || visibility === 'PROJECT') return visibility;
  throw invalidArgument('DeveloperMetadata.visibility must be set.');
};

const createDeveloperMetadata = requestKind(
  z.strictObject({ developerMetadata: metadataSchema }),
  (edit, { developerMetadata: asked }) => {
    const { draft } = edit;
    if (!asked.metadataKey) throw invalidArgument('DeveloperMetadata.metadataKey must be set.');
    const metadataId = asked.metadataId ?? edit.newId();
    if (draft.metadata.some((other) => other.metadataId === metadataId)) {
      throw invalidArgument(
        `Cannot add developer metadata with ID [${metadataId}] because developer metadata with that ID already exists.`,
      );
    }
    const made: DeveloperMetadata = {
      metadataId,
      metadataKey: asked.metadataKey,
      ...(asked.metadataValue !== undefined && { metadataValue: asked.metadataValue }),
      visibility: visible(asked.visibility),
      projectNumber: edit.actor.projectNumber,
      location: readLocation(edit, asked.location),
    };
    draft.metadata = [...draft.metadata, made];
    assertRoom(edit);
    return { developerMetadata: metadataJson(made) };
  },
);

const updateDeveloperMetadata = requestKind(
  z.strictObject({
    dataFilters: z.array(dataFilterSchema),
    developerMetadata: metadataSchema,
    fields: z.string(),
  }),
  (edit, { dataFilters, developerMetadata: asked, fields }) => {
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, { metadataKey: true, metadataValue: true, location: true, visibility: true });
    const { draft } = edit;
    const matched = new Set(
      dataFilters.flatMap((filter) => matchMetadata(draft, filter, edit.actor.projectNumber)),
    );
    const updated: DeveloperMetadata[] = [];
    draft.metadata = draft.metadata.map((item) => {
      if (!matched.has(item)) return item;
      const next: DeveloperMetadata = { ...item };
      if (wants(mask, 'metadataKey')) {
        if (!asked.metadataKey) throw invalidArgument('DeveloperMetadata.metadataKey must be set.');
        next.metadataKey = asked.metadataKey;
      }
      if (wants(mask, 'metadataValue')) {
        if (asked.metadataValue === undefined) delete next.metadataValue;
        else next.metadataValue = asked.metadataValue;
      }
      if (wants(mask, 'visibility')) next.visibility = visible(asked.visibility);
      if (wants(mask, 'location')) next.location = readLocation(edit, asked.location);
      updated.push(next);
      return next;
    });
    assertRoom(edit);
    return { developerMetadata: updated.map(metadataJson) };
  },
);

const deleteDeveloperMetadata = requestKind(
  z.strictObject({ dataFilter: dataFilterSchema }),
  (edit, { dataFilter }) => {
    const { draft } = edit;
    const matched = new Set(matchMetadata(draft, dataFilter, edit.actor.projectNumber));
    draft.metadata = draft.metadata.filter((item) => !matched.has(item));
    return { deletedDeveloperMetadata: [...matched].map(metadataJson) };
  },
);

export const metadataRequests = { createDeveloperMetadata, updateDeveloperMetadata, deleteDeveloperMetadata };
