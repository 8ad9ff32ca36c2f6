import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowMoves } from '../../server/domain/row-moves.ts';

const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'), { maxLength: 30 });

describe('moving rows', () => {
  test('one after the other brings each row that it names, and leaves every other where it was', () => {
    fc.assert(
      fc.property(keys, keys, (current, wanted) => {
        const rows = [...current];
        const targets = new Set<number>();
        for (const { from, to, count } of rowMoves(current, wanted)) {
          const held = rows.slice(from, from + count);
          held.forEach((row, at) => {
            expect(targets.has(to + at)).toBe(false);
            targets.add(to + at);
            rows[to + at] = row;
          });
        }
        wanted.forEach((key, at) => {
          if (targets.has(at)) expect(rows[at]).toBe(key);
          else expect(rows[at]).toBe(current[at]);
        });
      }),
      { numRuns: 2000 },
    );
  });

  test('of rows that all stayed are none', () => {
    expect(rowMoves(['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual([]);
  });
});
