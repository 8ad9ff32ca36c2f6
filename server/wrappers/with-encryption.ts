/** Blobs that are kept encrypted, each path under the data key that `keyOf` names for it. */
import type { Blobs, Random } from '../ports.ts';
import { damaged, headerBytes, readHeader, seal, sealedLength, spanOf, unseal } from './chunked-cipher.ts';

/**
 * Same promises as Blobs; `size` and ranges count plaintext. Cut, changed, swapped or reordered bytes are FatalError
 * `BLOB_DAMAGED`, never answered. `keyOf` gives 32 bytes; what it throws comes out. Paths themselves are not hidden.
 */
export const withEncryption = (
  blobs: Blobs,
  keyOf: (path: string) => Promise<Uint8Array>,
  random: Random,
): Blobs => {
  const whole = async (path: string): Promise<Uint8Array | undefined> => {
    const stored = await blobs.get(path);
    if (!stored) return undefined;
    const header = readHeader(path, stored);
    if (stored.length !== sealedLength(header.length)) throw damaged(path);
    return unseal(path, await keyOf(path), header, 0, stored.subarray(headerBytes));
  };

  const part = async (
    path: string,
    range: { offset: number; length: number },
  ): Promise<Uint8Array | undefined> => {
    const start = await blobs.get(path, { offset: 0, length: headerBytes });
    if (!start) return undefined;
    const header = readHeader(path, start);
    const offset = Math.min(range.offset, header.length);
    const length = Math.min(range.length, header.length - offset);
    // An empty answer is checked against the last chunk too: "there is nothing there" must be as sure as anything else.
    const span = spanOf(header, { offset, length });
    const stored = await blobs.get(path, { offset: span.offset, length: span.length });
    if (stored?.length !== span.length) throw damaged(path);
    const plain = unseal(path, await keyOf(path), header, span.first, stored);
    return plain.slice(span.skip, span.skip + length);
  };

  return {
    async put(path, bytes) {
      await blobs.put(path, seal(path, await keyOf(path), random.bytes(32), bytes));
    },
    get: (path, range) => (range ? part(path, range) : whole(path)),
    async size(path) {
      const [stored, start] = await Promise.all([
        blobs.size(path),
        blobs.get(path, { offset: 0, length: headerBytes }),
      ]);
      if (stored === undefined || !start) return undefined;
      const { length } = readHeader(path, start);
      if (stored !== sealedLength(length)) throw damaged(path);
      return length;
    },
    list: (prefix, page) => blobs.list(prefix, page),
    delete: (path) => blobs.delete(path),
  };
};
