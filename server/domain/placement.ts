/**
 * Where wanted rows go: the block as it will be after a write.
 *
 * While the exporter's columns stay the same, they stay where people moved them, and one that people deleted from the tab
 * stays deleted (its mark is gone; it comes back when it is unticked and ticked again). When the exporter's columns change,
 * they are laid over the block's columns from left to right in the exporter's order, so that a report's months follow each
 * other; columns left over are emptied and given back. More columns than there were go right of the last, where the cells
 * must be free. Rows that are added go below the last one, into free cells or new grid rows. Nothing is ever inserted, because that
 * would move cells that are not ours: a write that would cover any is refused (BLOCK_OVERLAP).
 */
import type { Block } from './block-marks.ts';
import type { SheetKind } from './sheet-value.ts';
import type { GridRange, SheetTab } from './spreadsheet.ts';

export interface WantedColumn {
  key: string;
  label: string;
  kind: SheetKind;
  /** Name of its number format. */
  look: string;
}

export interface PlacedColumn extends WantedColumn {
  /** Column of the tab. */
  index: number;
  /** Position in the wanted rows. */
  source: number;
  /** These cells were not ours until now. */
  isNew: boolean;
  /** The mark that stands on it, when that is the right one. */
  isMarked: boolean;
  /** It needs its number format: it is new, or held another kind of value. */
  isBare: boolean;
}

export interface Placement {
  sheetId: number;
  title: string;
  /** The tab is made by the write. */
  isNew: boolean;
  headerRow: number;
  /** Last row of the block now and after the write; the header row when there is no data. */
  lastRow: number;
  wantedLastRow: number;
  /** From left to right as they lie in the tab. */
  columns: PlacedColumn[];
  /** Columns of ours that are no longer wanted. */
  dropped: number[];
  /** Marks of columns that hold something else from now on. */
  oldMarks: number[];
  /** Keys that people deleted from the tab. */
  removed: string[];
  addRows: number;
  addColumns: number;
}

/** `known`: keys that the last publish wanted, in its order; empty when nothing is known of it. */
export function placeInBlock(
  block: Block,
  wanted: readonly WantedColumn[],
  known: readonly string[],
  rows: number,
): Placement {
  const { tab, headerRow, lastRow } = block;
  const marked = new Map(block.columns.map((column) => [column.key, column]));
  const isDeleted = ({ key }: WantedColumn): boolean => known.includes(key) && !marked.has(key);
  const kept = wanted.map((column, source) => ({ ...column, source })).filter((column) => !isDeleted(column));
  const isSame = known.length === wanted.length && wanted.every(({ key }, index) => known[index] === key);
  const afterLast = Math.max(...block.columns.map(({ index }) => index)) + 1;
  const columns = kept
    .map((column, position): PlacedColumn => {
      const there = isSame ? marked.get(column.key) : block.columns[position];
      const index = there?.index ?? afterLast + position - block.columns.length;
      const isMarked = there?.key === column.key && there.look === column.look;
      return { ...column, index, isNew: !there, isMarked, isBare: there?.look !== column.look };
    })
    .sort((a, b) => a.index - b.index);
  const used = new Set(columns.map(({ index }) => index));
  const right = new Set(columns.filter(({ isMarked }) => isMarked).map(({ index }) => index));
  const wantedLastRow = headerRow + rows;
  return {
    sheetId: tab.sheetId,
    title: tab.title,
    isNew: false,
    headerRow,
    lastRow,
    wantedLastRow,
    columns,
    dropped: block.columns.map(({ index }) => index).filter((index) => !used.has(index)),
    oldMarks: block.columns.filter(({ index }) => !right.has(index)).map(({ metadataId }) => metadataId),
    removed: wanted.filter(isDeleted).map(({ key }) => key),
    // One row below the block stays in the grid: it carries the mark that tells the end when the last row is deleted.
    addRows: Math.max(0, wantedLastRow + 2 - tab.rowCount),
    addColumns: Math.max(0, (columns.at(-1)?.index ?? 0) + 1 - tab.columnCount),
  };
}

/** A tab of its own, the block in its corner. */
export function placeInNewTab(
  sheetId: number,
  title: string,
  wanted: readonly WantedColumn[],
  rows: number,
): Placement {
  return {
    sheetId,
    title,
    isNew: true,
    headerRow: 0,
    lastRow: 0,
    wantedLastRow: rows,
    columns: wanted.map((column, source) => ({
      ...column,
      index: source,
      source,
      isNew: true,
      isMarked: false,
      isBare: true,
    })),
    dropped: [],
    oldMarks: [],
    removed: [],
    addRows: rows + 2,
    addColumns: wanted.length,
  };
}

/** Columns that lie side by side, as positions in `columns`, ends excluded. */
export function columnGroups(
  columns: ReadonlyArray<{ index: number }>,
): Array<{ start: number; end: number }> {
  const groups: Array<{ start: number; end: number }> = [];
  columns.forEach(({ index }, position) => {
    const last = groups.at(-1);
    if (last && columns[position - 1]?.index === index - 1) last.end = position + 1;
    else groups.push({ start: position, end: position + 1 });
  });
  return groups;
}

/** Cells outside the block that the write would cover: the rows that it grows by, and new columns. */
export function grownRanges(placement: Placement, tab: SheetTab): GridRange[] {
  const { sheetId, headerRow, lastRow, wantedLastRow, columns } = placement;
  const end = Math.min(Math.max(wantedLastRow, lastRow) + 1, tab.rowCount);
  const rangesOf = (of: readonly PlacedColumn[], startRow: number): GridRange[] =>
    columnGroups(of).map((group) => ({
      sheetId,
      startRow,
      endRow: end,
      startColumn: of[group.start]?.index ?? 0,
      endColumn: Math.min((of[group.end - 1]?.index ?? 0) + 1, tab.columnCount),
    }));
  const kept = columns.filter(({ isNew }) => !isNew);
  const added = columns.filter(({ isNew }) => isNew);
  return [...rangesOf(kept, lastRow + 1), ...rangesOf(added, headerRow)].filter(
    (range) => range.startRow < range.endRow && range.startColumn < range.endColumn,
  );
}

/** A title that no tab has, as Sheets compares them: without regard to case, at most 100 characters. */
export function freeTitle(wanted: string, tabs: readonly SheetTab[]): string {
  const taken = new Set(tabs.map(({ title }) => title.toLowerCase()));
  const base = wanted.trim().slice(0, 100) || 'Foliokeep';
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` (${number})`;
    const title = base.slice(0, 100 - suffix.length) + suffix;
    if (!taken.has(title.toLowerCase())) return title;
  }
}
