/** Keeps each list sorted between changes, so that a page of a large organisation costs a slice and not a sort. */
import { type Company, tableOf } from '../company/company.ts';
import type { RecordKind, Rows } from '../company/kinds.ts';

interface View {
  mark: number;
  rows: readonly unknown[];
}

const views = new WeakMap<Company, Map<string, View>>();

/** Rows that are not hidden, by key and then by id, both in the same direction of the key only. */
export function sortedRows<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  orderName: string,
  keyOf: (company: Company, row: Rows[Kind]) => number | string,
  isDescending: boolean,
): readonly Rows[Kind][] {
  let perOrder = views.get(company);
  if (!perOrder) {
    perOrder = new Map();
    views.set(company, perOrder);
  }
  const table = tableOf(company, kind);
  const name = `${kind} ${orderName} ${isDescending}`;
  const kept = perOrder.get(name);
  const { mark } = table;
  if (kept?.mark === mark) return kept.rows as readonly Rows[Kind][];

  const sign = isDescending ? -1 : 1;
  const rows = table
    .filter((row) => !row.isHidden)
    .map((row) => ({ row, key: keyOf(company, row), id: company.sortKey(kind, row.index) }))
    .sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.id - b.id))
    .map(({ row }) => row);
  perOrder.set(name, { mark, rows });
  return rows;
}
