/** A file's bytes as they came in pieces, with the checksums that Drive answers. */
import { createHash } from 'node:crypto';

export interface Blob {
  readonly pieces: readonly Uint8Array[];
  readonly size: number;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

export const blobOf = (pieces: readonly Uint8Array[]): Blob => {
  const hashes = { md5: createHash('md5'), sha1: createHash('sha1'), sha256: createHash('sha256') };
  let size = 0;
  for (const piece of pieces) {
    for (const hash of Object.values(hashes)) hash.update(piece);
    size += piece.length;
  }
  return {
    pieces,
    size,
    md5: hashes.md5.digest('hex'),
    sha1: hashes.sha1.digest('hex'),
    sha256: hashes.sha256.digest('hex'),
  };
};

/** Bytes `from` up to, not including, `to`. */
export const blobBytes = ({ pieces }: Blob, from: number, to: number): Uint8Array => {
  const bytes = new Uint8Array(Math.max(0, to - from));
  let at = 0;
  for (const piece of pieces) {
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, piece.length);
    if (start < end) bytes.set(piece.subarray(start, end), at + start - from);
    at += piece.length;
  }
  return bytes;
};
