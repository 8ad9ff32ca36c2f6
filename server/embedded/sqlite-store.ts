/** The Store on one SQLite file, which several processes may share. */
import { setImmediate } from 'node:timers/promises';
import { type Collection, collections, type Document } from '../domain/documents.ts';
import { turns } from '../domain/turns.ts';
import { RetryError } from '../errors.ts';
import type { Query, Store, Transaction } from '../ports.ts';
import { assertId, conflict, documentTable, jsonOf } from './document-table.ts';
import { openSqlite } from './open-sqlite.ts';
import { type OptimisticTransaction, optimisticTransaction } from './optimistic-transaction.ts';
import { tableSql } from './sqlite-query.ts';

export interface SqliteStore extends Store {
  /** Twice: nothing happens. */
  close(): void;
}

/** How often a transaction is run before `STORE_CONTENDED`. Each loss means that another process has won. */
const maxAttempts = 100;

/** `path` of the file, made when missing, or `:memory:`. Durable at every commit (WAL, synchronous = FULL). */
export const sqliteStore = (path: string): SqliteStore => {
  const names = Object.keys(collections) as Collection[];
  const sqlite = openSqlite(path, names.map(tableSql).join(';'));
  const table = documentTable(sqlite);
  const inTurn = turns();

  /** `undefined` when something that was read has changed since. */
  const attempt = async <T>(act: (tx: Transaction) => Promise<T>): Promise<{ value: T } | undefined> => {
    const transaction = optimisticTransaction(table);
    const outcome = await outcomeOf(act, transaction);
    return sqlite.immediate(() => {
      if (!transaction.isCurrent()) return undefined;
      // An act that threw over a consistent view is right to; over an inconsistent one it is run again.
      if ('error' in outcome) throw outcome.error;
      transaction.apply();
      return outcome;
    });
  };

  return {
    async get<C extends Collection>(collection: C, id: string) {
      return table.read(collection, id);
    },
    async query<C extends Collection>(collection: C, query: Query<C>) {
      return table.query(collection, query);
    },
    async create<C extends Collection>(collection: C, id: string, data: Document<C>) {
      assertId(id);
      const json = jsonOf(data);
      return { id, revision: table.insert(collection, id, json), data: JSON.parse(json) };
    },
    async replace<C extends Collection>(collection: C, id: string, revision: string, data: Document<C>) {
      const json = jsonOf(data);
      return sqlite.immediate(() => {
        if (table.revisionOf(collection, id) !== revision) throw conflict(collection);
        return { id, revision: table.put(collection, id, json), data: JSON.parse(json) };
      });
    },
    async delete(collection, id, revision) {
      sqlite.immediate(() => {
        const present = table.revisionOf(collection, id);
        if (present === undefined) return;
        if (revision !== undefined && present !== revision) throw conflict(collection);
        table.remove(collection, id);
      });
    },
    async transaction(act) {
      const first = await attempt(act);
      if (first) return first.value;
      // From the first loss on, the losers of this process go one after another, so that each has to lose only once.
      return inTurn(async () => {
        for (let count = 2; count <= maxAttempts; count += 1) {
          const outcome = await attempt(act);
          if (outcome) return outcome.value;
          await setImmediate();
        }
        throw new RetryError('STORE_CONTENDED');
      });
    },
    close: () => sqlite.close(),
  };
};

const outcomeOf = async <T>(
  act: (tx: Transaction) => Promise<T>,
  transaction: OptimisticTransaction,
): Promise<{ value: T } | { error: unknown }> => {
  try {
    return { value: await act(transaction.tx) };
  } catch (error) {
    return { error };
  } finally {
    transaction.end();
  }
};
