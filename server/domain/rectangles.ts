/** Runs of cells gathered into rectangles, so that a change of a whole column is one request and not one per row. */
import type { Span } from './row-diff.ts';

/** Rows and columns of a block, ends excluded. */
export interface Rectangle {
  startRow: number;
  endRow: number;
  start: number;
  end: number;
}

/**
 * Spans (rising by row, then column) as rectangles that cover the same cells. `groups`: columns that lie side by side in
 * the tab; no rectangle reaches across two of them.
 */
export function rectanglesOf(
  spans: Iterable<Span>,
  groups: ReadonlyArray<{ start: number; end: number }>,
): Rectangle[] {
  const done: Rectangle[] = [];
  let open: Rectangle[] = [];
  for (const span of spans) {
    for (const group of groups) {
      const start = Math.max(span.start, group.start);
      const end = Math.min(span.end, group.end);
      if (start >= end) continue;
      const above = open.find((one) => one.endRow === span.row && one.start === start && one.end === end);
      if (above) above.endRow += 1;
      else open.push({ startRow: span.row, endRow: span.row + 1, start, end });
    }
    const closed = open.filter(({ endRow }) => endRow < span.row);
    if (closed.length > 0) {
      done.push(...closed);
      open = open.filter(({ endRow }) => endRow >= span.row);
    }
  }
  return [...done, ...open].sort((a, b) => a.startRow - b.startRow || a.start - b.start);
}

/** Rows that any span touches, as runs; neighbours nearer than `gap` rows become one run. */
export function rowRuns(spans: Iterable<Span>, gap = 0): Array<{ startRow: number; endRow: number }> {
  const runs: Array<{ startRow: number; endRow: number }> = [];
  for (const { row } of spans) {
    const last = runs.at(-1);
    if (last && row <= last.endRow + gap) last.endRow = Math.max(last.endRow, row + 1);
    else runs.push({ startRow: row, endRow: row + 1 });
  }
  return runs;
}
