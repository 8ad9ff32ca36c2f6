/** JSON paths of columns (`Contact.Name`, `Tracking[0].Option`) as one `json_transform` shape and the SQL that reads from it. */
import { literal, name } from './sql-text.ts';

type Step = { field: string } | { index: number };
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
  for (const path of paths) add(shape, stepsOf(path), path);
  if (lines !== undefined)
    for (const path of lines.paths) add(shape, stepsOf(`${lines.path}[0].${path}`), path);
  // An array of which no field is asked still says how many lines there are.
  if (lines !== undefined && lines.paths.length === 0) add(shape, stepsOf(`${lines.path}[0]`), lines.path);
  const json = literal(print(shape));
  return {
    transform: (typed) => (shape.size === 0 ? 'null' : `json_transform(${typed}, ${json})`),
    text: (path, root) =>
      stepsOf(path).reduce(
        (sql, step) => ('field' in step ? `${sql}.${name(step.field)}` : `${sql}[${step.index + 1}]`),
        root,
      ),
  };
}

function stepsOf(path: string): Step[] {
  return path.split('.').flatMap((part): Step[] => {
    const match = /^([^[\]]+)((?:\[\d+\])*)$/.exec(part);
    if (match === null) throw new Error(`${path} is no path of a column`);
    const indexes = [...(match[2] ?? '').matchAll(/\d+/g)].map(([index]) => ({ index: Number(index) }));
    return [{ field: match[1] ?? '' }, ...indexes];
  });
}

/** Adds a path to a shape of structs and arrays; a path that is a value here and an object there is a bug of the resource. */
function add(shape: Shape, steps: readonly Step[], path: string): Shape {
  const [step, ...rest] = steps;
  const clash = () => new Error(`${path} cannot be read beside the other columns`);
  if (step === undefined) {
    if (shape instanceof Map ? shape.size > 0 : Array.isArray(shape) && shape.length > 0) throw clash();
    return 'VARCHAR';
  }
  const fresh = (): Shape => (rest[0] === undefined || 'field' in rest[0] ? new Map() : []);
  if ('field' in step) {
    if (!(shape instanceof Map)) throw clash();
    shape.set(step.field, add(shape.get(step.field) ?? fresh(), rest, path));
    return shape;
  }
  if (!Array.isArray(shape)) throw clash();
  shape[0] = add(shape[0] ?? fresh(), rest, path);
  return shape;
}

function print(shape: Shape): string {
  if (shape === 'VARCHAR') return '"VARCHAR"';
  if (Array.isArray(shape)) return `[${print(shape[0] ?? 'VARCHAR')}]`;
  return `{${[...shape].map(([field, inner]) => `${JSON.stringify(field)}:${print(inner)}`).join(',')}}`;
}
