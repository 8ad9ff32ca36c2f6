/**
 * A transaction that holds no lock while its `act` thinks. Reads come from what is committed and are remembered with their
 * revisions; writes are kept back. At the end, in one short write transaction of SQLite, the reads are looked at again: still
 * the same, then the writes are made; else nothing is, and the whole act is to be run anew.
 */
import type { Collection, Document } from '../domain/documents.ts';
import type { Query, Stored, Transaction } from '../ports.ts';
import { assertId, type DocumentTable, jsonOf } from './document-table.ts';

export interface OptimisticTransaction {
  tx: Transaction;
  /** Everything read is still as it was read. Call it where no other writer can come between. */
  isCurrent(): boolean;
  /** Makes the writes, in the order they were asked for. */
  apply(): void;
  /** After this the act may not use `tx` any more. */
  end(): void;
}

export const optimisticTransaction = (table: DocumentTable): OptimisticTransaction => {
  const checks: Array<() => boolean> = [];
  const writes: Array<() => void> = [];
  let isOver = false;

  const beforeRead = (): void => {
    if (isOver) throw new TypeError('the transaction has ended');
    // Firestore refuses it too: a read after a write would not see that write.
    if (writes.length > 0) throw new TypeError('a transaction reads first, then writes');
  };
  const write = (id: string, act: () => void): void => {
    if (isOver) throw new TypeError('the transaction has ended');
    assertId(id);
    writes.push(act);
  };

  return {
    tx: {
      async get<C extends Collection>(collection: C, id: string) {
        beforeRead();
        const found = table.read(collection, id);
        checks.push(() => table.revisionOf(collection, id) === found?.revision);
        return found;
      },
      async query<C extends Collection>(collection: C, query: Query<C>) {
        beforeRead();
        const found = table.query(collection, query);
        checks.push(() => versionsOf(table.query(collection, query)) === versionsOf(found));
        return found;
      },
      create<C extends Collection>(collection: C, id: string, data: Document<C>) {
        const json = jsonOf(data);
        write(id, () => table.insert(collection, id, json));
      },
      set<C extends Collection>(collection: C, id: string, data: Document<C>) {
        const json = jsonOf(data);
        write(id, () => table.put(collection, id, json));
      },
      delete(collection, id) {
        write(id, () => table.remove(collection, id));
      },
    },
    isCurrent: () => checks.every((check) => check()),
    apply() {
      for (const act of writes) act();
    },
    end() {
      isOver = true;
    },
  };
};

/** Revisions are never used twice within a collection, so they stand for the documents. */
const versionsOf = (found: ReadonlyArray<Stored<Collection>>): string =>
  found.map(({ revision }) => revision).join();
