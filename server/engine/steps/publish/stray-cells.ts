/**
 * Cells beside the block that our last batch hit because people moved rows or columns between our read and our write.
 * What stood there was not read and is gone from the grid (the file's version history has it): the cells are emptied of our values,
 * so that nobody adds them up, and named.
 */
import type { Placement } from '../../../domain/placement.ts';
import { isSameCell } from '../../../domain/sheet-value.ts';
import { cellName, type GridRange } from '../../../domain/spreadsheet.ts';
import { withoutStamp } from '../../../domain/stamp.ts';
import type { SheetRequest } from '../../../ports.ts';
import type { Wrote } from './checkpoint.ts';
import { blockRows } from './compare.ts';
import type { Publishing } from './publishing.ts';
import { readRanges } from './read-ranges.ts';
import { setNote, writeValues } from './sheet-requests.ts';

export interface Strays {
  requests: SheetRequest[];
  names: string[];
}

/** Only cells that the batch wrote, lie outside the block now and still hold what it wrote there. */
export async function strayCells(
  publishing: Publishing,
  placement: Placement,
  wrote: Wrote | null,
  timeZone: string,
): Promise<Strays> {
  if (!wrote || isInPlace(placement, wrote)) return { requests: [], names: [] };
  const { sheetId, columns } = placement;
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const then = wrote.columns.flatMap(({ key, index }) => {
    const column = byKey.get(key);
    return column ? [{ ...column, index }] : [];
  });
  const strays: Strays = { requests: [], names: [] };
  const ranges = wrote.ranges.map((range) => ({ ...range, sheetId }));
  for await (const { range, rows } of readRanges(publishing, ranges)) {
    const from = range.startRow - wrote.headerRow;
    const written = blockRows(publishing, { ...placement, columns: then }, timeZone, from);
    for (let row = range.startRow; row < range.endRow; row += 1) {
      const next = await written.next();
      if (next.done) break;
      for (let column = range.startColumn; column < range.endColumn; column += 1) {
        const cell = rows[row - range.startRow]?.[column - range.startColumn] ?? null;
        const value = next.value[then.findIndex(({ index }) => index === column)] ?? null;
        if (value === null || isInBlock(placement, row, column) || !isSameCell(cell, value)) continue;
        strays.requests.push(writeValues(one(sheetId, row, column)));
        strays.names.push(cellName(row, column));
      }
    }
  }
  const note = await strayNote(publishing, placement, wrote);
  return { ...strays, requests: [...strays.requests, ...note] };
}

async function strayNote(
  { ports, grantId, spreadsheetId }: Publishing,
  { sheetId, headerRow, columns }: Placement,
  wrote: Wrote,
): Promise<SheetRequest[]> {
  const column = wrote.columns[0]?.index ?? 0;
  if (wrote.headerRow === headerRow && column === columns[0]?.index) return [];
  const at = { sheetId, row: wrote.headerRow, column };
  const note = await ports.sheets.note(grantId, spreadsheetId, at);
  const left = withoutStamp(note);
  return left === note ? [] : [setNote(one(sheetId, at.row, at.column), left)];
}

const isInPlace = ({ headerRow, columns }: Placement, wrote: Wrote): boolean =>
  headerRow === wrote.headerRow &&
  wrote.columns.every(({ key, index }) =>
    columns.some((column) => column.key === key && column.index === index),
  );

/** Rows that the block has, or had until now and is about to empty. */
const isInBlock = (
  { headerRow, lastRow, wantedLastRow, columns }: Placement,
  row: number,
  column: number,
): boolean =>
  row >= headerRow &&
  row <= Math.max(lastRow, wantedLastRow) &&
  columns.some(({ index }) => index === column);

const one = (sheetId: number, row: number, column: number): GridRange => ({
  sheetId,
  startRow: row,
  endRow: row + 1,
  startColumn: column,
  endColumn: column + 1,
});
