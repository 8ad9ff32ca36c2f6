/** A record's text as a string, for those few who read it rather than store it. */
export const recordText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
