/** Makes the names in a folder durable: a file that was flushed can still be nameless after a power cut. */
import { open } from 'node:fs/promises';

export const flushFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
