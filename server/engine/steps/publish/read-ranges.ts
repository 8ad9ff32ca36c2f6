/** Cells of ranges in calls of bounded size, top to bottom. */
import type { EnteredCells, GridRange } from '../../../domain/spreadsheet.ts';
import type { Publishing } from './publishing.ts';

type Reading = Pick<Publishing, 'ports' | 'options' | 'grantId' | 'spreadsheetId'>;

/** Ranges of any height in their order; in one call where they fit into one. */
export async function* readRanges(
  publishing: Reading,
  ranges: readonly GridRange[],
  options?: { withSpills?: boolean },
): AsyncGenerator<EnteredCells> {
  const { ports, grantId, spreadsheetId } = publishing;
  const cells = ranges.reduce((sum, range) => sum + widthOf(range) * (range.endRow - range.startRow), 0);
  if (cells <= publishing.options.cellsPerRead) {
    if (ranges.length > 0) yield* await ports.sheets.cells(grantId, spreadsheetId, ranges, options);
    return;
  }
  for (const range of ranges) {
    for await (const [found] of readSideBySide(publishing, [range], options)) if (found) yield found;
  }
}

/** Ranges of the same rows, read together in bands: what stands side by side is from one moment. */
export async function* readSideBySide(
  { ports, options: { cellsPerRead }, grantId, spreadsheetId }: Reading,
  ranges: readonly GridRange[],
  options?: { withSpills?: boolean; withNotes?: boolean },
): AsyncGenerator<EnteredCells[]> {
  const [first] = ranges;
  if (!first) return;
  const width = ranges.reduce((sum, range) => sum + widthOf(range), 0);
  const height = Math.max(1, Math.floor(cellsPerRead / width));
  for (let startRow = first.startRow; startRow < first.endRow; startRow += height) {
    const endRow = Math.min(first.endRow, startRow + height);
    const band = ranges.map((range) => ({ ...range, startRow, endRow }));
    yield await ports.sheets.cells(grantId, spreadsheetId, band, options);
  }
}

const widthOf = ({ startColumn, endColumn }: GridRange): number => endColumn - startColumn;
