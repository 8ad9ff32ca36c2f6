/**
 * One step of the memory ladder, in a process of its own: so many payments through the pull into a mirror on disk, then read in
 * order as a publish reads them, and written out. Says the peak of its own resident memory and of its query child's.
 */
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datasetById } from '../../server/datasets/index.ts';
import { rowsOf } from '../../server/datasets/rows-of.ts';
import type { Json } from '../../server/domain/json.ts';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { keyFile } from '../../server/embedded/key-file.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { collectWanted } from '../../server/engine/steps/publish/wanted-rows.ts';
import { pullStep } from '../../server/engine/steps/pull/pull-step.ts';
import { openMirror } from '../../server/mirror/open-mirror.ts';
import { openQueryEngine } from '../../server/mirror/query.ts';
import type { XeroReader } from '../../server/ports.ts';
import { recordingLog } from '../support/recording-log.ts';

const count = Number(process.argv[2] ?? 100_000);
const pageSize = 1_000;
const folder = mkdtempSync(join(tmpdir(), 'ladder-'));
const [clock, random, log] = [systemClock(), systemRandom(), recordingLog()];
const query = openQueryEngine({
  folder: join(folder, 'query'),
  memoryLimitMb: 256,
  timeoutMs: 600_000,
  clock,
  log,
});
const store = sqliteStore(join(folder, 'store.sqlite'));
const blobs = diskBlobs(join(folder, 'blobs'));
const ports = { store, blobs, keys: keyFile(join(folder, 'keys.json'), random), random, clock, query, log };
const begunAt = clock.now();
const date = (at: number): string => `/Date(${begunAt - at * 3_600_000}+0000)/`;

const payment = (at: number): string => {
  const id = `${String(at).padStart(8, '0')}-0000-4000-8000-${String((at * 7_919) % 1_000_003).padStart(12, '0')}`;
  return JSON.stringify({
    PaymentID: id,
    Date: date(at % 9_000),
    BankAmount: (at % 90_000) / 100,
    Amount: (at % 90_000) / 100,
    Reference: `Payment ${at} of a customer`,
    CurrencyRate: 1,
    PaymentType: 'ACCRECPAYMENT',
    Status: 'AUTHORISED',
    UpdatedDateUTC: date(9_500),
    HasAccount: true,
    IsReconciled: at % 3 === 0,
    Account: { AccountID: '0d1e2f3a-0000-4000-8000-000000000001', Code: '090' },
    Invoice: {
      Type: 'ACCREC',
      InvoiceID: id,
      InvoiceNumber: `INV-${at}`,
      Contact: { Name: `Customer ${at % 500}` },
    },
  });
};
const xeroReader: XeroReader = {
  async read(_, { query: asked, modifiedSince }) {
    const page = Number(asked['page'] ?? 1);
    const found = modifiedSince === undefined ? count : 0;
    const shown = Math.max(0, Math.min(pageSize, found - (page - 1) * pageSize));
    const records = Array.from({ length: shown }, (__, at) => payment((page - 1) * pageSize + at));
    const pagination = { page, pageSize, pageCount: Math.ceil(found / pageSize), itemCount: found };
    const body = Buffer.from(
      `{"DateTimeUTC":"/Date(${clock.now()})/","pagination":${JSON.stringify(pagination)},"Payments":[${records.join(',')}]}`,
    );
    return { body, wireBytes: body.length };
  },
};

const ref = { teamId: 't', organisationId: 'o', pullerConnectionId: 'c' };
const step = pullStep(
  { ...ports, xeroReader, openMirror: (which) => openMirror(ports, which) },
  { gatherMs: 0 },
);
const input = { connectionId: 'c', organisationId: 'o', teamId: 't', resources: ['payments'], reports: [] };
const signal = new AbortController().signal;
for (let checkpoint: Json = null; ; ) {
  const outcome = await step.advance(input, checkpoint, {
    runId: 'r',
    teamId: 't',
    exporterId: 'e',
    requestedAt: begunAt,
    trigger: 'manual',
    signal,
    fencing: 1,
    guard: async () => undefined,
    report: () => undefined,
  });
  if (outcome.kind === 'done') break;
  checkpoint = JSON.parse(JSON.stringify(outcome.checkpoint)) as Json;
}

const mirror = await openMirror(ports, ref);
const wanted = { params: {}, columns: null, filters: [], at: clock.now() };
const rows = await collectWanted(await rowsOf(mirror, datasetById('payments'), wanted));
const file = createWriteStream(join(folder, 'rows.jsonl'));
for await (const row of rows.values('UTC'))
  if (!file.write(`${JSON.stringify(row)}\n`))
    await new Promise<void>((resolve) => file.once('drain', () => resolve()));
await new Promise<void>((resolve) => file.end(() => resolve()));

const peakOf = (pid: number | 'self'): number =>
  (Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024) /
  1_000_000;
const child = query.childPid === undefined ? 0 : peakOf(query.childPid);
const said = { rows: rows.rows, ownMb: peakOf('self'), childMb: child };
await query.close();
store.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify(said)}\n`);
process.exit(0);
