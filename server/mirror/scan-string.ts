/** The strings of a record: values copied as they are or repaired, names compared with those that other records had. */
import { escapeLength } from './json-tokens.ts';
import { meet } from './met-names.ts';
import { mostRepairs, type ScanSpace, spareBytes } from './scan-space.ts';

/** In place of an end: the page ends inside it. */
export const cutShort = -1;
/** In place of an end: it makes the record unreadable. */
export const broken = -2;
/** In place of an end: `out` is too small. */
export const outOfRoom = -3;

/** How many names that a record leaves out are passed over without looking up the next. */
const mostGuesses = 4;
/** Names inside one record or remembered: data in the place of names ends there. */
const mostNames = 1 << 17;

const markBytes = Buffer.from('\\ufdd0');
const hex = Buffer.from('0123456789abcdef');

/**
 * Copies the name at `from` into `out` and makes it the last of the object that is open at this depth. Just after its quote, or
 * what stands in place of an end: `broken` too for a name that the object already has.
 */
export function scanName(src: Uint8Array, from: number, space: ScanSpace, depth: number): number {
  const { out, outView, pageView, insideAt, lastAt, names } = space;
  const inside = insideAt[depth];
  const last = lastAt[depth];
  if (inside === undefined || last === undefined) return broken;
  const object = space.objectAt[depth] as number;
  const o = space.used;
  const roomEnd = out.length - spareBytes;
  let met = last === null ? inside.first : last.next;
  let end = from;
  for (let guesses = 1; met !== null; guesses++) {
    const { words } = met;
    const size = met.bytes.length;
    const last = size - 4;
    if (last >= 0 && from + size <= src.length && o + size <= roomEnd) {
      let at = 0;
      let k = 0;
      // Written while it is compared: what was guessed wrongly is written over.
      for (; at < last; at += 4, k++) {
        const word = words[k] as number;
        if (pageView.getInt32(from + at, true) !== word) break;
        outView.setInt32(o + at, word, true);
      }
      const word = words[words.length - 1] as number;
      if (at >= last && pageView.getInt32(from + last, true) === word) {
        outView.setInt32(o + last, word, true);
        end = from + size;
        space.used = o + size;
        break;
      }
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

/** Copies the string at `from`, quotes included, to where `out` is free. Just after it, or what stands in place of an end. */
export function copyString(src: Uint8Array, from: number, space: ScanSpace): number {
  const { out } = space;
  const { length } = src;
  const roomEnd = out.length - spareBytes;
  let o = space.used;
  let i = from + 1;
  out[o++] = 0x22;
  for (;;) {
    const stop = Math.min(length, i + roomEnd - o);
    let c = 0;
    while (i < stop) {
      c = src[i] as number;
      if (c === 0x22 || c === 0x5c || c < 0x20) break;
      out[o++] = c;
      i++;
    }
    if (i >= stop) return i >= length ? cutShort : outOfRoom;
    if (c === 0x22) break;
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
