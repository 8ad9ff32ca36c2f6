/** The mail that a server on this machine would have sent, newest first, as one text to read. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const mostShown = 50;

/** Files are named in the order of time. No folder yet: nothing was sent. */
export async function keptMailText(folder: string): Promise<string> {
  const names = (await namesIn(folder)).sort().reverse().slice(0, mostShown);
  if (names.length === 0) return 'No mail yet. A notice is on its way within two minutes.\n';
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join(`\n${'─'.repeat(72)}\n\n`);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.txt'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
