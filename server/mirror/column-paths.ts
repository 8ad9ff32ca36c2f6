/** JSON paths of columns (`Contact.Name`, `Phones[PhoneType=FAX].PhoneNumber`) as one `json_transform` shape and the SQL that reads from it. */
import { literal, name } from './sql-text.ts';

type Step =
  | { kind: 'field'; field: string }
  /** One place of a list. */
  | { kind: 'index'; index: number }
  /** The first element of a list whose field has this value. */
  | { kind: 'first'; field: string; value: string }
  /** All elements of a list, commas between. */
  | { kind: 'all' }
  /** Several fields together; those that are empty are left out. */
  | { kind: 'joined'; fields: readonly string[]; between: string };
type Shape = Map<string, Shape> | Shape[] | 'VARCHAR';

export interface PathReader {
  /** SQL that turns the JSON text `typed` into one struct with every path: one parse of each record. */
  transform(typed: string): string;
  /** SQL of a path's text, from the struct `root`. */
  text(path: string, root: string): string;
}

/** A reader of these paths; with `lines`, of these paths inside each element of the array at `lines.path` too. */
export function pathReader(
  paths: readonly string[],
  lines?: { path: string; paths: readonly string[] },
): PathReader {
  const shape: Shape = new Map();
  for (const path of paths.flatMap(choicesOf)) add(shape, stepsOf(path), path);
  if (lines !== undefined)
    for (const path of lines.paths.flatMap(choicesOf)) add(shape, stepsOf(`${lines.path}[0].${path}`), path);
  // An array of which no field is asked still says how many lines there are.
  if (lines !== undefined && lines.paths.length === 0) add(shape, stepsOf(`${lines.path}[0]`), lines.path);
  const json = literal(print(shape));
  return {
    transform: (typed) => (shape.size === 0 ? 'null' : `json_transform(${typed}, ${json})`),
    text(path, root) {
      const texts = choicesOf(path).map((choice) => textOf(stepsOf(choice), root));
      return texts.length === 1 ? (texts[0] ?? '') : `coalesce(${texts.join(', ')})`;
    },
  };
}

/** Every plain path of fields that a column's path reads, elements of lists as `[0]`: `Phones[0].PhoneType`, `Phones[0].PhoneNumber`. */
export function fieldPaths(path: string): string[] {
  return choicesOf(path).flatMap(fieldPathsOfOne);
}

function fieldPathsOfOne(path: string): string[] {
  const found: string[] = [];
  let at = '';
  for (const step of stepsOf(path)) {
    if (step.kind === 'field') at = at === '' ? step.field : `${at}.${step.field}`;
    else if (step.kind === 'joined') return [...found, ...step.fields.map((field) => `${at}.${field}`)];
    else {
      at = `${at}[0]`;
      if (step.kind === 'first') found.push(`${at}.${step.field}`);
    }
  }
  return [...found, at];
}

/** The first of them that is there is the value. */
const choicesOf = (path: string): string[] => path.split('|');

function stepsOf(path: string): Step[] {
  return path.split(/\.(?![^{]*\})/).flatMap((part): Step[] => {
    const joined = /^\{(\w+)(?:(, | )\w+(?:\2\w+)*)?\}$/.exec(part);
    if (joined !== null) {
      const between = joined[2] ?? ' ';
      return [{ kind: 'joined', fields: part.slice(1, -1).split(between), between }];
    }
    const match = /^([^[\]{}]+)((?:\[(?:\d+|\*|\w+=\w+)\])*)$/.exec(part);
    if (match === null) throw new Error(`${path} is no path of a column`);
    const places = [...(match[2] ?? '').matchAll(/\[([^\]]+)\]/g)].map(([, place = '']): Step => {
      if (place === '*') return { kind: 'all' };
      const [field = '', value] = place.split('=');
      return value === undefined ? { kind: 'index', index: Number(place) } : { kind: 'first', field, value };
    });
    return [{ kind: 'field', field: match[1] ?? '' }, ...places];
  });
}

function textOf(steps: readonly Step[], root: string, depth = 0): string {
  const [step, ...rest] = steps;
  if (step === undefined) return root;
  switch (step.kind) {
    case 'field':
      return textOf(rest, `${root}.${name(step.field)}`, depth);
    case 'index':
      return textOf(rest, `${root}[${step.index + 1}]`, depth);
    case 'first': {
      const element = `e${depth}`;
      const found = `list_filter(${root}, lambda ${element}: ${element}.${name(step.field)} = ${literal(step.value)})`;
      return textOf(rest, `${found}[1]`, depth + 1);
    }
    case 'all': {
      const element = `e${depth}`;
      const texts = `list_transform(${root}, lambda ${element}: nullif(${textOf(rest, element, depth + 1)}, ''))`;
      return `nullif(array_to_string(${texts}, ', '), '')`;
    }
    case 'joined': {
      const texts = step.fields.map((field) => `nullif(trim(${root}.${name(field)}), '')`);
      return `nullif(concat_ws(${[literal(step.between), ...texts].join(', ')}), '')`;
    }
  }
}

/** Adds a path to a shape of structs and arrays; a path that is a value here and an object there is a bug of the resource. */
function add(shape: Shape, steps: readonly Step[], path: string): Shape {
  const [step, ...rest] = steps;
  const clash = () => new Error(`${path} cannot be read beside the other columns`);
  if (step === undefined) {
    if (shape instanceof Map ? shape.size > 0 : Array.isArray(shape) && shape.length > 0) throw clash();
    return 'VARCHAR';
  }
  const [next] = rest;
  const fresh = (): Shape =>
    next === undefined || next.kind === 'field' || next.kind === 'joined' ? new Map() : [];
  switch (step.kind) {
    case 'field':
      if (!(shape instanceof Map)) throw clash();
      shape.set(step.field, add(shape.get(step.field) ?? fresh(), rest, path));
      return shape;
    case 'joined':
      return step.fields.reduce((all, field) => add(all, [{ kind: 'field', field }], path), shape);
    case 'index':
    case 'first':
    case 'all': {
      if (!Array.isArray(shape)) throw clash();
      const element = add(shape[0] ?? fresh(), rest, path);
      shape[0] = step.kind === 'first' ? add(element, [{ kind: 'field', field: step.field }], path) : element;
      return shape;
    }
  }
}

function print(shape: Shape): string {
  if (shape === 'VARCHAR') return '"VARCHAR"';
  if (Array.isArray(shape)) return `[${print(shape[0] ?? 'VARCHAR')}]`;
  return `{${[...shape].map(([field, inner]) => `${JSON.stringify(field)}:${print(inner)}`).join(',')}}`;
}
