/**
 * One pass over one record's bytes: finds its end, checks its grammar, and writes its `typed` form. Beyond JSON's grammar it
 * knows what DuckDB needs: number tokens are quoted (DuckDB reads JSON numbers as doubles), whitespace between tokens goes,
 * control characters inside strings are escaped, and an escape that means no character (a lone surrogate, `\x`) becomes the
 * mark U+FDD0, which columns report as an unreadable value (toolchain.md 13, 2026-11-20). A key that is seen twice in one
 * object makes the record unreadable: JSON.parse takes the last, DuckDB the first.
 */
import { firstNews, kindAt, listed, pathNumber, unknown, valuesOf } from './field-table.ts';
import { endOfBroken, endOfLiteral, endOfNumber } from './json-tokens.ts';
import type { MetName } from './met-names.ts';
import { makeReady, makeRoom, mostDepth, type RecordScan, type ScanSpace, spareBytes } from './scan-space.ts';
import { broken, copyString, outOfRoom, scanName } from './scan-string.ts';

// What may stand at the place of the scan.
const value = 0;
const valueOrEnd = 1;
const key = 2;
const keyOrEnd = 3;
const commaOrEnd = 4;

const fourSpaces = 0x20202020;

/** Scans the value at `start` (no whitespace before it). The answer is `space.scan`, which the next call overwrites. */
export function scanRecord(src: Uint8Array, start: number, space: ScanSpace): RecordScan {
  makeReady(space);
  let scan = scanInto(src, start, space);
  while (scan.end === outOfRoom) {
    makeRoom(space);
    makeReady(space);
    scan = scanInto(src, start, space);
  }
  space.used = scan.isReadable ? scan.typedEnd : scan.typedStart;
  return scan;
}

function scanInto(src: Uint8Array, start: number, space: ScanSpace): RecordScan {
  const { out, pageView, table, objectAt, insideAt, lastAt, scan } = space;
  const { starts, ends } = scan;
  const { length } = src;
  const roomEnd = out.length - spareBytes;
  let depth = 0;
  let field = -1;
  let place = value;
  /** Path of the field whose value comes, if its values are listed. */
  let valued = 0;
  let o = scan.typedStart;
  let i = start;
  do {
    if (o > roomEnd) return ended(scan, outOfRoom);
    let c = src[i] as number;
    while (c <= 0x20 && isSpace(c)) {
      i++;
      while (i + 4 <= length && pageView.getInt32(i, true) === fourSpaces) i += 4;
      c = src[i] as number;
    }
    if (i >= length) return ended(scan, -1);
    if (c === 0x22) {
      if (place === commaOrEnd) return ended(scan, endOfBroken(src, start));
      space.used = o;
      if (place >= key) {
        i = scanName(src, i, space, depth);
        if (i < 0) return ended(scan, i === broken ? endOfBroken(src, start) : i);
        o = space.used;
        const name = lastAt[depth] as MetName;
        if (table !== null) {
          // What was not known may have been learnt since.
          if (name.kind === unknown) name.kind = kindAt(table, name.path);
          note(scan, name.kind);
          valued = name.kind === listed ? name.path : 0;
        }
        while (i < length && isSpace(src[i] as number)) i++;
        if (src[i] !== 0x3a) return ended(scan, i >= length ? -1 : endOfBroken(src, start));
        out[o++] = 0x3a;
        i++;
        place = value;
        if (depth === 1) {
          field = name.wanted;
          if (field >= 0) starts[field] = o;
        }
        continue;
      }
      const from = i;
      i = copyString(src, i, space);
      if (i < 0) return ended(scan, i === broken ? endOfBroken(src, start) : i);
      o = space.used;
      if (valued !== 0 && table !== null && i - from > 2)
        note(scan, kindAt(table, pathNumber(src, from, i, valuesOf(valued))));
      place = commaOrEnd;
    } else if (c === 0x2c) {
      if (place !== commaOrEnd) return ended(scan, endOfBroken(src, start));
      out[o++] = c;
      i++;
      place = (objectAt[depth] as number) < 0 ? value : key;
      continue;
    } else if (c === 0x7b || c === 0x5b) {
      if (place > valueOrEnd || depth === mostDepth) return ended(scan, endOfBroken(src, start));
      out[o++] = c;
      i++;
      // What is in a list is inside the name that the list is the value of.
      const isOfName = depth > 0 && (objectAt[depth] as number) >= 0;
      insideAt[depth + 1] = (isOfName ? lastAt[depth] : insideAt[depth]) as MetName;
      depth++;
      lastAt[depth] = null;
      objectAt[depth] = c === 0x7b ? space.objects++ : -1;
      place = c === 0x7b ? keyOrEnd : valueOrEnd;
      continue;
    } else if (c === 0x7d || c === 0x5d) {
      const isObject = (objectAt[depth] as number) >= 0;
      const mayEnd = place === commaOrEnd || place === (isObject ? keyOrEnd : valueOrEnd);
      if (depth === 0 || !mayEnd || isObject !== (c === 0x7d)) return ended(scan, endOfBroken(src, start));
      out[o++] = c;
      i++;
      depth--;
      place = commaOrEnd;
    } else {
      const isNumber = c === 0x2d || (c >= 0x30 && c <= 0x39);
      const end = place > valueOrEnd ? -1 : isNumber ? endOfNumber(src, i) : endOfLiteral(src, i);
      if (end < 0) return ended(scan, endOfBroken(src, start));
      if (o + (end - i) > roomEnd) return ended(scan, outOfRoom);
      if (isNumber) out[o++] = 0x22;
      while (i < end) out[o++] = src[i++] as number;
      if (isNumber) out[o++] = 0x22;
      place = commaOrEnd;
    }
    if (depth === 1 && field >= 0) {
      ends[field] = o;
      field = -1;
    }
  } while (depth > 0);
  scan.end = i;
  scan.isReadable = src[start] === 0x7b;
  scan.typedEnd = o;
  return scan;
}

function ended(scan: RecordScan, end: number): RecordScan {
  scan.end = end;
  scan.isReadable = false;
  return scan;
}

/** What the table says of a name or a value that the record has. */
function note(scan: RecordScan, kind: number): void {
  if (kind === unknown) scan.hasUnknown = true;
  else if (kind >= firstNews) scan.news.push(kind - firstNews);
}

const isSpace = (c: number): boolean => c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
