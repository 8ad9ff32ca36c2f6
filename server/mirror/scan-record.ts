/**
 * One pass over one record's bytes: finds its end, checks its grammar, and writes its `typed` form. Beyond JSON's grammar it
 * knows what DuckDB needs: number tokens are quoted (DuckDB reads JSON numbers as doubles), whitespace between tokens goes,
 * control characters inside strings are escaped, and an escape that means no character (a lone surrogate, `\x`) becomes the
 * mark U+FDD0, which columns report as an unreadable value (toolchain.md 13, 2026-11-20). A key that is seen twice in one
 * object makes the record unreadable: JSON.parse takes the last, DuckDB the first.
 */
import {
  type FieldTable,
  firstNews,
  kindAt,
  listed,
  opaque,
  pathNumber,
  root,
  unknown,
  valuesOf,
} from './field-table.ts';
import { endOfBroken, endOfLiteral, endOfNumber, escapeLength } from './json-tokens.ts';

export interface RecordScan {
  /** Just after the record; -1 when the page ends inside it. */
  end: number;
  isReadable: boolean;
  /** Bytes of `typed` in the space's `out`. */
  typedLength: number;
  /** Per wanted top-level field where its value begins and ends in `typed`; start -1 when it is not there. */
  starts: Int32Array;
  ends: Int32Array;
  /** Places in the book's news that the record has, and whether it has a field or value that the book does not know. */
  news: number[];
  hasUnknown: boolean;
}

/** Scratch for the records of one page. */
export interface ScanSpace {
  out: Buffer;
  wanted: readonly Uint8Array[];
  /** Keys seen, one per slot: in which object, and where. */
  seenObject: Int32Array;
  seenAt: Int32Array;
  objects: number;
  /** Known fields, or null: none is looked up. */
  table: FieldTable | null;
  /** Per depth: the path of the object or list that is open there, and of the key whose value comes; 0 is not looked at. */
  openPaths: Int32Array;
  keyPaths: Int32Array;
  scan: RecordScan;
}

/** What stands for a character that Xero's text names but that does not exist. */
export const unreadableMark = '\ufdd0';

const mostDepth = 100;
/** What marks and escapes may add to one `typed`; a record that needs more is unreadable. */
const mostRepairs = 6000;
const slots = 1 << 14;
const markBytes = Buffer.from('\\ufdd0');
const hex = Buffer.from('0123456789abcdef');

export function scanSpace(
  pageBytes: number,
  fields: readonly string[],
  table: FieldTable | null = null,
): ScanSpace {
  const scan = {
    end: -1,
    isReadable: false,
    typedLength: 0,
    starts: new Int32Array(fields.length),
    ends: new Int32Array(fields.length),
    news: [],
    hasUnknown: false,
  };
  return {
    // A number grows by two quotes and follows at least one other byte: twice the page is enough without repairs.
    out: Buffer.allocUnsafeSlow(pageBytes * 2 + mostRepairs + 16),
    wanted: fields.map((field) => Buffer.from(`"${field}"`)),
    seenObject: new Int32Array(slots).fill(-1),
    seenAt: new Int32Array(slots),
    objects: 0,
    table,
    openPaths: new Int32Array(mostDepth + 3),
    keyPaths: new Int32Array(mostDepth + 3),
    scan,
  };
}

// What may stand at the place of the scan.
const value = 0;
const valueOrEnd = 1;
const key = 2;
const keyOrEnd = 3;
const commaOrEnd = 4;

