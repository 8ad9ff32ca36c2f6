/** A Query of the Store as SQL over one collection's table. */
import type { SQLInputValue } from 'node:sqlite';
import { type Collection, collections } from '../domain/documents.ts';
import type { Query } from '../ports.ts';

type Scalar = string | number | boolean | null;
interface Sql {
  sql: string;
  values: SQLInputValue[];
}

export const tableOf = (collection: Collection): string => `"documents_${collection}"`;

/** The table of a collection with one index per declared field; harmless when they exist. */
export const tableSql = (collection: Collection): string =>
  [
    // A replaced row gets a new number and a deleted one's is never used again: the number is the revision.
    `create table if not exists ${tableOf(collection)} (revision integer primary key autoincrement, id text not null unique, data text not null) strict`,
    ...collections[collection].fields.map(
      (field) =>
        `create index if not exists "by_${collection}_${field}" on ${tableOf(collection)} (${jsonField(field)}, id)`,
    ),
  ].join(';');

/** A field that is not declared is a bug of the caller (TypeError): it would have no index here or in Firestore. */
export const querySql = <C extends Collection>(collection: C, query: Query<C>): Sql => {
  const conditions = (query.where ?? []).map((condition) => {
    assertDeclared(collection, condition.field);
    return condition.op === 'in'
      ? oneOf(condition.field, condition.value)
      : compare(condition.field, condition.op, condition.value);
  });
  if (query.after) conditions.push(beyond(query.orderBy, query.after));
  let order = 'id';
  if (query.orderBy) {
    assertDeclared(collection, query.orderBy.field);
    const { field, direction } = query.orderBy;
    order = `${jsonField(field)} ${direction}, id ${direction}`;
  }
  const where = conditions.map(({ sql }) => `(${sql})`).join(' and ') || 'true';
  return {
    sql: `select revision, id, data from ${tableOf(collection)} where ${where} order by ${order} limit ?`,
    values: [...conditions.flatMap(({ values }) => values), query.limit],
  };
};

const jsonField = (field: string): string => `json_extract(data, '$.${field}')`;

const assertDeclared = (collection: Collection, field: string): void => {
  const fields: readonly string[] = collections[collection].fields;
  if (!fields.includes(field)) throw new TypeError(`${collection}.${field} is not declared for queries`);
};

const oneOf = (field: string, candidates: ReadonlyArray<string | number>): Sql => {
  if (candidates.length > 30) throw new TypeError('"in" takes up to 30 values');
  return { sql: `${jsonField(field)} in (${candidates.map(() => '?').join(', ')})`, values: [...candidates] };
};

/** Values of another type than the one asked for never match, as in Firestore; SQLite alone would sort numbers before text. */
const compare = (field: string, op: '==' | '<' | '<=' | '>' | '>=', value: Scalar): Sql => {
  const own = jsonField(field);
  if (value === null) return { sql: op === '==' ? `${own} is null` : 'false', values: [] };
  if (typeof value === 'boolean') {
    if (op !== '==') throw new TypeError(`${field}: a boolean has no order`);
    return { sql: `json_type(data, '$.${field}') = ?`, values: [String(value)] };
  }
  if (op === '==') return { sql: `${own} = ?`, values: [value] };
  const types = typeof value === 'number' ? `('integer', 'real')` : `('text')`;
  return { sql: `${own} ${op} ? and typeof(${own}) in ${types}`, values: [value] };
};

/** Null comes first in ascending order, here as in Firestore. */
const beyond = (
  orderBy: { field: string; direction: 'asc' | 'desc' } | undefined,
  after: { id: string; value?: Scalar },
): Sql => {
  if (!orderBy) return { sql: 'id > ?', values: [after.id] };
  if (after.value === undefined) throw new TypeError('"after" needs the value of the ordered field');
  const own = jsonField(orderBy.field);
  const isAscending = orderBy.direction === 'asc';
  const sign = isAscending ? '>' : '<';
  if (after.value === null) {
    const others = isAscending ? `${own} is not null or ` : '';
    return { sql: `${others}(${own} is null and id ${sign} ?)`, values: [after.id] };
  }
  const value = typeof after.value === 'boolean' ? Number(after.value) : after.value;
  const nulls = isAscending ? '' : ` or ${own} is null`;
  return {
    sql: `${own} ${sign} ? or (${own} = ? and id ${sign} ?)${nulls}`,
    values: [value, value, after.id],
  };
};
