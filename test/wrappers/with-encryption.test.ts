/** Encrypted blobs: nothing legible stored, every kind of damage noticed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withEncryption } from '../../server/wrappers/with-encryption.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';
import { seededRandom } from '../support/seeded-random.ts';

const chunk = 65_536;
const stored = chunk + 16;
const header = 44;
const damaged = expect.objectContaining({ code: 'BLOB_DAMAGED', kind: 'fatal', details: { path: 'a' } });

const scene = async (length = 3 * chunk + 100) => {
  const inner = memoryBlobs();
  const random = seededRandom(5);
  const key = random.bytes(32);
  const blobs = withEncryption(inner, async () => key, random);
  const plain = Uint8Array.from({ length }, (_, n) => (n * 7 + (n >> 16)) & 255);
  await blobs.put('a', plain);
  const bytes = inner.files.get('a') ?? new Uint8Array();
  return { inner, blobs, plain, bytes, random };
};

/** Whole read, size where the length shows it, and a range that touches the damage. */
const expectDamage = async (
  change: (bytes: Uint8Array) => Uint8Array,
  range = { offset: 0, length: 1e6 },
) => {
  const { inner, blobs, bytes } = await scene();
  inner.files.set('a', change(bytes.slice()));
  await expect(blobs.get('a')).rejects.toEqual(damaged);
  await expect(blobs.get('a', range)).rejects.toEqual(damaged);
};

const concat = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const chunkAt = (bytes: Uint8Array, index: number): Uint8Array =>
  bytes.slice(header + index * stored, header + (index + 1) * stored);

describe('damage', () => {
  test('any single bit that is turned', async () => {
    const { inner, blobs, bytes } = await scene(1000);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        inner.files.set('a', changed);
        await expect(blobs.get('a')).rejects.toEqual(damaged);
        await expect(blobs.get('a', { offset: 0, length: 1000 })).rejects.toEqual(damaged);
      }),
      { numRuns: 200 },
    );
  });

  test('bytes cut off, in a chunk, at a chunk, to the header, to nothing', async () => {
    for (const length of [header + 3 * stored + 99, header + 3 * stored, header + stored, header, 10, 0]) {
      await expectDamage((bytes) => bytes.slice(0, length));
      const { inner, blobs, bytes } = await scene();
      inner.files.set('a', bytes.slice(0, length));
      await expect(blobs.size('a')).rejects.toEqual(damaged);
      await expect(blobs.get('a', { offset: 3 * chunk + 99, length: 1 })).rejects.toEqual(damaged);
    }
  });

  test('bytes cut off with the length in the header made to fit', async () => {
    await expectDamage((bytes) => {
      const cut = Buffer.from(bytes.slice(0, header + 2 * stored));
      cut.writeBigUInt64BE(BigInt(2 * chunk), 4);
      return new Uint8Array(cut);
    });
  });

  test('bytes put on', async () => {
    const { inner, blobs, bytes } = await scene();
    inner.files.set('a', concat(bytes, new Uint8Array(stored)));
    await expect(blobs.get('a')).rejects.toEqual(damaged);
    await expect(blobs.size('a')).rejects.toEqual(damaged);
  });

  test('chunks that changed places, came twice, or went missing', async () => {
    const rest = (bytes: Uint8Array) => bytes.slice(header + 2 * stored);
    await expectDamage((bytes) =>
      concat(bytes.slice(0, header), chunkAt(bytes, 1), chunkAt(bytes, 0), rest(bytes)),
    );
    await expectDamage((bytes) =>
      concat(bytes.slice(0, header), chunkAt(bytes, 0), chunkAt(bytes, 0), rest(bytes)),
    );
    await expectDamage((bytes) => concat(bytes.slice(0, header), chunkAt(bytes, 0), rest(bytes)));
  });

  test('a blob under the path of another, and a chunk out of another', async () => {
    const { inner, blobs, plain, bytes } = await scene();
    await blobs.put('b', plain);
    const other = inner.files.get('b') ?? new Uint8Array();
    inner.files.set('a', other);
    await expect(blobs.get('a')).rejects.toEqual(damaged);
    inner.files.set('a', concat(bytes.slice(0, header), chunkAt(other, 0), bytes.slice(header + stored)));
    await expect(blobs.get('a', { offset: 5, length: 5 })).rejects.toEqual(damaged);
  });

  test('another data key', async () => {
    const { inner, random } = await scene();
    const blobs = withEncryption(inner, async () => random.bytes(32), random);
    await expect(blobs.get('a')).rejects.toEqual(damaged);
  });

  test('what was never encrypted', async () => {
    await expectDamage(() =>
      new TextEncoder().encode('PAR1 this is a plain file of more than forty-four bytes'),
    );
  });
});

test('a range reads its chunks and no more', async () => {
  const { inner, plain, random } = await scene();
  const reads: number[] = [];
  const key = seededRandom(5).bytes(32);
  const counted = withEncryption(
    {
      ...inner,
      async get(path, range) {
        const bytes = await inner.get(path, range);
        reads.push(bytes?.length ?? 0);
        return bytes;
      },
    },
    async () => key,
    random,
  );
  const found = await counted.get('a', { offset: chunk + 10, length: 20 });
  expect(found).toEqual(plain.slice(chunk + 10, chunk + 30));
  expect(reads).toEqual([header, stored]);
});

test('nothing legible is stored, and the same bytes look different under each path', async () => {
  const { inner, blobs } = await scene(10);
  const text = new TextEncoder().encode('INV-0001 '.repeat(20));
  await blobs.put('b', text);
  await blobs.put('c', text);
  const [one, two] = [inner.files.get('b'), inner.files.get('c')].map((bytes) => Buffer.from(bytes ?? []));
  expect(one?.includes('INV-0001')).toBe(false);
  expect(one?.subarray(header).equals(two?.subarray(header) ?? Buffer.alloc(0))).toBe(false);
});

test('the key is asked for by path, and what the asking throws comes out', async () => {
  const asked: string[] = [];
  const blobs = withEncryption(
    memoryBlobs(),
    async (path) => {
      asked.push(path);
      if (path.startsWith('gone/')) throw new Error('no key any more');
      return new Uint8Array(32);
    },
    seededRandom(),
  );
  await blobs.put('here/a', new Uint8Array(3));
  await expect(blobs.put('gone/a', new Uint8Array(3))).rejects.toThrow('no key any more');
  expect(asked).toEqual(['here/a', 'gone/a']);
  expect(await blobs.get('gone/a')).toBeUndefined();
});
