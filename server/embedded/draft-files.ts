/** Files on their way into a folder: written and flushed under a name of no meaning, to be linked to their own. */
import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode, ifAbsent } from './file-errors.ts';
import { flushFolder } from './flush-folder.ts';

export interface DraftFiles {
  /** Path of a new file that holds these bytes, flushed. The caller removes it. */
  write(bytes: Uint8Array): Promise<string>;
}

/** The first write makes the folders and removes what dead writers left more than an hour ago. */
export const draftFiles = (folder: string): DraftFiles => {
  // Upper case, so that it can never be the path of a blob.
  const drafts = join(folder, 'TEMPORARY');
  let count = 0;
  let ready: Promise<void> | undefined;
  const start = (): Promise<void> => {
    ready ??= prepare(folder, drafts).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };

  /** A file that nobody else writes; names of dead writers are stepped over. */
  const openNew = async () => {
    for (;;) {
      count += 1;
      const path = join(drafts, `${process.pid}-${count}`);
      try {
        return { path, file: await open(path, 'wx', 0o600) };
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
    }
  };

  return {
    async write(bytes) {
      await start();
      const { path, file } = await openNew();
      try {
        await file.writeFile(bytes);
        await file.sync();
      } catch (error) {
        await unlink(path);
        throw error;
      } finally {
        await file.close();
      }
      return path;
    },
  };
};

const leftoverAgeMs = 3_600_000;

const prepare = async (folder: string, drafts: string): Promise<void> => {
  await mkdir(drafts, { recursive: true });
  await flushFolder(folder);
  await flushFolder(dirname(folder));
  await removeLeftovers(drafts);
};

/** Ages are told by the file system's own clock, from a file that was written just now. */
const removeLeftovers = async (drafts: string): Promise<void> => {
  const probe = join(drafts, `probe-${process.pid}`);
  const file = await open(probe, 'w');
  await file.write('probe');
  const { mtimeMs: now } = await file.stat();
  await file.close();
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name);
    const found = await stat(path).catch(ifAbsent);
    if (found && (path === probe || now - found.mtimeMs > leftoverAgeMs)) await unlink(path).catch(ifAbsent);
  }
};
