/**
 * The real server over the real HTTP sandboxes, ended by SIGKILL and SIGTERM in turn at random moments of its work: the same sheet,
 * the same mirror, a unit repeated for each end at most, and at work again within a minute. 20 of each in `npm run test:deep`;
 * test/e2e/kill.test.ts holds ten kills in every `npm test`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watch } from '../../server/demo/main-job.ts';
import { type Sandbox, startSandbox } from '../../server/demo/world.ts';
import { expectSame } from '../e2e/expect-same.ts';
import { haveEnded, lookAt, type Outcome, outcomeOf, slowDown, speedUp, startAll } from '../e2e/outcome.ts';
import { temporaryFolders } from '../support/folders.ts';
import { seededNumbers } from '../support/seeded-random.ts';

const isDeep = process.env['FOLIOKEEP_DEEP'] === '1';
const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));
/** Of each kind. */
const ends = isDeep ? 20 : 1;
/** Long enough that some lives get further: a run whose worker dies over and over without a unit in between is ended as poison. */
const longestLifeMs = isDeep ? 4_000 : 1_500;
const longestResumeMs = 60_000;
const newFolder = temporaryFolders();
let sandbox: Sandbox;
let quiet: Outcome;

beforeAll(async () => {
  sandbox = await startSandbox({ size: 'small', seed: 1, hasNoLimits: true });
  quiet = await outcomeOf(sandbox, newFolder(), (world) => world.run());
}, 240_000);
afterAll(() => sandbox?.process.stop());

test(`${ends} SIGKILLs and ${ends} SIGTERMs (seed ${seed})`, {
  timeout: ends * 60_000 + 240_000,
}, async () => {
  const next = seededNumbers(seed);
  const left = Array.from({ length: 2 * ends }, (_, at) => (at % 2 === 0 ? 'SIGKILL' : 'SIGTERM'));
  const resumes: number[] = [];
  for (let lives = 0; left.length > 0 && lives < 80; lives += 1) {
    let hits = 0;
    const outcome = await outcomeOf(sandbox, newFolder(), async (world) => {
      await slowDown(world, { googleMs: 30, xeroMs: 80 });
      const runs = await startAll(world);
      while (left.length > 0) {
        await pause(100 + next() * longestLifeMs);
        const before = await lookAt(world, runs);
        if (haveEnded(before)) break;
        const signal = left.shift();
        const server = world.server();
        if (signal === 'SIGKILL') await server.kill();
        else {
          process.kill(server.pid, 'SIGTERM');
          expect(await server.ended).toEqual({ code: 0, signal: null });
        }
        hits += 1;
        const startedAt = performance.now();
        await world.startServer();
        // At work again: something is further than it was, or has ended.
        for (;;) {
          const now = await lookAt(world, runs);
          const isFurther = now.some(
            (run, at) =>
              run.endedAt !== (before[at]?.endedAt ?? null) ||
              JSON.stringify(run) !== JSON.stringify(before[at]),
          );
          if (isFurther || performance.now() - startedAt > longestResumeMs) break;
          await pause(50);
        }
        resumes.push(performance.now() - startedAt);
      }
      await speedUp(world);
      return watch(world.person, runs, () => undefined);
    });
    expectSame(outcome, { quiet, repeats: hits, hint: `KILL_SEED=${seed}, after ${hits} ends` });
  }
  expect(left, `KILL_SEED=${seed}`).toEqual([]);
  expect(Math.max(...resumes), `KILL_SEED=${seed}`).toBeLessThan(longestResumeMs);
  process.stdout.write(
    `${resumes.length} ends, 0 violations, at work again after ${Math.round(Math.max(...resumes))} ms at the latest\n`,
  );
});
