/** The part of a tab that is on screen, and what changed in it since the look before. */
import type { GridCell, GridPage } from '../google/control/grid-page.ts';
import { ask } from './playground-api.ts';

export const askGrid = (
  spreadsheetId: string,
  place: { sheetId: number | undefined; rowStart: number; rowCount: number },
): Promise<GridPage> => {
  const query = new URLSearchParams({ rowStart: String(place.rowStart), rowCount: String(place.rowCount) });
  if (place.sheetId !== undefined) query.set('sheetId', String(place.sheetId));
  return ask(`/sandbox/google/spreadsheets/${encodeURIComponent(spreadsheetId)}/grid?${query}`);
};

type Cells = ReadonlyMap<number, GridCell>;
export const cellsOf = (row: GridPage['rows'][number] | undefined): Cells =>
  new Map((row?.cells ?? []).map((cell) => [cell.column, cell]));

const keyOf = (row: number, column: number): string => `${row}:${column}`;

/** Cells that both windows show and that read differently. Another tab: none, it is not a change but another place. */
export function changedCells(before: GridPage | undefined, after: GridPage): Set<string> {
  const changed = new Set<string>();
  if (before === undefined || before.tab.sheetId !== after.tab.sheetId) return changed;
  const oldRows = new Map(before.rows.map((row) => [row.row, row]));
  for (const row of after.rows) {
    const old = oldRows.get(row.row);
    if (old === undefined) continue;
    const [was, is] = [cellsOf(old), cellsOf(row)];
    for (const column of new Set([...was.keys(), ...is.keys()]))
      if ((was.get(column)?.text ?? '') !== (is.get(column)?.text ?? '')) changed.add(keyOf(row.row, column));
  }
  return changed;
}

export const isChanged = (changed: ReadonlySet<string>, row: number, column: number): boolean =>
  changed.has(keyOf(row, column));

/** A tab that was not there at the look before, so that a person sees where Foliokeep has written first. */
export function newTab(before: GridPage, after: GridPage): number | undefined {
  const known = new Set(before.tabs.map((tab) => tab.sheetId));
  return after.tabs.findLast((tab) => !tab.isHidden && !known.has(tab.sheetId))?.sheetId;
}
