import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellKey, isSameCell, toSheetValue } from '../../server/domain/sheet-value.ts';
import type { EnteredCell } from '../../server/domain/spreadsheet.ts';

const to = (cell: string | number | boolean | null, kind: Parameters<typeof toSheetValue>[1]) =>
  toSheetValue(cell, kind, 'Pacific/Auckland');

describe('a value for a cell', () => {
  test('of text is that text, whatever it looks like', () => {
    for (const text of ['=1+1', '+64 9 123', '00123', '1/2', '-', '@a', "'q", 'TRUE', '2026-11-20', '1e5'])
      expect(to(text, 'text')).toBe(text);
  });

  test('of an amount is a number while a double shows every digit, else text to the last digit', () => {
    expect(to('1.0000000000', 'number')).toBe(1);
    expect(to('-0.00', 'number')).toBe(0);
    expect(Object.is(to('-0.00', 'number'), -0)).toBe(false);
    expect(to('1.005', 'number')).toBe(1.005);
    expect(to('9999999999999.99', 'number')).toBe(9999999999999.99);
    expect(to('9999999999999999.99', 'number')).toBe('9999999999999999.99');
    expect(to('90071992547409.93', 'number')).toBe('90071992547409.93');
    expect(to('120000000000000000000', 'number')).toBe(120000000000000000000);
    expect(to('not a number', 'number')).toBe('not a number');
  });

  test('a number prints back as the decimal it came from', () => {
    fc.assert(
      fc.property(fc.bigInt(-999_999_999_999_999n, 999_999_999_999_999n), fc.nat(6), (digits, scale) => {
        const negative = digits < 0n;
        const text = String(negative ? -digits : digits).padStart(scale + 1, '0');
        const decimal = `${negative ? '-' : ''}${text.slice(0, text.length - scale)}${scale > 0 ? `.${text.slice(-scale)}` : ''}`;
        const value = to(decimal, 'number');
        expect(typeof value).toBe('number');
        expect(
          Number(value)
            .toFixed(scale)
            .replace(/^-(0(\.0*)?)$/, '$1'),
        ).toBe(decimal.replace(/^-(0(\.0*)?)$/, '$1'));
      }),
    );
  });

  test('of a date is its serial number, of no date its text', () => {
    expect(to('2026-11-20', 'date')).toBe(46346);
    expect(to('1900-03-01', 'date')).toBe(61);
    expect(to('2026-02-30', 'date')).toBe('2026-02-30');
  });

  test('of an instant is the wall clock of the spreadsheet', () => {
    expect(to('2026-11-20T01:05:00Z', 'instant')).toBeCloseTo(46346 + (14 * 60 + 5) / 1440, 9);
    expect(toSheetValue('2026-11-20T12:00:00Z', 'instant', 'Nowhere/None')).toBe(46346.5);
  });

  test('of nothing, or of empty text, is an empty cell', () => {
    expect(to(null, 'text')).toBe(null);
    expect(to('', 'text')).toBe(null);
    expect(to('', 'number')).toBe(null);
  });

  test('of half a character is the sign that stands for it', () => {
    expect(to('a\ud800b', 'text')).toBe('a\ufffdb');
  });
});

describe('two cells', () => {
  test('are the same when Sheets gives a value back in its own way', () => {
    expect(isSameCell('a\nb', 'a\r\nb')).toBe(true);
    expect(isSameCell('ab', 'a\u0000b')).toBe(true);
    expect(isSameCell(46346.586805555555, 46346.58680555556)).toBe(true);
    expect(isSameCell(undefined, null)).toBe(true);
    expect(isSameCell('', null)).toBe(true);
  });

  test('differ by kind, by value and by formula', () => {
    expect(isSameCell('1', 1)).toBe(false);
    expect(isSameCell(0, null)).toBe(false);
    expect(isSameCell(false, null)).toBe(false);
    expect(isSameCell('A', 'a')).toBe(false);
    expect(isSameCell({ formula: '=1' }, 1)).toBe(false);
    expect(isSameCell({ formula: '' }, null)).toBe(false);
    expect(isSameCell(0.1 + 0.2, 0.30000000000001)).toBe(false);
  });

  test('have the same key exactly when they are the same', () => {
    const cell: fc.Arbitrary<string | number | boolean | null> = fc.oneof(
      fc.constantFrom('', 'a', '1', 'b1', 'a\r\n', 'a\n', '\u0001', 'n1'),
      fc.constantFrom(1, 0, -0, 0.1 + 0.2, 0.3),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        expect(cellKey(a as EnteredCell) === cellKey(b)).toBe(isSameCell(a, b));
      }),
      { numRuns: 1000 },
    );
  });
});
