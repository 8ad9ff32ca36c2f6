/**
 * Columns of fields that Xero sends and no dataset names: found by their path, `x:Contact.Rating`. A key stands for its path
 * for ever; the type is what was seen of the field, and text where nothing was seen yet.
 */
import { fieldWords } from '../../shared/field-words.ts';
import type { News } from '../domain/news.ts';
import type { MirrorIndex } from '../mirror/mirror.ts';
import { resourceNamed } from '../resources/index.ts';
import type { Column } from '../resources/resource.ts';
import type { Dataset } from './dataset.ts';

const prefix = 'x:';
const longestPath = 90;
const pathPattern = /^[A-Za-z_]\w*(\[\*\])?(\.[A-Za-z_]\w*(\[\*\])?)*$/;

type Known = Pick<MirrorIndex, 'resources'>;

/** The new columns that can be chosen in this organisation, by path. */
export function newColumns(dataset: Dataset, { resources }: Known): Column[] {
  const from = sourceOf(dataset);
  if (from === undefined) return [];
  const found = new Map<string, Column>();
  for (const { path, value, type } of resources[from.resource]?.news ?? []) {
    const own = value === null ? ownPath(path, from.list) : undefined;
    if (own === undefined) continue;
    const column = columnAt(own, type);
    if (column !== undefined && standsBeside(dataset, [...found.values(), column])) found.set(own, column);
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The column of such a key; undefined when it is none, or cannot be read beside the dataset's own and `others`. */
export function newColumn(
  dataset: Dataset,
  key: string,
  known: Known | undefined,
  others: readonly Column[] = [],
): Column | undefined {
  if (!key.startsWith(prefix) || sourceOf(dataset) === undefined) return undefined;
  const path = key.slice(prefix.length);
  const seen = known === undefined ? [] : newColumns(dataset, known);
  const column = seen.find((one) => one.key === key) ?? columnAt(path, 'text');
  return column !== undefined && standsBeside(dataset, [...others, column]) ? column : undefined;
}

function columnAt(path: string, type: News['type']): Column | undefined {
  if (path.length > longestPath || !pathPattern.test(path)) return undefined;
  return { key: `${prefix}${path}`, label: fieldWords(path), type, path, isDefault: false };
}

/** Which records, and the path of the list in them when the rows are its elements. */
function sourceOf({ source }: Dataset): { resource: string; list: string | null } | undefined {
  if (source.kind !== 'mirror') return undefined;
  const { from } = source;
  if (from.kind === 'records') return { resource: from.resource, list: null };
  if (from.kind !== 'lines') return undefined;
  const lines = resourceNamed(from.resource).lines.find(({ name }) => name === from.lines);
  return lines === undefined ? undefined : { resource: from.resource, list: lines.path };
}

/** Inside the list when the rows are its elements. */
function ownPath(path: string, list: string | null): string | undefined {
  if (list === null) return path;
  return path.startsWith(`${list}[*].`) ? path.slice(list.length + '[*].'.length) : undefined;
}

/**
 * One look at a record reads all columns: a field cannot be a value for one and hold fields for another, and the query engine
 * takes names that differ in case alone for the same.
 */
function standsBeside(dataset: Dataset, added: readonly Column[]): boolean {
  const own = dataset.columns.flatMap(({ path }) => plainPaths(path));
  const paths = [...own, ...added.map(({ path }) => path.replaceAll('[*]', '').split('.'))];
  const last = added.at(-1)?.path.replaceAll('[*]', '').split('.') ?? [];
  const isLastOwn = own.some((path) => path.join('.') === last.join('.'));
  return !isLastOwn && paths.slice(0, -1).every((path) => fits(path, last));
}

function fits(a: readonly string[], b: readonly string[]): boolean {
  for (let at = 0; ; at += 1) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return left === right;
    if (left !== right) return left.toLowerCase() !== right.toLowerCase();
  }
}

/** The fields of a column's path, without places, conditions and joins; none of the line's document (`^`). */
function plainPaths(path: string): string[][] {
  if (path.startsWith('^')) return [];
  const [plain = '', joined] = path.replaceAll(/\[[^\]]*\]/g, '').split(/\.?\{/);
  const steps = plain.split('.').filter((step) => step !== '');
  if (joined === undefined) return [steps];
  return (joined.match(/[A-Za-z_]\w*/g) ?? []).map((field) => [...steps, field]);
}
