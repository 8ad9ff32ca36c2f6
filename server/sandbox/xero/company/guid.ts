/**
 * Ids without storing them: a GUID is a keyed permutation of the row's index, so 130,000 ids cost no memory
 * and an id leads back to its row by arithmetic.
 */

const HEX = Array.from({ length: 65_536 }, (_, word) => word.toString(16).padStart(4, '0'));
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Lower case, version 4 in looks. The same for the same key and index, for ever. */
export function guidOf(key: number, index: number): string {
  const a = sortKeyOf(key, index);
  const b = mix(a ^ Math.imul(key, 0x85ebca6b));
  const c = mix(b + 0x9e3779b9);
  const d = mix(c ^ key);
  return (
    `${HEX[a >>> 16]}${HEX[a & 0xffff]}-${HEX[b >>> 16]}-` +
    `${HEX[0x4000 | (b & 0x0fff)]}-${HEX[0x8000 | (c >>> 18)]}-${HEX[c & 0xffff]}${HEX[d >>> 16]}${HEX[d & 0xffff]}`
  );
}

/** The first 32 bits of the id: unique within a key, so sorting by it is sorting by id. */
export const sortKeyOf = (key: number, index: number): number => mix(index + key) >>> 0;

/** The index behind an id, or null when the id was not made with this key. Upper case is accepted. */
export function indexOfGuid(key: number, guid: string): number | null {
  const text = guid.toLowerCase();
  if (!GUID.test(text)) return null;
  const index = (unmix(Number.parseInt(text.slice(0, 8), 16)) - key) | 0;
  return guidOf(key, index) === text ? index : null;
}

/** The finaliser of MurmurHash3: every 32-bit value to another one, and back by `unmix`. */
export function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

function unmix(value: number): number {
  let h = value | 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x7ed1b41d);
  h ^= (h >>> 13) ^ (h >>> 26);
  h = Math.imul(h, 0xa5cb9243);
  return (h ^ (h >>> 16)) | 0;
}
