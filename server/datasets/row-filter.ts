/** Filters over rows that are made here and not by a query: reports are short. The meaning of each operator is the mirror's. */
import type { Filter } from '../domain/exporter.ts';
import { canonicalDecimal, compareDecimals } from '../domain/money.ts';
import { UserError } from '../errors.ts';
import type { Cell } from '../mirror/mirror.ts';
import type { ColumnType } from '../resources/resource.ts';

const numbers: readonly ColumnType[] = ['money', 'quantity', 'rate', 'integer'];

/** UserError `INVALID_INPUT` when a value is none that the column can have. */
export function checkFilter(type: ColumnType, { column, op, values }: Filter): void {
  if (op === 'contains' || !numbers.includes(type)) return;
  if (values.some((value) => canonicalDecimal(value) === undefined))
    throw new UserError('INVALID_INPUT', { field: `filter on ${column}`, problem: 'it must be a number' });
}

/** Whether a cell passes. Numbers compare as numbers, dates and text as text; an empty cell is '' and lies in no range. */
export function passes(cell: Cell, type: ColumnType, filter: Filter): boolean {
  const text = cell === null ? '' : String(cell);
  const [first = ''] = filter.values;
  const isSame = (value: string) => order(text, value, type) === 0;
  switch (filter.op) {
    case 'is':
      return isSame(first);
    case 'is-not':
      return !isSame(first);
    case 'one-of':
      return filter.values.some(isSame);
    case 'from':
      return text !== '' && order(text, first, type) >= 0;
    case 'to':
      return text !== '' && order(text, first, type) <= 0;
    case 'contains':
      return text.toLowerCase().includes(first.toLowerCase());
  }
}

function order(a: string, b: string, type: ColumnType): number {
  if (numbers.includes(type)) {
    const [left, right] = [canonicalDecimal(a), canonicalDecimal(b)];
    if (left !== undefined && right !== undefined) return compareDecimals(left, right);
  }
  return a === b ? 0 : a < b ? -1 : 1;
}
