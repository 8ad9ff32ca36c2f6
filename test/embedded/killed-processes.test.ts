/** Processes that share a file or folder, and processes killed at random moments: what was acknowledged is there, and nothing by halves. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { temporaryFolders } from '../support/folders.ts';
import { runChild } from '../support/killed-child.ts';
import { recordingLog } from '../support/recording-log.ts';

const newFolder = temporaryFolders();
const script = (name: string): URL => new URL(`./children/${name}.ts`, import.meta.url);
/** Chosen anew in each run: the moment of a kill cannot be repeated anyway. */
const randomKill = () => ({ lines: 1 + Math.floor(Math.random() * 30), ms: Math.random() * 12 });
const rounds = 6;

test('processes that count one document up together, begun on a file that is not there, lose no count', async () => {
  const path = join(newFolder(), 'store.sqlite');
  const ends = await Promise.all(
    Array.from({ length: 3 }, () => runChild(script('store-counter'), [path, '150'])),
  );
  expect(ends.map(({ code, errors }) => [code, errors])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  const store = sqliteStore(path);
  expect((await store.get('leases', 'counter'))?.data.fencing).toBe(450);
  store.close();
});

test('a store whose writers are killed holds every acknowledged transaction whole', async () => {
  const path = join(newFolder(), 'store.sqlite');
  let acknowledged = 0;
  let written = 0;
  for (let round = 0; round < rounds; round += 1) {
    const workers = [`${round}-a`, `${round}-b`];
    const ends = await Promise.all(
      workers.map((worker) => runChild(script('store-writer'), [path, worker], randomKill())),
    );
    const store = sqliteStore(path);
    for (const [index, worker] of workers.entries()) {
      const last = Number(ends[index]?.lines.at(-1));
      const [left, right] = [
        await store.get('leases', `${worker}-left`),
        await store.get('leases', `${worker}-right`),
      ];
      expect(left?.data.fencing).toBe(right?.data.fencing);
      expect(left?.data.holder).toHaveLength(20_000);
      // Killed between the commit and the line about it, it may be one ahead.
      expect([last, last + 1]).toContain(left?.data.fencing);
      acknowledged += last;
      written += left?.data.fencing ?? 0;
    }
    expect((await store.get('leases', 'total'))?.data.fencing).toBe(written);
    store.close();
  }
  expect(acknowledged).toBeGreaterThan(rounds * 2);
});

test('a queue whose workers are killed delivers every acknowledged task', async () => {
  const path = join(newFolder(), 'queue.sqlite');
  const lines: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ends = await Promise.all(
      ['a', 'b'].map((worker) =>
        runChild(script('queue-worker'), [path, `${round}-${worker}`], randomKill()),
      ),
    );
    lines.push(...ends.flatMap((end) => end.lines));
  }
  const queue = sqliteQueue(path, { clock: systemClock(), log: recordingLog(), pollMs: 20 });
  const handled = new Set(lines.filter((line) => line.startsWith('out ')).map((line) => line.slice(4)));
  const worker = queue.consume(async ({ name, payload }) => {
    expect(name.endsWith(`-${payload['count']}`)).toBe(true);
    handled.add(name);
  });
  const enqueued = lines.filter((line) => line.startsWith('in ')).map((line) => line.slice(3));
  expect(enqueued.length).toBeGreaterThan(rounds * 2);
  await expect.poll(() => queue.open(), { timeout: 10_000 }).toBe(0);
  expect(enqueued.filter((name) => !handled.has(name))).toEqual([]);
  await worker.stop();
  queue.close();
});

test('blobs whose writers are killed are whole or absent, and every acknowledged one is there', async () => {
  const folder = newFolder();
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ends = await Promise.all(
      // Both write the same paths: each is there once, from one of them.
      ['same', 'same'].map((worker) =>
        runChild(script('blob-writer'), [folder, `${round}-${worker}`], randomKill()),
      ),
    );
    acknowledged.push(...ends.flatMap((end) => end.lines));
  }
  const blobs = diskBlobs(folder);
  const listed = await blobs.list('', { limit: 100_000 });
  for (const path of listed) {
    const bytes = await blobs.get(path);
    const count = Number(path.split('/').at(-1)) & 255;
    expect(bytes?.length).toBe(300_000);
    expect(bytes?.every((byte) => byte === count)).toBe(true);
  }
  expect(acknowledged.length).toBeGreaterThan(rounds * 2);
  expect(acknowledged.filter((path) => !listed.includes(path))).toEqual([]);
});
