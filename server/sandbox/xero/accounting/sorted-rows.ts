/** Keeps each list sorted between changes, so that a page of a large organisation costs a slice and not a sort. */
import type { Company, RecordKind } from '../company/company.ts';

interface View {
  version: number;
  rows: readonly unknown[];
}

const views = new WeakMap<Company, Map<string, View>>();

/** Rows that are not hidden, by key and then by id, both in the same direction of the key only. */
export function sortedRows<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  orderName: string,
  keyOf: (company: Company, row: Company[Kind][number]) => number | string,
  isDescending: boolean,
): readonly Company[Kind][number][] {
  let perOrder = views.get(company);
  if (!perOrder) {
    perOrder = new Map();
    views.set(company, perOrder);
  }
  const name = `${kind} ${orderName} ${isDescending}`;
  const kept = perOrder.get(name);
  if (kept?.version === company.version) return kept.rows as readonly Company[Kind][number][];

  const sign = isDescending ? -1 : 1;
  const rows = (company[kind] as Company[Kind][number][])
    .filter((row) => !row.isHidden)
    .map((row) => ({ row, key: keyOf(company, row), id: company.sortKey(kind, row.index) }))
    .sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.id - b.id))
    .map(({ row }) => row);
  perOrder.set(name, { version: company.version, rows });
  return rows;
}
