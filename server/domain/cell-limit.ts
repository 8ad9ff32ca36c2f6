/** Google counts the cells of all tabs, empty ones and hidden tabs too. */
import type { GridRange, ProtectedRange, SheetTab } from './spreadsheet.ts';

/** Below the classic ten million; twenty million since 2026-09 is not said of every account (google-platform.md 0.1, 5). */
export const CELL_LIMIT = 9_500_000;

export const cellsIn = (tabs: ReadonlyArray<Pick<SheetTab, 'rowCount' | 'columnCount'>>): number =>
  tabs.reduce((sum, { rowCount, columnCount }) => sum + rowCount * columnCount, 0);

/** The first range that the account may not write: a protection that is more than a warning, outside its open parts. */
export function protectedFrom(tab: SheetTab, ranges: readonly GridRange[]): GridRange | undefined {
  for (const range of ranges) {
    for (const item of tab.protectedRanges) {
      if (item.isWarningOnly || item.mayEdit || !meets(item, range)) continue;
      if (!item.open.some((open) => covers(open, range))) return common(item, range);
    }
  }
  return undefined;
}

const meets = (a: Omit<ProtectedRange, 'open'> | GridRange, b: GridRange): boolean =>
  a.startRow < b.endRow &&
  a.endRow > b.startRow &&
  a.startColumn < b.endColumn &&
  a.endColumn > b.startColumn;

const covers = (a: GridRange, b: GridRange): boolean =>
  a.startRow <= b.startRow &&
  a.endRow >= b.endRow &&
  a.startColumn <= b.startColumn &&
  a.endColumn >= b.endColumn;

const common = (a: GridRange, b: GridRange): GridRange => ({
  sheetId: b.sheetId,
  startRow: Math.max(a.startRow, b.startRow),
  endRow: Math.min(a.endRow, b.endRow),
  startColumn: Math.max(a.startColumn, b.startColumn),
  endColumn: Math.min(a.endColumn, b.endColumn),
});
