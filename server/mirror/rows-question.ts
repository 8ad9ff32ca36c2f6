/** A rows request as the question that the query child answers. */
import { UserError } from '../errors.ts';
import { resourceNamed } from '../resources/index.ts';
import { reportsResource } from '../resources/report.ts';
import type { Column, Resource } from '../resources/resource.ts';
import {
  columnsOf,
  extractionSql,
  type Rows,
  rowNameSql,
  typedView,
  unreadableSql,
  viewName,
} from './extraction-sql.ts';
import { filterSql } from './filter-sql.ts';
import type { RowsRequest } from './mirror.ts';
import type { RowsQuestion } from './query-protocol.ts';
import { liveView } from './record-views.ts';
import { name, sqlName } from './sql-text.ts';
import { typedMacros, valueText } from './typed-values.ts';

/** A rows question without its place on disk, over the live views of `resourcesOf(request)`. */
export type RowsPlan = Omit<RowsQuestion, 'kind' | 'spool'>;

/** Rows that a person's own query may make: what a spreadsheet's ten million cells can hold in ten columns. */
const mostSavedRows = 1_000_000;

/** Resources whose records a request reads. */
export const resourcesOf = ({ source }: RowsRequest): readonly string[] =>
  'sql' in source ? [...new Set(source.resources)] : [source.resource];

/** UserError `INVALID_INPUT` for a filter or an order that the columns do not have. */
export function rowsPlan(request: RowsRequest): RowsPlan {
  const { source } = request;
  switch (source.kind) {
    case 'records':
    case 'lines':
      return extractionPlan(request, resourceNamed(source.resource), source.kind);
    case 'sql':
      return {
        ...sqlPlan(request, source, 'dataset'),
        setup: [
          ...typedMacros,
          ...sqlViews(source.resources, 'temp view'),
          `create temp view dataset as ${source.sql}`,
        ],
        cage: null,
      };
    case 'saved-sql':
      return {
        ...sqlPlan(request, source, 'saved'),
        setup: [...typedMacros, ...sqlViews(source.resources, 'table')],
        cage: { sql: source.sql, mostRows: mostSavedRows },
      };
  }
}

function extractionPlan(request: RowsRequest, resource: Resource, rows: Rows): RowsPlan {
  const known = new Map(
    [...columnsOf(resource, rows), ...request.columns].map((column) => [column.key, column]),
  );
  const columns = [...request.columns];
  /** Where a column stands in the extraction; one that is only filtered or ordered by joins at the end. */
  const placeOf = (key: string, field: string): number => {
    const at = columns.findIndex((column) => column.key === key);
    if (at >= 0) return at;
    const column = known.get(key);
    if (column === undefined)
      throw new UserError('INVALID_INPUT', { field, problem: `there is no column ${key}` });
    return columns.push(column) - 1;
  };
  const filters = request.filters.map((filter) => {
    const at = placeOf(filter.column, 'filters');
    return { at, sql: filterSql(filter, columns[at]?.type ?? 'text', `v${at}`) };
  });
  const order = request.orderBy.map((key) => `v${placeOf(key, 'orderBy')} nulls last`);
  const cells = request.columns.map((column, at) => cellText(column, at));
  const unreadable = unreadableSql(columns);
  // What a filter cannot read stays among the rows, named as a gap: it must not look as if it were not there.
  const unread = filters.filter(({ at }) => columns[at]?.type !== 'text');
  const kept = filters.map(({ at, sql }) =>
    unread.some((filter) => filter.at === at)
      ? `(${sql} or (x${at} is not null and v${at} is null))`
      : `(${sql})`,
  );
  const where = kept.length === 0 ? '' : `where line is null or (${kept.join(' and ')})`;
  return {
    setup: typedMacros,
    sql: `select ${[...cells, rowNameSql(rows), `case when line is null then '${columns.length}' else ${unreadable} end`].join(', ')}
      from (${extractionSql(resource, rows, columns)}) ${where} order by ${[...order, 'id', 'line nulls last'].join(', ')}`,
    columns: request.columns.map(({ label, type }) => ({ label, type })),
    gapLabels: [...columns.map(({ label }) => label), resource.lines?.path ?? ''],
    what: resource.name,
    isNamed: true,
    gapQueries: [],
    cage: null,
  };
}

