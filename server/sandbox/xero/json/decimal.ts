/** Exact decimals as scaled integers: cents for money, ten-thousandths for quantity and price, 1e-10 for rates. */

export const RATE_ONE = 10_000_000_000;

/** A scaled integer as decimal text with exactly `places` digits: (12345, 2) is "123.45". */
export function decimalText(scaled: number, places: number): string {
  if (!Number.isSafeInteger(scaled)) throw new RangeError(`not an exact amount: ${scaled}`);
  if (places === 0) return String(scaled);
  const digits = String(Math.abs(scaled)).padStart(places + 1, '0');
  const cut = digits.length - places;
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

export const moneyText = (cents: number): string => decimalText(cents, 2);

/** Decimal text to a scaled integer, or null where it is no number, has more places or leaves the safe range. */
export function parseDecimal(text: string, places: number): number | null {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!parts) return null;
  const [, sign, whole, fraction = ''] = parts;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > places) return null;
  const scaled = Number(`${whole}${kept.padEnd(places, '0')}`);
  return Number.isSafeInteger(scaled) ? (sign ? -scaled : scaled) : null;
}

/** a * b / c, rounded half away from zero, as Xero rounds money. Exact: BigInt where the product leaves the safe range. */
export function mulDiv(a: number, b: number, c: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product)) {
    const whole = Math.trunc(product / c);
    const rest = product - whole * c;
    return 2 * Math.abs(rest) >= Math.abs(c) ? whole + Math.sign(product) * Math.sign(c) : whole;
  }
  const exact = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  const whole = exact / divisor;
  const rest = exact % divisor;
  const isUp = 2n * (rest < 0n ? -rest : rest) >= (divisor < 0n ? -divisor : divisor);
  return Number(isUp ? whole + (exact < 0n === divisor < 0n ? 1n : -1n) : whole);
}

/** Scales down by a power of ten, half away from zero: unit prices from four places to two (`unitdp`, xero-api.md 3.1). */
export const roundDown = (scaled: number, divisor: number): number => mulDiv(scaled, 1, divisor);

/**
 * Foreign cents to base cents: Xero's CurrencyRate is foreign units per base unit, so base = amount / rate.
 * `rate` is scaled by 1e10. Rounded half away from zero to the cent.
 */
export const toBase = (cents: number, rate: number): number =>
  rate === RATE_ONE ? cents : mulDiv(cents, RATE_ONE, rate);
