/** A cell from DuckDB's text of a value. */
import { canonicalDecimal } from '../domain/money.ts';
import type { ColumnType } from '../resources/resource.ts';
import type { Cell } from './mirror.ts';

/** Null when the text is no value of the type: a gap. Money has one plain form; quantities and rates keep Xero's digits. */
export function cellOf(text: string, type: ColumnType): Cell {
  switch (type) {
    case 'money':
      return canonicalDecimal(text) ?? null;
    case 'quantity':
    case 'rate':
      return canonicalDecimal(text) === undefined ? null : text;
    case 'integer': {
      const value = Number(text);
      return Number.isSafeInteger(value) ? value : null;
    }
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : null;
    case 'text':
    case 'date':
    case 'instant':
      return text;
  }
}
