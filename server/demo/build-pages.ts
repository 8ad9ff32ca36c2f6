/** Builds the dashboard and the playground's page when they are missing or older than their sources. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['server/dashboard', 'server/sandbox/page'];

/** Folders of what was built, in the order of `pages`. */
export async function buildPages(): Promise<{ dashboard: string; playground: string }> {
  for (const page of pages) {
    const folder = join(root, page);
    if (await isStale(folder)) await build({ configFile: join(folder, 'vite.config.ts') });
  }
  const [dashboard, playground] = pages.map((page) => join(root, page, 'dist'));
  return { dashboard: dashboard ?? '', playground: playground ?? '' };
}

async function isStale(folder: string): Promise<boolean> {
  const built = await changedAt(join(folder, 'dist/index.html'));
  const sources = await Promise.all([newestIn(folder), newestIn(join(root, 'shared'))]);
  return built < Math.max(...sources);
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${folder}/dist`))
    .map((entry) => changedAt(join(entry.parentPath, entry.name)));
  return Math.max(0, ...(await Promise.all(times)));
}

async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
