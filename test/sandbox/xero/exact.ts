/** Decimal arithmetic that shares nothing with the sandbox's own, to check it by. */

/** "12.3" at 2 places is 1230n; more places than asked for are an error. */
export function scaled(text: string, places: number): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > places)
    throw new Error(`not a decimal of ${places} places: ${text}`);
  return BigInt(`${sign}${whole}${fraction.padEnd(places, '0')}`);
}

/** Cents of foreign money in base cents at a rate with ten places, half away from zero. */
export function inBase(amount: string, rate: string): bigint {
  const dividend = scaled(amount, 2) * 10n ** 10n;
  const divisor = scaled(rate, 10);
  const twice = (2n * (dividend < 0n ? -dividend : dividend) + divisor) / (2n * divisor);
  return dividend < 0n ? -twice : twice;
}
