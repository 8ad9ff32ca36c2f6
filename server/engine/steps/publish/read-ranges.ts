/** Cells of ranges in calls of bounded size, top to bottom. */
import type { EnteredCells, GridRange } from '../../../domain/spreadsheet.ts';
import type { Publishing } from './publishing.ts';

/** Ranges of any height, one after the other. */
export async function* readRanges(
  publishing: Pick<Publishing, 'ports' | 'options' | 'grantId' | 'spreadsheetId'>,
  ranges: readonly GridRange[],
  options?: { withSpills?: boolean },
): AsyncGenerator<EnteredCells> {
  for (const range of ranges) {
    for await (const [cells] of readSideBySide(publishing, [range], options)) if (cells) yield cells;
  }
}

/** Ranges of the same rows, read together in bands: what stands side by side is from one moment. */
export async function* readSideBySide(
  {
    ports,
    options: { cellsPerRead },
    grantId,
    spreadsheetId,
  }: Pick<Publishing, 'ports' | 'options' | 'grantId' | 'spreadsheetId'>,
  ranges: readonly GridRange[],
  options?: { withSpills?: boolean },
): AsyncGenerator<EnteredCells[]> {
  const [first] = ranges;
  if (!first) return;
  const width = ranges.reduce((sum, { startColumn, endColumn }) => sum + endColumn - startColumn, 0);
  const height = Math.max(1, Math.floor(cellsPerRead / width));
  for (let startRow = first.startRow; startRow < first.endRow; startRow += height) {
    const endRow = Math.min(first.endRow, startRow + height);
    const band = ranges.map((range) => ({ ...range, startRow, endRow }));
    yield await ports.sheets.cells(grantId, spreadsheetId, band, options);
  }
}
