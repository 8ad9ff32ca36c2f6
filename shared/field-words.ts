/** A field of Xero's as people read it: `Contact.CreditRating` → "Contact credit rating". */

export function fieldWords(path: string): string {
  const words = path
    .replaceAll('[*]', '')
    .split(/[._]|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()));
  const [first = '', ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}
