/** Sealed tokens open in their own place only. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFile } from '../../server/embedded/key-file.ts';
import { systemRandom } from '../../server/embedded/system-random.ts';
import { openText, sealText } from '../../server/wrappers/seal-text.ts';
import { temporaryFolders } from '../support/folders.ts';

const newFolder = temporaryFolders();
const random = systemRandom();
const makePorts = () => ({ keys: keyFile(join(newFolder(), 'keys.json'), random), random });
const damaged = expect.objectContaining({ code: 'BLOB_DAMAGED', kind: 'fatal' });

test('a sealed text opens in its own context, before and after a rotation', async () => {
  const ports = makePorts();
  for (const text of ['', 'a token', 'é🧾\0', 'x'.repeat(10_000)]) {
    const sealed = await sealText(ports, 'grants/1/refreshToken', text);
    expect(await openText(ports, 'grants/1/refreshToken', sealed)).toBe(text);
    await ports.keys.rotate();
    expect(await openText(ports, 'grants/1/refreshToken', sealed)).toBe(text);
    if (text) expect(sealed).not.toContain(text);
  }
});

test('the owner, the field, the keeper: each other one is refused, and so is any changed character', async () => {
  const ports = makePorts();
  const sealed = await sealText(ports, 'grants/1/refreshToken', 'a token');
  for (const context of ['grants/2/refreshToken', 'grants/1/accessToken', ''])
    await expect(openText(ports, context, sealed)).rejects.toEqual(damaged);
  await expect(openText(makePorts(), 'grants/1/refreshToken', sealed)).rejects.toEqual(damaged);
  for (let at = 0; at < sealed.length; at += 1) {
    const other = sealed[at] === 'A' ? 'Q' : 'A';
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
    await expect(openText(ports, 'grants/1/refreshToken', changed)).rejects.toEqual(damaged);
  }
  for (const broken of ['', 's1', 's1..', 'plain token', sealed.slice(0, -1)])
    await expect(openText(ports, 'grants/1/refreshToken', broken)).rejects.toEqual(damaged);
});

test('parts of two sealed texts cannot be put together', async () => {
  const ports = makePorts();
  const [one, two] = [await sealText(ports, 'a', 'one'), await sealText(ports, 'a', 'two')];
  const [version, text] = one.split('.');
  const wrapped = two.split('.').slice(2).join('.');
  await expect(openText(ports, 'a', `${version}.${text}.${wrapped}`)).rejects.toEqual(damaged);
});
