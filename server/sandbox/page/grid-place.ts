/** Where in the grid the person is: a cell's place, its name, and what is in it. */
import type { GridCell, GridPage } from '../google/control/grid-page.ts';

/** Zero-based. */
export interface Place {
  row: number;
  column: number;
}

export const cellAt = (grid: GridPage, { row, column }: Place): GridCell | undefined =>
  grid.rows.find((one) => one.row === row)?.cells.find((cell) => cell.column === column);

/** `'My tab'!B3`; `B3` without a tab. */
export function placeName(tab: string, { row, column }: Place): string {
  const cell = `${letters(column)}${row + 1}`;
  return tab === '' ? cell : `'${tab.replaceAll("'", "''")}'!${cell}`;
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-20, 0],
  PageDown: [20, 0],
};

/** Undefined for a key that does not move. Never leaves the grid. */
export function placeAfter(key: string, place: Place, grid: GridPage): Place | undefined {
  const step = steps[key];
  if (step === undefined) return undefined;
  const lastColumn = grid.columns.at(-1)?.column ?? 0;
  return {
    row: clamp(place.row + step[0], grid.tab.rowCount - 1),
    column: clamp(place.column + step[1], lastColumn),
  };
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