/** A number keeps the digits that Xero sent; the other types have one plain form. */
function cellText({ type }: Column, at: number): string {
  switch (type) {
    case 'text':
      return `x${at}`;
    case 'money':
    case 'quantity':
    case 'rate':
      return `case when v${at} is not null then x${at} end`;
    case 'integer':
    case 'boolean':
    case 'date':
    case 'instant':
      return valueText(type, `v${at}`);
  }
}

function sqlPlan(
  { columns, orderBy, filters }: RowsRequest,
  source: { sql: string; resources: readonly string[] },
  from: string,
): Omit<RowsPlan, 'setup' | 'cage'> {
  const typeOf = (key: string, field: string) => {
    const column = columns.find((known) => known.key === key);
    if (column === undefined)
      throw new UserError('INVALID_INPUT', { field, problem: `there is no column ${key}` });
    return column.type;
  };
  const value = (key: string) => name(sqlName(key));
  const kept = filters.map(
    (filter) => `(${filterSql(filter, typeOf(filter.column, 'filters'), value(filter.column))})`,
  );
  const order = [...orderBy, ...columns.map(({ key }) => key).filter((key) => !orderBy.includes(key))];
  for (const key of orderBy) typeOf(key, 'orderBy');
  return {
    sql: `select ${columns.map(({ key, type }) => valueText(type, value(key))).join(', ')} from ${from}
      ${kept.length === 0 ? '' : `where ${kept.join(' and ')}`}
      order by ${order.map((key) => `${value(key)} nulls last`).join(', ')}`,
    columns: columns.map(({ label, type }) => ({ label, type })),
    gapLabels: [],
    what: from,
    isNamed: false,
    gapQueries: source.resources.flatMap((resource) => gapQueries(resource, source.sql)),
  };
}

function sqlViews(resources: readonly string[], form: 'temp view' | 'table'): string[] {
  return resources.flatMap((resource) => {
    if (resource === reportsResource)
      return [
        `create ${form} reports as select id, "updatedAt" as updated_at, "fetchedAt" as fetched_at, typed as report, raw
          from ${liveView(resource)} where typed is not null`,
      ];
    const known = resourceNamed(resource);
    const rows: Rows[] = known.lines === null ? ['records'] : ['records', 'lines'];
    return rows.map((kind) => typedView(known, kind, form));
  });
}

/** What SQL over a resource's views could not read: only the columns that its text names are looked at. */
function gapQueries(resource: string, sql: string): RowsQuestion['gapQueries'] {
  if (resource === reportsResource) return [];
  const known = resourceNamed(resource);
  const mentions = (word: string) => new RegExp(`\\b${word}\\b`, 'i').test(sql);
  const takesAll = /(?:select|distinct|,|\.)\s*\*/i.test(sql);
  return (['records', 'lines'] as const).flatMap((rows) => {
    const columns = columnsOf(known, rows).filter(
      ({ key, type }) => type !== 'text' && (takesAll || mentions(sqlName(key))),
    );
    if (columns.length === 0 || !mentions(viewName(known, rows))) return [];
    const unreadable = `case when line is null then '${columns.length}' else ${unreadableSql(columns)} end`;
    return {
      sql: `select row_name, places from (select ${rowNameSql(rows)} as row_name, ${unreadable} as places
        from (${extractionSql(known, rows, columns)})) where places is not null order by row_name`,
      what: known.name,
      labels: [...columns.map(({ label }) => label), known.lines?.path ?? ''],
    };
  });
}
