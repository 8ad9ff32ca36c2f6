/** Malformed messages refused in the words of Google's JSON transcoder, which names fields in snake case. */
import type * as z from 'zod';
import { GoogleApiError } from './google-api-error.ts';

const snake = (path: string): string => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const badRequest = (violations: { field: string; description: string }[]): GoogleApiError =>
  new GoogleApiError('INVALID_ARGUMENT', violations.map(({ description }) => description).join('\n'), {
    details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations }],
  });

const unknownField = (name: string, at: string) => ({
  field: snake(at),
  description: `Invalid JSON payload received. Unknown name "${name}"${at ? ` at '${snake(at)}'` : ''}: Cannot find field.`,
});

export const unknownName = (name: string, at: string): GoogleApiError => badRequest([unknownField(name, at)]);

const join = (at: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, at);

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value === null || typeof value !== 'object' ? undefined : Reflect.get(value, key)),
    body,
  );

const TYPES: Record<string, string> = {
  number: 'TYPE_INT32',
  int: 'TYPE_INT32',
  string: 'TYPE_STRING',
  boolean: 'TYPE_BOOL',
};

const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(kept.map(([name, child]) => [name, withoutNulls(child)]));
};

/** Parses a message; throws the 400 that names every field at fault. */
export const parseWire = <S extends z.ZodType>(schema: S, body: unknown, at = ''): z.infer<S> => {
  const first = schema.safeParse(body);
  // In proto JSON a null field is an unset one; only messages that fail as they are get that second reading.
  const result = first.success ? first : schema.safeParse(withoutNulls(body));
  if (result.success) return result.data;
  throw badRequest(
    result.error.issues.flatMap((issue) => {
      const path = join(at, issue.path);
      if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(key, path));
      const expected = 'expected' in issue ? String(issue.expected) : issue.code;
      const shown = JSON.stringify(valueAt(body, issue.path)) ?? 'nothing';
      return [
        {
          field: snake(path),
          description: `Invalid value at '${snake(path)}' (${TYPES[expected] ?? expected}), ${shown.slice(0, 200)}`,
        },
      ];
    }),
  );
};
