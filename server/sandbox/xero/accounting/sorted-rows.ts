/**
 * Keeps each list sorted between changes, so that a page of a large organisation costs a slice and not a sort. After a change
 * only the rows that changed are taken out and put back in their new places.
 */
import { type Company, tableOf } from '../company/company.ts';
import { type RecordKind, type Rows, versionOf } from '../company/kinds.ts';
import type { Table } from '../company/table.ts';

export interface Order<Row> {
  name: string;
  /**
   * False on a field that Xero sorts by slowly. Keys of an optimised order are read from their row alone, and its list is kept
   * sorted row by row; any other is sorted again when anything in the books has changed.
   */
  isOptimised: boolean;
  keyOf: (company: Company, row: Row) => number | string;
  isDescending: boolean;
  /** Of rows with the same key, the one made last comes first; else they go by id. */
  isNewestFirst?: true;
}

/** Sorts indexes by key and then by id. */
type Compare = (a: number, b: number) => number;

interface View {
  /** Of the table where the order is optimised, else the version of the books. */
  mark: number;
  length: number;
  /** Longer than the list, so that rows can come. */
  indexes: Uint32Array;
}

const views = new WeakMap<Company, Map<string, View>>();

/**
 * Indexes of the rows that are not hidden, by key and then by id, both in the same direction of the key only. Good until the
 * next change: it is the array that later calls go on with.
 */
export function sortedIndexes<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  { name, isOptimised, keyOf, isDescending, isNewestFirst }: Order<Rows[Kind]>,
): Uint32Array {
  let perOrder = views.get(company);
  if (!perOrder) {
    perOrder = new Map();
    views.set(company, perOrder);
  }
  const table = tableOf(company, kind);
  const key = (index: number) => keyOf(company, table.at(index));
  const sign = isDescending ? -1 : 1;
  const comparing =
    (keyAt: (index: number) => number | string): Compare =>
    (a, b) => {
      const [left, right] = [keyAt(a), keyAt(b)];
      if (left !== right) return left < right ? -sign : sign;
      return isNewestFirst ? b - a : company.sortKey(kind, a) - company.sortKey(kind, b);
    };

  const viewName = `${kind} ${name} ${isDescending}`;
  let view = perOrder.get(viewName);
  const mark = isOptimised ? table.mark : versionOf(company);
  const changed = view?.mark === mark ? [] : isOptimised && view ? table.changedSince(view.mark) : null;
  if (!view || !changed || changed.length > table.length / 8) {
    const keys = Array.from({ length: table.length }, (_, index) => key(index));
    view = sortAll(
      table,
      comparing((index) => keys[index] as number | string),
    );
    perOrder.set(viewName, view);
  } else if (changed.length > 0) moveChanged(table, view, changed, comparing(key));
  view.mark = mark;
  return view.indexes.subarray(0, view.length);
}

/** The first place in a list sorted so that `isBefore` is true for rows up to some place and false from there on. */
export function firstNot(indexes: Uint32Array, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(indexes[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortAll<Row extends { readonly index: number; isHidden?: true | undefined }>(
  table: Table<Row>,
  compare: Compare,
): View {
  const indexes = new Uint32Array(table.length);
  let length = 0;
  for (let index = 0; index < table.length; index++) {
    if (!table.at(index).isHidden) indexes[length++] = index;
  }
  indexes.subarray(0, length).sort(compare);
  return { mark: 0, length, indexes };
}

function moveChanged<Row extends { readonly index: number; isHidden?: true | undefined }>(
  table: Table<Row>,
  view: View,
  changed: readonly number[],
  compare: Compare,
): void {
  const isMoving = new Uint8Array(table.length);
  for (const index of changed) isMoving[index] = 1;
  let length = 0;
  for (let at = 0; at < view.length; at++) {
    const index = view.indexes[at] as number;
    if (!isMoving[index]) view.indexes[length++] = index;
  }
  const coming = [...new Set(changed)].filter((index) => !table.at(index).isHidden).sort(compare);
  view.length = length + coming.length;
  if (view.length > view.indexes.length) {
    const longer = new Uint32Array(view.length + (view.length >>> 4) + 16);
    longer.set(view.indexes.subarray(0, length));
    view.indexes = longer;
  }
  // From the last one down, so that every row moves once.
  let end = length;
  for (let left = coming.length; left > 0; left--) {
    const index = coming[left - 1] as number;
    const place = firstNot(view.indexes.subarray(0, end), (other) => compare(other, index) < 0);
    view.indexes.copyWithin(place + left, place, end);
    view.indexes[place + left - 1] = index;
    end = place;
  }
}
