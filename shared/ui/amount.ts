/** Amounts as people compare them: thousands apart, no figure changed. Decimal text in, decimal text out; never a float. */

/** "1234567.5" → "1,234,567.5"; what is no decimal number comes back as it is. */
export function sayAmount(decimal: string): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(decimal);
  if (parts === null) return decimal;
  const [, sign = '', whole = '', fraction = ''] = parts;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}
