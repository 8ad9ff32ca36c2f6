/**
 * Kills a real process with SIGKILL at seeded moments and starts it again, until it has been killed often enough; then lets
 * it finish. Made for any server: give it a `start` that begins the process anew on the same folder.
 *
 * What the process must do: print a line that has `marks.begun` as it begins, one that has `marks.ready` when it works,
 * and exit by itself with 0 when its work is done. Moments are counted from one of the two marks in turn, so that both
 * starting up and working are hit. A process that exits before its moment has done the work: it is not counted.
 *
 * For the demo: `start` spawns the demo's server on its data folder, `marks.ready` is what it prints when it listens, and
 * a small client beside it watches the runs and ends the server (SIGTERM) once they have ended. Compare the sheet
 * and the mirror with those of a folder that was left in peace, as kill.test.ts does with the small copies.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { seededNumbers } from '../support/seeded-random.ts';

export interface KillPlan {
  /** Standard output must be a pipe. */
  start(): ChildProcess;
  kills: number;
  seed: number;
  /** A kill comes this long after its mark, at random between the two. */
  betweenMs: readonly [number, number];
  marks: { begun: string; ready: string };
  /** For one life; beyond it the loop fails. */
  patienceMs: number;
}

export interface KillReport {
  /** How often SIGKILL hit a living process. */
  killed: number;
  /** Lives that ended by themselves: the last. */
  exitCode: number | null;
}

export async function killAgainAndAgain(plan: KillPlan): Promise<KillReport> {
  const next = seededNumbers(plan.seed);
  const [least, most] = plan.betweenMs;
  for (let killed = 0; ; ) {
    const child = plan.start();
    const mark = killed % 3 === 0 ? plan.marks.begun : plan.marks.ready;
    const delayMs = least + next() * (most - least);
    const exit = once(child, 'exit');
    // At every way out of this turn, whatever went wrong.
    const patience = setTimeout(() => child.kill('SIGKILL'), plan.patienceMs);
    try {
      if (killed < plan.kills && (await isPrinted(child, mark))) {
        await pause(delayMs);
        if (child.kill('SIGKILL')) {
          const [, signal] = await exit;
          if (signal === 'SIGKILL') {
            killed += 1;
            continue;
          }
        }
      }
      child.stdout?.resume();
      const [exitCode, signal] = await exit;
      if (signal !== null) throw new Error(`The process did not end within ${plan.patienceMs} ms`);
      return { killed, exitCode };
    } finally {
      clearTimeout(patience);
      child.kill('SIGKILL');
    }
  }
}

/** False when it exits without having printed it. */
export async function isPrinted(child: ChildProcess, mark: string): Promise<boolean> {
  if (!child.stdout) throw new Error('Standard output must be a pipe');
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(mark)) return true;
  return false;
}
