/** Decimal text: exact whatever its size, one plain form, refused when it is no number. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absoluteDecimal,
  canonicalDecimal,
  compareDecimals,
  fitsDecimal,
  subtractDecimals,
  sumDecimals,
} from '../../server/domain/money.ts';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => ({ units, scale, text: textOf(units, scale) }));

function textOf(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

describe('decimal text', () => {
  it.each([
    ['9999999999999999.99', '9999999999999999.99'],
    ['1.005', '1.005'],
    ['1.0000000000', '1'],
    ['-0.00', '0'],
    ['007.50', '7.5'],
    ['1E5', '100000'],
    ['-1.25e-3', '-0.00125'],
    ['0', '0'],
    ['-12', '-12'],
  ])('has one plain form for %s', (text, plain) => {
    expect(canonicalDecimal(text)).toBe(plain);
  });

  it.each([
    '',
    'abc',
    'NaN',
    'Infinity',
    '+1',
    ' 1',
    '1 ',
    '1,000',
    '1_000',
    '.5',
    '5.',
    '0x10',
    '--1',
    '1e',
    '1e99999',
    '1'.repeat(101),
    '١',
  ])('is not %j', (text) => {
    expect(canonicalDecimal(text)).toBeUndefined();
  });

  it('adds and compares exactly', () => {
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 20 }), (list) => {
        const exact = list.reduce((total, { units, scale }) => total + units * 10n ** BigInt(12 - scale), 0n);
        expect(sumDecimals(list.map(({ text }) => text))).toBe(canonicalDecimal(textOf(exact, 12)));
      }),
    );
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const difference = a.units * 10n ** BigInt(12 - a.scale) - b.units * 10n ** BigInt(12 - b.scale);
        expect(compareDecimals(a.text, b.text)).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
        expect(subtractDecimals(a.text, b.text)).toBe(canonicalDecimal(textOf(difference, 12)));
        expect(absoluteDecimal(subtractDecimals(a.text, b.text))).toBe(
          absoluteDecimal(subtractDecimals(b.text, a.text)),
        );
      }),
    );
    expect(() => sumDecimals(['1', 'x'])).toThrow();
  });

  it('knows what DECIMAL(38,10) holds exactly', () => {
    expect(['1.0000000000', '9'.repeat(28), '0.0000000001', '1.00000000000000'].map(fitsDecimal)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['0.00000000001', '9'.repeat(29), 'x'].map(fitsDecimal)).toEqual([false, false, false]);
  });
});
