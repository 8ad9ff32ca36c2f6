/** The key file itself: who may read it, who makes it, and what happens when it is not one. */
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFile } from '../../server/embedded/key-file.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { temporaryFolders } from '../support/folders.ts';

const newFolder = temporaryFolders();
const random = systemRandom();
const key = new Uint8Array(32).fill(7);
const invalid = expect.objectContaining({ code: 'CONFIG_INVALID' });
const open = (path: string) => () => keyFile(path, random);

test('a missing file is made for its owner alone, and nothing else is left beside it', async () => {
  const folder = newFolder();
  const path = join(folder, 'deep', 'keys.json');
  const keys = keyFile(path, random);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await keys.rotate();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['keys.json']);
});

test('a file that others may read is refused', () => {
  const path = join(newFolder(), 'keys.json');
  keyFile(path, random);
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(path, mode);
    expect(open(path)).toThrow(invalid);
  }
  chmodSync(path, 0o600);
  expect(open(path)).not.toThrow();
});

test('a file that is no key file is refused and left as it is', () => {
  const path = join(newFolder(), 'keys.json');
  for (const content of ['', '{}', 'not json', '{"v":1,"current":"x","keys":{"y":"short"}}', '{"v":2}']) {
    writeFileSync(path, content, { mode: 0o600 });
    expect(open(path)).toThrow(invalid);
    expect(readFileSync(path, 'utf8')).toBe(content);
  }
});

test('what one process wraps another one unwraps, after rotations by either too', async () => {
  const path = join(newFolder(), 'keys.json');
  const [one, two] = [keyFile(path, random), keyFile(path, random)];
  const before = await one.wrap(key, 'a');
  await one.rotate();
  const between = await one.wrap(key, 'a');
  await two.rotate();
  const after = await two.wrap(key, 'a');
  for (const wrapped of [before, between, after])
    for (const keys of [one, two, keyFile(path, random)])
      expect(await keys.unwrap(wrapped, 'a')).toEqual(key);
});
