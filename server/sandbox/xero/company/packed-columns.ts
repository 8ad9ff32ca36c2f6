/**
 * Columns of lists: each row's list is written as a few bytes into one long stretch shared by the column. A list that is
 * replaced leaves its old bytes behind, until half of the stretch is such waste and it is written afresh.
 */
import { type Column, dictionary, integers } from './columns.ts';
import type { Line, LineAmounts, TrackingChoice } from './rows.ts';

/** Short lists of whole numbers. */
export const numberLists = (): Column<readonly number[]> =>
  packed<readonly number[]>(
    (list, writer) => {
      writer.put(list.length);
      for (const number of list) writer.put(number);
    },
    (reader) => {
      const list: number[] = [];
      for (let left = reader.take(); left > 0; left--) list.push(reader.take());
      return list;
    },
  );

const HAS_AMOUNTS = 1;
const HAS_TRACKING = 2;
const HAS_ITEM = 4;

/** Lines of documents. Descriptions and tax types are kept once each, so many lines may say the same. */
export function lineLists(): Column<readonly Line[]> {
  const texts = dictionary<string>();
  return packed<readonly Line[]>(
    (lines, writer) => {
      writer.put(lines.length);
      for (const line of lines) {
        writer.put(line.id);
        writer.put(texts.code(line.description));
        const { tracking, item } = line;
        writer.put(
          (line.amounts ? HAS_AMOUNTS : 0) |
            (tracking ? HAS_TRACKING : 0) |
            (item === undefined ? 0 : HAS_ITEM),
        );
        if (item !== undefined) writer.put(item);
        if (tracking) writer.put(tracking.length);
        for (const { category, option } of tracking ?? []) {
          writer.put(category);
          writer.put(option);
        }
        if (!line.amounts) continue;
        const { quantity, unit, account, taxType, amount, tax } = line.amounts;
        for (const number of [quantity, unit, account, texts.code(taxType), amount, tax]) writer.put(number);
      }
    },
    (reader) => {
      const lines: Line[] = [];
      for (let left = reader.take(); left > 0; left--) {
        const id = reader.take();
        const description = texts.at(reader.take());
        const shape = reader.take();
        const line: Line = { id, description, amounts: null };
        if (shape & HAS_ITEM) line.item = reader.take();
        if (shape & HAS_TRACKING) line.tracking = trackingFrom(reader, reader.take());
        if (shape & HAS_AMOUNTS) line.amounts = amountsFrom(reader, (code) => texts.at(code));
        lines.push(line);
      }
      return lines;
    },
  );
}

function trackingFrom(reader: Reader, count: number): TrackingChoice[] {
  return Array.from({ length: count }, () => ({ category: reader.take(), option: reader.take() }));
}

function amountsFrom(reader: Reader, textOf: (code: number) => string): LineAmounts {
  const quantity = reader.take();
  const unit = reader.take();
  const account = reader.take();
  const taxType = textOf(reader.take());
  return { quantity, unit, account, taxType, amount: reader.take(), tax: reader.take() };
}

interface Writer {
  /** A whole number that is exact, of either sign. */
  put(value: number): void;
}

interface Reader {
  take(): number;
}

/** Room for many lists; a longer list gets a block of its own. */
const BLOCK_BYTES = 65_536;

function packed<Value>(
  write: (value: Value, writer: Writer) => void,
  read: (reader: Reader) => Value,
): Column<Value> {
  /** Of each row: its block times BLOCK_BYTES, plus its place in that block. */
  const starts = integers();
  let blocks: Uint8Array[] = [];
  /** Bytes in the last block. */
  let filled = BLOCK_BYTES;
  let rows = 0;
  let stored = 0;
  let wasted = 0;
  const reader = numberReader();
  const writer = numberWriter();

  const readFrom = (all: Uint8Array[], start: number): Value => {
    reader.bytes = all[Math.floor(start / BLOCK_BYTES)] as Uint8Array;
    reader.at = start % BLOCK_BYTES;
    return read(reader);
  };
  const bytesFrom = (all: Uint8Array[], start: number): Uint8Array => {
    readFrom(all, start);
    return reader.bytes.subarray(start % BLOCK_BYTES, reader.at);
  };
  const place = (list: Uint8Array): number => {
    if (filled + list.length > BLOCK_BYTES) {
      blocks.push(new Uint8Array(Math.max(BLOCK_BYTES, list.length)));
      filled = 0;
    }
    const start = (blocks.length - 1) * BLOCK_BYTES + filled;
    blocks.at(-1)?.set(list, filled);
    filled += list.length;
    stored += list.length;
    return start;
  };
  /** Keeps what rows still point to, and lets the rest go. */
  const squeeze = () => {
    const before = blocks;
    blocks = [];
    filled = BLOCK_BYTES;
    stored = 0;
    wasted = 0;
    for (let index = 0; index < rows; index++) starts.set(index, place(bytesFrom(before, starts.get(index))));
  };

  return {
    get: (index) => readFrom(blocks, starts.get(index)),
    set(index, value) {
      writer.clear();
      write(value, writer);
      if (index < rows) wasted += bytesFrom(blocks, starts.get(index)).length;
      starts.set(index, place(writer.bytes()));
      rows = Math.max(rows, index + 1);
      if (wasted > BLOCK_BYTES && wasted > stored / 2) squeeze();
    },
  };
}

/** Numbers with their sign in the lowest bit, seven bits to a byte; by arithmetic beyond 31 bits, where bit operators stop. */
function numberWriter() {
  let bytes = new Uint8Array(256);
  let end = 0;
  return {
    put(value: number) {
      let left = value < 0 ? -2 * value - 1 : 2 * value;
      if (!Number.isInteger(value) || !Number.isSafeInteger(left))
        throw new RangeError(`not an exact number: ${value}`);
      if (end + 8 > bytes.length) {
        const longer = new Uint8Array(bytes.length * 2);
        longer.set(bytes);
        bytes = longer;
      }
      for (; left > 0x7fffffff; left = Math.floor(left / 128)) bytes[end++] = 0x80 | (left % 128);
      for (; left > 0x7f; left >>>= 7) bytes[end++] = 0x80 | (left & 0x7f);
      bytes[end++] = left;
    },
    clear() {
      end = 0;
    },
    /** A view that the next `put` writes over. */
    bytes: () => bytes.subarray(0, end),
  };
}

function numberReader() {
  const reader = {
    bytes: new Uint8Array() as Uint8Array,
    /** Of the next byte. */
    at: 0,
    take(): number {
      const { bytes } = reader;
      let byte = bytes[reader.at++] as number;
      let value = byte & 0x7f;
      for (let scale = 128; byte > 0x7f; scale *= 128) {
        byte = bytes[reader.at++] as number;
        value += (byte & 0x7f) * scale;
      }
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
  };
  return reader;
}
