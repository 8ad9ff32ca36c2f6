/** A record's value in a column, for simple paths: what the lab reads where the product asks DuckDB. */
import type { Cell } from '../../../server/mirror/mirror.ts';
import type { Column } from '../../../server/resources/resource.ts';

/** Columns that the lab can read: names joined by dots. */
export const isSimple = ({ path }: Column): boolean => /^\w+(\.\w+)*$/.test(path);

/** `value`: the record with its numbers as text. */
export function cellOf(value: unknown, { path, type }: Pick<Column, 'path' | 'type'>): Cell {
  let at: unknown = value;
  for (const name of path.split('.')) at = (at as Record<string, unknown> | null | undefined)?.[name];
  if (at === null || at === undefined) return null;
  if (type === 'date') return dateIn(String(at));
  return String(at);
}

/** Xero's `/Date(ms+0000)/` or an ISO date, as the calendar date. */
function dateIn(text: string): string | null {
  const ms = /\/Date\((-?\d+)/.exec(text)?.[1];
  return ms === undefined ? text.slice(0, 10) : new Date(Number(ms)).toISOString().slice(0, 10);
}

export const inOrder = <R extends { id: string; cells: readonly Cell[] }>(
  rows: readonly R[],
  keys: readonly number[],
): R[] =>
  rows.toSorted((a, b) => {
    for (const key of keys) {
      const [left, right] = [a.cells[key] ?? null, b.cells[key] ?? null];
      if (left === right) continue;
      if (left === null) return 1;
      if (right === null) return -1;
      return left < right ? -1 : 1;
    }
    return a.id < b.id ? -1 : 1;
  });
