/** What a person does in the sheet with mouse and keyboard, on the same grid and in the same file version count. */
import * as z from 'zod';
import { commitSpreadsheet, roleOf } from '../file-access.ts';
import { entityNotFound, invalidArgument } from '../google-api-error.ts';
import { clipToGrid, resolveA1 } from '../sheets/a1.ts';
import { batchUpdate } from '../sheets/batch-update.ts';
import { cellText } from '../sheets/cell-text.ts';
import { meetsCondition } from '../sheets/condition.ts';
import { openDraft, writableRow } from '../sheets/draft.ts';
import type { Edit } from '../sheets/edit.ts';
import { cellAt, formatIdAt, setCell, setFormatId, setNote } from '../sheets/grid.ts';
import { type CellFormat, isFormula, type Row, type Sheet, type Spreadsheet } from '../sheets/model.ts';
import { assertEditable } from '../sheets/protection.ts';
import { typeInto } from '../sheets/type-into.ts';
import type { World } from '../world.ts';
import { rememberAct } from './undo.ts';

/** A tab by title, or by `sheetId` when it is a number. */
const tab = z.union([z.string(), z.number().int()]);
const at = z.number().int().min(0);
const count = z.number().int().min(1);
const dimension = z.enum(['ROWS', 'COLUMNS']);

export const personEditSchema = z.discriminatedUnion('kind', [
  /** `cell` in A1 with its tab, e.g. `Invoices!B2`. Text is typed: numbers, dates and `=formulas` are understood; null empties. */
  z.strictObject({
    kind: z.literal('set'),
    cell: z.string(),
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
    /** Replaces the cell's userEnteredFormat; null takes it away. */
    format: z.record(z.string(), z.unknown()).nullable().optional(),
    note: z.string().nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('insert'), tab, dimension, at, count }),
  z.strictObject({ kind: z.literal('delete'), tab, dimension, at, count }),
  /** `to` counts before the move, as moveDimension does. */
  z.strictObject({ kind: z.literal('move'), tab, dimension, at, count, to: at }),
  z.strictObject({ kind: z.literal('hide'), tab, dimension, at, count, isHidden: z.boolean().default(true) }),
  /** Sorts `range` (A1 with its tab) by a column's index. */
  z.strictObject({
    kind: z.literal('sort'),
    range: z.string(),
    column: at,
    isDescending: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('renameTab'), tab, title: z.string() }),
  z.strictObject({ kind: z.literal('moveTab'), tab, index: at }),
  z.strictObject({ kind: z.literal('addTab'), title: z.string(), sheetId: at.optional() }),
  z.strictObject({ kind: z.literal('deleteTab'), tab }),
  /** Anything else: batchUpdate requests, done as this person. */
  z.strictObject({ kind: z.literal('requests'), requests: z.array(z.unknown()) }),
]);

export type PersonEdit = z.infer<typeof personEditSchema>;

/** All edits or none, as one change of the file. Answers with its new version. */
export const applyPersonEdits = (
  world: World,
  spreadsheetId: string,
  email: string | undefined,
  edits: readonly PersonEdit[],
): { version: number } => {
  const file = world.files.get(spreadsheetId);
  if (file?.content.kind !== 'spreadsheet') throw entityNotFound();
  const who = email ?? file.permissions.find(({ role }) => role === 'owner')?.email ?? '';
  const role = roleOf(file, who);
  if (role !== 'owner' && role !== 'writer') throw invalidArgument(`${who} may not edit this spreadsheet.`);
  const context: Omit<Edit, 'draft' | 'work'> = {
    book: world.book,
    limits: world.limits,
    actor: { email: who, isOwner: role === 'owner', projectNumber: '' },
    newId: world.random.id,
    now: world.clock.now(),
  };
  let draft: Spreadsheet = openDraft(file.content.spreadsheet);
  for (const edit of edits) {
    if (edit.kind === 'set') setByHand({ ...context, draft, work: { cells: 0 } }, edit);
    else draft = batchUpdate(draft, asRequests(draft, edit), context).draft;
  }
  const before = file.content.spreadsheet;
  commitSpreadsheet(world, file, draft, who);
  rememberAct(file, before, who);
  return { version: file.version };
};

