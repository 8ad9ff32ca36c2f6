import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rectanglesOf, rowRuns } from '../../server/domain/rectangles.ts';
import type { Span } from '../../server/domain/row-diff.ts';

const WIDTH = 6;
const grid = fc.array(fc.array(fc.boolean(), { minLength: WIDTH, maxLength: WIDTH }), { maxLength: 12 });
const spansOf = (rows: boolean[][]): Span[] =>
  rows.flatMap((cells, row) =>
    cells.flatMap((isSet, start): Span[] => {
      if (!isSet || cells[start - 1]) return [];
      const length = cells.slice(start).findIndex((one) => !one);
      return [{ row, start, end: length < 0 ? WIDTH : start + length }];
    }),
  );

describe('rectangles', () => {
  test('cover exactly the cells of the spans, each once, and never two groups of columns', () => {
    const groups = [
      { start: 0, end: 2 },
      { start: 2, end: 6 },
    ];
    fc.assert(
      fc.property(grid, (rows) => {
        const covered = rows.map(() => new Array(WIDTH).fill(false));
        for (const { startRow, endRow, start, end } of rectanglesOf(spansOf(rows), groups)) {
          expect(groups.some((group) => start >= group.start && end <= group.end)).toBe(true);
          for (let row = startRow; row < endRow; row += 1)
            for (let column = start; column < end; column += 1) {
              expect(covered[row]?.[column]).toBe(false);
              (covered[row] ?? [])[column] = true;
            }
        }
        expect(covered).toEqual(rows);
      }),
    );
  });

  test('of a column that changes all the way down are one', () => {
    const spans = Array.from({ length: 5000 }, (_, row) => ({ row, start: 3, end: 4 }));
    expect(rectanglesOf(spans, [{ start: 0, end: 6 }])).toEqual([
      { startRow: 0, endRow: 5000, start: 3, end: 4 },
    ]);
  });
});

describe('runs of rows', () => {
  test('join neighbours, and those nearer than a gap', () => {
    const spans = [0, 1, 1, 4, 9].map((row) => ({ row, start: 0, end: 1 }));
    expect(rowRuns(spans)).toEqual([
      { startRow: 0, endRow: 2 },
      { startRow: 4, endRow: 5 },
      { startRow: 9, endRow: 10 },
    ]);
    expect(rowRuns(spans, 2)).toEqual([
      { startRow: 0, endRow: 5 },
      { startRow: 9, endRow: 10 },
    ]);
  });
});
