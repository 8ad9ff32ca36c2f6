/** batchUpdate requests about whole tabs and the spreadsheet itself. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { rewriteFormulas } from '../change-dimension.ts';
import { ownLists } from '../draft.ts';
import { assertCellLimit, type Edit, sheetOf } from '../edit.ts';
import { sheetPropertiesTree, spreadsheetPropertiesTree } from '../field-trees.ts';
import { followRename, followSheetDeletion } from '../formula/rewrite.ts';
import type { Sheet } from '../model.ts';
import { newSheet, resizeGrid } from '../new-sheet.ts';
import { assertEditable } from '../protection.ts';
import { sheetPropertiesJson } from '../sheet-json.ts';
import { int32, message, names, requestKind } from './request-kind.ts';

export const sheetPropertiesSchema = z.strictObject({
  sheetId: int32.optional(),
  title: z.string().optional(),
  index: int32.optional(),
  sheetType: names(['SHEET_TYPE_UNSPECIFIED', 'GRID', 'OBJECT', 'DATA_SOURCE']).optional(),
  gridProperties: z
    .strictObject({
      rowCount: int32.optional(),
      columnCount: int32.optional(),
      frozenRowCount: int32.optional(),
      frozenColumnCount: int32.optional(),
      hideGridlines: z.boolean().optional(),
      rowGroupControlAfter: z.boolean().optional(),
      columnGroupControlAfter: z.boolean().optional(),
    })
    .optional(),
  hidden: z.boolean().optional(),
  tabColor: message.optional(),
  tabColorStyle: message.optional(),
  rightToLeft: z.boolean().optional(),
});
export type SheetProperties = z.infer<typeof sheetPropertiesSchema>;

export const assertTitle = ({ draft, limits }: Edit, title: string, own?: Sheet): void => {
  if (title.length === 0 || title.length > limits.tabTitle) {
    throw invalidArgument(`Sheet title must be between 1 and ${limits.tabTitle} characters long.`);
  }
  const lower = title.toLowerCase();
  if (draft.sheets.some((sheet) => sheet !== own && sheet.title.toLowerCase() === lower)) {
    throw invalidArgument(`A sheet with the name "${title}" already exists. Please enter another name.`);
  }
};

/** A title nobody has: Sheet1, Sheet2, … */
const freeTitle = ({ draft }: Edit): string => {
  const taken = new Set(draft.sheets.map(({ title }) => title.toLowerCase()));
  let number = draft.sheets.length + 1;
  while (taken.has(`sheet${number}`)) number += 1;
  return `Sheet${number}`;
};

const placeAt = (sheets: Sheet[], sheet: Sheet, index: number | undefined): Sheet[] => {
  const others = sheets.filter((other) => other !== sheet);
  if (index !== undefined && (index < 0 || index > sheets.length)) {
    throw invalidArgument(`Sheet index ${index} is out of range [0, ${sheets.length}].`);
  }
  others.splice(index ?? others.length, 0, sheet);
  return others;
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
  draft.namedRanges = draft.namedRanges.filter(({ range }) => range.sheetId !== sheet.sheetId);
  draft.metadata = draft.metadata.filter(
    ({ location }) => location.type === 'SPREADSHEET' || location.sheetId !== sheet.sheetId,
  );
  rewriteFormulas(draft, (formula) => followSheetDeletion(formula, sheet.title));
  return undefined;
});

/** Gives a tab a new title; formulas elsewhere follow. */
export const renameSheet = (edit: Edit, sheet: Sheet, title: string): void => {
  if (title === sheet.title) return;
  assertTitle(edit, title, sheet);
  const before = sheet.title;
  sheet.title = title;
  rewriteFormulas(edit.draft, (formula) => followRename(formula, before, title));
};

export const moveSheet = ({ draft }: Edit, sheet: Sheet, index: number): void => {
  // As documented: the index counts with the tab still in its old place.
  const from = draft.sheets.indexOf(sheet);
  draft.sheets = placeAt(draft.sheets, sheet, index > from ? index - 1 : index);
};

const updateSheetProperties = requestKind(
  z.strictObject({ properties: sheetPropertiesSchema, fields: z.string() }),
  (edit, { properties, fields }) => {
    const { draft } = edit;
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, sheetPropertiesTree);
    const sheet = sheetOf(draft, properties.sheetId, 'sheet');
    const named = (...path: string[]): boolean => wants(mask, ...path);
    const grid = properties.gridProperties ?? {};
    if (named('title')) renameSheet(edit, sheet, properties.title ?? '');
    if (named('hidden')) {
      sheet.hidden = properties.hidden ?? false;
      if (draft.sheets.every(({ hidden }) => hidden)) {
        throw invalidArgument("You can't hide all the sheets in a document.");
      }
    }
    if (named('rightToLeft')) sheet.rightToLeft = properties.rightToLeft ?? false;
    if (named('tabColorStyle') || named('tabColor')) {
      const style = properties.tabColorStyle ?? (properties.tabColor && { rgbColor: properties.tabColor });
      if (style) sheet.tabColorStyle = style;
      else delete sheet.tabColorStyle;
    }
    const isWhole = mask.has('*') || mask.get('gridProperties')?.size === 0;
    const rows = isWhole
      ? grid.rowCount
      : named('gridProperties', 'rowCount')
        ? (grid.rowCount ?? 0)
        : undefined;
    const columns = isWhole
      ? grid.columnCount
      : named('gridProperties', 'columnCount')
        ? (grid.columnCount ?? 0)
        : undefined;
    resizeGrid(edit, sheet, rows ?? sheet.rowCount, columns ?? sheet.columnCount);
    if (named('gridProperties', 'frozenRowCount')) sheet.frozenRowCount = grid.frozenRowCount ?? 0;
    if (named('gridProperties', 'frozenColumnCount')) sheet.frozenColumnCount = grid.frozenColumnCount ?? 0;
    if (named('gridProperties', 'hideGridlines')) sheet.hideGridlines = grid.hideGridlines ?? false;
    assertFrozen(sheet);
    if (named('index') && properties.index !== undefined) moveSheet(edit, sheet, properties.index);
    return undefined;
  },
);

export const assertFrozen = (sheet: Sheet): void => {
  if (sheet.frozenRowCount < 0 || sheet.frozenRowCount >= sheet.rowCount) {
    throw invalidArgument("You can't freeze all visible rows on the sheet.");
  }
  if (sheet.frozenColumnCount < 0 || sheet.frozenColumnCount >= sheet.columnCount) {
    throw invalidArgument("You can't freeze all visible columns on the sheet.");
  }
};

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
    const copy: Sheet = { ...source, sheetId, title, protectedRanges: [], bandedRanges: [], owner: 0 };
    delete copy.basicFilter;
    ownLists(draft, copy);
    draft.sheets = placeAt(draft.sheets, copy, body.insertSheetIndex ?? 0);
    assertCellLimit(edit);
    return { properties: sheetPropertiesJson(draft, copy) };
  },
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
