/** The folder of a worker process, and what it holds when the process is gone. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../server/domain/run.ts';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { sinksOf, sqliteSheet } from './small-copies.ts';

export function pathsOf(folder: string) {
  mkdirSync(folder, { recursive: true });
  return {
    store: join(folder, 'store.sqlite'),
    queue: join(folder, 'queue.sqlite'),
    sheet: join(folder, 'sheet.sqlite'),
    blobs: join(folder, 'blobs'),
  };
}

export async function readFolder(
  folder: string,
): Promise<{ run: Run; sinks: Awaited<ReturnType<typeof sinksOf>> }> {
  const paths = pathsOf(folder);
  const store = sqliteStore(paths.store);
  const sheet = sqliteSheet(paths.sheet);
  try {
    const runs = await store.query('runs', { limit: 2 });
    const [run] = runs;
    if (!run || runs.length !== 1) throw new Error(`One run was made, ${runs.length} are there`);
    return {
      run: run.data,
      sinks: await sinksOf({ blobs: diskBlobs(paths.blobs), sheet, clock: systemClock() }),
    };
  } finally {
    store.close();
    sheet.close();
  }
}
