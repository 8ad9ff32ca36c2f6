import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  amounts,
  anyValue,
  type Column,
  indexesOrNull,
  integers,
  numbers,
  oneOf,
  rarely,
  repeated,
} from '../../../server/sandbox/xero/company/columns.ts';
import { lineLists, numberLists } from '../../../server/sandbox/xero/company/packed-columns.ts';
import type { Line } from '../../../server/sandbox/xero/company/rows.ts';
import { texts } from '../../../server/sandbox/xero/company/text-column.ts';

const exact = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
const lines: fc.Arbitrary<Line[]> = fc.array(
  fc
    .record({
      id: fc.nat(),
      description: fc.string({ unit: 'binary', maxLength: 30 }),
      tracking: fc.option(fc.array(fc.record({ category: fc.nat(3), option: fc.nat() }), { maxLength: 2 }), {
        nil: undefined,
      }),
      item: fc.option(fc.nat(), { nil: undefined }),
      amounts: fc.option(
        fc.record({
          quantity: exact,
          unit: exact,
          account: fc.nat(200),
          taxType: fc.constantFrom('NONE', 'OUTPUT2'),
          amount: exact,
          tax: exact,
        }),
      ),
    })
    .map(
      ({ tracking, item, ...line }): Line => ({
        ...line,
        ...(tracking ? { tracking } : {}),
        ...(item === undefined ? {} : { item }),
      }),
    ),
  { maxLength: 6 },
);

/** Any UTF-16 unit, halves of pairs among them. */
const anyUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit));

/** Rows in order first, then any of them again: every row keeps what was set last. */
function keepsWhatIsSet<Value>(make: () => Column<Value>, value: fc.Arbitrary<Value>) {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.array(fc.tuple(fc.nat(), value)), (first, later) => {
      const column = make();
      for (const [index, each] of first.entries()) column.set(index, each);
      const expected = [...first];
      for (const [at, each] of later) {
        column.set(at % first.length, each);
        expected[at % first.length] = each;
      }
      expect(first.map((_, index) => column.get(index))).toEqual(expected);
    }),
  );
}

test.each<[string, () => Column<unknown>, fc.Arbitrary<unknown>]>([
  ['any value', anyValue, fc.anything()],
  ['numbers', numbers as () => Column<unknown>, fc.double({ noNaN: true })],
  ['integers', integers as () => Column<unknown>, fc.integer()],
  ['indexes or null', indexesOrNull as () => Column<unknown>, fc.option(fc.nat({ max: 2 ** 31 - 1 }))],
  ['one of', () => oneOf('a', 'b', 'c') as Column<unknown>, fc.constantFrom('a', 'b', 'c')],
  [
    'amounts',
    amounts as () => Column<unknown>,
    fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.constant(-(2 ** 31))),
  ],
  ['repeated values', repeated as () => Column<unknown>, fc.option(fc.string({ maxLength: 2 }))],
  ['texts', texts as () => Column<unknown>, fc.option(fc.string({ unit: anyUnit, maxLength: 40 }))],
  ['rarely', rarely, fc.option(fc.string(), { nil: undefined })],
  ['number lists', numberLists as () => Column<unknown>, fc.array(exact)],
  ['lines', lineLists as () => Column<unknown>, lines],
])('a column of %s keeps what was set last in every row', (_, make, value) => keepsWhatIsSet(make, value));

test('a column of lists holds a list of any length, many rows, and replaces them without growing for ever', () => {
  const column = numberLists();
  const long = Array.from({ length: 50_000 }, (_, at) => at * 1000);
  for (let row = 0; row < 10_000; row++) column.set(row, [row, -row]);
  column.set(77, long);
  // Far more than is kept: what was replaced is squeezed out on the way.
  for (let round = 1; round <= 20; round++) {
    for (let row = 0; row < 10_000; row += 3) column.set(row, [round, row, round * row]);
  }
  expect(column.get(77)).toEqual(long);
  for (let row = 0; row < 10_000; row++) {
    if (row === 77) continue;
    expect(column.get(row)).toEqual(row % 3 === 0 ? [20, row, 20 * row] : [row, -row]);
  }
});

test('what does not fit is refused and changes nothing', () => {
  const word = oneOf('a', 'b');
  word.set(0, 'a');
  expect(() => (word as Column<string>).set(0, 'c')).toThrow(TypeError);
  expect(word.get(0)).toBe('a');
  expect(() => integers().set(0, 2 ** 31)).toThrow(RangeError);
  const lists = numberLists();
  lists.set(0, [1]);
  expect(() => lists.set(0, [2, 0.5])).toThrow(RangeError);
  expect(() => lists.set(0, [2 ** 53])).toThrow(RangeError);
  expect(lists.get(0)).toEqual([1]);
});
