/** Rows that are already in the block, only at another place: moved by copying them within the spreadsheet, not sent again. */

/** Rows `from` … `from + count` of the block as it is belong at `to` … */
export interface RowMove {
  from: number;
  to: number;
  count: number;
}

/**
 * Which rows to move so that as few as possible are written. `keys` are equal for rows that show the same. Moves keep the
 * rows' order, never overlap each other's targets, and are in an order in which carrying them out one after the other
 * never overwrites a row that is still to be moved. A row that is no move's target still stands where it stood.
 *
 * Rows are matched by keys that occur once on either side, then by the longest run of matches in rising order (patience
 * diff; Bram Cohen, 2010), then each match grows up and down over equal neighbours.
 */
export function rowMoves(current: readonly string[], wanted: readonly string[]): RowMove[] {
  const source = matchRows(current, wanted);
  const moves: RowMove[] = [];
  for (let to = 0; to < wanted.length; to += 1) {
    const from = source[to] ?? -1;
    if (from < 0 || from === to) continue;
    const last = moves.at(-1);
    if (last && last.to + last.count === to && last.from + last.count === from) last.count += 1;
    else moves.push({ from, to, count: 1 });
  }
  // Upward moves from the top, downward moves from the bottom: no target covers a source that is still needed.
  const up = moves.filter((move) => move.to < move.from);
  const down = moves.filter((move) => move.to > move.from).reverse();
  return [...up, ...down];
}

/** For each wanted row the row of the block that shows it now, rising; -1: none. */
function matchRows(current: readonly string[], wanted: readonly string[]): Int32Array {
  const source = new Int32Array(wanted.length).fill(-1);
  const anchors = risingRun(uniquePairs(current, wanted));
  let floor = 0;
  let top = 0;
  for (let index = 0; index < anchors.length; index += 1) {
    const anchor = anchors[index];
    if (!anchor || anchor.from < floor || anchor.to < top) continue;
    let { from, to } = anchor;
    while (from > floor && to > top && current[from - 1] === wanted[to - 1]) {
      from -= 1;
      to -= 1;
    }
    const next = anchors[index + 1];
    const endFrom = next?.from ?? current.length;
    const endTo = next?.to ?? wanted.length;
    while (from < endFrom && to < endTo && current[from] === wanted[to]) {
      source[to] = from;
      from += 1;
      to += 1;
    }
    floor = from;
    top = to;
  }
  return source;
}

interface Pair {
  from: number;
  to: number;
}

/** Keys that occur once on both sides, in wanted order. */
function uniquePairs(current: readonly string[], wanted: readonly string[]): Pair[] {
  const places = new Map<string, number>();
  for (const [index, key] of current.entries()) places.set(key, places.has(key) ? -1 : index);
  const seen = new Map<string, number>();
  for (const [index, key] of wanted.entries()) seen.set(key, seen.has(key) ? -1 : index);
  const pairs: Pair[] = [];
  for (const [key, to] of seen) {
    const from = places.get(key) ?? -1;
    if (to >= 0 && from >= 0) pairs.push({ from, to });
  }
  return pairs;
}

/** The longest subsequence whose `from` rises (`to` rises already). */
function risingRun(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(({ from }, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.from ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const run: Pair[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) run.push(pair);
  }
  return run.reverse();
}
