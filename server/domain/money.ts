/** Exact decimal text: amounts, quantities and rates are never floats (a JSON number of 90,071,992,547,409.93 loses a cent as one). */

const grammar = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Longer than any amount can be; keeps an exponent from growing into megabytes of zeros. */
const mostDigits = 100;

interface Decimal {
  isNegative: boolean;
  digits: string;
  /** Decimals among the digits. */
  scale: number;
}

/**
 * The one plain form of a decimal number: no exponent, no trailing zeros, no `-0`. Undefined when the text is not one
 * (signs, spaces, separators, `NaN` and over-long numbers are not).
 */
export function canonicalDecimal(text: string): string | undefined {
  const parsed = parse(text);
  return parsed === undefined ? undefined : print(parsed.isNegative, parsed.digits, parsed.scale);
}

/** Whether a DECIMAL(38,10) holds the number exactly: at most 28 digits before the point and 10 that matter after it. */
export function fitsDecimal(text: string): boolean {
  const canonical = canonicalDecimal(text);
  if (canonical === undefined) return false;
  const [whole = '', decimals = ''] = canonical.replace('-', '').split('.');
  return whole.length <= 28 && decimals.length <= 10;
}

/** Sum of decimal texts, exactly. Throws on text that is no decimal: that is a bug of the caller. */
export function sumDecimals(texts: Iterable<string>): string {
  let total = 0n;
  let scale = 0;
  for (const text of texts) {
    const value = parse(text);
    if (value === undefined) throw new Error('not a decimal number');
    if (value.scale > scale) {
      total *= 10n ** BigInt(value.scale - scale);
      scale = value.scale;
    }
    const units = BigInt(value.digits) * 10n ** BigInt(scale - value.scale);
    total += value.isNegative ? -units : units;
  }
  return print(total < 0n, String(total < 0n ? -total : total), scale);
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: string, b: string): number {
  const difference = subtractDecimals(a, b);
  return difference === '0' ? 0 : difference.startsWith('-') ? -1 : 1;
}

export function subtractDecimals(a: string, b: string): string {
  return sumDecimals([a, b.startsWith('-') ? b.slice(1) : `-${b}`]);
}

export function absoluteDecimal(text: string): string {
  return sumDecimals([text.startsWith('-') ? text.slice(1) : text]);
}

function parse(text: string): Decimal | undefined {
  if (text.length > mostDigits) return undefined;
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', decimals = '', exponentText] = match;
  const exponent = Number(exponentText ?? 0);
  if (Math.abs(exponent) > mostDigits) return undefined;
  const scale = decimals.length - exponent;
  const digits = whole + decimals;
  return scale >= 0
    ? { isNegative: sign === '-', digits, scale }
    : { isNegative: sign === '-', digits: digits + '0'.repeat(-scale), scale: 0 };
}

function print(isNegative: boolean, digits: string, scale: number): string {
  const padded = digits.padStart(scale + 1, '0');
  const whole = padded.slice(0, padded.length - scale).replace(/^0+(?=\d)/, '');
  const decimals = padded.slice(padded.length - scale).replace(/0+$/, '');
  const plain = decimals === '' ? whole : `${whole}.${decimals}`;
  return isNegative && plain !== '0' ? `-${plain}` : plain;
}
