/** The server killed with SIGKILL at ten random moments of the demo's first run ends with the same sheet and mirror. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watch } from '../../server/demo/main-job.ts';
import { type Sandbox, startSandbox } from '../../server/demo/world.ts';
import { booked } from '../../server/resources/report.ts';
import { temporaryFolders } from '../support/folders.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { expectSame } from './expect-same.ts';
import { haveEnded, lookAt, type Outcome, outcomeOf, slowDown, speedUp, startAll } from './outcome.ts';

const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));
const kills = 10;
const newFolder = temporaryFolders();
let sandbox: Sandbox;

let quiet: Outcome;

beforeAll(async () => {
  sandbox = await startSandbox({ size: 'small', seed: 1, hasNoLimits: true });
  quiet = await outcomeOf(sandbox, newFolder(), (world) => world.run());
}, 120_000);
afterAll(() => sandbox?.process.stop());

test('the quiet run is what it is compared with', () => {
  expect(quiet.runs.map(({ status }) => status)).toEqual(quiet.runs.map(() => 'succeeded'));
  const [content] = Object.values(quiet.mirrors);
  expect(content?.generation).toBe(1);
  expect(Object.keys(content?.reports ?? {}).length).toBeGreaterThan(1);
  for (const resource of ['contacts', 'items', ...booked])
    expect(content?.records[resource]?.length, resource).toBeGreaterThan(0);
  expect(quiet.sheet.sheets.length).toBe(1 + quiet.runs.length);
});

test(`killed ten times (seed ${seed})`, async () => {
  const next = seededNumbers(seed);
  const moments: string[] = [];
  let killed = 0;
  // Usually one folder sees all ten; a lucky server that is done before goes into the comparison too.
  for (let lives = 0; killed < kills && lives < 5; lives += 1) {
    let hits = 0;
    const outcome = await outcomeOf(sandbox, newFolder(), async (world) => {
      await slowDown(world, { googleMs: 30, xeroMs: 80 });
      const runs = await startAll(world);
      while (killed < kills) {
        await pause(50 + next() * 900);
        const now = await lookAt(world, runs);
        if (haveEnded(now)) break;
        const running = now.find(({ status }) => status === 'running');
        moments.push(running?.progress?.what ?? now.map(({ status }) => status[0]).join(''));
        await world.server().kill();
        killed += 1;
        hits += 1;
        await world.startServer();
      }
      await speedUp(world);
      return watch(world.person, runs, () => undefined);
    });
    const hint = `KILL_SEED=${seed}, killed while: ${moments.join('; ')}`;
    expectSame(outcome, { quiet, repeats: hits, hint });
  }
  expect(killed, `KILL_SEED=${seed}`).toBe(kills);
}, 240_000);

test('SIGTERM stops it within ten seconds, and the runs go on with the next start', async () => {
  const outcome = await outcomeOf(sandbox, newFolder(), async (world) => {
    await slowDown(world, { googleMs: 100, xeroMs: 0 });
    const runs = await startAll(world);
    await pause(1_200);
    expect(haveEnded(await lookAt(world, runs))).toBe(false);
    const server = world.server();
    const began = performance.now();
    process.kill(server.pid, 'SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(10_000);
    await speedUp(world);
    await world.startServer();
    return watch(world.person, runs, () => undefined);
  });
  expectSame(outcome, { quiet, repeats: 1, hint: 'after SIGTERM' });
}, 60_000);
