/** Runs of rows: each sorted and stored in a file of its own, then merged with a small window of every file in memory. */
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { writeWhole } from './child-rows.ts';

/** A row with its place in the order; `cells` and `unread` are JSON, or '' for none. None of them holds a tab or a line end. */
export interface PlacedRow {
  place: string;
  cells: string;
  unread: string;
}

/** A run of 8 MB needs this much of memory while it is merged. */
const windowBytes = 65_536;
const [lineEnd, blockRows] = [10, 1_000];

/** Sorts the rows where they are, and answers with them. */
export const inOrder = (rows: PlacedRow[]): PlacedRow[] => rows.sort((a, b) => compare(a.place, b.place));

/** Writes a run to a new file that only we can read; what comes back reads it once, and then it is gone. */
export function storedRun(path: string, rows: readonly PlacedRow[]): Iterable<PlacedRow> {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let from = 0; from < rows.length; from += blockRows) {
      const lines = rows
        .slice(from, from + blockRows)
        .map(({ place, cells, unread }) => `${place}\t${cells}\t${unread}\n`);
      writeWhole(file, Buffer.from(lines.join('')));
    }
  } finally {
    closeSync(file);
  }
  return rowsOfRun(path);
}

/** All rows of the runs in order, each of which is in order. */
export function* mergedRuns(runs: ReadonlyArray<Iterable<PlacedRow>>): Generator<PlacedRow> {
  const heads: Array<{ row: PlacedRow; rest: Iterator<PlacedRow> }> = [];
  const lay = (rest: Iterator<PlacedRow>): void => {
    const { value: row, done } = rest.next();
    if (done === true) return;
    // The last one comes first, so that it is cheap to take.
    let [from, to] = [0, heads.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(heads[middle]?.row.place ?? '', row.place) >= 0) from = middle + 1;
      else to = middle;
    }
    heads.splice(from, 0, { row, rest });
  };
  for (const run of runs) lay(run[Symbol.iterator]());
  for (;;) {
    const first = heads.pop();
    if (first === undefined) return;
    yield first.row;
    lay(first.rest);
  }
}

function* rowsOfRun(path: string): Generator<PlacedRow> {
  const file = openSync(path, 'r');
  try {
    let held = Buffer.alloc(0);
    for (;;) {
      const window = Buffer.allocUnsafe(windowBytes);
      const read = readSync(file, window);
      if (read === 0) break;
      held = Buffer.concat([held, window.subarray(0, read)]);
      let from = 0;
      for (let end = held.indexOf(lineEnd); end >= 0; end = held.indexOf(lineEnd, from)) {
        const [place = '', cells = '', unread = ''] = held.toString('utf8', from, end).split('\t');
        yield { place, cells, unread };
        from = end + 1;
      }
      held = held.subarray(from);
    }
    if (held.length > 0) throw new Error('a run ends inside a row');
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
