/** A real process with the embedded adapters, killed by SIGKILL again and again: what it leaves equals the quiet run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../support/folders.ts';
import { readFolder } from './kill-folder.ts';
import { isPrinted, killAgainAndAgain } from './kill-loop.ts';

const newFolder = temporaryFolders();
const script = new URL('worker-process.ts', import.meta.url).pathname;
const start = (folder: string, pauseMs: number): ChildProcess =>
  spawn(process.execPath, [script, folder, String(pauseMs)], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Units of 4 lines or 4 numbers, and the list of the lines. */
const units = 201;

const resultOf = async (folder: string) => {
  const { run, sinks } = await readFolder(folder);
  const { status, counters, gaps, steps, error } = run;
  return { status, counters, gaps, steps, error, units: run.units, sinks };
};

test('a process killed at twelve seeded moments ends with what a quiet one does', {
  timeout: 60_000,
}, async () => {
  const quiet = newFolder();
  const [code] = await once(start(quiet, 0), 'exit');
  expect(code).toBe(0);
  const expected = await resultOf(quiet);
  expect(expected).toMatchObject({
    status: 'succeeded-with-gaps',
    units,
    counters: { rows: 400, cellsWritten: 400, xeroCalls: 101 },
    gaps: [{ count: 57 }],
  });

  const disturbed = newFolder();
  const report = await killAgainAndAgain({
    start: () => start(disturbed, 5),
    kills: 12,
    seed: 20_261_120,
    betweenMs: [0, 160],
    marks: { begun: 'begun', ready: 'ready' },
    patienceMs: 40_000,
  });
  expect(report).toEqual({ killed: 12, exitCode: 0 });
  expect(await resultOf(disturbed)).toEqual(expected);
  // Most kills hit a worker that held the run: each such makes two fencing numbers, the dead one's and its end.
  expect((await readFolder(disturbed)).run.fencing).toBeGreaterThan(12);
});

test('a process told to stop saves its run, frees it and exits; the next one goes on', {
  timeout: 30_000,
}, async () => {
  const folder = newFolder();
  const child = start(folder, 20);
  const exit = once(child, 'exit');
  expect(await isPrinted(child, 'ready')).toBe(true);
  await pause(150);
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  const { run } = await readFolder(folder);
  expect(run).toMatchObject({
    status: 'running',
    leaseUntil: null,
    holder: null,
    rescues: 0,
    waitingFor: null,
  });
  expect(run.units).toBeGreaterThan(0);
  const [code] = await once(start(folder, 0), 'exit');
  expect(code).toBe(0);
  const ended = (await readFolder(folder)).run;
  expect(ended).toMatchObject({ status: 'succeeded-with-gaps', units, rescues: 0 });
  expect(ended.fencing).toBeGreaterThan(run.fencing);
});
