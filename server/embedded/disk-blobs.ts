/** Blobs in a folder: each a file of its own name, complete from the moment it can be seen. */
import { link, mkdir, open, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Blobs } from '../ports.ts';
import { draftFiles } from './draft-files.ts';
import { hasCode, ifAbsent, isAbsence } from './file-errors.ts';
import { flushFolder } from './flush-folder.ts';
import { listFiles } from './list-files.ts';

/**
 * Missing folders are made. A blob is written to a temporary file, flushed, given its name without replacing one that
 * is there, and its folder is flushed. Temporary files of writers that died are removed at the next start, an hour later.
 */
export const diskBlobs = (folder: string): Blobs => {
  const drafts = draftFiles(folder);
  const madeFolders = new Set<string>([folder]);

  /** Makes the folder of a file and makes its name durable in all the folders above. */
  const makeFolder = async (path: string): Promise<void> => {
    if (madeFolders.has(path)) return;
    await makeFolder(dirname(path));
    await mkdir(path, { recursive: true });
    await flushFolder(dirname(path));
    madeFolders.add(path);
  };

  return {
    async put(path, bytes) {
      const name = join(folder, checked(path));
      if (await isFile(name)) return flushFolder(dirname(name));
      const draft = await drafts.write(bytes);
      try {
        await makeFolder(dirname(name));
        // Unlike rename, link never replaces: of two writers one wins, and the other keeps what is there.
        await link(draft, name).catch(async (error: unknown) => {
          if (!hasCode(error, 'EEXIST') || !(await isFile(name))) throw error;
        });
      } finally {
        await unlink(draft);
      }
      await flushFolder(dirname(name));
    },

    async get(path, range) {
      const name = join(folder, checked(path));
      if (range && !isRange(range)) throw new TypeError('a range has a whole, positive offset and length');
      try {
        const file = await open(name, 'r');
        try {
          const { size } = await file.stat();
          const offset = Math.min(range?.offset ?? 0, size);
          const wanted = Math.min(range?.length ?? size, size - offset);
          const bytes = new Uint8Array(wanted);
          let filled = 0;
          while (filled < wanted) {
            const { bytesRead } = await file.read(bytes, filled, wanted - filled, offset + filled);
            if (bytesRead === 0) throw new Error(`${path} ended while it was read`);
            filled += bytesRead;
          }
          return bytes;
        } finally {
          await file.close();
        }
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw error;
      }
    },

    async size(path) {
      try {
        const found = await stat(join(folder, checked(path)));
        return found.isFile() ? found.size : undefined;
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw error;
      }
    },

    async list(prefix, { after, limit }) {
      const paths: string[] = [];
      if (limit <= 0) return paths;
      for await (const path of listFiles(folder, { prefix, after, isHidden: (name) => !isPart(name) })) {
        paths.push(path);
        if (paths.length === limit) break;
      }
      return paths;
    },

    async delete(path) {
      const name = join(folder, checked(path));
      try {
        await unlink(name);
      } catch (error) {
        if (isAbsence(error)) return;
        throw error;
      }
      await flushFolder(dirname(name));
    },
  };
};

const isPart = (part: string): boolean => /^[a-z0-9._-]{1,255}$/.test(part) && part !== '.' && part !== '..';

/** Anything else than a blob's path is a bug of the caller; nothing outside the folder is ever named. */
const checked = (path: string): string => {
  if (path.length > 900 || !path.split('/').every(isPart))
    throw new TypeError('this cannot be the path of a blob');
  return path;
};

const isRange = ({ offset, length }: { offset: number; length: number }): boolean =>
  [offset, length].every((value) => Number.isSafeInteger(value) && value >= 0);

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(ifAbsent))?.isFile() ?? false;
