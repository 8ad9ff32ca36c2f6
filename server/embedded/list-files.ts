/** Files below a folder in the order of their paths, reading only the folders that can hold wanted ones. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FileSelection {
  prefix: string;
  after: string | undefined;
  /** Names of files and folders to leave out. */
  isHidden(name: string): boolean;
}

/** Paths relative to the folder, joined by `/`, ascending by code units. A folder that is not there is empty. */
export async function* listFiles(
  root: string,
  selection: FileSelection,
  folder = '',
): AsyncGenerator<string> {
  const { prefix, after, isHidden } = selection;
  const entries = (await entriesOf(join(root, folder)))
    .filter(({ name }) => !isHidden(name))
    // With its slash a folder sorts where its files do: `a-b` < `a/c` < `a0`.
    .map((entry) => ({ entry, path: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}` }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { entry, path } of entries) {
    if (entry.isDirectory()) {
      const mayMatch = path.startsWith(prefix) || prefix.startsWith(path);
      const isPast = after !== undefined && path < after && !after.startsWith(path);
      if (mayMatch && !isPast) yield* listFiles(root, selection, path);
    } else if (path.startsWith(prefix) && (after === undefined || path > after)) {
      yield path;
    }
  }
}

const entriesOf = async (folder: string): Promise<Dirent[]> => {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};
