/** batchUpdate requests about whole tabs and the spreadsheet itself. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { copiedAttached, mapAttached } from '../attached.ts';
import { rewriteFormulas } from '../change-dimension.ts';
import { ownLists } from '../draft.ts';
import { assertCellLimit, type Edit, sheetOf } from '../edit.ts';
import { spreadsheetPropertiesTree } from '../field-trees.ts';
import { followRanges } from '../formula/rewrite.ts';
import type { DeveloperMetadata, Sheet } from '../model.ts';
import { newSheet } from '../new-sheet.ts';
import { assertEditable } from '../protection.ts';
import { sheetPropertiesJson } from '../sheet-json.ts';
import { deletedSheetMap } from '../shift-range.ts';
import { int32, message, requestKind } from './request-kind.ts';
import { assertTitle, placeAt, sheetPropertiesSchema, updateSheetProperties } from './sheet-properties.ts';

/** A title nobody has: Sheet1, Sheet2, … */
const freeTitle = ({ draft }: Edit): string => {
  const taken = new Set(draft.sheets.map(({ title }) => title.toLowerCase()));
  let number = draft.sheets.length + 1;
  while (taken.has(`sheet${number}`)) number += 1;
  return `Sheet${number}`;
};

const addSheet = requestKind(
  z.strictObject({ properties: sheetPropertiesSchema.optional() }),
  (edit, body) => {
    const { draft } = edit;
    const asked = body.properties ?? {};
    if (asked.sheetType && !['GRID', 'SHEET_TYPE_UNSPECIFIED'].includes(asked.sheetType)) {
      throw invalidArgument(`Cannot add a sheet of type ${asked.sheetType}.`);
    }
    const title = asked.title ?? freeTitle(edit);
    assertTitle(edit, title);
    const sheetId = asked.sheetId ?? edit.newId();
    if (sheetId < 0) throw invalidArgument('sheetId must be non-negative.');
    if (draft.sheets.some((other) => other.sheetId === sheetId)) {
      throw invalidArgument(`Cannot add sheet with ID: ${sheetId}, a sheet with that ID already exists.`);
    }
    const sheet = newSheet(edit, sheetId, title, asked);
    draft.sheets = placeAt(draft.sheets, sheet, asked.index);
    assertCellLimit(edit);
    return { properties: sheetPropertiesJson(draft, sheet) };
  },
);

const deleteSheet = requestKind(z.strictObject({ sheetId: int32.optional() }), (edit, { sheetId }) => {
  const { draft } = edit;
  const sheet = sheetOf(draft, sheetId, 'sheet');
  if (draft.sheets.length === 1) throw invalidArgument("You can't remove all the sheets in a document.");
  if (!sheet.hidden && draft.sheets.every((other) => other === sheet || other.hidden)) {
    throw invalidArgument("You can't remove all the visible sheets in a document.");
  }
  assertEditable(edit, sheet, { top: 0, left: 0, bottom: sheet.rowCount, right: sheet.columnCount });
  draft.sheets = draft.sheets.filter((other) => other !== sheet);
  draft.metadata = draft.metadata.filter(
    ({ location }) => location.type === 'SPREADSHEET' || location.sheetId !== sheet.sheetId,
  );
  // Formulas find the tab by its title, so it is among the tabs once more while they are read.
  const map = deletedSheetMap(sheet.sheetId);
  mapAttached(draft, map);
  const sheets = [...draft.sheets, sheet];
  rewriteFormulas(draft, (formula, own) => followRanges(formula, sheets, map, own));
  return undefined;
});

const duplicateSheet = requestKind(
  z.strictObject({
    sourceSheetId: int32.optional(),
    insertSheetIndex: int32.optional(),
    newSheetId: int32.optional(),
    newSheetName: z.string().optional(),
  }),
  (edit, body) => {
    const { draft } = edit;
    const source = sheetOf(draft, body.sourceSheetId, 'sheet');
    const title = body.newSheetName ?? `Copy of ${source.title}`;
    assertTitle(edit, title);
    const sheetId = body.newSheetId ?? edit.newId();
    if (draft.sheets.some((other) => other.sheetId === sheetId)) {
      throw invalidArgument(`Cannot add sheet with ID: ${sheetId}, a sheet with that ID already exists.`);
    }
    // Rows that this draft may still change in place must not be shared between the two tabs.
    const rows = source.rows.map((row) =>
      row?.owner === draft.draft ? { ...row, values: row.values.slice() } : row,
    );
    const copy: Sheet = {
      ...source,
      ...copiedAttached(edit, source, sheetId),
      sheetId,
      title,
      rows,
      owner: 0,
    };
    ownLists(draft, copy);
    draft.sheets = placeAt(draft.sheets, copy, body.insertSheetIndex ?? 0);
    assertCellLimit(edit);
    draft.metadata = [...draft.metadata, ...copiedMetadata(edit, source, sheetId)];
    return { properties: sheetPropertiesJson(draft, copy) };
  },
);

/** A copied tab carries its metadata under new ids, so that a search finds several (google-platform.md section 5.5, unconfirmed). */
const copiedMetadata = ({ draft, newId }: Edit, source: Sheet, sheetId: number): DeveloperMetadata[] =>
  draft.metadata.flatMap((item) =>
    item.location.type === 'SPREADSHEET' || item.location.sheetId !== source.sheetId
      ? []
      : [{ ...item, metadataId: newId(), location: { ...item.location, sheetId } }],
  );

const updateSpreadsheetProperties = requestKind(
  z.strictObject({
    properties: z.strictObject({
      title: z.string().optional(),
      locale: z.string().optional(),
      timeZone: z.string().optional(),
      autoRecalc: z.string().optional(),
      defaultFormat: message.optional(),
      iterativeCalculationSettings: message.optional(),
      spreadsheetTheme: message.optional(),
      importFunctionsExternalUrlAccessAllowed: z.boolean().optional(),
    }),
    fields: z.string(),
  }),
  ({ draft }, { properties, fields }) => {
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, spreadsheetPropertiesTree);
    if (wants(mask, 'title')) {
      if (!properties.title) throw invalidArgument('Spreadsheet title cannot be empty.');
      draft.title = properties.title;
    }
    if (wants(mask, 'locale') && properties.locale) draft.locale = properties.locale;
    if (wants(mask, 'timeZone') && properties.timeZone) draft.timeZone = properties.timeZone;
    return undefined;
  },
);

export const sheetRequests = {
  addSheet,
  deleteSheet,
  duplicateSheet,
  updateSheetProperties,
  updateSpreadsheetProperties,
};
