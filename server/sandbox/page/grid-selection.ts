/** What of the grid is chosen: one cell or a rectangle of cells, whole rows, whole columns. */
import type { GridPage } from '../google/control/grid-page.ts';
import { type Place, placeAfter, placeName } from './grid-place.ts';

export interface Selection {
  /** Where it began: the cell that is edited. */
  anchor: Place;
  /** Where it ends. */
  head: Place;
  /** Chosen by the head of a row or column: all of it, to the end of the grid. */
  whole?: 'rows' | 'columns';
}

/** Zero-based; `bottom` and `right` are the first that are outside. */
export interface Rect {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const oneCell = (place: Place): Selection => ({ anchor: place, head: place });

export function rectOf({ anchor, head, whole }: Selection, tab: GridPage['tab']): Rect {
  const rect = {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row) + 1,
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column) + 1,
  };
  if (whole === 'rows') return { ...rect, left: 0, right: tab.columnCount };
  if (whole === 'columns') return { ...rect, top: 0, bottom: tab.rowCount };
  return rect;
}

export const holds = (rect: Rect, row: number, column: number): boolean =>
  row >= rect.top && row < rect.bottom && column >= rect.left && column < rect.right;

export const isOneCell = ({ top, bottom, left, right }: Rect): boolean =>
  bottom - top === 1 && right - left === 1;

/** Undefined for a key that does not move. With shift the selection grows or shrinks, else it is one cell again. */
export function selectionAfter(
  key: string,
  isShifted: boolean,
  selection: Selection,
  grid: GridPage,
): Selection | undefined {
  const next = placeAfter(key, selection.head, grid);
  if (next === undefined) return undefined;
  return isShifted ? { ...selection, head: next } : oneCell(next);
}

/** Up to and with this place, from where the selection began. */
export const extendTo = (selection: Selection, place: Place): Selection => ({
  anchor: selection.anchor,
  head: place,
});

/** `B3`, or `B3:D7`. */
export function selectionName(rect: Rect): string {
  const first = placeName('', { row: rect.top, column: rect.left });
  return isOneCell(rect)
    ? first
    : `${first}:${placeName('', { row: rect.bottom - 1, column: rect.right - 1 })}`;
}

/** The cells that hold something, from the first of the tab: what "select all" means. */
export const allOf = ({ contentRows, contentColumns }: GridPage['tab']): Selection => ({
  anchor: { row: 0, column: 0 },
  head: { row: Math.max(0, contentRows - 1), column: Math.max(0, contentColumns - 1) },
});
