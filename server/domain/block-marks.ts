/**
 * How a block is found again: developer metadata on the tab, the header row, each column, the last row and the row below
 * it. Google carries these along when people insert, delete, move or rename, so names and positions are never relied on.
 *
 * The last row tells where the block ends after people inserted or deleted rows inside it; where they deleted the last row
 * itself, the mark on the row below tells it. Foot and side stand on the last row and column of the grid: whatever people insert or
 * delete anywhere in the tab moves a mark, and a batch that finds one moved is refused (decisions/0012). Each publishing batch
 * leaves a write mark: the newest says how many rows were ours and which run wrote them, and its id is the guard against a
 * second application (`writeIdOf`).
 */
import { hash } from 'node:crypto';
import type { SheetMark, SheetTab, SpreadsheetLayout } from './spreadsheet.ts';

export const MARK = {
  tab: 'foliokeep.tab',
  header: 'foliokeep.header',
  column: 'foliokeep.column',
  last: 'foliokeep.last',
  below: 'foliokeep.below',
  foot: 'foliokeep.foot',
  side: 'foliokeep.side',
  write: 'foliokeep.write',
  staging: 'foliokeep.staging',
} as const;
export const MARK_KEYS: readonly string[] = Object.values(MARK);

/** Write marks kept per block: a batch that is repeated later than that many publishes is not known any more. */
export const WRITES_KEPT = 20;

/** What a publishing batch left behind. Ids have no blanks, so blanks part the fields. */
export interface WriteMark {
  metadataId: number;
  generation: number;
  runId: string;
  /** Rows of data in the block after it. */
  rows: number;
  /** Cells of the block that it sent. */
  cells: number;
  rowsHash: string;
}

export interface Block {
  tab: SheetTab;
  headerRow: number;
  /** The header row itself when there is no data. */
  lastRow: number;
  /** From left to right. `look` is the number format that the column was made with. */
  columns: Array<{ key: string; look: string; index: number; metadataId: number }>;
  /** Every mark of it on a row or a column. */
  marks: SheetMark[];
  /** Ascending by generation. */
  writes: WriteMark[];
}

export type BlockSearch =
  | { kind: 'found'; block: Block }
  /** No tab carries the exporter's mark. */
  | { kind: 'absent' }
  | { kind: 'damaged'; where: string };

/** Finds the block of an exporter. `recorded`: its last publish; that tab is chosen among duplicates, which carry the same marks. */
export function findBlock(
  layout: SpreadsheetLayout,
  exporterId: string,
  recorded: { sheetId: number } | null,
): BlockSearch {
  const own = layout.marks.filter((mark) => ownerOf(mark) === exporterId).sort(byId);
  const tabs = own.filter(({ key, place }) => key === MARK.tab && place.kind === 'tab');
  const chosen = tabs.find(({ place }) => place.sheetId === recorded?.sheetId) ?? tabs[0];
  const tab = layout.tabs.find(({ sheetId }) => sheetId === chosen?.place.sheetId);
  if (!tab) return { kind: 'absent' };

  const here = own.filter(({ place }) => place.sheetId === tab.sheetId);
  const headerRow = rowOf(here, MARK.header);
  if (headerRow === undefined) return { kind: 'damaged', where: 'the header row was deleted' };
  const columns = here.flatMap(({ key, value, place, metadataId }) => {
    if (key !== MARK.column || place.kind !== 'column') return [];
    const [, name = '', look = ''] = value.split(' ');
    return [{ key: name, look, index: place.index, metadataId }];
  });
  if (columns.length === 0) return { kind: 'damaged', where: 'every column was deleted' };
  const writes = writesOf(here);
  const lastRow = lastRowOf(here, headerRow, writes.at(-1)?.rows ?? 0);
  if (lastRow === undefined)
    return { kind: 'damaged', where: 'the end of the block cannot be told any more' };
  const marks = here.filter(({ place }) => place.kind !== 'tab');
  return {
    kind: 'found',
    block: { tab, headerRow, lastRow, columns: firstOfEachKey(columns), marks, writes },
  };
}

/** The generation after every one that any tab of the spreadsheet knows for this exporter. */
export function nextGeneration(layout: SpreadsheetLayout, exporterId: string, recorded: number): number {
  const known = writesOf(layout.marks.filter((mark) => ownerOf(mark) === exporterId));
  return Math.max(recorded, ...known.map(({ generation }) => generation)) + 1;
}

/** A metadata id, positive int32, that stands for one generation of one block. */
export const writeIdOf = (exporterId: string, generation: number): number =>
  positiveInt32(`${exporterId} ${generation}`);

/** An id that depends on nothing but the text: a repeated batch asks for the same tab again. */
export const positiveInt32 = (text: string): number =>
  Number.parseInt(hash('sha256', text, 'hex').slice(0, 8), 16) & 0x7fffffff || 1;

export const writeValue = (exporterId: string, write: Omit<WriteMark, 'metadataId'>): string =>
  [exporterId, write.generation, write.runId, write.rows, write.cells, write.rowsHash].join(' ');

export const columnValue = (exporterId: string, column: { key: string; look: string }): string =>
  `${exporterId} ${column.key} ${column.look}`;

export const ownerOf = ({ value }: SheetMark): string => value.split(' ', 1)[0] ?? '';

function writesOf(marks: readonly SheetMark[]): WriteMark[] {
  const writes = marks.flatMap(({ key, value, metadataId }) => {
    if (key !== MARK.write) return [];
    const [, generation, runId = '', rows, cells, rowsHash = ''] = value.split(' ');
    return [
      {
        metadataId,
        generation: Number(generation),
        runId,
        rows: Number(rows),
        cells: Number(cells),
        rowsHash,
      },
    ];
  });
  return writes.sort((a, b) => a.generation - b.generation);
}

function lastRowOf(marks: readonly SheetMark[], headerRow: number, rows: number): number | undefined {
  const last = rowOf(marks, MARK.last);
  if (last !== undefined) return last >= headerRow ? last : undefined;
  const below = rowOf(marks, MARK.below);
  if (below === undefined) return undefined;
  // The last row is gone, so at most one less is ours; more would mean that people put rows of theirs before `below`.
  const left = below - 1 - headerRow;
  return left >= 0 && left < rows ? below - 1 : undefined;
}

function rowOf(marks: readonly SheetMark[], key: string): number | undefined {
  const found = marks.find((mark) => mark.key === key && mark.place.kind === 'row');
  return found?.place.kind === 'row' ? found.place.index : undefined;
}

function firstOfEachKey<T extends { key: string; index: number }>(columns: readonly T[]): T[] {
  const seen = new Map<string, T>();
  for (const column of columns) if (!seen.has(column.key)) seen.set(column.key, column);
  return [...seen.values()].sort((a, b) => a.index - b.index);
}

const byId = (a: SheetMark, b: SheetMark): number => a.metadataId - b.metadataId;
