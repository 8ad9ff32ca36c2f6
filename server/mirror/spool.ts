/** Reads a spool file of the query child, frame by frame. */
import { open } from 'node:fs/promises';
import type { RowBatch } from './mirror.ts';

export async function* readSpool(path: string): AsyncIterable<RowBatch> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const length = await readBytes(4);
      if (length === undefined) return;
      const json = await readBytes(length.readUInt32BE());
      if (json === undefined) throw new Error('a spool file ends inside a frame');
      yield JSON.parse(json.toString('utf8')) as RowBatch;
    }
  } finally {
    await file.close();
  }

  async function readBytes(count: number): Promise<Buffer | undefined> {
    const bytes = Buffer.allocUnsafe(count);
    for (let filled = 0; filled < count; ) {
      const { bytesRead } = await file.read(bytes, filled, count - filled);
      if (bytesRead === 0) {
        if (filled === 0) return undefined;
        throw new Error('a spool file ends inside a frame');
      }
      filled += bytesRead;
    }
    return bytes;
  }
}
