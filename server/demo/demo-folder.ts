/** Where the demo and the playground keep their files: inside the project, ignored by git. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export async function demoFolder(): Promise<string> {
  const folder = fileURLToPath(new URL('../../.foliokeep/demo/', import.meta.url));
  await mkdir(folder, { recursive: true });
  return folder;
}
