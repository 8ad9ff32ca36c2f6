/** batchUpdate's appendCells: below a tab's last content, or in a table's body. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { writableRow } from '../draft.ts';
import { assertCellLimit, assertColumnLimit, type Edit, sheetOf } from '../edit.ts';
import { contentExtent, reserveCells } from '../grid.ts';
import type { Sheet } from '../model.ts';
import { assertEditable } from '../protection.ts';
import { hasFooter, tableById } from '../tables.ts';
import { parseCellMask, writeCell } from '../write-cells.ts';
import { insertCells } from './block-requests.ts';
import { cellsOf, rowsSchema } from './cell-rows.ts';
import { int32, requestKind } from './request-kind.ts';

/** The first row of a table's body that is free, with the cells that are missing made; or the row after the tab's last content. */
const appendPlace = (
  edit: Edit,
  tableId: string | undefined,
  sheetId: number | undefined,
  count: number,
): { sheet: Sheet; top: number; left: number } => {
  if (tableId === undefined) {
    const sheet = sheetOf(edit.draft, sheetId);
    const top = contentExtent(sheet).rows;
    sheet.rowCount = Math.max(sheet.rowCount, top + count);
    assertCellLimit(edit);
    return { sheet, top, left: 0 };
  }
  const found = tableById(edit.draft, tableId);
  if (!found) throw invalidArgument(`No table with id: ${tableId}`);
  const { sheet, table } = found;
  const { startRowIndex = 0, endRowIndex = 0, startColumnIndex: left = 0, endColumnIndex = 0 } = table.range;
  const bottom = endRowIndex - (hasFooter(table) ? 1 : 0);
  const isFilled = (row: number): boolean =>
    sheet.rows[row]?.values.slice(left, endColumnIndex).some((value) => value !== undefined) ?? false;
  let top = bottom;
  while (top > startRowIndex + 1 && !isFilled(top - 1)) top -= 1;
  const missing = top + count - bottom;
  if (missing > 0) {
    insertCells(edit, sheet, { start: left, end: endColumnIndex }, bottom, missing);
    sheet.tables = sheet.tables.map((other) =>
      other.tableId === tableId
        ? { ...other, range: { ...table.range, endRowIndex: endRowIndex + missing } }
        : other,
    );
  }
  return { sheet, top, left };
};

const appendCells = requestKind(
  z.strictObject({
    sheetId: int32.optional(),
    tableId: z.string().optional(),
    rows: rowsSchema,
    fields: z.string(),
  }),
  (edit, { sheetId, tableId, rows = [], fields }) => {
    const mask = parseCellMask(fields);
    const lists = rows.map(cellsOf);
    const { sheet, top, left } = appendPlace(edit, tableId, sheetId, lists.length);
    const width = lists.reduce((most, cells) => Math.max(most, cells.length), 0);
    const rect = { top, left, bottom: top + lists.length, right: left + width };
    assertColumnLimit(edit, rect.right);
    sheet.columnCount = Math.max(sheet.columnCount, rect.right);
    assertCellLimit(edit);
    assertEditable(edit, sheet, rect);
    lists.forEach((cells, offset) => {
      const row = writableRow(edit.draft, sheet, top + offset);
      if (mask.value) reserveCells(row, left + cells.length);
      cells.forEach((cell, column) => {
        writeCell(edit, row, left + column, cell, mask);
      });
    });
    return undefined;
  },
);

export const appendRequests = { appendCells };
