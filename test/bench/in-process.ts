/** Runs a script of a bench in a process of its own, so that nothing is warm or resident from what came before. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The JSON that the script says as its last line on standard output; rejects with its last words when it fails. */
export async function inProcess<T>(
  script: string,
  args: readonly (string | number)[] = [],
  flags: readonly string[] = [],
  /** Beside the environment of the bench. */
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [...flags, path, ...args.map(String)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  const words: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => words.push(bytes));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`${script} ended with ${code}: ${Buffer.concat(words).toString().slice(-2_000)}`);
  const last = Buffer.concat(said).toString().trim().split('\n').at(-1) ?? '';
  return JSON.parse(last) as T;
}
