/**
 * The names of fields that a page's records have, each met once: what is known of a name hangs on it, so that the bytes of the next
 * record are compared and not looked up. Records of one list have the same names in the same order, mostly.
 */
import { type FieldTable, kindAt, opaque, pathNumber } from './field-table.ts';

/** A name inside the value of another. */
export interface MetName {
  /** As it was sent, with its quotes. */
  bytes: Uint8Array;
  /** The same, four bytes at a time, little-endian; the last four overlap those before them. Empty: it is shorter. */
  words: Int32Array;
  /** Its place among all names, which no other has. */
  number: number;
  inside: MetName | null;
  /** Its path in the table of fields, 0 when nobody looks at it; what the table says of it; the path of what is inside it. */
  path: number;
  kind: number;
  inner: number;
  /** Which of the wanted fields it is when it stands in the record itself, or -1. */
  wanted: number;
  /** The object that had it last: a second time in one object is an error. */
  seenIn: number;
  /** What came first inside its value, and what came after it beside it, the last time; null: not known. */
  first: MetName | null;
  next: MetName | null;
}

export interface MetNames {
  root: MetName;
  table: FieldTable | null;
  wanted: readonly Uint8Array[];
  /** By a hash of where they are and of some of their bytes; a power of two of places, less than half of them taken. */
  places: Array<MetName | undefined>;
  count: number;
}

export function metNames(
  wanted: readonly Uint8Array[],
  table: FieldTable | null,
  rootPath: number,
): MetNames {
  const root = nameOf(new Uint8Array(), 0, null, table === null ? 0 : rootPath, opaque, -1);
  return { root, table, wanted, places: new Array(256).fill(undefined), count: 1 };
}

/** The name between `from` and `to` (quotes included) inside `parent`'s value. */
export function meet(names: MetNames, parent: MetName, src: Uint8Array, from: number, to: number): MetName {
  const { places, table, wanted } = names;
  let place = hashOf(parent.number, src, from, to) & (places.length - 1);
  for (let met = places[place]; met !== undefined; met = places[place]) {
    if (met.inside === parent && met.bytes.length === to - from && isAt(src, from, met.bytes)) return met;
    place = (place + 1) & (places.length - 1);
  }
  const path = table === null || parent.inner === 0 ? 0 : pathNumber(src, from, to, parent.inner);
  const kind = table === null || path === 0 ? opaque : kindAt(table, path);
  const which = wanted.findIndex(
    ({ length }, at) => length === to - from && isAt(src, from, wanted[at] as Uint8Array),
  );
  const made = nameOf(src.subarray(from, to), names.count, parent, path, kind, which);
  places[place] = made;
  names.count += 1;
  if (names.count * 2 > places.length) spread(names);
  return made;
}

const nameOf = (
  bytes: Uint8Array,
  number: number,
  inside: MetName | null,
  path: number,
  kind: number,
  wanted: number,
): MetName => {
  const inner = inside !== null && kind === opaque ? 0 : path;
  const words = wordsOf(bytes);
  return { bytes, words, number, inside, path, kind, inner, wanted, seenIn: -1, first: null, next: null };
};

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = viewOf(bytes);
  const last = bytes.length - 4;
  return Int32Array.from({ length: last < 0 ? 0 : Math.ceil(bytes.length / 4) }, (_, at) =>
    view.getInt32(Math.min(at * 4, last), true),
  );
}

export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

function spread(names: MetNames): void {
  const before = names.places;
  const most = before.length * 4;
  names.places = new Array(most).fill(undefined);
  for (const met of before) {
    if (met === undefined) continue;
    let place = hashOf(met.inside?.number ?? 0, met.bytes, 0, met.bytes.length) & (most - 1);
    while (names.places[place] !== undefined) place = (place + 1) & (most - 1);
    names.places[place] = met;
  }
}

/** Xero's names differ in their lengths or in some of these letters, mostly. */
function hashOf(parent: number, src: Uint8Array, from: number, to: number): number {
  const ends = (src[from + 1] as number) * 31 + (src[to - 2] as number);
  const hash = Math.imul(ends, 0x01000193) ^ (to - from) ^ ((src[(from + to) >> 1] as number) << 8);
  return mixed(Math.imul(hash, 0x01000193) ^ Math.imul(parent, 0x9e3779b1));
}

const mixed = (hash: number): number => hash ^ (hash >>> 15);

function isAt(src: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let k = 0; k < bytes.length; k++) if (src[at + k] !== bytes[k]) return false;
  return true;
}
