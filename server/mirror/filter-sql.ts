/** Filters as SQL over the values `v<n>` of an extraction. */

import { daysOf, instantOf } from '../domain/dates.ts';
import type { Filter } from '../domain/exporter.ts';
import { canonicalDecimal } from '../domain/money.ts';
import { UserError } from '../errors.ts';
import type { ColumnType } from '../resources/resource.ts';
import { literal } from './sql-text.ts';

/** The condition of one filter over the value `v` of a column. UserError `INVALID_INPUT` when a value is none of its type. */
export function filterSql({ op, values, column }: Filter, type: ColumnType, v: string): string {
  const typed = values.map((value) => valueLiteral(value, type, column));
  const [first = 'null'] = typed;
  // An empty text and an absent one look the same in a sheet.
  const own = type === 'text' ? `coalesce(${v}, '')` : v;
  switch (op) {
    case 'is':
      return `${own} is not distinct from ${first}`;
    case 'is-not':
      return `${own} is distinct from ${first}`;
    case 'one-of':
      return `(${typed.map((value) => `${own} is not distinct from ${value}`).join(' or ')})`;
    case 'from':
      return `${own} >= ${first}`;
    case 'to':
      // A day includes all its instants.
      return type === 'instant' && daysOf(values[0] ?? '') !== undefined
        ? `${own} < ${first} + interval 1 day`
        : `${own} <= ${first}`;
    case 'contains':
      return `contains(lower(cast(${own} as varchar)), ${literal(readable(values[0] ?? '', column).toLowerCase())})`;
  }
}

function valueLiteral(value: string, type: ColumnType, column: string): string {
  const refuse = (problem: string) =>
    new UserError('INVALID_INPUT', { field: `filter on ${column}`, problem });
  switch (type) {
    case 'text':
      return literal(readable(value, column));
    case 'money':
    case 'quantity':
    case 'rate':
    case 'integer': {
      const number = canonicalDecimal(value);
      if (number === undefined) throw refuse('it must be a number');
      return `xero_decimal(${literal(number)})`;
    }
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw refuse('it must be true or false');
      return value;
    case 'date':
      if (daysOf(value) === undefined) throw refuse('it must be a date (YYYY-MM-DD)');
      return `date ${literal(value)}`;
    case 'instant':
      if (instantOf(value) === undefined) throw refuse('it must be a date or an ISO instant');
      return `xero_instant(${literal(value)})`;
  }
}

function readable(value: string, column: string): string {
  if (value.includes('\0'))
    throw new UserError('INVALID_INPUT', { field: `filter on ${column}`, problem: 'it holds a NUL' });
  return value;
}
