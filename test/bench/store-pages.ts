/**
 * From response bytes to stored records, in a process of its own. `ours` reads with our client, cuts, hashes, compresses and seals
 * segments. `parquet` and `sqlite` read with the client of xero-node into its objects and store each as JSON: with DuckDB as one Parquet
 * file a page, by the options that it has when nobody says any, or in SQLite. Says the CPU of all its processes, and how much of it
 * was spent before anything was stored.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Invoice } from 'xero-node';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { keyFile } from '../../server/embedded/key-file.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { undiciNetwork } from '../../server/embedded/undici-network.ts';
import { type CutPage, cutPage } from '../../server/mirror/cutter.ts';
import { fieldBook } from '../../server/mirror/field-book.ts';
import { openMirror } from '../../server/mirror/open-mirror.ts';
import { openQueryEngine } from '../../server/mirror/query.ts';
import type { XeroAnswer } from '../../server/ports.ts';
import { invoices } from '../../server/resources/invoices.ts';
import { xeroClient } from '../../server/xero/client.ts';
import { xeroFields } from '../../server/xero/fields.ts';
import { recordingLog } from '../support/recording-log.ts';
import { ticksPerSecond } from './ticks.ts';

interface Way {
  /** Reads one page as far as the client takes it. */
  read(number: number): Promise<unknown>;
  /** Stores what was read and answers with its records. */
  store(read: unknown, number: number): Promise<number>;
  /** CPU milliseconds of processes beside this one. */
  besideMs(): number;
  close(): Promise<void>;
}

const [way = '', origin = '', count = '20'] = process.argv.slice(2);
const warmUp = 20;
const folder = mkdtempSync(join(tmpdir(), 'store-pages-'));
const run = await opened(way);
let [readMs, cpuMs, records] = [0, 0, 0];
for (let page = 1; page <= warmUp + Number(count); page += 1) {
  const begun = spentMs();
  const found = await run.read(page);
  const between = spentMs();
  const stored = await run.store(found, page);
  if (page <= warmUp) continue;
  readMs += between - begun;
  cpuMs += spentMs() - begun;
  records += stored;
}
await run.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ readMs, cpuMs, records })}\n`);
process.exit(0);

function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + run.besideMs();
}

function opened(name: string): Promise<Way> {
  if (name === 'ours') return ours();
  return sdk(name === 'parquet' ? parquetStore : sqliteOfJson);
}

async function ours(): Promise<Way> {
  const [clock, random, log] = [systemClock(), systemRandom(), recordingLog()];
  const network = undiciNetwork();
  const query = openQueryEngine({
    folder: join(folder, 'query'),
    memoryLimitMb: 256,
    timeoutMs: 60_000,
    clock,
    log,
  });
  const store = sqliteStore(join(folder, 'store.sqlite'));
  const keys = keyFile(join(folder, 'keys.json'), random);
  const ports = { store, blobs: diskBlobs(join(folder, 'blobs')), keys, random, clock, query };
  const ref = { teamId: 't', organisationId: 'o', pullerConnectionId: 'c' };
  const mirror = await openMirror(ports, ref);
  const book = fieldBook(xeroFields().sentIn(invoices.envelope));
  const client = xeroClient({ network, clock, random }, { apiOrigin: origin });
  return {
    async read(number) {
      const request = { path: 'Invoices', query: { page: String(number), pageSize: '1000' } };
      const access = { accessToken: 'a', organisationId: 'o' };
      const answer = await client.read(access, request, () => undefined);
      return { answer, page: cutPage(answer.body, invoices.envelope, invoices, book) };
    },
    async store(read, number) {
      // A segment is named by its records: the same ones again would be there already.
      const { answer, page } = read as { answer: XeroAnswer; page: CutPage };
      const own = page.records.map((record) => ({ ...record, updatedAt: record.updatedAt + number }));
      const { records } = await mirror.writeSegment('invoices', own, number);
      // As the pull does (engine/steps/pull/read-on.ts).
      page.release();
      answer.release?.();
      return records;
    },
    besideMs() {
      const stat = query.childPid === undefined ? '' : readFileSync(`/proc/${query.childPid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return ((Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond) * 1_000;
    },
    async close() {
      await query.close();
      await network.close();
      store.close();
    },
  };
}

/** Puts the objects of a page away as JSON. */
interface JsonStore {
  put(found: ReadonlyArray<{ id: string; json: string }>, page: number): Promise<void>;
  close(): void;
}

async function sdk(openStore: () => Promise<JsonStore>): Promise<Way> {
  const { XeroClient } = await import('xero-node');
  const xero = new XeroClient({ clientId: 'a', clientSecret: 'b', redirectUris: [], scopes: [] });
  xero.setTokenSet({ access_token: 'a', token_type: 'Bearer' });
  xero.accountingApi.basePath = `${origin}/api.xro/2.0`;
  const unsaid = undefined;
  const store = await openStore();
  return {
    async read(number) {
      const filters = [unsaid, unsaid, unsaid, unsaid, unsaid, unsaid, unsaid] as const;
      const { body } = await xero.accountingApi.getInvoices(
        'o',
        ...filters,
        number,
        unsaid,
        unsaid,
        4,
        unsaid,
        1_000,
      );
      return body.invoices ?? [];
    },
    async store(read, number) {
      const found = read as Invoice[];
      const texts = found.map((invoice) => ({ id: `${invoice.invoiceID}`, json: JSON.stringify(invoice) }));
      await store.put(texts, number);
      return found.length;
    },
    besideMs: () => 0,
    close: async () => store.close(),
  };
}

async function parquetStore(): Promise<JsonStore> {
  const { DuckDBDataChunk, DuckDBInstance, VARCHAR } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  return {
    async put(found, page) {
      await connection.run('create or replace table records (id varchar, json varchar)');
      const appender = await connection.createAppender('records');
      const chunk = DuckDBDataChunk.create([VARCHAR, VARCHAR]);
      chunk.setColumns([found.map(({ id }) => id), found.map(({ json }) => json)]);
      appender.appendDataChunk(chunk);
      appender.closeSync();
      await connection.run(`copy records to '${join(folder, `${page}.parquet`)}' (format parquet)`);
    },
    close: () => connection.closeSync(),
  };
}

async function sqliteOfJson(): Promise<JsonStore> {
  const database = new DatabaseSync(join(folder, 'records.sqlite'));
  database.exec('pragma journal_mode = wal; create table records (id text primary key, json text) strict');
  const insert = database.prepare('insert or replace into records values (?, ?)');
  return {
    async put(found, page) {
      database.exec('begin');
      for (const { id, json } of found) insert.run(`${id} ${page}`, json);
      database.exec('commit');
    },
    close: () => database.close(),
  };
}
