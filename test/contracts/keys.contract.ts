/** What every Keys must hold to. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Keys } from '../../server/ports.ts';

const damaged = expect.objectContaining({ code: 'BLOB_DAMAGED', kind: 'fatal' });

/** `makeKeys` gives one with keys of its own each time. */
export const keysContract = (name: string, makeKeys: () => Keys & { rotate(): Promise<void> }): void => {
  describe(`${name} as Keys`, () => {
    let keys: ReturnType<typeof makeKeys>;
    const key = Uint8Array.from({ length: 32 }, (_, n) => n);
    beforeEach(() => {
      keys = makeKeys();
    });

    test('a wrapped key unwraps with its context and shows nothing of itself', async () => {
      const wrapped = await keys.wrap(key, 'grants/1/refreshToken');
      expect(await keys.unwrap(wrapped, 'grants/1/refreshToken')).toEqual(key);
      expect(wrapped).not.toContain(Buffer.from(key).toString('base64url').slice(0, 20));
      expect(await keys.wrap(key, 'grants/1/refreshToken')).not.toBe(wrapped);
    });

    test('another context, another keeper, any changed character: damaged', async () => {
      const wrapped = await keys.wrap(key, 'a');
      await expect(keys.unwrap(wrapped, 'b')).rejects.toEqual(damaged);
      await expect(makeKeys().unwrap(wrapped, 'a')).rejects.toEqual(damaged);
      for (let at = 0; at < wrapped.length; at += 1) {
        const other = wrapped[at] === 'A' ? 'Q' : 'A';
        const changed = wrapped.slice(0, at) + other + wrapped.slice(at + 1);
        await expect(keys.unwrap(changed, 'a')).rejects.toEqual(damaged);
      }
      for (const broken of ['', 'k1', 'k1..', wrapped.slice(0, -8), `${wrapped}AAAA`])
        await expect(keys.unwrap(broken, 'a')).rejects.toEqual(damaged);
    });

    test('after a rotation old and new wrapped keys unwrap', async () => {
      const wrapped = [await keys.wrap(key, 'a')];
      for (let count = 0; count < 3; count += 1) {
        await keys.rotate();
        wrapped.push(await keys.wrap(key, 'a'));
      }
      for (const text of wrapped) expect(await keys.unwrap(text, 'a')).toEqual(key);
      expect(new Set(wrapped.map((text) => text.split('.')[1])).size).toBe(4);
    });
  });
};
