/** What the records of one page are scanned with, and what is found of each. */
import { giveBack } from '../domain/give-back.ts';
import { type FieldTable, root } from './field-table.ts';
import { type MetName, type MetNames, metNames, viewOf } from './met-names.ts';

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
  /** The `typed` of the records, one after the other; another piece follows a full one, which its records keep. */
  out: Buffer;
  /** All that were begun, the last one too. */
  pieces: Buffer[];
  outView: DataView;
  /** How much of it is taken. */
  used: number;
  pageView: DataView;
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
  page: Uint8Array,
  fields: readonly string[],
  table: FieldTable | null = null,
): ScanSpace {
  const wanted = fields.map((field) => Buffer.from(`"${field}"`));
  const names = metNames(wanted, table, root);
  const out = newPiece(Math.min(pieceBytes, page.length * 2 + spareBytes));
  return {
    out,
    pieces: [out],
    outView: viewOf(out),
    used: 0,
    pageView: viewOf(page),
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

/** Another `out`: twice as large when the record that found no room had all of it. */
export function makeRoom(space: ScanSpace): void {
  const isAlone = space.scan.typedStart === 0;
  space.out = newPiece(isAlone ? space.out.length * 2 : pieceBytes);
  space.pieces.push(space.out);
  space.outView = viewOf(space.out);
  space.used = 0;
}

/** Records share a piece of memory of this size. One large enough for whatever a page may become would mostly be empty. */
const pieceBytes = 1 << 18;

/** Pieces that wait for the next page: their memory is there already. */
const idle: Buffer[] = [];
const mostIdle = 12;

const newPiece = (bytes: number): Buffer =>
  (bytes === pieceBytes ? idle.pop() : undefined) ?? Buffer.allocUnsafeSlow(bytes);

/** Takes the memory of all pieces away from whoever looks at them. A second time: nothing happens. */
export function releasePieces({ pieces }: Pick<ScanSpace, 'pieces'>): void {
  for (const piece of pieces.splice(0)) {
    const isKept = piece.length === pieceBytes && idle.length < mostIdle;
    // What is moved is empty for all who look at it from where it was.
    if (isKept) idle.push(Buffer.from((piece.buffer as ArrayBuffer).transfer()));
    else giveBack(piece);
  }
}

/** Less than this left in `out` counts as none: what is written without asking for room is less. */
export const spareBytes = 32;