const setByHand = (edit: Edit, { cell, value, format, note }: Extract<PersonEdit, { kind: 'set' }>): void => {
  const { draft } = edit;
  const range = resolveA1(draft, cell);
  const rect = clipToGrid(range);
  assertEditable(edit, range.sheet, rect);
  const row = writableRow(draft, range.sheet, rect.top);
  if (format !== undefined) setLook(edit, row, rect.left, format ?? {});
  if (note !== undefined) setNote(row, rect.left, note ?? undefined);
  if (typeof value === 'string') typeInto(edit, row, rect.left, value);
  else if (value !== undefined) setCell(row, rect.left, value ?? undefined);
  if (value !== undefined) assertMeetsRule(edit, range.sheet, rect.top, rect.left, cell);
};

/** A strict rule stops what people type, formulas aside. */
const assertMeetsRule = (edit: Edit, sheet: Sheet, row: number, column: number, cell: string): void => {
  const rule = edit.book.validation(formatIdAt(sheet, row, column));
  const value = cellAt(sheet, row, column);
  if (!rule?.['strict'] || value === undefined || isFormula(value)) return;
  const text = cellText(value, edit.book.format(formatIdAt(sheet, row, column)));
  if (meetsCondition(rule['condition'], value, text)) return;
  throw invalidArgument(
    `The data you entered in cell ${cell} violates the data validation rules set on this cell.`,
  );
};

const setLook = ({ book }: Edit, row: Row, column: number, format: CellFormat): void =>
  setFormatId(book, row, column, book.withFormat(row.formats[column] ?? 0, format));

const findTab = (state: Spreadsheet, wanted: string | number): Sheet => {
  const sheet = state.sheets.find(({ sheetId, title }) =>
    typeof wanted === 'number' ? sheetId === wanted : title === wanted,
  );
  if (!sheet) throw invalidArgument(`No tab ${JSON.stringify(wanted)}.`);
  return sheet;
};

const asRequests = (state: Spreadsheet, edit: Exclude<PersonEdit, { kind: 'set' }>): unknown[] => {
  const sheetIdOf = (wanted: string | number): number => findTab(state, wanted).sheetId;
  switch (edit.kind) {
    case 'insert':
      return [
        { insertDimension: { range: lines(sheetIdOf(edit.tab), edit), inheritFromBefore: edit.at > 0 } },
      ];
    case 'delete':
      return [{ deleteDimension: { range: lines(sheetIdOf(edit.tab), edit) } }];
    case 'move':
      return [{ moveDimension: { source: lines(sheetIdOf(edit.tab), edit), destinationIndex: edit.to } }];
    case 'hide':
      return [
        {
          updateDimensionProperties: {
            range: lines(sheetIdOf(edit.tab), edit),
            properties: { hiddenByUser: edit.isHidden },
            fields: 'hiddenByUser',
          },
        },
      ];
    case 'sort': {
      const range = resolveA1(state, edit.range);
      const { top, bottom, left, right } = clipToGrid(range);
      const sides = {
        startRowIndex: top,
        endRowIndex: bottom,
        startColumnIndex: left,
        endColumnIndex: right,
      };
      const sortOrder = edit.isDescending ? 'DESCENDING' : 'ASCENDING';
      return [
        {
          sortRange: {
            range: { sheetId: range.sheet.sheetId, ...sides },
            sortSpecs: [{ dimensionIndex: edit.column, sortOrder }],
          },
        },
      ];
    }
    case 'renameTab':
      return [
        {
          updateSheetProperties: {
            properties: { sheetId: sheetIdOf(edit.tab), title: edit.title },
            fields: 'title',
          },
        },
      ];
    case 'moveTab':
      return [
        {
          updateSheetProperties: {
            properties: { sheetId: sheetIdOf(edit.tab), index: edit.index },
            fields: 'index',
          },
        },
      ];
    case 'addTab':
      return [
        {
          addSheet: {
            properties: { title: edit.title, ...(edit.sheetId !== undefined && { sheetId: edit.sheetId }) },
          },
        },
      ];
    case 'deleteTab':
      return [{ deleteSheet: { sheetId: sheetIdOf(edit.tab) } }];
    case 'requests':
      return edit.requests;
  }
};

const lines = (
  sheetId: number,
  edit: { dimension: 'ROWS' | 'COLUMNS'; at: number; count: number },
): object => ({
  sheetId,
  dimension: edit.dimension,
  startIndex: edit.at,
  endIndex: edit.at + edit.count,
});
