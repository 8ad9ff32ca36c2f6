/** Division as .NET's decimal does it, which Xero prints digit for digit in ratios: "4.0729764675459012154124644427". */

const LARGEST = 2n ** 96n - 1n;

/**
 * `numerator / denominator` times `factor`, as text. Up to 28 places, as many as the 96 bits of a decimal hold, half to even,
 * trailing zeros of the quotient dropped; the factor then keeps the quotient's places. Whole numbers only; never by zero.
 */
export function dotnetQuotient(numerator: number, denominator: number, factor = 1): string {
  const [n, d] = [BigInt(Math.abs(numerator)), BigInt(Math.abs(denominator))];
  let places = 28;
  let digits = halfToEven(n * 10n ** 28n, d);
  while (digits > LARGEST) digits = halfToEven(n * 10n ** BigInt(--places), d);
  while (places > 0 && digits % 10n === 0n) {
    digits /= 10n;
    places--;
  }
  digits *= BigInt(factor);
  while (digits > LARGEST) {
    digits = halfToEven(digits, 10n);
    places--;
  }
  const text = digits.toString().padStart(places + 1, '0');
  const isNegative = numerator < 0 !== denominator < 0 && digits !== 0n;
  const whole = text.slice(0, text.length - places);
  return `${isNegative ? '-' : ''}${whole}${places > 0 ? `.${text.slice(-places)}` : ''}`;
}

function halfToEven(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const isUp = twice > denominator || (twice === denominator && whole % 2n === 1n);
  return isUp ? whole + 1n : whole;
}
