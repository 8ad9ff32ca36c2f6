/** Things worked out from all rows of a table and kept in step with it, so that asking costs what changed and not what there is. */
import { type Company, tableOf } from './company.ts';
import type { RecordKind, Rows } from './kinds.ts';

/**
 * A look at one table of a company, made once for it. `take` sees every row once at first and again after each change of the row,
 * which is all that it may depend on; it must forget what it had of the row before. What is answered is good until the next change.
 */
export function following<Kind extends RecordKind, Look>(
  kind: Kind,
  make: () => Look,
  take: (look: Look, row: Rows[Kind]) => void,
): (company: Company) => Look {
  const kept = new WeakMap<Company, { mark: number; look: Look }>();
  return (company) => {
    const table = tableOf(company, kind);
    const known = kept.get(company);
    const changed = known && table.changedSince(known.mark);
    const look = known && changed ? known.look : make();
    if (known && changed) for (const index of changed) take(look, table.at(index));
    else for (const row of table) take(look, row);
    kept.set(company, { mark: table.mark, look });
    return look;
  };
}

/** Indexes of the rows that pass a test, in the order of the table. */
export const matching = <Kind extends RecordKind>(
  kind: Kind,
  test: (row: Rows[Kind]) => boolean,
): ((company: Company) => readonly number[]) =>
  following(
    kind,
    (): number[] => [],
    (indexes, row) => {
      const at = placeOf(indexes, row.index);
      const isIn = indexes[at] === row.index;
      if (test(row) === isIn) return;
      indexes.splice(at, isIn ? 1 : 0, ...(isIn ? [] : [row.index]));
    },
  );

/** Indexes of the rows that have a value, by the value. */
export function indexedBy<Kind extends RecordKind, Value>(
  kind: Kind,
  read: (row: Rows[Kind]) => Value | undefined,
): (company: Company, value: Value) => ReadonlySet<number> {
  const look = following(
    kind,
    () => ({ rows: new Map<Value, Set<number>>(), values: new Map<number, Value>() }),
    ({ rows, values }, row) => {
      const before = values.get(row.index);
      const value = read(row);
      if (before === value) return;
      if (before !== undefined) {
        rows.get(before)?.delete(row.index);
        if (rows.get(before)?.size === 0) rows.delete(before);
        values.delete(row.index);
      }
      if (value === undefined) return;
      const same = rows.get(value);
      if (same) same.add(row.index);
      else rows.set(value, new Set([row.index]));
      values.set(row.index, value);
    },
  );
  return (company, value) => look(company).rows.get(value) ?? NONE;
}

const NONE: ReadonlySet<number> = new Set();

/** Where an index is in an ascending list, or would be. */
function placeOf(indexes: readonly number[], index: number): number {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((indexes[middle] as number) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
