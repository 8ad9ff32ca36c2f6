/** Runs of rows in files: merged they are what one sort of all rows would be. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, mergedRuns, storedRun } from '../../server/mirror/child-runs.ts';

const row = fc.record({
  place: fc.stringMatching(/^[0-9A-F]{0,3}$/),
  cells: fc.array(fc.string({ unit: 'grapheme' })).map((cells) => JSON.stringify(cells)),
  unread: fc.constantFrom('', '{"name":"i1","unread":["Total"]}'),
});

describe('mergedRuns', () => {
  it('gives every row of every run once, in order, and leaves no file', () => {
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 30 }), { maxLength: 6 }), (runs) => {
        const folder = mkdtempSync(join(tmpdir(), 'runs-'));
        try {
          const stored = runs.map((rows, at) => storedRun(join(folder, `run-${at}`), inOrder([...rows])));
          const merged = [...mergedRuns(stored)];
          expect(merged.map(({ place }) => place)).toEqual(
            runs
              .flat()
              .map(({ place }) => place)
              .sort(),
          );
          const texts = (rows: typeof merged) => rows.map((each) => JSON.stringify(each)).sort();
          expect(texts(merged)).toEqual(texts(runs.flat()));
          expect(readdirSync(folder)).toEqual([]);
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
    );
  });

  it('reads rows that are longer than its window', () => {
    const folder = mkdtempSync(join(tmpdir(), 'runs-'));
    try {
      const rows = Array.from({ length: 5 }, (_, at) => ({
        place: `0${at}`,
        cells: JSON.stringify([`${at}é`.repeat(50_000)]),
        unread: '',
      }));
      const even = storedRun(
        join(folder, 'even'),
        rows.filter((_, at) => at % 2 === 0),
      );
      const odd = storedRun(
        join(folder, 'odd'),
        rows.filter((_, at) => at % 2 === 1),
      );
      expect([...mergedRuns([odd, even])]).toEqual(rows);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
