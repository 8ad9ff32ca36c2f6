/** Google field masks, both the response form `a(b,c/d),e.f` and the update form `a,b.c`. */
import { GoogleApiError } from './google-api-error.ts';

/** Names to what is wanted below them; an empty map means everything below. */
export type FieldMask = ReadonlyMap<string, FieldMask>;

/** The mask that lets everything through. */
export const EVERYTHING: FieldMask = new Map();

/** Which fields a message has: `true` for a leaf or a message that masks may enter freely. */
export type FieldTree = { readonly [name: string]: FieldTree | true };

type MutableMask = Map<string, MutableMask>;

const badMask = (path: string, why: string): GoogleApiError =>
  new GoogleApiError('INVALID_ARGUMENT', 'Request contains an invalid argument.', {
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [{ field: path, description: `Error expanding 'fields' parameter. ${why}` }],
      },
    ],
  });

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** No Google message is that deep. */
const MOST_NESTED = 50;

/** Reads a mask; throws the 400 that Google sends for one that does not parse. */
export const parseFieldMask = (text: string): FieldMask => {
  const tokens = text.match(/[A-Za-z_][A-Za-z0-9_]*|[*(),./]|\s+|./g)?.filter((token) => token.trim()) ?? [];
  let at = 0;
  const fail = (): GoogleApiError =>
    badMask(text, `Cannot parse the mask near '${tokens[at] ?? 'its end'}'.`);

  const readList = (into: MutableMask, depth: number): void => {
    if (depth > MOST_NESTED) throw fail();
    for (;;) {
      readPath(into, depth);
      if (tokens[at] !== ',') return;
      at += 1;
    }
  };
  const readPath = (into: MutableMask, depth: number): void => {
    if (depth > MOST_NESTED) throw fail();
    const token = tokens[at];
    if (token === undefined || !/^[A-Za-z_*]/.test(token)) throw fail();
    at += 1;
    const name = camel(token);
    const known = into.get(name);
    const next = tokens[at];
    const isLeaf = next !== '.' && next !== '/' && next !== '(';
    if (isLeaf) {
      into.set(name, new Map());
      return;
    }
    at += 1;
    // A field asked for whole stays whole when a later path names one of its parts.
    const isWhole = known?.size === 0;
    const below: MutableMask = known ?? new Map();
    if (next === '(') {
      readList(below, depth + 1);
      if (tokens[at] !== ')') throw fail();
      at += 1;
    } else {
      readPath(below, depth + 1);
    }
    into.set(name, isWhole ? new Map() : below);
  };

  const mask: MutableMask = new Map();
  if (tokens.length === 0) throw fail();
  readList(mask, 0);
  if (at !== tokens.length) throw fail();
  return mask;
};

/** Refuses a mask that names a field the message does not have. */
export const checkFieldMask = (mask: FieldMask, tree: FieldTree, at = ''): void => {
  for (const [name, below] of mask) {
    if (name === '*') continue;
    const child = Object.hasOwn(tree, name) ? tree[name] : undefined;
    const path = at ? `${at}.${name}` : name;
    if (child === undefined) throw badMask(path, `Cannot find matching fields for path '${path}'.`);
    if (child !== true) checkFieldMask(below, child, path);
  }
};

/** Whether the mask lets any of `path` through. */
export const wants = (mask: FieldMask, ...path: string[]): boolean => {
  let here: FieldMask = mask;
  for (const name of path) {
    if (here.size === 0) return true;
    const next = here.get(name) ?? here.get('*');
    if (!next) return false;
    here = next;
  }
  return true;
};

/** The mask as seen from inside field `name`; call only when `wants` it. */
export const below = (mask: FieldMask, name: string): FieldMask =>
  mask.size === 0 ? EVERYTHING : (mask.get(name) ?? mask.get('*') ?? EVERYTHING);

/** Keeps of a JSON value only what the mask names. */
export const pickFields = (value: unknown, mask: FieldMask): unknown => {
  if (mask.size === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => pickFields(item, mask));
  const kept: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    const inner = mask.get(name) ?? mask.get('*');
    if (inner) kept[name] = pickFields(child, inner);
  }
  return kept;
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An update by mask: named fields take `source`'s value, or go when it has none; the rest of `old` stays. */
export const updateByMask = (old: Json, source: Json, mask: FieldMask): Json => {
  if (mask.size === 0 || mask.has('*')) return { ...source };
  const next: Json = { ...old };
  for (const [name, inner] of mask) {
    const from = source[name];
    if (inner.size === 0) {
      if (from === undefined || from === null) delete next[name];
      else next[name] = from;
      continue;
    }
    const was = next[name];
    const merged = updateByMask(isObject(was) ? was : {}, isObject(from) ? from : {}, inner);
    if (Object.keys(merged).length === 0) delete next[name];
    else next[name] = merged;
  }
  return next;
};
