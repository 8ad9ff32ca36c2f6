import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Reconciled, reconciler } from '../../server/domain/reconcile.ts';
import { isSameCell } from '../../server/domain/sheet-value.ts';
import type { EnteredCell, SheetValue } from '../../server/domain/spreadsheet.ts';

const WIDTH = 4;

/** Few distinct values, so that rows repeat, move and meet by chance. */
const value: fc.Arbitrary<SheetValue> = fc.oneof(
  fc.constantFrom('', 'a', '=1+1', '00123', '1', 'a\r\nb'),
  fc.constantFrom(1, 0, -0.5, 46346),
  fc.boolean(),
  fc.constant(null),
);
const formula = fc.constantFrom('=A1', '=1+1').map((text): EnteredCell => ({ formula: text }));
const wantedRow = fc.array(value, { minLength: WIDTH, maxLength: WIDTH });
const currentRow = fc.array(fc.oneof({ weight: 9, arbitrary: value as fc.Arbitrary<EnteredCell> }, formula), {
  minLength: WIDTH,
  maxLength: WIDTH,
});
/** Rows that keep their order but gain, lose and change some: what a refresh of a real dataset looks like. */
const refreshed = fc
  .array(fc.tuple(fc.nat(40), fc.constantFrom('keep', 'keep', 'keep', 'drop', 'change', 'add')), {
    // Fewer, and moving them would not pay.
    minLength: 80,
    maxLength: 300,
  })
  .map((steps) => {
    const row = (name: string): SheetValue[] => [name, `${name} b`, `${name} c`, 'same'];
    const current = steps.flatMap(([, act], index) => (act === 'add' ? [] : [row(`r${index}`)]));
    const wanted = steps.flatMap(([, act], index) =>
      act === 'drop' ? [] : [row(act === 'change' ? `changed${index}` : `r${index}`)],
    );
    return { current, wanted };
  });

const reconcile = (current: EnteredCell[][], wanted: SheetValue[][]): Reconciled => {
  const both = reconciler();
  for (let row = 0; row < Math.max(current.length, wanted.length); row += 1)
    both.next(current[row], wanted[row]);
  return both.finish();
};

/** Carries the result out on a grid with a column and rows around the block that nobody may touch. */
const carryOut = (current: EnteredCell[][], wanted: SheetValue[][], result: Reconciled): EnteredCell[][] => {
  const height = Math.max(current.length, wanted.length);
  const grid = Array.from({ length: height }, (_, row) => [...(current[row] ?? new Array(WIDTH).fill(null))]);
  for (const { from, to, count } of result.moves) {
    const held = grid.slice(from, from + count).map((row) => [...row]);
    held.forEach((row, at) => {
      grid[to + at] = row;
    });
  }
  for (const { row, start, end } of result.writes) {
    for (let column = start; column < end; column += 1) {
      const cells = grid[row];
      if (cells) cells[column] = wanted[row]?.[column] ?? null;
    }
  }
  for (let row = result.clearFrom; row < result.clearTo; row += 1) grid[row] = new Array(WIDTH).fill(null);
  return grid;
};

const shows = (grid: EnteredCell[][], wanted: SheetValue[][]): boolean =>
  grid.every((row, at) => row.every((cell, column) => isSameCell(cell, wanted[at]?.[column] ?? null)));

describe('reconcile', () => {
  test('carried out on any block gives exactly the wanted rows', () => {
    fc.assert(
      fc.property(
        fc.array(currentRow, { maxLength: 60 }),
        fc.array(wantedRow, { maxLength: 60 }),
        (current, wanted) => {
          expect(shows(carryOut(current, wanted, reconcile(current, wanted)), wanted)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('carried out on a refreshed block gives the wanted rows, moved rows included', () => {
    let moved = 0;
    fc.assert(
      fc.property(refreshed, ({ current, wanted }) => {
        const result = reconcile(current, wanted);
        moved += result.moves.length;
        expect(shows(carryOut(current, wanted, result), wanted)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(300);
  });

  test('its differing cells, written instead of moves and writes, give the wanted rows too', () => {
    fc.assert(
      fc.property(refreshed, ({ current, wanted }) => {
        const result = reconcile(current, wanted);
        const alone = { ...result, moves: [], writes: result.differing };
        expect(shows(carryOut(current, wanted, alone), wanted)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('of a block that shows the wanted rows is nothing', () => {
    fc.assert(
      fc.property(fc.array(wantedRow, { maxLength: 40 }), (wanted) => {
        const result = reconcile(wanted, wanted);
        expect(result).toMatchObject({ isUnchanged: true, moves: [], cells: 0 });
        expect([...result.writes]).toEqual([]);
      }),
    );
  });

  test('writes no cell that is right already, without moves', () => {
    fc.assert(
      fc.property(
        fc.array(currentRow, { maxLength: 20 }),
        fc.array(wantedRow, { maxLength: 20 }),
        (current, wanted) => {
          const result = reconcile(current, wanted);
          if (result.moves.length > 0) return;
          for (const { row, start, end } of result.writes) {
            if (row >= current.length) continue;
            for (let column = start; column < end; column += 1)
              expect(isSameCell(current[row]?.[column], wanted[row]?.[column] ?? null)).toBe(false);
          }
        },
      ),
    );
  });

  test('a row that is put in the middle is the only one that is sent', () => {
    const rows = Array.from({ length: 1000 }, (_, row): SheetValue[] => [`r${row}`, row, true, 'x']);
    const wanted = [...rows.slice(0, 300), ['new', 0, false, 'y'], ...rows.slice(300)];
    const result = reconcile(rows, wanted);
    expect(result.moves).toEqual([{ from: 300, to: 301, count: 700 }]);
    expect([...result.writes]).toEqual([{ row: 300, start: 0, end: 4 }]);
  });

  test('a row with somebody’s formula is never moved', () => {
    const rows = Array.from({ length: 300 }, (_, row): EnteredCell[] => [`r${row}`, row, true, 'x']);
    const wanted = [['new', 0, false, 'y'], ...rows] as SheetValue[][];
    const withFormula = rows.map((row, at) =>
      at === 150 ? [row[0] ?? null, { formula: '=1' }, true, 'x'] : row,
    );
    const { moves } = reconcile(withFormula, wanted);
    expect(moves.some(({ from, count }) => from <= 150 && 150 < from + count)).toBe(false);
  });
});
