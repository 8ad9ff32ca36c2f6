/** What the records of one page are scanned with, and what is found of each. */
import { type FieldTable, root } from './field-table.ts';
import { type MetName, type MetNames, metNames } from './met-names.ts';

export interface RecordScan {
  /** Just after the record; -1 when the page ends inside it. */
  end: number;
  isReadable: boolean;
  /** Where `typed` begins and ends in the space's `out`. */
  typedStart: number;
  typedEnd: number;
  /** Per wanted top-level field where its value begins and ends in `out`; start -1 when it is not there. */
  starts: Int32Array;
  ends: Int32Array;
  /** Places in the book's news that the record has, and whether it has a field or value that the book does not know. */
  news: number[];
  hasUnknown: boolean;
}

export interface ScanSpace {
  /** The `typed` of the records, one after the other; a new one follows a full one, which its records keep. */
  out: Buffer;
  /** How much of it is taken. */
  used: number;
  /** What marks and escapes have added to the record that is being scanned. */
  repairs: number;
  wanted: readonly Uint8Array[];
  /** Known fields, or null: none is looked up. */
  table: FieldTable | null;
  names: MetNames;
  /** How many objects there were. */
  objects: number;
  /** Per depth: the number of the object that is open there, or -1 for a list; inside which name; its own last name. */
  objectAt: Int32Array;
  insideAt: MetName[];
  lastAt: Array<MetName | null>;
  scan: RecordScan;
}

/** Objects and lists within each other; a record that has more is unreadable. */
export const mostDepth = 100;
/** What marks and escapes may add to one `typed`; a record that needs more is unreadable. */
export const mostRepairs = 6000;
/** Names that are remembered from one record to the next. */
const mostNames = 1 << 14;

export function scanSpace(
  pageBytes: number,
  fields: readonly string[],
  table: FieldTable | null = null,
): ScanSpace {
  const wanted = fields.map((field) => Buffer.from(`"${field}"`));
  const names = metNames(wanted, table, root);
  return {
    out: newOut(pageBytes),
    used: 0,
    repairs: 0,
    wanted,
    table,
    names,
    objects: 0,
    objectAt: new Int32Array(mostDepth + 1),
    insideAt: new Array(mostDepth + 1).fill(names.root),
    lastAt: new Array(mostDepth + 1).fill(null),
    scan: {
      end: -1,
      isReadable: false,
      typedStart: 0,
      typedEnd: 0,
      starts: new Int32Array(fields.length),
      ends: new Int32Array(fields.length),
      news: [],
      hasUnknown: false,
    },
  };
}

/** Ready for a record. What was found of the last one is gone. */
export function makeReady(space: ScanSpace): void {
  const { scan } = space;
  if (space.names.count > mostNames) space.names = metNames(space.wanted, space.table, root);
  space.repairs = 0;
  space.insideAt[0] = space.names.root;
  scan.typedStart = space.used;
  scan.starts.fill(-1);
  scan.news.length = 0;
  scan.hasUnknown = false;
}

/** Another `out`, with room for whatever a record may become that has so many bytes of the page behind its begin. */
export function makeRoom(space: ScanSpace, pageBytes: number): void {
  space.out = newOut(pageBytes * 2);
  space.used = 0;
}

/**
 * Room that must be left in `out` beside as many bytes as are left of the page: what is copied takes as much of both, and only quotes
 * around numbers and repairs take more. A number follows at least one other byte: twice the page is enough, whatever is in it.
 */
export const spareBytes = mostRepairs + 64;

/** With room for the repairs of some records, and the quotes of most pages: a fifth of a compact one is numbers. */
const newOut = (typedBytes: number): Buffer =>
  Buffer.allocUnsafeSlow(typedBytes + (typedBytes >> 4) + spareBytes + 16 * mostRepairs);
