/** Runs of cells that differ, row by row, kept compactly: a block may have hundreds of thousands of rows. */
import { isSameCell } from './sheet-value.ts';
import type { EnteredCell, SheetValue } from './spreadsheet.ts';

/** Cells of one row of a block, by the block's own columns, ends excluded. */
export interface Span {
  row: number;
  start: number;
  end: number;
}

/** The cells of a row that do not show what is wanted, as the fewest runs without any other cell in them. */
export function differingSpans(
  row: number,
  current: readonly EnteredCell[],
  wanted: readonly SheetValue[],
): Span[] {
  const spans: Span[] = [];
  let start = -1;
  for (let column = 0; column <= wanted.length; column += 1) {
    const isSame = column === wanted.length || isSameCell(current[column], wanted[column] ?? null);
    if (!isSame && start < 0) start = column;
    if (isSame && start >= 0) {
      spans.push({ row, start, end: column });
      start = -1;
    }
  }
  return spans;
}

/** Spans in the order of their rows, three integers each. */
export interface SpanList {
  add(span: Span): void;
  readonly length: number;
  /** Cells in all spans. */
  readonly cells: number;
  [Symbol.iterator](): Iterator<Span>;
}

export function spanList(): SpanList {
  let numbers = new Int32Array(48);
  let length = 0;
  let cells = 0;
  return {
    add({ row, start, end }) {
      if (length * 3 === numbers.length) {
        const larger = new Int32Array(numbers.length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers.set([row, start, end], length * 3);
      length += 1;
      cells += end - start;
    },
    get length() {
      return length;
    },
    get cells() {
      return cells;
    },
    *[Symbol.iterator]() {
      for (let at = 0; at < length * 3; at += 3) {
        yield { row: numbers[at] ?? 0, start: numbers[at + 1] ?? 0, end: numbers[at + 2] ?? 0 };
      }
    },
  };
}
