/** Copy on write: a batch changes a draft, and only a batch that worked whole takes the file's place. */
import { NO_FORMATS } from './format-book.ts';
import type { Column, Row, Sheet, Spreadsheet } from './model.ts';

let lastDraft = 0;

/** A private copy to change; rows are copied when they are first written. */
export const openDraft = (committed: Spreadsheet): Spreadsheet => {
  lastDraft += 1;
  return { ...committed, draft: lastDraft, sheets: committed.sheets.map((sheet) => ({ ...sheet })) };
};

export const nextDraftNumber = (): number => {
  lastDraft += 1;
  return lastDraft;
};

/** Makes the sheet's row and column lists this draft's own. */
export const ownLists = (draft: Spreadsheet, sheet: Sheet): void => {
  if (sheet.owner === draft.draft) return;
  sheet.owner = draft.draft;
  sheet.rows = sheet.rows.slice();
  sheet.columns = sheet.columns.slice();
};

/** The row to write to; made when absent. */
export const writableRow = (draft: Spreadsheet, sheet: Sheet, index: number): Row => {
  ownLists(draft, sheet);
  const row = sheet.rows[index];
  if (row?.owner === draft.draft) return row;
  const own: Row = row
    ? { ...row, owner: draft.draft, values: row.values.slice() }
    : { owner: draft.draft, values: [], formats: NO_FORMATS };
  // A hole would turn the list into a dictionary: 100,000-row tabs need it dense.
  while (sheet.rows.length < index) sheet.rows.push(undefined);
  sheet.rows[index] = own;
  return own;
};

/** The column's properties to write to; made when absent. */
export const writableColumn = (draft: Spreadsheet, sheet: Sheet, index: number): Column => {
  ownLists(draft, sheet);
  const own: Column = { ...sheet.columns[index] };
  while (sheet.columns.length < index) sheet.columns.push(undefined);
  sheet.columns[index] = own;
  return own;
};

/** Rows as they are now, while others are written: only rows that this draft may change in place need a copy. */
export const heldRows = (draft: Spreadsheet, sheet: Sheet, top: number, bottom: number): Sheet => ({
  ...sheet,
  rows: sheet.rows
    .slice(top, bottom)
    .map((row) => (row?.owner === draft.draft ? { ...row, values: row.values.slice() } : row)),
});
