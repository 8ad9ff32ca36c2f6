/**
 * Records of one kind in the order they were made. Values live in columns, and a row is a view of its place: reading a field
 * reads the column, assigning writes it, so rows are always current and cost nothing while nobody looks at them.
 */
import type { Column, Columns } from './columns.ts';

export interface Indexed {
  /** The place in its table, for ever: ids are made from it. */
  readonly index: number;
}

export interface Table<Row extends Indexed> extends Iterable<Row> {
  readonly length: number;
  has(index: number): boolean;
  /**
   * The row at a place that exists; a RangeError where there is none. Two looks at one row are two objects: compare by index.
   * Assign to its fields only inside `change` of company.ts, which keeps the ledger in step; lists in it are replaced, not edited.
   */
  at(index: number): Row;
  /** At the end. `add` of company.ts is what callers want: it posts documents too. */
  add(row: Omit<Row, 'index'>): Row;
  /** The values of a row, as a new one like it is added from. */
  copy(row: Row): Omit<Row, 'index'>;
  find(test: (row: Row) => boolean): Row | undefined;
  some(test: (row: Row) => boolean): boolean;
  filter(test: (row: Row) => boolean): Row[];
  /** Rises with every row added or changed: a place in the history for `changedSince`. */
  readonly mark: number;
  /** Indexes added or changed since, some of them twice; null where that is too long ago to be known. */
  changedSince(mark: number): readonly number[] | null;
}

/** History is kept for so many changes at least, and for an eighth of the rows. */
const KEPT_CHANGES = 4096;

export function createTable<Row extends Indexed>(columns: Columns<Row>): Table<Row> {
  const fields = Object.entries(columns) as [string, Column<unknown>][];
  let length = 0;
  let changed: number[] = [];
  let forgotten = 0;
  // The same row changed twice in a row counts once, unless somebody has taken the mark in between.
  let isMarkTaken = true;

  const touch = (index: number) => {
    if (!isMarkTaken && changed.at(-1) === index) return;
    isMarkTaken = false;
    if (changed.length > KEPT_CHANGES + length / 8) {
      forgotten += changed.length;
      changed = [];
    }
    changed.push(index);
  };

  function View(this: { index: number }, index: number) {
    this.index = index;
  }
  for (const [name, column] of fields) {
    Object.defineProperty(View.prototype, name, {
      enumerable: true,
      get(this: Row) {
        return column.get(this.index);
      },
      set(this: Row, value: unknown) {
        column.set(this.index, value);
        touch(this.index);
      },
    });
  }
  const viewOf = View as unknown as new (index: number) => Row;

  const table: Table<Row> = {
    get length() {
      return length;
    },
    has: (index) => Number.isInteger(index) && index >= 0 && index < length,
    at(index) {
      if (!table.has(index)) throw new RangeError(`no row ${index} among ${length}`);
      return new viewOf(index);
    },
    add(row) {
      const index = length++;
      for (const [name, column] of fields) column.set(index, (row as Record<string, unknown>)[name]);
      touch(index);
      return new viewOf(index);
    },
    copy: (row) =>
      Object.fromEntries(fields.map(([name, column]) => [name, column.get(row.index)])) as Omit<Row, 'index'>,
    find(test) {
      for (let index = 0; index < length; index++) {
        const row = new viewOf(index);
        if (test(row)) return row;
      }
      return undefined;
    },
    some: (test) => table.find(test) !== undefined,
    filter(test) {
      const found: Row[] = [];
      for (let index = 0; index < length; index++) {
        const row = new viewOf(index);
        if (test(row)) found.push(row);
      }
      return found;
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index++) yield new viewOf(index);
    },
    get mark() {
      isMarkTaken = true;
      return forgotten + changed.length;
    },
    changedSince(mark) {
      if (mark < forgotten) return null;
      return changed.slice(mark - forgotten);
    },
  };
  return table;
}
