/** The strings of a record: values copied as they are or repaired, names compared with those that other records had. */
import { escapeLength } from './json-tokens.ts';
import { meet } from './met-names.ts';
import { mostRepairs, type ScanSpace } from './scan-space.ts';

/** In place of an end: the page ends inside it. */
export const cutShort = -1;
/** In place of an end: it makes the record unreadable. */
export const broken = -2;

/** How many names that a record leaves out are passed over without looking up the next. */
const mostGuesses = 4;
/** Names inside one record or remembered: data in the place of names ends there. */
const mostNames = 1 << 17;

const markBytes = Buffer.from('\\ufdd0');
const hex = Buffer.from('0123456789abcdef');

/**
 * Copies the name at `from` into `out` and makes it the last of the object that is open at this depth. Just after its quote,
 * or `cutShort`, or `broken`, as a name is that the object already has.
 */
export function scanName(src: Uint8Array, from: number, space: ScanSpace, depth: number): number {
  const { out, insideAt, lastAt, names } = space;
  const inside = insideAt[depth];
  const last = lastAt[depth];
  if (inside === undefined || last === undefined) return broken;
  const object = space.objectAt[depth] as number;
  const o = space.used;
  let met = last === null ? inside.first : last.next;
  let end = from;
  for (let guesses = 1; met !== null; guesses++) {
    const { bytes } = met;
    const size = bytes.length;
    let k = 0;
    // Written while it is compared: what was guessed wrongly is written over.
    if (from + size <= src.length)
      while (k < size && src[from + k] === bytes[k]) out[o + k] = bytes[k++] as number;
    if (k === size) {
      end = from + size;
      space.used = o + size;
      break;
    }
    met = guesses < mostGuesses ? met.next : null;
  }
  if (met === null) {
    const repairs = space.repairs;
    end = copyString(src, from, space);
    if (end < 0) return end;
    if (names.count > mostNames) return broken;
    met = meet(names, inside, src, from, end);
    // A name that was repaired is not the same in `typed`.
    if (space.repairs === repairs) {
      if (last === null) inside.first = met;
      else last.next = met;
    }
  }
  if (met.seenIn === object) return broken;
  met.seenIn = object;
  lastAt[depth] = met;
  return end;
}

/** Copies the string at `from`, quotes included, to where `out` is free. Just after it, or `cutShort`, or `broken`. */
export function copyString(src: Uint8Array, from: number, space: ScanSpace): number {
  const { out } = space;
  const { length } = src;
  let o = space.used;
  let i = from + 1;
  out[o++] = 0x22;
  for (;;) {
    if (i >= length) return cutShort;
    const c = src[i] as number;
    if (c === 0x22) break;
    if (c >= 0x20 && c !== 0x5c) {
      out[o++] = c;
      i++;
      continue;
    }
    if (c === 0x5c) {
      const bytes = escapeLength(src, i);
      if (bytes > 0) for (let k = 0; k < bytes; k++) out[o++] = src[i++] as number;
      else {
        for (const byte of markBytes) out[o++] = byte;
        i -= bytes;
        space.repairs += markBytes.length;
      }
    } else {
      for (const byte of [0x5c, 0x75, 0x30, 0x30, hex[c >> 4] as number, hex[c & 15] as number])
        out[o++] = byte;
      i++;
      space.repairs += 6;
    }
    if (space.repairs > mostRepairs) return broken;
  }
  out[o++] = 0x22;
  space.used = o;
  return i + 1;
}
