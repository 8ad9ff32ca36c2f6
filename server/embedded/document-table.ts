/** Documents in SQLite, one table per collection: the synchronous acts that store and transaction are made of. */
import type { Collection, Document } from '../domain/documents.ts';
import { UserError } from '../errors.ts';
import type { Query, Stored } from '../ports.ts';
import type { Row, Sqlite } from './open-sqlite.ts';
import { querySql, tableOf } from './sqlite-query.ts';

export interface DocumentTable {
  read<C extends Collection>(collection: C, id: string): Stored<C> | undefined;
  query<C extends Collection>(collection: C, query: Query<C>): Array<Stored<C>>;
  /** The new revision, or UserError `CONFLICT` when the id exists. */
  insert(collection: Collection, id: string, json: string): string;
  /** Creates or replaces; the new revision. */
  put(collection: Collection, id: string, json: string): string;
  revisionOf(collection: Collection, id: string): string | undefined;
  remove(collection: Collection, id: string): void;
}

const maxBytes = 900_000;

export const documentTable = (sqlite: Sqlite): DocumentTable => ({
  read<C extends Collection>(collection: C, id: string) {
    const row = sqlite.get(`select revision, id, data from ${tableOf(collection)} where id = ?`, id);
    return row && storedOf<C>(row);
  },
  query<C extends Collection>(collection: C, query: Query<C>) {
    const { sql, values } = querySql(collection, query);
    return sqlite.all(sql, ...values).map((row) => storedOf<C>(row));
  },
  insert(collection, id, json) {
    const row = sqlite.get(
      `insert into ${tableOf(collection)} (id, data) values (?, ?) on conflict (id) do nothing returning revision`,
      id,
      json,
    );
    if (!row) throw conflict(collection);
    return String(row['revision']);
  },
  put(collection, id, json) {
    const row = sqlite.get(
      `insert or replace into ${tableOf(collection)} (id, data) values (?, ?) returning revision`,
      id,
      json,
    );
    return String(row?.['revision']);
  },
  revisionOf(collection, id) {
    const row = sqlite.get(`select revision from ${tableOf(collection)} where id = ?`, id);
    return row && String(row['revision']);
  },
  remove(collection, id) {
    sqlite.run(`delete from ${tableOf(collection)} where id = ?`, id);
  },
});

/** `exporters` → "This exporter changed in the meantime." */
export const conflict = (collection: Collection): UserError =>
  new UserError('CONFLICT', { what: `This ${collection.slice(0, -1)}` });

/** The document as it is kept: a copy, so that later changes of the object are not ours. UserError `TOO_LARGE` past 900 KB. */
export const jsonOf = <C extends Collection>(data: Document<C>): string => {
  const json = JSON.stringify(data);
  if (Buffer.byteLength(json) > maxBytes) throw new UserError('TOO_LARGE', { limit: '900 KB' });
  return json;
};

/** Ids that Firestore refuses too (firebase.google.com/docs/firestore/quotas, 2026): a bug of the caller. */
export const assertId = (id: string): void => {
  const isWrong =
    id === '' || id === '.' || id === '..' || id.includes('/') || !id.isWellFormed() || /^__.*__$/.test(id);
  if (isWrong || Buffer.byteLength(id) > 1500) throw new TypeError('this cannot be the id of a document');
};

const storedOf = <C extends Collection>(row: Row): Stored<C> => ({
  id: String(row['id']),
  revision: String(row['revision']),
  data: JSON.parse(String(row['data'])),
});
