/** What the mirrors in a server's data folder hold, read while no server works on it. */
import { join } from 'node:path';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { keyFile } from '../../server/embedded/key-file.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import type { Mirror } from '../../server/mirror/mirror.ts';
import { openMirror } from '../../server/mirror/open-mirror.ts';
import { openQueryEngine } from '../../server/mirror/query.ts';
import { recordingLog } from '../support/recording-log.ts';

export interface MirrorContent {
  generation: number;
  /** By resource: id, state, and what stands for the exact text: its hash. Ascending by id. */
  records: Record<string, string[]>;
  /** Reports by their id, as Xero sent them. */
  reports: Record<string, string>;
}

/** By organisation; `look` sees each mirror while it is open. */
export async function readMirrors(
  dataFolder: string,
  look: (mirror: Mirror) => Promise<void> = async () => undefined,
): Promise<Record<string, MirrorContent>> {
  const [clock, random] = [systemClock(), systemRandom()];
  const store = sqliteStore(join(dataFolder, 'store.sqlite'));
  const query = openQueryEngine({
    folder: join(dataFolder, 'query'),
    memoryLimitMb: 192,
    timeoutMs: 60_000,
    clock,
    log: recordingLog(),
  });
  const blobs = diskBlobs(join(dataFolder, 'blobs'));
  const keys = keyFile(join(dataFolder, 'keys.json'), random);
  const ports = { store, blobs, keys, random, clock, query };
  try {
    const found: Record<string, MirrorContent> = {};
    for (const { data } of await store.query('mirrors', { limit: 100 })) {
      const mirror = await openMirror(ports, data);
      found[data.organisationId] = await contentOf(mirror);
      await look(mirror);
    }
    return found;
  } finally {
    await query.close();
    store.close();
  }
}

async function contentOf(mirror: Mirror): Promise<MirrorContent> {
  const { generation, resources } = await mirror.index();
  const content: MirrorContent = { generation, records: {}, reports: {} };
  for (const resource of Object.keys(resources)) {
    const lines: string[] = [];
    for await (const batch of mirror.ids(resource, []))
      for (const { id, state, rawHash } of batch) {
        if (resource === 'reports') content.reports[id] = (await mirror.record(resource, id)) ?? '';
        else lines.push(`${id} ${state} ${rawHash}`);
      }
    if (resource !== 'reports') content.records[resource] = lines;
  }
  return content;
}
