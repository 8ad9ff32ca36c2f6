/** After rows moved under a write: whether what lies below the block is what that write put there. */
import type { Block, WriteMark } from '../../../domain/block-marks.ts';
import { columnGroups, type Placement } from '../../../domain/placement.ts';
import { isSameCell } from '../../../domain/sheet-value.ts';
import type { SheetValue } from '../../../domain/spreadsheet.ts';
import type { Publishing } from './publishing.ts';
import { readSideBySide } from './read-ranges.ts';

/**
 * The last row that is ours: further down than the block's own end where every cell between is empty or holds exactly
 * what our last batch wrote to that place. Cells of anybody else end it at the block's own end.
 */
export async function strayEnd(
  publishing: Publishing,
  block: Block,
  placement: Placement,
  timeZone: string,
): Promise<number> {
  const { lastRow, strayLastRow, writes } = block;
  const write = writes.at(-1);
  if (strayLastRow === null || strayLastRow <= lastRow || write?.rowsHash !== publishing.wanted.hash)
    return lastRow;
  const own = columnGroups(placement.columns.filter(({ isNew }) => !isNew));
  const kept = placement.columns.filter(({ isNew }) => !isNew);
  const ranges = own.map(({ start, end }) => ({
    sheetId: placement.sheetId,
    startRow: lastRow + 1,
    endRow: strayLastRow + 1,
    startColumn: kept[start]?.index ?? 0,
    endColumn: (kept[end - 1]?.index ?? 0) + 1,
  }));
  const written = writtenRows(publishing, write, timeZone, lastRow + 1);
  for await (const band of readSideBySide(publishing, ranges)) {
    const height = (band[0]?.range.endRow ?? 0) - (band[0]?.range.startRow ?? 0);
    for (let row = 0; row < height; row += 1) {
      const next = await written.next();
      const values: ReadonlyMap<number, SheetValue> = next.done ? new Map() : next.value;
      const isOurs = band.every(({ range, rows }) =>
        (rows[row] ?? []).every(
          (cell, at) => cell === null || isSameCell(cell, values.get(range.startColumn + at) ?? null),
        ),
      );
      if (!isOurs) return lastRow;
    }
  }
  return strayLastRow;
}

/** What a batch put into rows `from` … of the tab, by column of the tab. */
async function* writtenRows(
  { wanted }: Publishing,
  { headerRow, columns }: WriteMark,
  timeZone: string,
  from: number,
): AsyncGenerator<ReadonlyMap<number, SheetValue>> {
  const placed = (row: readonly SheetValue[]) =>
    new Map(columns.map((index, source) => [index, row[source] ?? null]));
  if (from <= headerRow) yield placed(wanted.columns.map(({ label }) => label));
  for await (const row of wanted.values(timeZone, Math.max(0, from - headerRow - 1))) yield placed(row);
}
