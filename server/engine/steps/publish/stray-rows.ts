/** After rows moved under a write: whether what lies below the block is what that write put there. */
import type { Block } from '../../../domain/block-marks.ts';
import { columnGroups, type Placement } from '../../../domain/placement.ts';
import { isSameCell } from '../../../domain/sheet-value.ts';
import type { SheetValue } from '../../../domain/spreadsheet.ts';
import { blockRows } from './compare.ts';
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
  const own = placement.columns.filter(({ isNew }) => !isNew);
  const groups = columnGroups(own);
  const ranges = groups.map(({ start, end }) => ({
    sheetId: placement.sheetId,
    startRow: lastRow + 1,
    endRow: strayLastRow + 1,
    startColumn: own[start]?.index ?? 0,
    endColumn: (own[end - 1]?.index ?? 0) + 1,
  }));
  const written = blockRows(
    publishing,
    { ...placement, columns: own },
    timeZone,
    lastRow + 1 - write.headerRow,
  );
  for await (const band of readSideBySide(publishing, ranges)) {
    const height = (band[0]?.range.endRow ?? 0) - (band[0]?.range.startRow ?? 0);
    for (let row = 0; row < height; row += 1) {
      const next = await written.next();
      const values: SheetValue[] = next.done ? [] : next.value;
      const isOurs = groups.every(({ start, end }, group) =>
        values.length === 0
          ? (band[group]?.rows[row] ?? []).every((cell) => cell === null)
          : Array.from({ length: end - start }, (_, at) => band[group]?.rows[row]?.[at] ?? null).every(
              (cell, at) => cell === null || isSameCell(cell, values[start + at] ?? null),
            ),
      );
      if (!isOurs) return lastRow;
    }
  }
  return strayLastRow;
}
