/** What of an answer may stand in a report: status, some headers, names of fields with their types and counts; never a value. */
import type { Answer } from './probe.ts';

export interface Seen {
  asked: string;
  status: number;
  headers: Record<string, string>;
  body: Shape;
}

/** A word for a value, a list with how many and what, or an object by its fields. */
export type Shape = string | { list: number; of?: Shape } | { [field: string]: Shape };

const HEADERS =
  /^(content-type|content-encoding|retry-after|x-.*(limit|problem).*|www-authenticate|vary|cache-control)$/;
/** Fields of a refusal that hold the provider's own words. */
const OWN_WORDS =
  /^(Type|Title|Detail|Message|ErrorNumber|Status|error|error_description|code|message|status|reason)$/;

export const seen = (asked: string, answer: Omit<Answer, 'tookMs'>): Seen => ({
  asked,
  status: answer.status,
  headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => HEADERS.test(name))),
  body: answer.status >= 400 ? refusalShape(answer) : bodyShape(answer.text),
});

/** A refusal keeps the provider's own words, without ids and long numbers; of everything else it keeps the shape. */
function refusalShape({ text, headers }: Omit<Answer, 'tookMs'>): Shape {
  if (text === '') return 'nothing';
  if (/html/i.test(headers['content-type'] ?? '')) {
    return `HTML titled "${masked(/<title>([^<]*)/i.exec(text)?.[1] ?? '')}"`;
  }
  const parsed = parsedText(text);
  return parsed === undefined ? `text "${masked(text)}"` : shapeOf(parsed, true);
}

export function bodyShape(text: string): Shape {
  if (text === '') return 'nothing';
  const parsed = parsedText(text);
  return parsed === undefined ? `text of ${text.length} characters` : shapeOf(parsed, false);
}

const masked = (text: string): string =>
  text
    .slice(0, 300)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{guid}')
    .replace(/(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{25,}/g, '{token}')
    .replace(/[^\s@"]+@[^\s@"]+/g, '{address}');

/** JSON with each number as `#` and its digits after the point, which JavaScript's numbers forget; undefined where it is none. */
function parsedText(text: string): unknown {
  const marked = text.replace(/"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : `"#${(/\.(\d+)/.exec(token)?.[1] ?? '').length}"`,
  );
  try {
    return JSON.parse(marked);
  } catch {
    // Not JSON: the caller says so.
    return undefined;
  }
}

function shapeOf(value: unknown, isRefusal: boolean): Shape {
  if (Array.isArray(value)) {
    if (value.length === 0) return { list: 0 };
    return { list: value.length, of: value.map((each) => shapeOf(each, isRefusal)).reduce(merged) };
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [
        field,
        isRefusal && OWN_WORDS.test(field) && typeof inner === 'string' && !inner.startsWith('#')
          ? `"${masked(inner)}"`
          : shapeOf(inner, isRefusal),
      ]),
    );
  }
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  return wordFor(value);
}

function wordFor(text: string): string {
  const number = /^#(\d+)$/.exec(text)?.[1];
  if (number !== undefined) return number === '0' ? 'whole number' : `number with ${number} places`;
  if (text === '') return 'empty text';
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)) return 'guid';
  if (/^\/Date\(-?\d+([+-]\d{4})?\)\/$/.test(text)) return text.replace(/-?\d{2,}(?=[+)-])/, 'ms');
  if (/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)) {
    return `like ${text.replace(/\d/g, '0')}`;
  }
  return 'text';
}

/** One shape for both: fields of either, words joined. */
function merged(one: Shape, other: Shape): Shape {
  if (typeof one === 'string' && typeof other === 'string') {
    return [...new Set([...one.split(' or '), ...other.split(' or ')])].sort().join(' or ');
  }
  if (typeof one === 'string' || typeof other === 'string') return `${word(one)} or ${word(other)}`;
  if ('list' in one && 'list' in other) {
    const [a, b] = [one as { list: number; of?: Shape }, other as { list: number; of?: Shape }];
    const of = a.of === undefined ? b.of : b.of === undefined ? a.of : merged(a.of, b.of);
    return { list: a.list + b.list, ...(of === undefined ? {} : { of }) };
  }
  const [a, b] = [one as Record<string, Shape>, other as Record<string, Shape>];
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((field) => {
      const [left, right] = [a[field], b[field]];
      return [field, left === undefined || right === undefined ? (left ?? right ?? '') : merged(left, right)];
    }),
  );
}

const word = (shape: Shape): string =>
  typeof shape === 'string' ? shape : 'list' in shape ? 'list' : 'object';
