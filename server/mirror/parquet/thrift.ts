/** Thrift's compact protocol as Parquet's headers need it: values made of bytes, put together from the inside out. */

/** A value with its type's number. */
export interface ThriftValue {
  type: number;
  bytes: readonly number[];
}

// Types of struct fields and of list elements (apache/thrift doc/specs/thrift-compact-protocol.md, 2026-08).
const typeI32 = 5;
const typeI64 = 6;
const typeBinary = 8;
const typeList = 9;
const typeStruct = 12;

export const i32 = (value: number): ThriftValue => ({ type: typeI32, bytes: zigZag(value) });

/** Safe integers alone. */
export const i64 = (value: number): ThriftValue => ({ type: typeI64, bytes: zigZag(value) });

export const binary = (bytes: Uint8Array): ThriftValue => ({
  type: typeBinary,
  bytes: [...varint(bytes.length), ...bytes],
});

export const text = (value: string): ThriftValue => binary(Buffer.from(value));

/** Of one type throughout, and not empty. */
export function list(values: readonly ThriftValue[]): ThriftValue {
  const type = values[0]?.type ?? typeStruct;
  const head = values.length < 15 ? [(values.length << 4) | type] : [0xf0 | type, ...varint(values.length)];
  return { type: typeList, bytes: [...head, ...values.flatMap(({ bytes }) => bytes)] };
}

/** Fields by number, ascending, at most 15 apart; what is undefined is left out. */
export function struct(fields: Readonly<Record<number, ThriftValue | undefined>>): ThriftValue {
  const bytes: number[] = [];
  let last = 0;
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    bytes.push(((Number(key) - last) << 4) | value.type, ...value.bytes);
    last = Number(key);
  }
  return { type: typeStruct, bytes: [...bytes, 0] };
}

/** Seven bits a byte, lowest first (ULEB128). */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

/** Sizes, counts and offsets: none of them negative. */
const zigZag = (value: number): number[] => varint(value * 2);
