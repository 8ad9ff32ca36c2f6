/** JSON's tokens on bytes (RFC 8259): where numbers, literals and escapes end, and where a broken record does. */

/** Just after the number that begins at `at`, or -1 when it is not one by JSON's grammar. */
export function endOfNumber(src: Uint8Array, at: number): number {
  let i = src[at] === 0x2d ? at + 1 : at;
  if (src[i] === 0x30) i++;
  else {
    const from = i;
    while (isDigit(src[i])) i++;
    if (i === from) return -1;
  }
  if (src[i] === 0x2e) {
    const from = ++i;
    while (isDigit(src[i])) i++;
    if (i === from) return -1;
  }
  if (src[i] === 0x65 || src[i] === 0x45) {
    i++;
    if (src[i] === 0x2b || src[i] === 0x2d) i++;
    const from = i;
    while (isDigit(src[i])) i++;
    if (i === from) return -1;
  }
  return i;
}

/** Just after `true`, `false` or `null`, or -1. */
export function endOfLiteral(src: Uint8Array, at: number): number {
  const literal = literals[src[at] ?? 0];
  if (literal === undefined) return -1;
  for (let k = 0; k < literal.length; k++) if (src[at + k] !== literal[k]) return -1;
  return at + literal.length;
}

/** Bytes of the escape whose backslash is at `at`; negative: that many bytes stand for no character. */
export function escapeLength(src: Uint8Array, at: number): number {
  const kind = src[at + 1];
  if (kind !== 0x75) return kind !== undefined && shortEscapes.includes(kind) ? 2 : -1;
  const unit = codeUnit(src, at + 2);
  if (unit < 0) return -1;
  if (unit < 0xd800 || unit > 0xdfff) return 6;
  const isPair = unit < 0xdc00 && src[at + 6] === 0x5c && src[at + 7] === 0x75;
  const low = isPair ? codeUnit(src, at + 8) : -1;
  return low >= 0xdc00 && low <= 0xdfff ? 12 : -6;
}

/** Just after a value that breaks the grammar, by its brackets and strings alone; -1 when they never close. */
export function endOfBroken(src: Uint8Array, start: number): number {
  let depth = 0;
  for (let i = start; i < src.length; i++) {
    const c = src[i];
    if (c === 0x22) {
      for (i++; i < src.length && src[i] !== 0x22; i++) if (src[i] === 0x5c) i++;
      if (i >= src.length) return -1;
      if (depth === 0) return i + 1;
    } else if (c === 0x7b || c === 0x5b) depth++;
    else if (c === 0x7d || c === 0x5d) {
      // Depth 0: this bracket closes the list around a broken bare value.
      if (depth === 0) return i;
      if (--depth === 0) return i + 1;
    } else if (c === 0x2c && depth === 0) return i;
  }
  return -1;
}

/**
 * The text of a field of an object that breaks the grammar: of the object's own, by its brackets and strings alone, not of one
 * inside it. Undefined when it is not there exactly once, or is anything but plain text.
 */
export function ownText(broken: string, field: string): string | undefined {
  let depth = 0;
  let found: string | undefined;
  const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/gs;
  for (let match = token.exec(broken); match !== null; match = token.exec(broken)) {
    const [text] = match;
    if (text === '{' || text === '[') depth += 1;
    else if (text === '}' || text === ']') depth -= 1;
    else if (depth === 1 && text === `"${field}"`) {
      const value = /^\s*:\s*"([^"\\\p{Cc}]+)"/u.exec(broken.slice(token.lastIndex));
      if (value === null) continue;
      if (found !== undefined && found !== value[1]) return undefined;
      found = value[1];
      token.lastIndex += value[0].length;
    }
  }
  return found;
}

/** After the whitespace at `at`. */
export function skipSpace(src: Uint8Array, at: number): number {
  let i = at;
  while (src[i] === 0x20 || src[i] === 0x0a || src[i] === 0x0d || src[i] === 0x09) i++;
  return i;
}

const shortEscapes = [...'"\\/bfnrt'].map((character) => character.charCodeAt(0));

/** By their first letters. */
const literals: Array<Buffer | undefined> = new Array(256).fill(undefined);
for (const literal of ['true', 'false', 'null']) literals[literal.charCodeAt(0)] = Buffer.from(literal);

const isDigit = (c: number | undefined): boolean => c !== undefined && c >= 0x30 && c <= 0x39;

/** The four hex digits at `at` as a number, or -1. */
function codeUnit(src: Uint8Array, at: number): number {
  let unit = 0;
  for (let k = 0; k < 4; k++) {
    const c = src[at + k] ?? 0;
    const digit =
      c >= 0x30 && c <= 0x39 ? c - 0x30 : (c | 0x20) >= 0x61 && (c | 0x20) <= 0x66 ? (c | 0x20) - 0x57 : -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}
