/** Columns of a table: where the values of one field live, row by row. */

/** Reading past the end is the caller's mistake; setting at the end makes the column longer. */
export interface Column<Value> {
  get(index: number): Value;
  set(index: number, value: Value): void;
}

/** One column for each field of a row but its index. */
export type Columns<Row> = { [Field in Exclude<keyof Row, 'index'>]-?: Column<Row[Field]> };

/** Any value as it is: for short lists and for fields that are rarely there. */
export function anyValue<Value>(): Column<Value> {
  const values: Value[] = [];
  return {
    get: (index) => values[index] as Value,
    set(index, value) {
      values[index] = value;
    },
  };
}
