/** Seeds spread over processes, a few hundred to each life of one, so that memory is bounded. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SeedLine } from './play-seeds.ts';

export interface PlayWish {
  from: number;
  seeds: number;
  workers: number;
  /** Preloaded too: what plants a bug. */
  preload?: { script: string; env: Record<string, string> };
  /** With the events of every seed. */
  isTold?: boolean;
  onLine(line: SeedLine): void;
  /** True: enough is known. */
  isEnough?(): boolean;
}

const most = 200;
const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Rejects when a process ends before its seeds are played. */
export async function playAll(wish: PlayWish): Promise<void> {
  const end = wish.from + wish.seeds;
  let next = wish.from;
  const size = Math.max(1, Math.min(most, Math.ceil(wish.seeds / wish.workers)));
  const work = async (): Promise<void> => {
    while (next < end && wish.isEnough?.() !== true) {
      const from = next;
      next = Math.min(end, from + size);
      await playSome(wish, from, next - from);
    }
  };
  await Promise.all(Array.from({ length: wish.workers }, work));
}

async function playSome(wish: PlayWish, from: number, count: number): Promise<void> {
  const { preload, isTold = false } = wish;
  const child = spawn(
    process.execPath,
    [
      '--import',
      file('one-thread.ts'),
      ...(preload === undefined ? [] : ['--import', preload.script]),
      file('play-seeds.ts'),
      String(from),
      String(count),
      isTold ? '1' : '0',
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...preload?.env, METADATA_SERVER_DETECTION: 'none' },
    },
  );
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let played = 0;
  let isEnough = false;
  for await (const text of createInterface({ input: child.stdout })) {
    wish.onLine(JSON.parse(text) as SeedLine);
    played += 1;
    if (wish.isEnough?.() === true) {
      isEnough = true;
      child.kill('SIGKILL');
      break;
    }
  }
  const code = await ended;
  if (!isEnough && (code !== 0 || played < count))
    throw new Error(
      `the lab’s process ended with ${code} after ${played} of ${count} seeds from ${from}\n${words}`,
    );
}
