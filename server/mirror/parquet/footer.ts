/** The end of a Parquet file: its columns, where their pages lie, and what they hold (apache/parquet-format, parquet.thrift at 24102ed, 2026-08-19). */
import { encoding, type ParquetColumn, physicalType } from './column.ts';
import type { StoredPages } from './pages.ts';
import { binary, i32, i64, list, struct, type ThriftValue, text } from './thrift.ts';

/** Rows from `from` up to before `to`, as they lie in the file from `offset` on: their pages, column by column. */
export interface StoredRows {
  from: number;
  to: number;
  offset: number;
  chunks: readonly StoredPages[];
}

/** FileMetaData, its length, and the mark that ends the file. */
export function fileFooter(
  columns: readonly ParquetColumn[],
  rows: number,
  groups: readonly StoredRows[],
): Buffer {
  const root = struct({ 4: text('records'), 5: i32(columns.length) });
  const { bytes } = struct({
    1: i32(1),
    2: list([root, ...columns.map(schemaElement)]),
    3: i64(rows),
    4: list(groups.map((group) => rowGroup(columns, group))),
    6: text('foliokeep'),
    // Without it nobody may read the least and the greatest value.
    7: list(columns.map(() => typeDefinedOrder)),
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([Uint8Array.from(bytes), length, fileMark]);
}

export const fileMark = Buffer.from('PAR1');

const typeDefinedOrder = struct({ 1: struct({}) });
const [required, optional] = [0, 1];
const utf8 = 0;
const zstandard = 6;

const schemaElement = (column: ParquetColumn): ThriftValue =>
  struct({
    1: i32(physicalType[column.kind]),
    3: i32(isOptional(column) ? optional : required),
    4: text(column.name),
    6: column.kind === 'text' ? i32(utf8) : undefined,
    // The logical type STRING; whole numbers of 64 bits need none.
    10: column.kind === 'text' ? struct({ 1: struct({}) }) : undefined,
  });

function rowGroup(columns: readonly ParquetColumn[], group: StoredRows): ThriftValue {
  let { offset } = group;
  const chunks = columns.flatMap((column, at) => {
    const stored = group.chunks[at];
    if (stored === undefined) return [];
    const metadata = columnMetadata(column, group, stored, offset);
    offset += stored.storedBytes;
    return struct({ 2: i64(0), 3: metadata });
  });
  const sum = (of: (stored: StoredPages) => number) =>
    group.chunks.reduce((total, one) => total + of(one), 0);
  return struct({
    1: list(chunks),
    2: i64(sum(({ plainBytes }) => plainBytes)),
    3: i64(group.to - group.from),
    5: i64(group.offset),
    6: i64(sum(({ storedBytes }) => storedBytes)),
  });
}

const columnMetadata = (
  column: ParquetColumn,
  { from, to }: StoredRows,
  { plainBytes, storedBytes }: StoredPages,
  offset: number,
): ThriftValue =>
  struct({
    1: i32(physicalType[column.kind]),
    2: list([i32(encoding.plain), i32(encoding.runLength)]),
    3: list([text(column.name)]),
    4: i32(zstandard),
    5: i64(to - from),
    6: i64(plainBytes),
    7: i64(storedBytes),
    9: i64(offset),
    12: statistics(column, from, to),
  });

/** What lets a reader pass over a group of rows in which the value it looks for cannot be. */
function statistics(column: ParquetColumn, from: number, to: number): ThriftValue {
  if (column.kind === 'number') {
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    for (let at = from; at < to; at += 1) {
      const value = column.values[at] ?? 0;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    return struct({ 3: i64(0), 5: wholeNumber(greatest), 6: wholeNumber(least) });
  }
  const nulls = isOptional(column)
    ? column.values.slice(from, to).filter((value) => value === null).length
    : 0;
  const [first, last] = [column.values[from] ?? null, column.values[to - 1] ?? null];
  const isBounded = column.isAscending === true && first !== null && last !== null;
  return struct({
    3: i64(nulls),
    5: isBounded ? binary(Buffer.from(last)) : undefined,
    6: isBounded ? binary(Buffer.from(first)) : undefined,
  });
}

function wholeNumber(value: number): ThriftValue {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return binary(bytes);
}

const isOptional = (column: ParquetColumn): boolean => column.kind === 'text' && column.isOptional === true;
