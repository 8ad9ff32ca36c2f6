/** Seals blobs with a mirror's data key: AES-256-GCM, the path authenticated, so that no blob can stand in for another. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { giveBack } from '../domain/give-back.ts';
import { FatalError } from '../errors.ts';
import type { Blobs, Random } from '../ports.ts';

const nonceBytes = 12;
const tagBytes = 16;
/** First byte of every sealed blob: the form below. */
const form = 1;

export interface SealedBlobs {
  /** Bytes in one piece or in several that follow each other. */
  put(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void>;
  /** Absent: undefined. FatalError `BLOB_DAMAGED` when a byte, the key or the path is not what was sealed. */
  get(path: string): Promise<Uint8Array | undefined>;
  /** As `get`, where absence is damage too. */
  need(path: string): Promise<Uint8Array>;
}

/** `form, nonce, ciphertext, tag`. One key seals far fewer blobs than random nonces of 96 bits allow (2^32, NIST SP 800-38D). */
export function sealedBlobs(blobs: Blobs, key: Uint8Array, random: Random): SealedBlobs {
  const get = async (path: string): Promise<Uint8Array | undefined> => {
    const sealed = await blobs.get(path);
    if (sealed === undefined) return undefined;
    if (sealed[0] !== form || sealed.length < 1 + nonceBytes + tagBytes)
      throw new FatalError('BLOB_DAMAGED', { path });
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes));
    decipher.setAAD(Buffer.from(path)).setAuthTag(sealed.subarray(-tagBytes));
    const bytes = decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes));
    try {
      decipher.final();
    } catch (error) {
      throw new FatalError('BLOB_DAMAGED', { path }, error);
    }
    return bytes;
  };
  return {
    get,
    async put(path, bytes) {
      const nonce = random.bytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(path));
      const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
      const text = pieces.map((piece) => cipher.update(piece));
      cipher.final();
      const sealed = Buffer.concat([Uint8Array.of(form), nonce, ...text, cipher.getAuthTag()]);
      for (const piece of text) giveBack(piece);
      await blobs.put(path, sealed);
    },
    async need(path) {
      const bytes = await get(path);
      if (bytes === undefined) throw new FatalError('BLOB_DAMAGED', { path });
      return bytes;
    },
  };
}
