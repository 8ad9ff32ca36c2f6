/**
 * From Xero's text to typed SQL values, as macros that our queries share. Each is null for text that is not such a value, and
 * never rounds: what DECIMAL(38,10) cannot hold exactly is null too, and so a gap. Dates are the UTC date part, whatever the
 * machine's zone (xero-api.md 6.1); the offset of `/Date(ms+1300)/` says nothing about the instant.
 */
import type { ColumnType } from '../resources/resource.ts';

export const typedMacros: readonly string[] = [
  // DuckDB's cast rounds surplus decimals and takes `1_000`, ` 5 ` and `+1`: the grammar is checked first.
  String.raw`create temp macro xero_decimal(x) as case
    when regexp_full_match(x, '-?[0-9]{1,28}(\.[0-9]{1,10}0*)?') then try_cast(x as decimal(38,10))
    when regexp_full_match(x, '-?[0-9]{1,15}(\.[0-9]{1,15})?[eE][+-]?[0-9]{1,2}')
      and try_cast(try_cast(x as decimal(38,10)) as decimal(38,19)) = try_cast(x as decimal(38,19))
      then try_cast(x as decimal(38,10)) end`,
  String.raw`create temp macro xero_any_instant(x) as case
    when regexp_full_match(x, '/Date\(-?[0-9]{1,15}([+-][0-9]{4})?\)/')
      then make_timestamp(cast(regexp_extract(x, '-?[0-9]+') as bigint) * 1000)
    when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?Z?)?')
      then try_cast(rtrim(x, 'Z') as timestamp)
    when regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?[+-][0-9]{2}:?[0-9]{2}')
      then make_timestamp(epoch_us(try_cast(x as timestamptz))) end`,
  `create temp macro xero_instant(x) as case
    when xero_any_instant(x) between timestamp '0001-01-01' and timestamp '9999-12-31 23:59:59.999999'
      then xero_any_instant(x) end`,
  'create temp macro xero_date(x) as cast(xero_instant(x) as date)',
  String.raw`create temp macro xero_integer(x) as case
    when regexp_full_match(x, '-?[0-9]{1,15}(\.0+)?') then try_cast(x as bigint) end`,
  `create temp macro xero_boolean(x) as case x when 'true' then true when 'false' then false end`,
];

/** The typed value of text `x` (SQL). */
export function typedValue(type: ColumnType, x: string): string {
  switch (type) {
    case 'text':
      return x;
    case 'money':
    case 'quantity':
    case 'rate':
      return `xero_decimal(${x})`;
    case 'integer':
      return `xero_integer(${x})`;
    case 'boolean':
      return `xero_boolean(${x})`;
    case 'date':
      return `xero_date(${x})`;
    case 'instant':
      return `xero_instant(${x})`;
  }
}

/** The text that a cell is made of, from a typed value. */
export function valueText(type: ColumnType, value: string): string {
  switch (type) {
    case 'date':
      return `cast(cast(${value} as date) as varchar)`;
    case 'instant':
      return `strftime(cast(${value} as timestamp), '%Y-%m-%dT%H:%M:%S.%gZ')`;
    case 'text':
    case 'money':
    case 'quantity':
    case 'rate':
    case 'integer':
    case 'boolean':
      return `cast(${value} as varchar)`;
  }
}
