/**
 * Blobs as ciphertext that can be read in parts. Header: `FKB1`, plaintext length (8 bytes, big endian), salt (32 bytes).
 * Then chunks of 64 KiB of plaintext, each AES-256-GCM with its tag behind it; the last may be shorter and is never left out.
 *
 * Key: HKDF-SHA-256 of the data key with the salt, over header and path: no two blobs share a key, and a blob under
 * another path or with another header opens with none. Nonce: the chunk's index and a flag that marks the last chunk, as
 * in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption, 2015), so that chunks can neither be moved
 * nor cut off. The same goes into the associated data, with the path.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { FatalError } from '../errors.ts';

const magic = Buffer.from('FKB1');
const saltBytes = 32;
const tagBytes = 16;
const chunkBytes = 65_536;
export const headerBytes = magic.length + 8 + saltBytes;

export interface Header {
  /** Bytes of plaintext. */
  length: number;
  /** As stored. */
  bytes: Uint8Array;
}

/** `dataKey` has 32 bytes, `salt` too and is random. */
export const seal = (path: string, dataKey: Uint8Array, salt: Uint8Array, plain: Uint8Array): Uint8Array => {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header.writeBigUInt64BE(BigInt(plain.length), magic.length);
  header.set(salt, magic.length + 8);
  const key = keyOf(path, dataKey, header);
  const sealed = new Uint8Array(sealedLength(plain.length));
  sealed.set(header);
  const last = lastChunk(plain.length);
  for (let index = 0; index <= last; index += 1) {
    const { nonce, associated } = placeOf(path, index, index === last);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated);
    const offset = chunkOffset(index);
    const text = cipher.update(plain.subarray(index * chunkBytes, (index + 1) * chunkBytes));
    sealed.set(text, offset);
    cipher.final();
    sealed.set(cipher.getAuthTag(), offset + text.length);
  }
  return sealed;
};

/** FatalError `BLOB_DAMAGED` when it is none. */
export const readHeader = (path: string, bytes: Uint8Array): Header => {
  const header = Buffer.from(bytes.subarray(0, headerBytes));
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic)) throw damaged(path);
  const length = Number(header.readBigUInt64BE(magic.length));
  if (!Number.isSafeInteger(length)) throw damaged(path);
  return { length, bytes: header };
};

/** Which stored bytes, whole chunks from `first` on, hold a range of plaintext, and how much plaintext stands before it. The range must not go past the end. */
export const spanOf = (
  { length }: Header,
  range: { offset: number; length: number },
): { first: number; offset: number; length: number; skip: number } => {
  const first = Math.min(Math.floor(range.offset / chunkBytes), lastChunk(length));
  const end = Math.min(
    Math.max(first, Math.floor((range.offset + range.length - 1) / chunkBytes)),
    lastChunk(length),
  );
  const offset = chunkOffset(first);
  const after = end === lastChunk(length) ? sealedLength(length) : chunkOffset(end + 1);
  return { first, offset, length: after - offset, skip: range.offset - first * chunkBytes };
};

/** Plaintext of whole chunks from chunk `first` on. FatalError `BLOB_DAMAGED` when any bit is not as it was sealed. */
export const unseal = (
  path: string,
  dataKey: Uint8Array,
  header: Header,
  first: number,
  sealed: Uint8Array,
): Uint8Array => {
  const key = keyOf(path, dataKey, header.bytes);
  const chunks = Math.ceil(sealed.length / (chunkBytes + tagBytes));
  const plain = new Uint8Array(Math.max(0, sealed.length - chunks * tagBytes));
  for (let index = first, offset = 0; offset < sealed.length; index += 1) {
    const chunk = sealed.subarray(offset, offset + chunkBytes + tagBytes);
    offset += chunk.length;
    if (chunk.length < tagBytes) throw damaged(path);
    const { nonce, associated } = placeOf(path, index, index === lastChunk(header.length));
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAAD(associated).setAuthTag(chunk.subarray(-tagBytes));
    const text = decipher.update(chunk.subarray(0, -tagBytes));
    try {
      decipher.final();
    } catch (error) {
      throw damaged(path, error);
    }
    plain.set(text, (index - first) * chunkBytes);
  }
  return plain;
};

export const sealedLength = (length: number): number =>
  headerBytes + length + (lastChunk(length) + 1) * tagBytes;

export const damaged = (path: string, cause?: unknown): FatalError =>
  new FatalError('BLOB_DAMAGED', { path }, cause);

/** An empty blob has one empty chunk, so that its end is sealed too. */
const lastChunk = (length: number): number => Math.max(0, Math.ceil(length / chunkBytes) - 1);

const chunkOffset = (index: number): number => headerBytes + index * (chunkBytes + tagBytes);

const keyOf = (path: string, dataKey: Uint8Array, header: Uint8Array): Uint8Array => {
  if (dataKey.length !== 32) throw new TypeError('a data key has 32 bytes');
  const info = Buffer.concat([header, Buffer.from(path)]);
  return new Uint8Array(hkdfSync('sha256', dataKey, header.subarray(-saltBytes), info, 32));
};

const placeOf = (path: string, index: number, isLast: boolean): { nonce: Buffer; associated: Buffer } => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return { nonce, associated: Buffer.concat([nonce, Buffer.from(path)]) };
};
