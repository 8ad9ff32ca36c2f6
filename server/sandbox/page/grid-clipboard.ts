/** Chosen cells to the clipboard and back, as tab-separated text: what every spreadsheet gives and takes. */
import type { GridPage } from '../google/control/grid-page.ts';
import { append } from './grid-acts.ts';
import { type Place, placeName } from './grid-place.ts';
import type { Rect } from './grid-selection.ts';
import { cellsOf } from './grid-window.ts';

/** More is an import, not a paste. */
export const mostPasted = 5_000;

/** What is shown of the chosen cells, as far as the window has them. A cell of several lines is quoted. */
export function tsvOfCells(grid: GridPage, rect: Rect): string {
  const right = Math.min(rect.right, grid.columns.length);
  return grid.rows
    .filter(({ row }) => row >= rect.top && row < rect.bottom)
    .map((row) => {
      const cells = cellsOf(row);
      return Array.from({ length: right - rect.left }, (_, at) =>
        quoted(cells.get(rect.left + at)?.text ?? ''),
      );
    })
    .map((cells) => cells.join('\t'))
    .join('\n');
}

const quoted = (text: string): string => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows of cells; quotes as spreadsheets write them. */
export function cellsOfTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const token = /"((?:[^"]|"")*)"(?=\t|\r?\n|$)|[^\t\r\n]*/gy;
  for (let at = 0; at <= text.length; ) {
    token.lastIndex = at;
    const found = token.exec(text);
    rows.at(-1)?.push(found?.[1]?.replaceAll('""', '"') ?? found?.[0] ?? '');
    at = token.lastIndex;
    if (at >= text.length) break;
    const isTab = text[at] === '\t';
    at += isTab ? 1 : text.startsWith('\r\n', at) ? 2 : 1;
    if (isTab) continue;
    // A last line feed ends the last row; it does not begin another.
    if (at >= text.length) break;
    rows.push([]);
  }
  return rows;
}

/** The edits that type this text into the cells from `place` on; rows and columns that lack are added first. */
export function pasteEdits(grid: GridPage, place: Place, text: string): Array<Record<string, unknown>> {
  const rows = cellsOfTsv(text);
  const width = Math.max(...rows.map((row) => row.length));
  if (rows.length * width > mostPasted)
    throw new Error(`At most ${mostPasted.toLocaleString('en-GB')} cells can be pasted at once.`);
  const { sheetId, title, rowCount, columnCount } = grid.tab;
  const rowsMissing = place.row + rows.length - rowCount;
  const columnsMissing = place.column + width - columnCount;
  return [
    ...(rowsMissing > 0 ? [append(sheetId, 'ROWS', rowsMissing)] : []),
    ...(columnsMissing > 0 ? [append(sheetId, 'COLUMNS', columnsMissing)] : []),
    ...rows.flatMap((row, down) =>
      row.map((value, along) => ({
        kind: 'set',
        cell: placeName(title, { row: place.row + down, column: place.column + along }),
        value: value === '' ? null : value,
      })),
    ),
  ];
}
