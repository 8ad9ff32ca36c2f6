/** SQL that reads columns out of live records or their lines: one row per record or line, `x<n>` the text and `v<n>` the typed value. */
import type { Column, Lines, Resource } from '../resources/resource.ts';
import { pathReader } from './column-paths.ts';
import { liveView } from './record-views.ts';
import { literal, name, sqlName } from './sql-text.ts';
import { typedValue } from './typed-values.ts';

/** Which rows a resource is read as: its records (null), or one of its lists of lines. */
export type Rows = Lines | null;

export const rowsOf = (resource: Resource): readonly Rows[] => [null, ...resource.lines];

export const columnsOf = (resource: Resource, rows: Rows): readonly Column[] =>
  rows === null ? resource.columns : rows.columns;

/** The lists of lines by their name; an unknown one is a bug. */
export function linesNamed(resource: Resource, name: string): Lines {
  const found = resource.lines.find((lines) => lines.name === name);
  if (found === undefined) throw new Error(`${resource.name} has no ${name}`);
  return found;
}

/**
 * A query of `id, line, x0, v0, x1, v1, …` in the order of `columns`. `line` counts from 1, 0 for records; a record whose lines
 * are there but are no array gives one row whose `line` is null.
 */
export function extractionSql(resource: Resource, rows: Rows, columns: readonly Column[]): string {
  const live = `(select id, typed from ${liveView(resource.name)} where typed is not null)`;
  const texts = rows === null ? recordTexts(live, columns) : lineTexts(live, rows, columns);
  const values = columns.map((column, at) => `x${at}, ${typedValue(column.type, `x${at}`)} as v${at}`);
  return `select ${['id', 'line', ...values].join(', ')} from (${texts})`;
}

function recordTexts(live: string, columns: readonly Column[]): string {
  const paths = pathReader(columns.map(({ path }) => path));
  const texts = columns.map(({ path }, at) => `${paths.text(path, 't')} as x${at}`);
  return `select ${['id', '0 as line', ...texts].join(', ')} from (select id, ${paths.transform('typed')} as t from ${live})`;
}

function lineTexts(live: string, { path: list }: Lines, columns: readonly Column[]): string {
  const ofDocument = (column: Column) => column.path.startsWith('^');
  const paths = pathReader(
    columns.filter(ofDocument).map(({ path }) => path.slice(1)),
    { path: list, paths: columns.filter((column) => !ofDocument(column)).map(({ path }) => path) },
  );
  const texts = columns.map((column, at) =>
    ofDocument(column)
      ? `${paths.text(column.path.slice(1), 't')} as x${at}`
      : `${paths.text(column.path, 'l')} as x${at}`,
  );
  const array = paths.text(list, 't');
  // `typed` has no whitespace between tokens, so that its text says whether the field is there.
  const field = JSON.stringify(list.split('.').at(-1));
  const isBroken = `${array} is null and contains(typed, ${literal(`${field}:`)}) and not contains(typed, ${literal(`${field}:null`)})`;
  const parsed = `(select id, typed, ${paths.transform('typed')} as t from ${live})`;
  const documents = `(select id, t, case when ${isBroken} then [null] else ${array} end as list, ${isBroken} as is_broken from ${parsed})`;
  const unnested = `(select id, t, is_broken, unnest(list) as l, generate_subscripts(list, 1) as place from ${documents})`;
  return `select ${['id', 'case when not is_broken then place end as line', ...texts].join(', ')} from ${unnested}`;
}

/** Places (in `columns`, comma-separated text) of the values that are there but were not readable; null when the row is whole. */
export function unreadableSql(columns: readonly Column[]): string {
  const cases = columns.flatMap(({ type }, at) =>
    type === 'text' ? [] : [`case when x${at} is not null and v${at} is null then '${at}' end`],
  );
  return cases.length === 0 ? 'null::varchar' : `nullif(concat_ws(',', ${cases.join(', ')}), '')`;
}

/** Name under which gaps call a row: the record's id, and the line's place. */
export const rowNameSql = (rows: Rows): string =>
  rows === null ? 'id' : `id || coalesce(' line ' || line, '')`;

/** What SQL calls the rows of a resource: `invoices`, `invoices_lines`, `credit_notes_allocations`. */
export const viewName = (resource: Resource, rows: Rows): string =>
  `${sqlName(resource.name)}${rows === null ? '' : `_${sqlName(rows.name)}`}`;

/** A resource's rows for SQL datasets: `id`, for lines `line`, then the columns by their keys, typed. */
export function typedView(
  resource: Resource,
  rows: Rows,
  columns: readonly Column[],
  form: 'temp view' | 'table',
): string {
  const shown = columns.map(({ key }, at) => `v${at} as ${name(sqlName(key))}`);
  const first = rows === null ? ['id'] : ['id', 'line'];
  return `create ${form} ${name(viewName(resource, rows))} as select ${[...first, ...shown].join(', ')}
    from (${extractionSql(resource, rows, columns)}) where line is not null`;
}
