/**
 * Writes JSON as Xero prints it: two-space indentation, CRLF, every slash escaped (xero-api.md 3.1, seen in airbyte#66667, 2026-11-20).
 * Numbers arrive as decimal text, so trailing zeros survive and nothing passes through a float.
 */

const BREAKS = Array.from({ length: 12 }, (_, depth) => `\r\n${'  '.repeat(depth)}`);
const NEEDS_ESCAPE = /["\\/\u0000-\u001f\ud800-\udfff]/;

/** A JSON string. Lone surrogates leave as `\udxxx`, which is what makes them survive UTF-8. */
export const stringText = (value: string): string =>
  NEEDS_ESCAPE.test(value) ? JSON.stringify(value).replaceAll('/', '\\/') : `"${value}"`;

/** As `stringText`; an absent value gives an absent field (Xero omits what is unset, xero-api.md 3.1). */
export const optionalText = (value: string | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : stringText(value);

export const booleanText = (value: boolean): string => (value ? 'true' : 'false');

/** `fields` alternates names and JSON texts; a field whose text is undefined is left out. `depth` is the object's own nesting. */
export function objectText(depth: number, fields: readonly (string | undefined)[]): string {
  const inner = BREAKS[depth + 1] as string;
  let text = '{';
  let separator = inner;
  for (let at = 0; at < fields.length; at += 2) {
    const value = fields[at + 1];
    if (value === undefined) continue;
    text += `${separator}"${fields[at]}": ${value}`;
    separator = `,${inner}`;
  }
  return text + BREAKS[depth] + '}';
}

/** `[]` when empty, as Xero prints trimmed children. */
export function listText(depth: number, items: readonly string[]): string {
  if (items.length === 0) return '[]';
  const inner = BREAKS[depth + 1] as string;
  return '[' + inner + items.join(`,${inner}`) + BREAKS[depth] + ']';
}

/** Any plain value in the same dress, for bodies that are built once and small. */
export const valueText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll('/', '\\/').replaceAll('\n', '\r\n');
