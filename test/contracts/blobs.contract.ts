/** What every Blobs must hold to, whatever it is made of and wrapped in. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Blobs } from '../../server/ports.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const bytes = (count: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, n) => (n * 31 + (n >> 8)) & 255);

/** `makeBlobs` gives an empty one each time. */
export const blobsContract = (name: string, makeBlobs: () => Blobs | Promise<Blobs>): void => {
  describe(`${name} as Blobs`, () => {
    let blobs: Blobs;
    beforeEach(async () => {
      blobs = await makeBlobs();
    });

    test('what was put is read back, whole and in plain Uint8Arrays', async () => {
      for (const count of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
        await blobs.put(`sizes/${count}`, bytes(count));
        expect(Buffer.from((await blobs.get(`sizes/${count}`)) ?? []).equals(bytes(count))).toBe(true);
        expect(await blobs.size(`sizes/${count}`)).toBe(count);
      }
    });

    test('what is absent is undefined; deleting it does nothing', async () => {
      await blobs.put('there/deep', text('x'));
      for (const path of ['nothing', 'there', 'there/deep/er', 'no/such/folder']) {
        expect(await blobs.get(path)).toBeUndefined();
        expect(await blobs.get(path, { offset: 0, length: 1 })).toBeUndefined();
        expect(await blobs.size(path)).toBeUndefined();
      }
      await blobs.delete('nothing');
      await blobs.delete('there/deep/er');
      expect(await blobs.get('there/deep')).toEqual(text('x'));
    });

    test('a second put keeps what is there', async () => {
      await blobs.put('a', text('first'));
      await blobs.put('a', text('second'));
      expect(await blobs.get('a')).toEqual(text('first'));
    });

    test('of many puts of one path at once one is kept whole, and all resolve', async () => {
      const drafts = Array.from({ length: 10 }, (_, n) => new Uint8Array(5000 + n).fill(n));
      await Promise.all(drafts.map((draft) => blobs.put('race/a', draft)));
      const kept = await blobs.get('race/a');
      expect(drafts.some((draft) => Buffer.from(kept ?? []).equals(draft))).toBe(true);
    });

    test('a reader sees nothing of a blob or all of it', async () => {
      const large = bytes(8_000_000);
      let isPut = false;
      const put = blobs.put('large', large).then(() => {
        isPut = true;
      });
      while (!isPut) {
        const size = await blobs.size('large');
        expect(size === undefined || size === large.length).toBe(true);
        const end = await blobs.get('large', { offset: large.length - 9, length: 9 });
        if (end) expect(end).toEqual(large.slice(-9));
      }
      await put;
    });

    test('bytes changed after they were put or got change nothing stored', async () => {
      const given = text('original');
      await blobs.put('a', given);
      given.fill(0);
      (await blobs.get('a'))?.fill(1);
      expect(await blobs.get('a')).toEqual(text('original'));
    });

    test('any range is the slice of the whole', async () => {
      const whole = bytes(150_000);
      await blobs.put('ranged', whole);
      const edges = fc.oneof(
        fc.integer({ min: 0, max: 160_000 }),
        fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 149_999, 150_000, 150_001),
      );
      await fc.assert(
        fc.asyncProperty(edges, edges, async (offset, length) => {
          const found = await blobs.get('ranged', { offset, length });
          expect(Buffer.from(found ?? [9]).equals(whole.slice(offset, offset + length))).toBe(true);
        }),
        { numRuns: 60 },
      );
      await blobs.put('empty', new Uint8Array());
      expect(await blobs.get('empty', { offset: 5, length: 5 })).toEqual(new Uint8Array());
    });

    test('paths are listed by prefix, ascending as text, in pages', async () => {
      const paths = ['a', 'a-b/x', 'a.b', 'aa/b/c', 'aa/b-c', 'aa/b.c', 'aa/b0', 'b/1', 'b/10', 'b/2'];
      for (const path of paths.toReversed()) await blobs.put(path, text(path));
      const sorted = paths.toSorted();
      for (const limit of [1, 3, 100]) {
        const seen: string[] = [];
        for (;;) {
          const after = seen.at(-1);
          const page = await blobs.list('', { limit, ...(after !== undefined && { after }) });
          if (page.length === 0) break;
          seen.push(...page);
        }
        expect(seen).toEqual(sorted);
      }
      for (const prefix of ['a', 'aa', 'aa/', 'aa/b', 'aa/b/', 'b/1', 'c', 'aa/b/c/d'])
        expect(await blobs.list(prefix, { limit: 99 })).toEqual(
          sorted.filter((path) => path.startsWith(prefix)),
        );
      expect(await blobs.list('b/', { after: 'b/1', limit: 1 })).toEqual(['b/10']);
      expect(await blobs.list('b/', { after: 'aa', limit: 9 })).toEqual(['b/1', 'b/10', 'b/2']);
    });

    test('a deleted blob is gone, from lists too, and its path can be used again', async () => {
      await blobs.put('x/a', text('one'));
      await blobs.delete('x/a');
      await blobs.delete('x/a');
      expect(await blobs.get('x/a')).toBeUndefined();
      expect(await blobs.list('', { limit: 9 })).toEqual([]);
      await blobs.put('x/a', text('two'));
      expect(await blobs.get('x/a')).toEqual(text('two'));
    });
  });
};

/** For adapters that meet paths of their own: none of these is one, and none may be reached. */
export const refusedPaths = [
  '',
  '/',
  '/etc/passwd',
  'a/',
  '/a',
  'a//b',
  '.',
  '..',
  '../a',
  'a/../b',
  'a/./b',
  'A',
  'a b',
  'a\\b',
  'a\0b',
  'é',
  'a:b',
  'a'.repeat(256),
];
