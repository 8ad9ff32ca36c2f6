/** A request in SQL, ours or a person's own, over the typed views of resources. */
import { UserError } from '../errors.ts';
import { resourceNamed } from '../resources/index.ts';
import { reportsResource } from '../resources/report.ts';
import type { Column } from '../resources/resource.ts';
import {
  columnsOf,
  extractionSql,
  rowNameSql,
  rowsOf,
  typedView,
  unreadableSql,
  viewName,
} from './extraction-sql.ts';
import { filterSql } from './filter-sql.ts';
import type { RowsRequest } from './mirror.ts';
import { listed, type RowsPlan } from './query-protocol.ts';
import { liveView } from './record-views.ts';
import { name, sqlName } from './sql-text.ts';
import { typedMacros, valueText } from './typed-values.ts';

/** Rows that a person's own query may make: what a spreadsheet's ten million cells can hold in ten columns. */
const mostSavedRows = 1_000_000;

type SqlSource = Extract<RowsRequest['source'], { sql: string }>;

/** Ours reads views; a person's own reads tables that are loaded before the cage closes, with the columns that it names. */
export function sqlPlan({ columns, orderBy, filters }: RowsRequest, source: SqlSource): RowsPlan {
  const isOurs = source.kind === 'sql';
  const typeOf = (key: string, field: string) => {
    const column = columns.find((known) => known.key === key);
    if (column === undefined)
      throw new UserError('INVALID_INPUT', { field, problem: `there is no column ${key}` });
    return column.type;
  };
  for (const key of orderBy) typeOf(key, 'orderBy');
  const value = (key: string) => name(sqlName(key));
  const kept = filters.map(
    (filter) => `(${filterSql(filter, typeOf(filter.column, 'filters'), value(filter.column))})`,
  );
  const order = [...orderBy, ...columns.map(({ key }) => key).filter((key) => !orderBy.includes(key))];
  const cells = columns.map(({ key, type }) => valueText(type, value(key)));
  const views = source.resources.flatMap((resource) => viewsOf(resource, source));
  return {
    setup: [...typedMacros, ...views, ...(isOurs ? [`create temp view dataset as ${source.sql}`] : [])],
    sql: `select ${listed(cells, order.map(value))} from ${isOurs ? 'dataset' : 'saved'} ${kept.length === 0 ? '' : `where ${kept.join(' and ')}`}`,
    keys: order.length,
    columns: columns.map(({ label, type }) => ({ label, type })),
    gapLabels: [],
    what: isOurs ? 'dataset' : 'query',
    isNamed: false,
    gapQueries: source.resources.flatMap((resource) => gapQueries(resource, source.sql)),
    cage: isOurs ? null : { sql: source.sql, mostRows: mostSavedRows },
  };
}

function viewsOf(resource: string, { kind, sql }: SqlSource): string[] {
  const form = kind === 'sql' ? 'temp view' : 'table';
  if (resource === reportsResource)
    return [
      `create ${form} reports as select id, "updatedAt" as updated_at, "fetchedAt" as fetched_at, typed as report, raw
        from ${liveView(resource)} where typed is not null`,
    ];
  const known = resourceNamed(resource);
  return rowsOf(known).flatMap((each) => {
    const columns = columnsOf(known, each);
    if (kind === 'sql') return typedView(known, each, columns, form);
    return mentions(sql, viewName(known, each)) ? typedView(known, each, namedIn(sql, columns), form) : [];
  });
}

/** What SQL over a resource's views could not read: only the columns that its text names are looked at. */
function gapQueries(resource: string, sql: string): RowsPlan['gapQueries'] {
  if (resource === reportsResource) return [];
  const known = resourceNamed(resource);
  return rowsOf(known).flatMap((rows) => {
    const columns = namedIn(sql, columnsOf(known, rows)).filter(({ type }) => type !== 'text');
    if (columns.length === 0 || !mentions(sql, viewName(known, rows))) return [];
    const places = `case when line is null then '${columns.length}' else ${unreadableSql(columns)} end`;
    return {
      sql: `select row_name, places from (select ${rowNameSql(rows)} as row_name, ${places} as places
        from (${extractionSql(known, rows, columns)})) where places is not null order by row_name`,
      what: known.name,
      labels: [...columns.map(({ label }) => label), rows?.path ?? ''],
    };
  });
}

/** Columns that the text of a query names, or all of them when it takes whole rows. */
function namedIn(sql: string, columns: readonly Column[]): readonly Column[] {
  const takesAll =
    !/\bselect\b/i.test(sql) ||
    /(?:\bselect|\bdistinct|\ball|,|\.)\s*\*|\bcolumns\s*\(|\b(?:describe|summarize)\b/i.test(sql);
  return takesAll ? columns : columns.filter(({ key }) => mentions(sql, sqlName(key)));
}

const mentions = (sql: string, word: string): boolean => new RegExp(`\\b${word}\\b`, 'i').test(sql);
