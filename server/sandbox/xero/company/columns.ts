/**
 * Columns of a table: where the values of one field live, row by row. A number takes four or eight bytes, one of a few words
 * one byte. Columns grow by blocks, so that a long one is never copied and leaves nothing behind.
 */

/** Reading past the end is the caller's mistake; setting at the end makes the column longer. */
export interface Column<Value> {
  get(index: number): Value;
  set(index: number, value: Value): void;
}

/** One column for each field of a row but its index. */
export type Columns<Row> = { [Field in Exclude<keyof Row, 'index'>]-?: Column<Row[Field]> };

/** Any value as it is: for short tables, and for texts that are rarely the same. */
export function anyValue<Value>(): Column<Value> {
  const values: Value[] = [];
  return {
    get: (index) => values[index] as Value,
    set(index, value) {
      values[index] = value;
    },
  };
}

/** Whole numbers of any size that is exact, or instants. */
export const numbers = (): Column<number> => typed((length) => new Float64Array(length));

/** Whole numbers of 32 bits with sign: indexes and days. Anything else is a RangeError. */
export function integers(): Column<number> {
  const { get, set } = typed((length) => new Int32Array(length));
  return {
    get,
    set(index, value) {
      if ((value | 0) !== value) throw new RangeError(`not a whole number of 32 bits: ${value}`);
      set(index, value);
    },
  };
}

/** Whole numbers that mostly fit 32 bits: amounts in cents. Any other number is kept beside the column. */
export function amounts(): Column<number> {
  const { get, set } = typed((length) => new Int32Array(length));
  const others = rarely<number>();
  return {
    get: (index) => {
      const value = get(index);
      return value === KEPT_BESIDE ? (others.get(index) as number) : value;
    },
    set(index, value) {
      const fits = (value | 0) === value && value !== KEPT_BESIDE;
      set(index, fits ? value : KEPT_BESIDE);
      others.set(index, fits ? undefined : value);
    },
  };
}

const KEPT_BESIDE = -(2 ** 31);

/** An index of another table, or null. */
export function indexesOrNull(): Column<number | null> {
  const { get, set } = integers();
  return {
    get(index) {
      const value = get(index);
      return value < 0 ? null : value;
    },
    set: (index, value) => set(index, value ?? -1),
  };
}

/** One of a few words. Storing another is a TypeError. */
export function oneOf<const Word extends string | boolean>(...words: readonly Word[]): Column<Word> {
  const codes = typed((length) => new Uint8Array(length));
  const codeOf = new Map(words.map((word, code) => [word, code]));
  return {
    get: (index) => words[codes.get(index)] as Word,
    set(index, word) {
      const code = codeOf.get(word);
      if (code === undefined) throw new TypeError(`${String(word)} is none of ${words.join(', ')}`);
      codes.set(index, code);
    },
  };
}

export const flags = (): Column<boolean> => oneOf(false, true);

/** Texts or numbers of which many are the same: each different one is kept once, for ever. */
export function repeated<Value extends string | number | null>(): Column<Value> {
  const codes = integers();
  const values = dictionary<Value>();
  return {
    get: (index) => values.at(codes.get(index)),
    set(index, value) {
      codes.set(index, values.code(value));
    },
  };
}

/** Values that most rows do not have. */
export function rarely<Value>(): Column<Value | undefined> {
  const values = new Map<number, Value>();
  return {
    get: (index) => values.get(index),
    set(index, value) {
      if (value !== undefined) values.set(index, value);
      else if (values.size > 0) values.delete(index);
    },
  };
}

export interface Dictionary<Value> {
  code(value: Value): number;
  at(code: number): Value;
}

/** Numbers the different values that it is shown. */
export function dictionary<Value>(): Dictionary<Value> {
  const codes = new Map<Value, number>();
  const values: Value[] = [];
  return {
    code(value) {
      let code = codes.get(value);
      if (code === undefined) {
        code = values.push(value) - 1;
        codes.set(value, code);
      }
      return code;
    },
    at: (code) => values[code] as Value,
  };
}

type Numbers = Float64Array | Int32Array | Uint8Array;

/** Rows of a block, as a power of two. */
const BLOCK_BITS = 12;
const BLOCK_MASK = (1 << BLOCK_BITS) - 1;

function typed(make: (length: number) => Numbers): Column<number> {
  const blocks: Numbers[] = [];
  return {
    get: (index) => (blocks[index >>> BLOCK_BITS] as Numbers)[index & BLOCK_MASK] as number,
    set(index, value) {
      while (blocks.length <= index >>> BLOCK_BITS) blocks.push(make(1 << BLOCK_BITS));
      (blocks[index >>> BLOCK_BITS] as Numbers)[index & BLOCK_MASK] = value;
    },
  };
}
