/** Reads the block and compares it with the wanted rows, both as streams in step. */
import { columnGroups, type Placement } from '../../../domain/placement.ts';
import { type Reconciled, reconciler } from '../../../domain/reconcile.ts';
import type { EnteredCell, GridRange, SheetValue } from '../../../domain/spreadsheet.ts';
import type { Publishing } from './publishing.ts';
import { readSideBySide } from './read-ranges.ts';

/** `note`: on the block's first cell; undefined when reading the rest took more calls, so that it may be old. */
export async function compare(
  publishing: Publishing,
  placement: Placement,
  timeZone: string,
): Promise<{ difference: Reconciled; note: string | undefined }> {
  const both = reconciler();
  const wanted = blockRows(publishing, placement, timeZone);
  let next = await wanted.next();
  const notes: string[] = [];
  if (!placement.isNew) {
    for await (const band of currentRows(publishing, placement)) {
      notes.push(band.note);
      for (const row of band.rows) {
        both.next(row, next.done ? undefined : next.value);
        if (!next.done) next = await wanted.next();
      }
    }
  }
  for (; !next.done; next = await wanted.next()) both.next(undefined, next.value);
  return { difference: both.finish(), note: notes.length > 1 ? undefined : (notes[0] ?? '') };
}

/** The block as it should be, header first, cells from left to right as its columns lie in the tab. */
export async function* blockRows(
  { wanted }: Publishing,
  { columns }: Placement,
  timeZone: string,
  fromRow = 0,
): AsyncGenerator<SheetValue[]> {
  if (fromRow === 0) yield columns.map(({ label }) => label);
  for await (const row of wanted.values(timeZone, Math.max(0, fromRow - 1))) {
    yield columns.map(({ source }) => row[source] ?? null);
  }
}

/** Rows that the block has now, in bands; cells of columns that become ours only now are empty. */
async function* currentRows(
  publishing: Publishing,
  { sheetId, headerRow, lastRow, columns }: Placement,
): AsyncGenerator<{ rows: EnteredCell[][]; note: string }> {
  const own = columns.map((column, position) => ({ ...column, position })).filter(({ isNew }) => !isNew);
  const groups = columnGroups(own);
  const ranges = groups.map((group): GridRange => {
    const startColumn = own[group.start]?.index ?? 0;
    const endColumn = startColumn + group.end - group.start;
    return { sheetId, startRow: headerRow, endRow: lastRow + 1, startColumn, endColumn };
  });
  for await (const band of readSideBySide(publishing, ranges, { withNotes: true })) {
    const height = (band[0]?.range.endRow ?? 0) - (band[0]?.range.startRow ?? 0);
    const rows = Array.from({ length: height }, (_, row) => {
      const cells: EnteredCell[] = new Array(columns.length).fill(null);
      groups.forEach((group, index) => {
        const read = band[index]?.rows[row] ?? [];
        for (let at = group.start; at < group.end; at += 1) {
          cells[own[at]?.position ?? at] = read[at - group.start] ?? null;
        }
      });
      return cells;
    });
    yield { rows, note: band[0]?.note ?? '' };
  }
}
