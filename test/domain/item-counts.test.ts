import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountRun, hasDropped, noteCount } from '../../server/domain/item-counts.ts';

const noted = (answers: ReadonlyArray<{ at: number; count: number }>): CountRun[] =>
  answers.reduce<CountRun[]>((runs, { at, count }) => noteCount(runs, at, count), []);

describe('the counts of a list', () => {
  it('tell a drop between two answers in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 3, max: 6 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (counts, order) => {
          const made = counts.map((count, at) => ({ at, count }));
          const came = made.toSorted((a, b) => (order[a.at] ?? 0) - (order[b.at] ?? 0));
          const isShorter = counts.some((count, at) => count < (counts[at - 1] ?? count));
          expect(hasDropped(noted(came))).toBe(isShorter);
          expect(noted(came).at(-1)?.count).toBe(counts.at(-1));
        },
      ),
    );
  });

  it('are one run while they stay the same', () => {
    const runs = noted([5, 1, 9, 3].map((at) => ({ at, count: 40 })));
    expect(runs).toEqual([{ from: 1, to: 9, count: 40 }]);
  });

  it('take two answers of one moment in the order they came in', () => {
    const [more, fewer] = [
      { at: 1, count: 2 },
      { at: 1, count: 1 },
    ];
    expect(hasDropped(noted([more, fewer]))).toBe(true);
    expect(hasDropped(noted([fewer, more]))).toBe(false);
  });
});
