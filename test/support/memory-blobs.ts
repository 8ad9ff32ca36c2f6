/** Blobs in memory: the reference that tests use where the disk is not the point. */
import type { Blobs } from '../../server/ports.ts';

/** `files` is what is stored; a test may damage it. */
export const memoryBlobs = (): Blobs & { files: Map<string, Uint8Array> } => {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    async put(path, bytes) {
      if (!files.has(path)) files.set(path, bytes.slice());
    },
    async get(path, range) {
      const bytes = files.get(path);
      return bytes?.slice(range?.offset ?? 0, range ? range.offset + range.length : undefined);
    },
    async size(path) {
      return files.get(path)?.length;
    },
    async list(prefix, { after, limit }) {
      const paths = [...files.keys()].filter(
        (path) => path.startsWith(prefix) && (after === undefined || path > after),
      );
      return paths.sort().slice(0, limit);
    },
    async delete(path) {
      files.delete(path);
    },
  };
};
