/**
 * Reconcile: what has to happen to a block so that it shows the wanted rows, and nothing else in the tab changes. Pure.
 *
 * Rows come in bounded batches, current and wanted in step; of a row only its key and the cells that differ are kept.
 * Rows of the block are counted from its header: row 0 is the header, row 1 the first row of data.
 */
import { hash } from 'node:crypto';
import { differingSpans, type Span, type SpanList, spanList } from './row-diff.ts';
import { type RowMove, rowMoves } from './row-moves.ts';
import { cellKey } from './sheet-value.ts';
import type { EnteredCell, SheetValue } from './spreadsheet.ts';

export interface Reconciled {
  /** Carried out in this order, before the writes. */
  moves: RowMove[];
  /** Cells to write, rising by row and column, without any cell that is right already; a row that is added is written whole. */
  writes: Iterable<Span>;
  /** Cells in all writes. */
  cells: number;
  /** All cells that differ, those of moved rows among them: to be written instead of moves and writes. */
  differing: Iterable<Span>;
  /** Rows from here to `clearTo` are no longer wanted: their cells are emptied. */
  clearFrom: number;
  clearTo: number;
  isUnchanged: boolean;
}

export interface Reconciler {
  /** The next row of both; undefined where one side has ended. */
  next(current: readonly EnteredCell[] | undefined, wanted: readonly SheetValue[] | undefined): void;
  finish(): Reconciled;
}

/** Moving pays where it saves this many cells, with no more copies than a batch takes easily. */
const WORTH_MOVING = 200;
const MOST_MOVES = 400;

/**
 * `current`: rows as they were read, cells in the order of the wanted columns. A missing cell is empty. Carrying out the
 * result on exactly those rows gives the wanted rows; on a block that shows them already it is nothing.
 */
export function reconciler(): Reconciler {
  const spans = spanList();
  const currentKeys: string[] = [];
  const wantedKeys: string[] = [];
  return {
    next(current, wanted) {
      if (current) currentKeys.push(rowKey(current, wanted?.length ?? current.length));
      if (!wanted) return;
      const row = wantedKeys.push(rowKey(wanted, wanted.length)) - 1;
      if (!current) spans.add({ row, start: 0, end: wanted.length });
      else for (const span of differingSpans(row, current, wanted)) spans.add(span);
    },
    finish() {
      const clearFrom = Math.min(wantedKeys.length, currentKeys.length);
      const rest = { clearFrom, clearTo: currentKeys.length };
      const isUnchanged = spans.length === 0 && clearFrom === currentKeys.length;
      const moves = spans.cells < WORTH_MOVING ? [] : rowMoves(currentKeys, wantedKeys);
      const written = moves.length > 0 ? withoutTargets(spans, moves, wantedKeys.length) : spans;
      const pays = moves.length <= MOST_MOVES && spans.cells - written.cells >= WORTH_MOVING;
      const [kept, writes] = pays ? [moves, written] : [[], spans];
      return { moves: kept, writes, cells: writes.cells, differing: spans, ...rest, isUnchanged };
    },
  };
}

/** A row that a move brings is right as it is: it is equal, cell by cell, to the row it comes from. */
function withoutTargets(spans: SpanList, moves: readonly RowMove[], rows: number): SpanList {
  const isTarget = new Uint8Array(rows);
  for (const { to, count } of moves) isTarget.fill(1, to, to + count);
  const rest = spanList();
  for (const span of spans) if (isTarget[span.row] === 0) rest.add(span);
  return rest;
}

/** Equal for rows whose cells are all the same, by `isSameCell`; 128 bits, so that no two rows of any tab meet by chance. */
function rowKey(cells: readonly (EnteredCell | undefined)[], width: number): string {
  let text = '';
  let hasFormula = false;
  for (let column = 0; column < width; column += 1) {
    const key = cellKey(cells[column]);
    hasFormula ||= key.startsWith('f');
    text += `${key.length}:${key}`;
  }
  // A row with somebody's formula is never moved: its values would come along without it.
  return hasFormula ? `f${text}` : hash('sha256', text, 'base64').slice(0, 22);
}
