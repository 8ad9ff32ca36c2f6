/** A server with nothing but the engine and the two small copies, on one folder: what kill.test.ts kills. */
import { hasEnded } from '../../server/domain/run.ts';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { systemIds } from '../../server/embedded/system-ids.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { startWorker } from '../../server/engine/worker.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { pathsOf } from './kill-folder.ts';
import { linesCopy, numbersCopy, sqliteSheet } from './small-copies.ts';

const [folder = '', pauseMs = '0'] = process.argv.slice(2);
console.log('begun');
const paths = pathsOf(folder);
const clock = systemClock();
const log = recordingLog();
const store = sqliteStore(paths.store);
const queue = sqliteQueue(paths.queue, { clock, log });
const sheet = sqliteSheet(paths.sheet);
const ports = { clock, log, store, queue, ids: systemIds(clock, systemRandom()) };
const copies = { clock, sheet, blobs: diskBlobs(paths.blobs) };
const stopping = new AbortController();
process.on('SIGTERM', () => stopping.abort());

/** Each unit takes a moment, so that kills find one under way. */
const onUnit = () => clock.sleep(Number(pauseMs));
const worker = await startWorker(ports, queue, [linesCopy(copies, onUnit), numbersCopy(copies, onUnit)], {
  isAlone: true,
});

if (!(await store.get('exporters', 'exporter')))
  await store.create('exporters', 'exporter', exporterDocument());
if ((await store.query('runs', { limit: 1 })).length === 0)
  await startRun(ports, {
    teamId: 'team',
    exporterId: 'exporter',
    requestedBy: 'user',
    trigger: 'manual',
    steps: [
      { kind: 'lines', input: { count: 400, perUnit: 4 } },
      { kind: 'numbers', input: { count: 400, perUnit: 4, waitMs: 300 } },
    ],
  });
console.log('ready');

while (!stopping.signal.aborted) {
  const [run] = await store.query('runs', { limit: 1 });
  if (run && hasEnded(run.data)) break;
  await clock.sleep(20, stopping.signal);
}
await worker.stop();
queue.close();
store.close();
sheet.close();
if (log.entries.some(({ level }) => level === 'error')) {
  console.log(JSON.stringify(log.entries));
  process.exitCode = 1;
}
