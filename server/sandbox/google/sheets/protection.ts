/** Protected ranges: who may write where. A refused write is a 400, as Google answers it. */
import { invalidArgument } from '../google-api-error.ts';
import { type Actor, type Edit, type OpenSides, rectOf, sheetOf, spendCells } from './edit.ts';
import type { Rect } from './grid.ts';
import type { Dimension, GridRange, ProtectedRange, Sheet, Spreadsheet } from './model.ts';

const REFUSED =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

export const overlaps = (range: Omit<GridRange, 'sheetId'>, rect: Rect): boolean =>
  (range.startRowIndex ?? 0) < rect.bottom &&
  (range.endRowIndex ?? Number.POSITIVE_INFINITY) > rect.top &&
  (range.startColumnIndex ?? 0) < rect.right &&
  (range.endColumnIndex ?? Number.POSITIVE_INFINITY) > rect.left;

export const covers = (range: Omit<GridRange, 'sheetId'>, rect: Rect): boolean =>
  (range.startRowIndex ?? 0) <= rect.top &&
  (range.endRowIndex ?? Number.POSITIVE_INFINITY) >= rect.bottom &&
  (range.startColumnIndex ?? 0) <= rect.left &&
  (range.endColumnIndex ?? Number.POSITIVE_INFINITY) >= rect.right;

export const mayEditRange = (protection: ProtectedRange, actor: Actor): boolean =>
  actor.isOwner || protection.warningOnly || protection.editors.users.includes(actor.email);

/** The protected ranges of a tab; those tied to a named range take its place. */
export const protectionsOf = (draft: Spreadsheet, sheet: Sheet): ProtectedRange[] =>
  sheet.protectedRanges.flatMap((protection) => {
    if (protection.tableId !== undefined) {
      const table = sheet.tables.find(({ tableId }) => tableId === protection.tableId);
      return table ? [{ ...protection, range: table.range }] : [];
    }
    if (protection.namedRangeId === undefined) return [protection];
    const named = draft.namedRanges.find(({ namedRangeId }) => namedRangeId === protection.namedRangeId);
    return named ? [{ ...protection, range: named.range }] : [];
  });

/** Throws unless the actor may write to every cell of the rectangle; counts the cells as work of the call. */
export const assertEditable = (edit: Edit, sheet: Sheet, rect: Rect): void => {
  const { draft, actor } = edit;
  spendCells(edit, rect);
  if (actor.isOwner || sheet.protectedRanges.length === 0) return;
  for (const protection of protectionsOf(draft, sheet)) {
    if (!overlaps(protection.range, rect) || mayEditRange(protection, actor)) continue;
    if (protection.unprotectedRanges.some((range) => covers(range, rect))) continue;
    throw invalidArgument(REFUSED);
  }
};

/** Throws when new rows or columns would come to stand within a range that the actor may not edit. */
export const assertInsertable = (
  { draft, actor }: Edit,
  sheet: Sheet,
  dimension: Dimension,
  at: number,
): void => {
  const isWithin = protectionsOf(draft, sheet).some((protection) => {
    if (mayEditRange(protection, actor)) return false;
    const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = protection.range;
    const [start = -1, end = Number.POSITIVE_INFINITY] =
      dimension === 'ROWS' ? [startRowIndex, endRowIndex] : [startColumnIndex, endColumnIndex];
    return at > start && at < end;
  });
  if (isWithin) throw invalidArgument(REFUSED);
};

/** The rectangle that a request names, checked for its place in the grid and for protection. */
export const openRect = (
  edit: Edit,
  range: OpenSides & { sheetId?: number | undefined },
): { sheet: Sheet; rect: Rect } => {
  const sheet = sheetOf(edit.draft, range.sheetId);
  const rect = rectOf(sheet, range);
  assertEditable(edit, sheet, rect);
  return { sheet, rect };
};
