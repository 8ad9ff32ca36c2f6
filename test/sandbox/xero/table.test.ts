import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyValue } from '../../../server/sandbox/xero/company/columns.ts';
import { createTable } from '../../../server/sandbox/xero/company/table.ts';

interface Thing {
  readonly index: number;
  name: string;
  note?: string | undefined;
}

const things = (...names: string[]) => {
  const table = createTable<Thing>({ name: anyValue(), note: anyValue() });
  for (const name of names) table.add({ name });
  return table;
};

test('a row is a view: what is assigned to it is what every other look sees', () => {
  const table = things('a', 'b');
  const early = table.at(1);
  table.at(1).name = 'changed';
  expect(early.name).toBe('changed');
  expect(table.copy(early)).toEqual({ name: 'changed', note: undefined });
  expect([...table].map(({ index, name }) => [index, name])).toEqual([
    [0, 'a'],
    [1, 'changed'],
  ]);
  expect(table.filter((row) => row.name === 'a').map(({ index }) => index)).toEqual([0]);
  expect(table.find((row) => row.name === 'changed')?.index).toBe(1);
  expect(table.some((row) => row.name === 'b')).toBe(false);
});

test.each([-1, 2, 0.5, Number.NaN])('there is no row at %s of two', (index) => {
  const table = things('a', 'b');
  expect(table.has(index)).toBe(false);
  expect(() => table.at(index)).toThrow(RangeError);
});

test('a reader that keeps up by marks has seen every change, or is told that it has not', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 60 }), fc.array(fc.boolean()), (writes, reads) => {
      const table = things(...'abcdefghij');
      const kept = [...table].map(({ name }) => name);
      let { mark } = table;
      writes.forEach((index, at) => {
        table.at(index).name = `${at}`;
        if (!reads[at]) return;
        for (const changed of table.changedSince(mark) ?? kept.keys()) kept[changed] = table.at(changed).name;
        mark = table.mark;
      });
      for (const changed of table.changedSince(mark) ?? kept.keys()) kept[changed] = table.at(changed).name;
      expect(kept).toEqual([...table].map(({ name }) => name));
    }),
  );
});

test('the history of changes is bounded, and a reader of long ago is told so', () => {
  const table = things('a', 'b');
  const { mark } = table;
  table.at(0).name = 'again';
  expect(table.changedSince(mark)).toEqual([0]);
  for (let at = 0; at < 20_000; at++) table.at(at % 2).name = 'again';
  expect(table.changedSince(mark)).toBe(null);
  expect(table.changedSince(table.mark)).toEqual([]);
});
