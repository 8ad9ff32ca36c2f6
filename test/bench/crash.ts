/** Bench 8 (performance.md 6): the server killed with SIGKILL at random calls to Xero and started again: what it asked twice, lost or doubled. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { watch } from '../../server/demo/main-job.ts';
import { type Sandbox, startSandbox } from '../../server/demo/world.ts';
import type { RunView } from '../../shared/contract/run.ts';
import {
  callsByPath,
  haveEnded,
  lookAt,
  type Outcome,
  outcomeOf,
  recordsOf,
  slowDown,
  speedUp,
  startAll,
} from '../e2e/outcome.ts';
import type { World } from '../e2e/world.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { type Bench, rounded } from './bench.ts';

const kills = 20;
const seed = 20_261_121;
/** A kill comes when Xero has had so many calls more, at random from 1. */
const mostCallsBetween = 8;

export const crashBench: Bench = {
  name: 'crash',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    const sandbox = await startSandbox({ size: 'small', seed: 1, hasNoLimits: true });
    try {
      const quiet = await outcomeOf(sandbox, join(folder, 'quiet'), (world) => world.run());
      const next = seededNumbers(seed);
      let killed = 0;
      let extra = 0;
      let wrong = 0;
      // A server that is done before the last kill goes into the comparison, and another begins.
      for (let life = 0; killed < kills; life += 1) {
        const disturbed = await outcomeOf(sandbox, join(folder, String(life)), (world) =>
          runUnderKills(world, sandbox, next, () => {
            killed += 1;
            return killed < kills;
          }),
        );
        extra += callsOf(disturbed) - callsOf(quiet);
        wrong += differences(disturbed, quiet);
      }
      return [
        {
          bench: 'P4 calls that a kill costs',
          value: rounded(extra / kills),
          unit: `calls to Xero more for each of ${kills} kills at random calls`,
          versus: 'one call',
          ratio: rounded(extra / kills),
          goal: { atMost: 5 },
        },
        {
          bench: 'P14 lost or doubled by kills',
          value: wrong,
          unit: `runs, sheets and mirrors that differ after ${kills} kills`,
          versus: 'one',
          ratio: wrong,
          goal: { atMost: 0 },
        },
      ];
    } finally {
      await sandbox.process.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Kills as often as `counts` answers that another one is wanted, or until all runs have ended. */
async function runUnderKills(
  world: World,
  sandbox: Sandbox,
  next: () => number,
  counts: () => boolean,
): Promise<RunView[]> {
  await slowDown(world, { googleMs: 0, xeroMs: 60 });
  const runs = await startAll(world);
  for (let wantsMore = true; wantsMore; ) {
    const at = total(await callsByPath(sandbox)) + 1 + Math.floor(next() * mostCallsBetween);
    if (!(await hasCalls(sandbox, at, async () => haveEnded(await lookAt(world, runs))))) break;
    await world.server().kill();
    wantsMore = counts();
    await world.startServer();
  }
  await speedUp(world);
  return watch(world.person, runs, () => undefined);
}

/** False when all is over before Xero had so many. */
async function hasCalls(sandbox: Sandbox, wanted: number, isOver: () => Promise<boolean>): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    if (total(await callsByPath(sandbox)) >= wanted) return true;
    await pause(15);
    // A person's requests are limited: the runs are looked at once in a while.
    if (look % 200 === 0 && (await isOver())) return false;
  }
}

const total = (calls: Record<string, number>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
const callsOf = ({ calls }: Outcome): number => total(calls);

/** Of the three things that must be the same: how the runs ended, the sheet, the mirror. */
function differences(outcome: Outcome, quiet: Outcome): number {
  const same = [
    [outcome.runs.map(({ status }) => status), quiet.runs.map(({ status }) => status)],
    [outcome.sheet, quiet.sheet],
    [recordsOf(outcome), recordsOf(quiet)],
  ];
  return same.filter(([one, other]) => !isDeepStrictEqual(one, other)).length;
}
