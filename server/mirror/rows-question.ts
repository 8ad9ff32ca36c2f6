/** A rows request as the question that the query child answers. */
import { UserError } from '../errors.ts';
import { resourceNamed } from '../resources/index.ts';
import type { Column, Resource } from '../resources/resource.ts';
import {
  columnsOf,
  extractionSql,
  linesNamed,
  type Rows,
  rowNameSql,
  unreadableSql,
} from './extraction-sql.ts';
import { filterSql } from './filter-sql.ts';
import type { RowsRequest } from './mirror.ts';
import { listed, type RowsPlan } from './query-protocol.ts';
import { sqlPlan } from './sql-question.ts';
import { typedMacros, valueText } from './typed-values.ts';

/** Resources whose records a request reads. */
export const resourcesOf = ({ source }: RowsRequest): readonly string[] =>
  'sql' in source ? [...new Set(source.resources)] : [source.resource];

/** UserError `INVALID_INPUT` for a filter or an order that the columns do not have. */
export function rowsPlan(request: RowsRequest): RowsPlan {
  const { source } = request;
  switch (source.kind) {
    case 'records':
      return extractionPlan(request, resourceNamed(source.resource), null);
    case 'lines': {
      const resource = resourceNamed(source.resource);
      return extractionPlan(request, resource, linesNamed(resource, source.lines));
    }
    case 'sql':
    case 'saved-sql':
      return sqlPlan(request, source);
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
  const order = [...request.orderBy.map((key) => `v${placeOf(key, 'orderBy')}`), 'id', 'line'];
  const cells = request.columns.map((column, at) => cellText(column, at));
  const places = `case when line is null then '${columns.length}' else ${unreadableSql(columns)} end`;
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
    sql: `select ${listed([...cells, rowNameSql(rows), places], order)} from (${extractionSql(resource, rows, columns)}) ${where}`,
    keys: order.length,
    columns: request.columns.map(({ label, type }) => ({ label, type })),
    gapLabels: [...columns.map(({ label }) => label), rows?.path ?? ''],
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
