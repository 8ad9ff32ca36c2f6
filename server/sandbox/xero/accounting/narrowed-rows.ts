/** Keeps what a query selected until the books change, so that the next page of the same query does not look at every row again. */
import { type Company, tableOf } from '../company/company.ts';
import { type RecordKind, type Rows, versionOf } from '../company/kinds.ts';
import { firstNot, type Order, sortedIndexes } from './sorted-rows.ts';

export interface Narrowing<Row> {
  /** Says all that `tests` and `since` depend on besides the books: the same text, the same rows. */
  text: string;
  tests: readonly ((row: Row) => boolean)[];
  /** Rows changed at this instant or later, in milliseconds UTC. */
  since: number | null;
}

interface Kept {
  version: number;
  indexes: Uint32Array;
}

const kept = new WeakMap<Company, Map<string, Kept>>();
/** Of one organisation: a reader has its five calls in flight and pages one list after the other. */
const KEPT_QUERIES = 8;

/** Indexes of the rows that pass all tests, sorted. Good until the next change. */
export function narrowedIndexes<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  order: Order<Rows[Kind]>,
  { text, tests, since }: Narrowing<Rows[Kind]>,
): Uint32Array {
  const sorted = sortedIndexes(company, kind, order);
  if (tests.length === 0 && since === null) return sorted;
  const table = tableOf(company, kind);
  if (since !== null && order.name === 'UpdatedDateUTC' && !order.isDescending) {
    const recent = sorted.subarray(firstNot(sorted, (index) => table.at(index).updatedAt < since));
    // What changed lately is little, and looking again is cheap.
    return tests.length === 0
      ? recent
      : recent.filter((index) => tests.every((test) => test(table.at(index))));
  }
  let queries = kept.get(company);
  if (!queries) {
    queries = new Map();
    kept.set(company, queries);
  }
  const name = `${kind} ${order.name} ${order.isDescending} ${since} ${text}`;
  const version = versionOf(company);
  const known = queries.get(name);
  if (known?.version === version) return known.indexes;
  const indexes = sorted.filter((index) => {
    const row = table.at(index);
    return (since === null || row.updatedAt >= since) && tests.every((test) => test(row));
  });
  queries.delete(name);
  queries.set(name, { version, indexes });
  for (const oldest of queries.keys()) {
    if (queries.size <= KEPT_QUERIES) break;
    queries.delete(oldest);
  }
  return indexes;
}
