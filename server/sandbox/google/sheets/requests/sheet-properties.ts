/** A tab's properties: their message, their rules, and the request that updates them. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { rewriteFormulas } from '../change-dimension.ts';
import { type Edit, sheetOf } from '../edit.ts';
import { sheetPropertiesTree } from '../field-trees.ts';
import { followRename } from '../formula/rewrite.ts';
import type { Sheet } from '../model.ts';
import { resizeGrid } from '../new-sheet.ts';
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
  /** Of tabs on a data source, which the sandbox has none of. */
  dataSourceSheetProperties: message.optional(),
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

export const placeAt = (sheets: Sheet[], sheet: Sheet, index: number | undefined): Sheet[] => {
  const others = sheets.filter((other) => other !== sheet);
  if (index !== undefined && (index < 0 || index > sheets.length)) {
    throw invalidArgument(`Sheet index ${index} is out of range [0, ${sheets.length}].`);
  }
  others.splice(index ?? others.length, 0, sheet);
  return others;
};

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

export const assertFrozen = (sheet: Sheet): void => {
  if (sheet.frozenRowCount < 0 || sheet.frozenRowCount >= sheet.rowCount) {
    throw invalidArgument("You can't freeze all visible rows on the sheet.");
  }
  if (sheet.frozenColumnCount < 0 || sheet.frozenColumnCount >= sheet.columnCount) {
    throw invalidArgument("You can't freeze all visible columns on the sheet.");
  }
};

export const updateSheetProperties = requestKind(
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
