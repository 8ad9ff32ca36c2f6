/**
 * From response bytes to stored records, in a process of its own: `ours` reads with our client, cuts and seals segments with the
 * query child; `xero-node` reads with the SDK and puts each record as JSON into SQLite. Says the CPU of all its processes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { keyFile } from '../../server/embedded/key-file.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { undiciNetwork } from '../../server/embedded/undici-network.ts';
import { cutPage } from '../../server/mirror/cutter.ts';
import { openMirror } from '../../server/mirror/open-mirror.ts';
import { openQueryEngine } from '../../server/mirror/query.ts';
import { invoices } from '../../server/resources/invoices.ts';
import { xeroClient } from '../../server/xero/client.ts';
import { recordingLog } from '../support/recording-log.ts';
import { ticksPerSecond } from './ticks.ts';

interface Way {
  /** Stores one page and answers with its records. */
  page(number: number): Promise<number>;
  /** CPU milliseconds of processes beside this one. */
  besideMs(): number;
  close(): Promise<void>;
}

const [way = '', origin = '', count = '20'] = process.argv.slice(2);
const warmUp = 5;
const folder = mkdtempSync(join(tmpdir(), 'store-pages-'));
const run = way === 'ours' ? await ours() : await sdk();
for (let page = 1; page <= warmUp; page += 1) await run.page(page);
const before = process.cpuUsage();
const besideBefore = run.besideMs();
let records = 0;
for (let page = 1; page <= Number(count); page += 1) records += await run.page(warmUp + page);
const { user, system } = process.cpuUsage(before);
const cpuMs = (user + system) / 1_000 + run.besideMs() - besideBefore;
await run.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ cpuMs, records })}\n`);
process.exit(0);

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
  const client = xeroClient({ network, clock, random }, { apiOrigin: origin });
  return {
    async page(number) {
      const request = { path: 'Invoices', query: { page: String(number), pageSize: '1000' } };
      const { body } = await client.read({ accessToken: 'a', organisationId: 'o' }, request, () => undefined);
      const { records } = cutPage(body, invoices.envelope, invoices);
      // A segment is named by its records: the same ones again would be there already.
      const own = records.map((record) => ({ ...record, updatedAt: record.updatedAt + number }));
      return (await mirror.writeSegment('invoices', own, number)).records;
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

async function sdk(): Promise<Way> {
  const { XeroClient } = await import('xero-node');
  const xero = new XeroClient({ clientId: 'a', clientSecret: 'b', redirectUris: [], scopes: [] });
  xero.setTokenSet({ access_token: 'a', token_type: 'Bearer' });
  xero.accountingApi.basePath = `${origin}/api.xro/2.0`;
  const database = new DatabaseSync(join(folder, 'records.sqlite'));
  database.exec('pragma journal_mode = wal; create table records (id text primary key, json text) strict');
  const insert = database.prepare('insert or replace into records values (?, ?)');
  return {
    async page(number) {
      const { body } = await xero.accountingApi.getInvoices(
        'o',
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        number,
        undefined,
        undefined,
        4,
        undefined,
        1_000,
      );
      const found = body.invoices ?? [];
      database.exec('begin');
      for (const invoice of found) insert.run(`${invoice.invoiceID} ${number}`, JSON.stringify(invoice));
      database.exec('commit');
      return found.length;
    },
    besideMs: () => 0,
    close: async () => database.close(),
  };
}
