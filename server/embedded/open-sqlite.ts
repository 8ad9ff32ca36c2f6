/** Opens a SQLite file the one way we use it: durable at every commit, shared by several processes. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { RetryError } from '../errors.ts';

export type Row = Record<string, SQLOutputValue>;

export interface Sqlite {
  /** Rows of one statement; statements are prepared once. */
  all(sql: string, ...values: SQLInputValue[]): Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** All of `act` or nothing, alone among all writers of the file. `act` is synchronous, so nobody waits on our thoughts. */
  immediate<T>(act: () => T): T;
  close(): void;
}

const busyTimeoutMs = 5000;
/** SQLITE_BUSY and SQLITE_LOCKED, https://sqlite.org/rescode.html (2026). */
const contendedCodes = new Set([5, 6]);

/**
 * `path` may be `:memory:`; missing folders are made. `schema` runs once in a transaction and must be harmless when it ran
 * before. Another process in the way for over five seconds: RetryError `STORE_CONTENDED`.
 */
export const openSqlite = (path: string, schema: string): Sqlite => {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs });
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepared = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    statements.set(sql, made);
    return made;
  };

  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (isContended(error)) throw new RetryError('STORE_CONTENDED', {}, error);
      throw error;
    }
  };

  const sqlite: Sqlite = {
    all: (sql, ...values) => guarded(() => prepared(sql).all(...values)),
    get: (sql, ...values) => guarded(() => prepared(sql).get(...values)),
    run: (sql, ...values) => guarded(() => Number(prepared(sql).run(...values).changes)),
    immediate: (act) =>
      guarded(() => {
        db.exec('begin immediate');
        try {
          const value = act();
          db.exec('commit');
          return value;
        } catch (error) {
          if (db.isTransaction) db.exec('rollback');
          throw error;
        }
      }),
    close() {
      if (db.isOpen) db.close();
    },
  };

  enterWal(db);
  db.exec('pragma synchronous = full');
  sqlite.immediate(() => db.exec(schema));
  return sqlite;
};

/** Seen with SQLite 3.53.4: while another connection holds the write lock, the switch to WAL is BUSY at once, whatever the timeout. */
const enterWal = (db: DatabaseSync): void => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      db.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (!isContended(error) || attempt === 100) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
};

const isContended = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  contendedCodes.has(error.errcode & 0xff);
