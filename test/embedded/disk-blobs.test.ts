/** Blobs on disk: paths, leftovers, and what a reader can see while a writer is at it. */
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diskBlobs } from '../../server/embedded/disk-blobs.ts';
import { refusedPaths } from '../contracts/blobs.contract.ts';
import { temporaryFolders } from '../support/folders.ts';

const newFolder = temporaryFolders();
const some = new Uint8Array([1, 2, 3]);

test('a path that is none is refused by every method', async () => {
  const blobs = diskBlobs(newFolder());
  for (const path of refusedPaths) {
    await expect(blobs.put(path, some)).rejects.toThrow(TypeError);
    await expect(blobs.get(path)).rejects.toThrow(TypeError);
    await expect(blobs.size(path)).rejects.toThrow(TypeError);
    await expect(blobs.delete(path)).rejects.toThrow(TypeError);
  }
});

test('a blob under the path of another one is an error, never silently dropped', async () => {
  const blobs = diskBlobs(newFolder());
  await blobs.put('a/b', some);
  await expect(blobs.put('a', some)).rejects.toThrow();
  await expect(blobs.put('a/b/c', some)).rejects.toThrow();
  expect(await blobs.list('', { limit: 9 })).toEqual(['a/b']);
});

test('no temporary file is left after a put, won or lost', async () => {
  const folder = newFolder();
  const blobs = diskBlobs(folder);
  await Promise.all(Array.from({ length: 20 }, (_, n) => blobs.put(`a/${n % 3}`, some)));
  expect(readdirSync(join(folder, 'TEMPORARY'))).toEqual([]);
});

test('temporary files of dead writers go at the next start, young ones stay', async () => {
  const folder = newFolder();
  const temporary = join(folder, 'TEMPORARY');
  mkdirSync(temporary);
  for (const name of ['old', 'young']) writeFileSync(join(temporary, name), 'half');
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  utimesSync(join(temporary, 'old'), longAgo, longAgo);
  writeFileSync(join(temporary, `${process.pid}-1`), 'of an earlier process with our number');
  await diskBlobs(folder).put('a', some);
  expect(existsSync(join(temporary, 'old'))).toBe(false);
  expect(readdirSync(temporary).sort()).toEqual([`${process.pid}-1`, 'young']);
});

test('a folder that is not there yet lists nothing and holds nothing', async () => {
  const blobs = diskBlobs(join(newFolder(), 'later'));
  expect(await blobs.list('', { limit: 9 })).toEqual([]);
  expect(await blobs.get('a')).toBeUndefined();
  await blobs.put('a', some);
  expect(await blobs.get('a')).toEqual(some);
});

test('a range that is none is refused', async () => {
  const blobs = diskBlobs(newFolder());
  await blobs.put('a', some);
  for (const range of [
    { offset: -1, length: 1 },
    { offset: 0.5, length: 1 },
    { offset: 0, length: -1 },
    { offset: 0, length: Number.NaN },
  ])
    await expect(blobs.get('a', range)).rejects.toThrow(TypeError);
});
