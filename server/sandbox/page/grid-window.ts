/** The part of a tab that is on screen, and what changed in it since the look before. */
import { ask } from './playground-api.ts';

export interface GridTab {
  sheetId: number;
  title: string;
  hidden: boolean;
  rowCount: number;
  columnCount: number;
  frozenRowCount: number;
}

export interface GridCell {
  /** As people see it. */
  text: string;
  align: 'left' | 'right' | 'center';
  isBold: boolean;
  note: string | undefined;
}

export interface GridWindow {
  title: string;
  tabs: GridTab[];
  sheetId: number;
  rowStart: number;
  rows: Array<Array<GridCell | null>>;
  columns: Array<{ width: number; isHidden: boolean }>;
}

export const askGrid = (
  spreadsheetId: string,
  place: { sheetId: number | undefined; rowStart: number; rowCount: number },
): Promise<GridWindow> => {
  const query = new URLSearchParams({ rowStart: String(place.rowStart), rowCount: String(place.rowCount) });
  if (place.sheetId !== undefined) query.set('sheetId', String(place.sheetId));
  return ask(`/sandbox/google/spreadsheets/${encodeURIComponent(spreadsheetId)}/grid?${query}`);
};

/** "A", "Z", "AA". */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest === 0 ? '' : columnName(rest - 1)}${String.fromCharCode(65 + (index % 26))}`;
}

const keyOf = (row: number, column: number): string => `${row}:${column}`;

/** Cells that both windows show and that read differently. Another tab: none, it is not a change but another place. */
export function changedCells(before: GridWindow | undefined, after: GridWindow): Set<string> {
  const changed = new Set<string>();
  if (before === undefined || before.sheetId !== after.sheetId) return changed;
  after.rows.forEach((cells, at) => {
    const row = after.rowStart + at;
    const old = before.rows[row - before.rowStart];
    if (old === undefined) return;
    for (let column = 0; column < Math.max(cells.length, old.length); column += 1)
      if ((cells[column]?.text ?? '') !== (old[column]?.text ?? '')) changed.add(keyOf(row, column));
  });
  return changed;
}

export const isChanged = (changed: ReadonlySet<string>, row: number, column: number): boolean =>
  changed.has(keyOf(row, column));
