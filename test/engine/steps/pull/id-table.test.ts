import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idTable, type Known } from '../../../../server/engine/steps/pull/id-table.ts';

async function* inBatches(records: ReadonlyArray<Known & { id: string }>, size: number) {
  for (let at = 0; at < records.length; at += size) yield records.slice(at, at + size);
}

const uuid = fc.uuid();
const other = fc.oneof(
  fc.string({ maxLength: 40 }),
  uuid.map((id) => id.toUpperCase()),
  fc.constantFrom('', '-', '~'),
);
const record = (id: fc.Arbitrary<string>) =>
  fc.record({
    id,
    rawHash: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }),
    state: fc.constantFrom('', 'AUTHORISED', 'tombstone'),
  });
const ascending = (a: string, b: string): number => (a < b ? -1 : 1);

describe('a table of ids', () => {
  it('knows each id that it was given, as it was given, and no other', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(record(fc.oneof({ weight: 9, arbitrary: uuid }, other)), { selector: ({ id }) => id }),
        fc.array(fc.oneof(uuid, other)),
        fc.integer({ min: 1, max: 7 }),
        async (given, strangers, size) => {
          const records = given.toSorted((a, b) => ascending(a.id, b.id));
          const table = await idTable(inBatches(records, size));
          const wanted = [...new Set([...records.map(({ id }) => id), ...strangers])].toSorted(ascending);
          const found = table.of(wanted);
          const expected = records.map(({ id, rawHash, state }): [string, Known] => [id, { rawHash, state }]);
          expect([...found]).toEqual(expected);
          expect([...table.of(wanted.filter((_, at) => at % 2 === 0)).keys()]).toEqual(
            [...found.keys()].filter((id) => wanted.indexOf(id) % 2 === 0),
          );
        },
      ),
    ));
});