/** Scans the value at `start` (no whitespace before it). The answer is `space.scan`, which the next call overwrites. */
export function scanRecord(src: Uint8Array, start: number, space: ScanSpace): RecordScan {
  const { out, wanted, seenObject, seenAt, table, openPaths, keyPaths, scan } = space;
  const { starts, ends } = scan;
  starts.fill(-1);
  scan.news.length = 0;
  scan.hasUnknown = false;
  keyPaths[1] = root;
  /** Path of the field whose value comes, if its values are listed. */
  let valued = 0;
  const length = src.length;
  /** Per depth the number of the object that is open there, or -1 for an array. */
  const open: number[] = [-1];
  let field = -1;
  let place = value;
  let repairs = 0;
  let o = 0;
  let i = start;
  do {
    let c = src[i] as number;
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) c = src[++i] as number;
    if (i >= length) return ended(scan, -1);
    if (c === 0x22) {
      if (place === commaOrEnd) return ended(scan, endOfBroken(src, start));
      const isKey = place >= key;
      const from = i++;
      out[o++] = 0x22;
      for (;;) {
        if (i >= length) return ended(scan, -1);
        c = src[i] as number;
        if (c === 0x22) break;
        if (c === 0x5c) {
          const bytes = escapeLength(src, i);
          if (bytes > 0) for (let k = 0; k < bytes; k++) out[o++] = src[i++] as number;
          else {
            for (const byte of markBytes) out[o++] = byte;
            i -= bytes;
            repairs += markBytes.length;
          }
        } else if (c >= 0x20) {
          out[o++] = c;
          i++;
        } else {
          for (const byte of [0x5c, 0x75, 0x30, 0x30, hex[c >> 4] as number, hex[c & 15] as number])
            out[o++] = byte;
          i++;
          repairs += 6;
        }
        if (repairs > mostRepairs) return ended(scan, endOfBroken(src, start));
      }
      out[o++] = c;
      i++;
      if (isKey) {
        const object = open[open.length - 1] as number;
        const slot = slotOf(src, from, i, object);
        if (seenObject[slot] === object && isSameText(src, seenAt[slot] as number, src, from, i - from))
          return ended(scan, endOfBroken(src, start));
        seenObject[slot] = object;
        seenAt[slot] = from;
        if (table !== null) {
          const parent = openPaths[open.length] as number;
          const path = parent === 0 ? 0 : pathNumber(src, from, i, parent);
          const kind = parent === 0 ? opaque : kindAt(table, path);
          keyPaths[open.length] = kind === opaque ? 0 : path;
          valued = kind === listed ? path : 0;
          if (kind === unknown) scan.hasUnknown = true;
          else if (kind >= firstNews) scan.news.push(kind - firstNews);
        }
        while (i < length && isSpace(src[i] as number)) i++;
        if (src[i] !== 0x3a) return ended(scan, i >= length ? -1 : endOfBroken(src, start));
        out[o++] = 0x3a;
        i++;
        place = value;
        if (open.length === 2) {
          field = wantedAt(src, from, i, wanted);
          if (field >= 0) starts[field] = o;
        }
        continue;
      }
      if (valued !== 0 && table !== null && i - from > 2) {
        const kind = kindAt(table, pathNumber(src, from, i, valuesOf(valued)));
        if (kind === unknown) scan.hasUnknown = true;
        else if (kind >= firstNews) scan.news.push(kind - firstNews);
      }
      place = commaOrEnd;
    } else if (c === 0x2c) {
      if (place !== commaOrEnd) return ended(scan, endOfBroken(src, start));
      out[o++] = c;
      i++;
      place = (open[open.length - 1] as number) < 0 ? value : key;
      continue;
    } else if (c === 0x7b || c === 0x5b) {
      if (place > valueOrEnd || open.length > mostDepth) return ended(scan, endOfBroken(src, start));
      out[o++] = c;
      i++;
      const isIn = (open[open.length - 1] as number) >= 0 || open.length === 1;
      openPaths[open.length + 1] = (isIn ? keyPaths : openPaths)[open.length] as number;
      open.push(c === 0x7b ? space.objects++ : -1);
      place = c === 0x7b ? keyOrEnd : valueOrEnd;
      continue;
    } else if (c === 0x7d || c === 0x5d) {
      const isObject = (open[open.length - 1] as number) >= 0;
      const mayEnd = place === commaOrEnd || place === (isObject ? keyOrEnd : valueOrEnd);
      if (open.length === 1 || !mayEnd || isObject !== (c === 0x7d))
        return ended(scan, endOfBroken(src, start));
      out[o++] = c;
      i++;
      open.pop();
      place = commaOrEnd;
    } else {
      const isNumber = c === 0x2d || (c >= 0x30 && c <= 0x39);
      const end = place > valueOrEnd ? -1 : isNumber ? endOfNumber(src, i) : endOfLiteral(src, i);
      if (end < 0) return ended(scan, endOfBroken(src, start));
      if (isNumber) out[o++] = 0x22;
      while (i < end) out[o++] = src[i++] as number;
      if (isNumber) out[o++] = 0x22;
      place = commaOrEnd;
    }
    if (open.length === 2 && field >= 0) {
      ends[field] = o;
      field = -1;
    }
  } while (open.length > 1);
  scan.end = i;
  scan.isReadable = src[start] === 0x7b;
  scan.typedLength = o;
  return scan;
}

function ended(scan: RecordScan, end: number): RecordScan {
  scan.end = end;
  scan.isReadable = false;
  return scan;
}

const isSpace = (c: number): boolean => c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;

/** Xero's keys differ in length, first or last letters within an object, mostly: a slot is not worth more hashing. */
function slotOf(src: Uint8Array, from: number, to: number, object: number): number {
  const middle = src[(from + to) >> 1] as number;
  let hash = Math.imul((src[from + 1] as number) * 31 + (src[to - 2] as number), 0x01000193) ^ (to - from);
  hash = Math.imul(hash ^ middle, 0x01000193) ^ Math.imul(object, 0x9e3779b1);
  return (hash ^ (hash >>> 15)) & (slots - 1);
}

/** Which wanted field the key between `from` and its end is, or -1. */
function wantedAt(src: Uint8Array, from: number, to: number, wanted: readonly Uint8Array[]): number {
  for (let k = 0; k < wanted.length; k++) {
    const name = wanted[k] as Uint8Array;
    if (from + name.length <= to && isSameText(src, from, name, 0, name.length)) return k;
  }
  return -1;
}

function isSameText(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (a[atA + k] !== b[atB + k]) return false;
  return true;
}
