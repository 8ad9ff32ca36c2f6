/** Opening a file that others are busy with. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { openSqlite } from '../../server/embedded/open-sqlite.ts';
import { temporaryFolders } from '../support/folders.ts';

const newFolder = temporaryFolders();

/** Holds the write lock of a file that is not in WAL mode yet, for as long as told. */
const holder = `
  const { DatabaseSync } = require('node:sqlite');
  const { parentPort, workerData } = require('node:worker_threads');
  const db = new DatabaseSync(workerData.path);
  db.exec('create table other (a)');
  db.exec('begin immediate');
  parentPort.postMessage('held');
  setTimeout(() => { db.exec('commit'); db.close(); }, workerData.ms);
`;

test('another writer in the way of the switch to WAL is waited for', async () => {
  const path = join(newFolder(), 'a.sqlite');
  const worker = new Worker(holder, { eval: true, workerData: { path, ms: 150 } });
  await once(worker, 'message');
  const sqlite = openSqlite(path, 'create table if not exists mine (a)');
  expect(sqlite.get('pragma journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(sqlite.get('pragma synchronous')).toEqual({ synchronous: 2 });
  sqlite.close();
  sqlite.close();
  await worker.terminate();
});

test('an act that throws undoes its writes and leaves the file free', () => {
  const sqlite = openSqlite(':memory:', 'create table mine (a)');
  const act = () =>
    sqlite.immediate(() => {
      sqlite.run('insert into mine values (1)');
      throw new Error('no');
    });
  expect(act).toThrow('no');
  expect(act).toThrow('no');
  expect(sqlite.all('select * from mine')).toEqual([]);
  sqlite.close();
});
