/** What is the SQLite store's own: how transactions lose and try again, indexes, several connections, closing. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { leaseDocument } from '../support/documents.ts';
import { temporaryFolders } from '../support/folders.ts';

const newFolder = temporaryFolders();
const set = (store: ReturnType<typeof sqliteStore>, fencing: number) =>
  store.transaction(async (tx) => tx.set('leases', 'a', leaseDocument({ fencing })));

test('an act that threw over a view that changed meanwhile is run again', async () => {
  const store = sqliteStore(':memory:');
  await set(store, 1);
  let runs = 0;
  const answer = await store.transaction(async (tx) => {
    runs += 1;
    const fencing = (await tx.get('leases', 'a'))?.data.fencing;
    if (runs === 1) await set(store, 2);
    if (fencing === 1) throw new Error('decided on what is no longer so');
    return fencing;
  });
  expect([runs, answer]).toEqual([2, 2]);
  store.close();
});

test('a transaction that always loses gives up as STORE_CONTENDED, with nothing written', async () => {
  const store = sqliteStore(':memory:');
  await set(store, 0);
  let runs = 0;
  const act = store.transaction(async (tx) => {
    await tx.get('leases', 'a');
    runs += 1;
    await set(store, runs);
    tx.set('leases', 'a', leaseDocument({ fencing: -1 }));
  });
  await expect(act).rejects.toEqual(expect.objectContaining({ code: 'STORE_CONTENDED', kind: 'retry' }));
  expect((await store.get('leases', 'a'))?.data.fencing).toBe(runs);
  await set(store, 5); // Whoever comes next is not held up.
  store.close();
});

test('two connections to one file see each other at once', async () => {
  const path = join(newFolder(), 'deep', 'store.sqlite');
  const [one, two] = [sqliteStore(path), sqliteStore(path)];
  await set(one, 1);
  const seen = await two.get('leases', 'a');
  expect(seen?.data.fencing).toBe(1);
  if (seen) await two.replace('leases', 'a', seen.revision, leaseDocument({ fencing: 2 }));
  expect((await one.get('leases', 'a'))?.data.fencing).toBe(2);
  one.close();
  one.close();
  two.close();
});

test('every declared field has an index that a query by it uses', async () => {
  const path = join(newFolder(), 'store.sqlite');
  sqliteStore(path).close();
  const db = new DatabaseSync(path);
  const plan = (sql: string) => JSON.stringify(db.prepare(`explain query plan ${sql}`).all());
  const from = `select id from "documents_runs" where json_extract(data, '$.dueAt')`;
  expect(plan(`${from} <= 5 order by json_extract(data, '$.dueAt') asc, id asc limit 9`)).toMatch(
    /USING (COVERING )?INDEX by_runs_dueAt/,
  );
  expect(plan(`${from} = 5 order by id limit 9`)).toMatch(
    /USING (COVERING )?INDEX by_runs_dueAt \(<expr>=\?\)"/,
  );
  db.close();
});
