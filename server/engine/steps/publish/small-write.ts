/** The contents of a small write: rows moved within the tab, and values for the cells that differ. */
import { columnGroups, type Placement } from '../../../domain/placement.ts';
import type { Reconciled } from '../../../domain/reconcile.ts';
import { type Rectangle, rectanglesOf } from '../../../domain/rectangles.ts';
import type { GridRange, SheetValue } from '../../../domain/spreadsheet.ts';
import type { SheetRequest } from '../../../ports.ts';
import { blockRows } from './compare.ts';
import type { Publishing } from './publishing.ts';
import { copyValues, writeValues } from './sheet-requests.ts';

export interface Contents {
  requests: SheetRequest[];
  /** Cells of the block that are sent; a row that moves is not. */
  cells: number;
  /** What is written, for the look at protections. */
  ranges: GridRange[];
}

/** Subrequests that Google has been seen to take easily in one batch; more and it is staged. */
const MOST_REQUESTS = 4_000;
/** Of one cell on the wire before its value is known: `{"userEnteredValue":{"numberValue":1}},`. */
const LEAST_CELL_BYTES = 40;

/** Undefined when it would not fit into one request of the wanted size. */
export async function smallWrite(
  publishing: Publishing,
  placement: Placement,
  timeZone: string,
  { moves, writes, cells }: Reconciled,
): Promise<Contents | undefined> {
  const limit = publishing.options.requestBytes;
  if (cells * LEAST_CELL_BYTES > limit) return undefined;
  const groups = columnGroups(placement.columns);
  const rectangles = rectanglesOf(writes, groups);
  if (rectangles.length + moves.length * groups.length > MOST_REQUESTS) return undefined;

  const requests: SheetRequest[] = [];
  const ranges: GridRange[] = [];
  for (const { from, to, count } of moves) {
    for (const { start, end } of groups) {
      const source = rangeOf(placement, { startRow: from, endRow: from + count, start, end });
      const destination = rangeOf(placement, { startRow: to, endRow: to + count, start, end });
      requests.push(copyValues(source, destination));
      ranges.push(destination);
    }
  }
  let bytes = 0;
  for await (const { rectangle, rows } of filled(publishing, placement, timeZone, rectangles)) {
    const range = rangeOf(placement, rectangle);
    const request = writeValues(range, rows);
    bytes += Buffer.byteLength(JSON.stringify(request));
    if (bytes > limit) return undefined;
    requests.push(request);
    ranges.push(range);
  }
  return { requests, cells, ranges };
}

/** Rectangles with the values that belong into them; one pass over the wanted rows. */
async function* filled(
  publishing: Publishing,
  placement: Placement,
  timeZone: string,
  rectangles: readonly Rectangle[],
): AsyncGenerator<{ rectangle: Rectangle; rows: SheetValue[][] }> {
  const [first] = rectangles;
  if (!first) return;
  let next = 0;
  let open: Array<{ rectangle: Rectangle; rows: SheetValue[][] }> = [];
  let row = first.startRow;
  for await (const values of blockRows(publishing, placement, timeZone, row)) {
    for (; rectangles[next]?.startRow === row; next += 1) {
      const rectangle = rectangles[next];
      if (rectangle) open.push({ rectangle, rows: [] });
    }
    for (const { rectangle, rows } of open) rows.push(values.slice(rectangle.start, rectangle.end));
    row += 1;
    yield* open.filter(({ rectangle }) => rectangle.endRow === row);
    open = open.filter(({ rectangle }) => rectangle.endRow > row);
    if (open.length === 0 && next === rectangles.length) return;
  }
}

/** A rectangle of the block in the tab; its columns lie side by side. */
export const rangeOf = ({ sheetId, headerRow, columns }: Placement, rectangle: Rectangle): GridRange => {
  const startColumn = columns[rectangle.start]?.index ?? 0;
  return {
    sheetId,
    startRow: headerRow + rectangle.startRow,
    endRow: headerRow + rectangle.endRow,
    startColumn,
    endColumn: startColumn + rectangle.end - rectangle.start,
  };
};
