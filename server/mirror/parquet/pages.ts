/**
 * Data pages of Parquet: values as plain bytes one after the other, levels before them that say which are there, and Zstandard
 * around all of it (apache/parquet-format, Encodings.md and parquet.thrift at 24102ed, 2026-08-19: "Data Pages", PLAIN, RLE).
 */
import { constants, zstdCompressSync } from 'node:zlib';
import { encoding, type ParquetColumn } from './column.ts';
import { i32, struct, varint } from './thrift.ts';

/** A reader holds one page of each column: no more than this, unless one value alone is longer. */
const mostPageBytes = 1 << 22;

export interface StoredPages {
  /** Headers and pages in their order. */
  pieces: Uint8Array[];
  storedBytes: number;
  /** As `storedBytes`, with the pages as they were before they were compressed. */
  plainBytes: number;
}

/** A page with the levels of its values. */
const spaceBytes = mostPageBytes + (1 << 14);

/** Where pages are laid, one after the other, before they are compressed: nothing waits in between. */
let space: Buffer | undefined;

/** So many bytes; those of a giant text are not kept. */
function roomFor(bytes: number): Buffer {
  if (bytes > spaceBytes) return Buffer.allocUnsafeSlow(bytes);
  space ??= Buffer.allocUnsafeSlow(spaceBytes);
  return space.subarray(0, bytes);
}

/** Bytes that each value takes in its page. */
export function valueSizes(column: ParquetColumn): Uint32Array {
  const sizes = new Uint32Array(column.values.length);
  if (column.kind === 'number') return sizes.fill(8);
  const { values } = column;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? null;
    if (value !== null) sizes[at] = 4 + (typeof value === 'string' ? Buffer.byteLength(value) : value.length);
  }
  return sizes;
}

/** The values from `from` up to before `to`, of these sizes, as pages of bounded size. */
export function storePages(
  column: ParquetColumn,
  sizes: Uint32Array,
  { from, to }: { from: number; to: number },
): StoredPages {
  const stored: StoredPages = { pieces: [], storedBytes: 0, plainBytes: 0 };
  for (let at = from; at < to; ) {
    let bytes = sizes[at] ?? 0;
    let end = at + 1;
    for (; end < to; end += 1) {
      const size = sizes[end] ?? 0;
      if (bytes + size > mostPageBytes) break;
      bytes += size;
    }
    const plain = layPage(column, at, end, bytes);
    const page = compressed(plain);
    const header = pageHeader(end - at, plain.length, page.length);
    stored.pieces.push(header, page);
    stored.storedBytes += header.length + page.length;
    stored.plainBytes += header.length + plain.length;
    at = end;
  }
  return stored;
}

/** Levels and values, which take so many bytes. */
function layPage(column: ParquetColumn, from: number, to: number, valueBytes: number): Buffer {
  const levels =
    column.kind === 'text' && column.isOptional === true ? presence(column.values, from, to) : [];
  const bytes = roomFor(levels.length + valueBytes);
  bytes.set(levels);
  let offset = levels.length;
  if (column.kind === 'number')
    for (let at = from; at < to; at += 1) {
      const value = column.values[at] ?? 0;
      // The lower and the upper half of 64 bits.
      bytes.writeUInt32LE(value >>> 0, offset);
      offset = bytes.writeInt32LE(Math.floor(value / 2 ** 32), offset + 4);
    }
  else
    for (let at = from; at < to; at += 1) {
      const value = column.values[at] ?? null;
      if (value === null) continue;
      const begin = offset + 4;
      if (typeof value === 'string') offset = begin + bytes.write(value, begin);
      else {
        bytes.set(value, begin);
        offset = begin + value.length;
      }
      bytes.writeUInt32LE(offset - begin, begin - 4);
    }
  return bytes;
}

/** Definition levels: runs of values that are there (1) or null (0), after their length in bytes. */
function presence(values: readonly unknown[], from: number, to: number): number[] {
  const runs: number[] = [];
  for (let at = from; at < to; ) {
    const isThere = values[at] !== null;
    let end = at + 1;
    while (end < to && (values[end] !== null) === isThere) end += 1;
    runs.push(...varint((end - at) * 2), isThere ? 1 : 0);
    at = end;
  }
  const length = Buffer.alloc(4);
  length.writeUInt32LE(runs.length);
  return [...length, ...runs];
}

const pageHeader = (values: number, plain: number, stored: number): Uint8Array =>
  Uint8Array.from(
    struct({
      1: i32(dataPage),
      2: i32(plain),
      3: i32(stored),
      5: struct({
        1: i32(values),
        2: i32(encoding.plain),
        3: i32(encoding.runLength),
        4: i32(encoding.runLength),
      }),
    }).bytes,
  );

/** PageType. */
const dataPage = 0;

/**
 * The level costs a fifth less CPU than 3 and no bytes, and a window as long as a page 5 % less than half of one. The sum makes a
 * byte that changed in a page an error for whoever reads it.
 */
const params = {
  [constants.ZSTD_c_compressionLevel]: 1,
  [constants.ZSTD_c_windowLog]: 22,
  [constants.ZSTD_c_checksumFlag]: 1,
};

/**
 * Measured with Node 24.21 on a page of 1,000 invoices, 2026-11-21: on another thread it costs 7 % more of all CPU. With room for whatever it may
 * become (ZSTD_compressBound of zstd.h 1.5) the page is read where it lies; what is not needed of the room is never touched.
 */
const compressed = (plain: Buffer): Uint8Array =>
  zstdCompressSync(plain, { chunkSize: plain.length + (plain.length >> 8) + 1_024, params });
