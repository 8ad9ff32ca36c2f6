/**
 * The fields that records may have, as numbers that a scan of bytes looks up: one per path, made of the bytes of its names. Which
 * list place a field is in makes no difference. Two paths share a number once in billions; one would then not be noticed.
 */

/** Not in the table. */
export const unknown = 0;
export const known = 1;
/** Known, with whatever is inside it. */
export const opaque = 2;
/** Known, and its values are in the table under it. */
export const listed = 3;
/** From here on: the place in the list of news. */
export const firstNews = 4;

export interface FieldTable {
  slots: Int32Array;
  kinds: Int32Array;
  size: number;
}

const most = 1 << 14;
/** Where paths begin: never 0, which stands for "not looked at". */
export const root = 0x811c9dc5 | 0;

export const fieldTable = (): FieldTable => ({
  slots: new Int32Array(most),
  kinds: new Int32Array(most),
  size: 0,
});

/** The number of what stands between `from` and `to` (quotes included) inside `parent`. */
export function pathNumber(src: Uint8Array, from: number, to: number, parent: number): number {
  let hash = parent;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (src[i] as number), 0x01000193);
  return hash === 0 ? 1 : hash;
}

/** The number of a listed field's values' own space. */
export const valuesOf = (path: number): number => Math.imul(path, 0x9e3779b1) | 1;

export function kindAt({ slots, kinds }: FieldTable, path: number): number {
  let slot = path & (most - 1);
  while (slots[slot] !== path) {
    if (slots[slot] === 0) return unknown;
    slot = (slot + 1) & (most - 1);
  }
  return kinds[slot] as number;
}

/** False when the table is full: what is not in it is then not looked at any more. */
export function setKind(table: FieldTable, path: number, kind: number): boolean {
  let slot = path & (most - 1);
  while (table.slots[slot] !== path && table.slots[slot] !== 0) slot = (slot + 1) & (most - 1);
  if (table.slots[slot] === 0) {
    if (table.size > most / 2) return false;
    table.size += 1;
  }
  table.slots[slot] = path;
  table.kinds[slot] = kind;
  return true;
}
