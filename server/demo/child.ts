/** Starts one of our processes, waits for its line of readiness, and ends it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { leanMalloc } from '../mirror/lean-malloc.ts';

export interface Child {
  /** As a sentence begins: `The server`. */
  name: string;
  pid: number;
  /** What it said when it was ready: one line of JSON on its standard output. */
  ready: Record<string, unknown>;
  /** Resolves with its exit once it has ended, however it ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** The last lines of its standard error. */
  lastWords(): string;
  /** SIGTERM, then SIGKILL after ten seconds. Safe to call twice. */
  stop(): Promise<void>;
  /** SIGKILL, now. */
  kill(): Promise<void>;
}

/** Rejects with the last lines of its standard error when it ends before it is ready. */
export async function startChild(
  name: string,
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Child> {
  const child = spawn(process.execPath, [...memoryFlags, script, ...args], {
    env: { ...inherited(), ...leanMalloc, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lastWords: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastWords.push(line);
    if (env['FOLIOKEEP_LOG'] !== undefined && env['FOLIOKEEP_LOG'] !== 'silent')
      process.stderr.write(`${line}\n`);
    if (lastWords.length > 40) lastWords.shift();
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const ready = await firstJsonLine(name, child, ended, lastWords);
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    name: `The ${name}`,
    pid: child.pid ?? 0,
    ready,
    ended,
    lastWords: () => lastWords.join('\n'),
    async stop() {
      if (isGone()) return;
      child.kill('SIGTERM');
      const giveUp = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(giveUp);
    },
    async kill() {
      if (!isGone()) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A small young generation costs 7 to 10 % of speed and halves resident memory (performance.md section 3j, 2026-11). */
const memoryFlags = ['--max-semi-space-size=8'];

function inherited(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NO_COLOR', 'FORCE_COLOR'];
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

async function firstJsonLine(
  name: string,
  child: ChildProcess,
  ended: Promise<{ code: number | null }>,
  lastWords: readonly string[],
): Promise<Record<string, unknown>> {
  if (child.stdout === null) throw new Error('The child has no standard output');
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<Record<string, unknown>>((resolve) => {
    lines.on('line', (line) => {
      const said = parseReady(line);
      if (said !== undefined) resolve(said);
    });
  });
  return await Promise.race([
    first,
    ended.then(({ code }) => {
      throw new Error(`The ${name} ended with ${code} before it was ready:\n${lastWords.join('\n')}`);
    }),
  ]);
}

function parseReady(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{"ready":')) return undefined;
  return (JSON.parse(line) as { ready: Record<string, unknown> }).ready;
}
