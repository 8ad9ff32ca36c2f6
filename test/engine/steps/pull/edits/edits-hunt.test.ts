/** Seeds of edits while paging: after the next pull, and after the next full sweep, the mirror is what Xero lists. */
import { describe, expect, test } from 'vitest';
import { catalogue, needsOf } from '../../../../../server/datasets/index.ts';
import { rawHashOf } from '../../../../../server/engine/steps/pull/known-records.ts';
import type { Mirror } from '../../../../../server/mirror/mirror.ts';
import { openMirror } from '../../../../../server/mirror/open-mirror.ts';
import { tombstone } from '../../../../../server/mirror/record-views.ts';
import { resourceNamed, resources } from '../../../../../server/resources/index.ts';
import { mirrorWorlds } from '../../../../mirror/world.ts';
import { seeds } from '../../../../support/seeds.ts';
import { memoryMirror } from '../memory-mirror.ts';
import { type Dice, diceOf, type EditsWorld, editsWorld, type Wants } from './edits-world.ts';
import { editorOf } from './random-edits.ts';
import { toldDifferences } from './unstamped.ts';

const hour = 3_600_000;
/** One seed of so many has a real mirror, which takes some seconds; the others one in memory with the same promises. */
const realEvery = 100;
const faults = [
  'minute-limit',
  'concurrent-limit',
  'html-502',
  'html-503',
  'unavailable',
  'json-500',
  'drop-before',
  'drop-after',
  'truncated-gzip',
  'malformed-json',
  'wrong-content-type',
] as const;

const isReal = (seed: number): boolean => seed % realEvery === realEvery / 2;
const worlds = mirrorWorlds();

async function openFor(seed: number, organisationId: string) {
  if (!isReal(seed)) return { mirror: memoryMirror() };
  const ports = worlds.ports(seed);
  return {
    mirror: await openMirror(ports, { teamId: 't', organisationId, pullerConnectionId: 'c' }),
    store: ports.store,
  };
}

describe('seeds of edits while paging', () => {
  test.each(seeds(60, 2_000).map((seed) => [seed]))('seed %i', { timeout: 240_000 }, async (seed) => {
    const dice = diceOf(seed);
    const world = await editsWorld(seed, dice, (organisation) => openFor(seed, organisation));
    const wants = wantsOf(dice);
    const habits = {
      edits: dice.one([0, 0.05, 0.2, 0.6]),
      faults: dice.one([0, 0, 0.05, 0.15]),
      steps: dice.one([0, 0, 0.03]),
      crashes: dice.one([0, 0, 0.05]),
      vanish: dice.one([0, 0, 0, 0.1]),
      detours: dice.one([0, 0.3, 1]),
      broken: dice.one([0, 0, 0, 0.05]),
    };
    const restore = dice.chance(0.3) ? readBackwards(dice.one(pagedNames)) : () => undefined;
    try {
      world.setPageSize(isReal(seed) ? 70 : dice.one([3, 5, 8, 13, 21, 40, 100, 1_000]));
      const editor = editorOf(world, dice);
      const meanwhile = () => {
        world.clock.advance(dice.one([0, 0, 1, 7, 350, 999, 4_000]));
        if (dice.chance(habits.edits))
          for (let left = dice.one([1, 1, 2, 5]); left > 0; left -= 1) {
            if (dice.chance(habits.vanish)) editor.vanish();
            else if (dice.chance(habits.broken)) editor.breakOrRepair();
            else editor.edit();
          }
        if (dice.chance(habits.steps)) world.stepClock(dice.one([-6, -1, -0.01, 0.01, 1, 6]) * hour);
        if (dice.chance(habits.faults)) {
          const kind = dice.one(faults);
          world.log.push(`fault ${kind}`);
          world.sandbox.control.fault({ kind, count: dice.one([1, 1, 3]), match: { path: '/api.xro/' } });
        }
      };
      world.meanwhile = meanwhile;
      world.detour = () => (dice.chance(habits.detours) ? dice.below(200) : 0);
      world.isLost = () => dice.chance(habits.crashes);
      for (let round = dice.one([1, 2, 4]); round > 0; round -= 1) {
        const end = await world.pull(wants, { isRemovalConfirmed: dice.chance(0.5) });
        world.log.push(`pull: ${end}`);
        if (dice.chance(0.3)) world.clock.advance(dice.one([0.2, 3, 30, 180]) * hour);
      }

      world.meanwhile = () => undefined;
      world.isLost = () => false;
      world.detour = () => 0;
      world.sandbox.control.clearFaults({});
      expect([seed, await world.pull(wants, { isRemovalConfirmed: true })]).toEqual([seed, 'done']);
      await expectNextPull(world, wants, seed);
      world.clock.advance(9 * 24 * hour);
      expect([seed, await world.pull(wants, { isRemovalConfirmed: true })]).toEqual([seed, 'done']);
      await expectEqual(world, wants, seed);
    } catch (error) {
      process.stdout.write(
        `seed ${seed} ${JSON.stringify({ wants, habits })}\n${world.log.join('\n')}\n` +
          `again: npm run test:deep -- --seeds 1 --from ${seed} test/engine/steps/pull/edits/edits-hunt.test.ts\n`,
      );
      throw error;
    } finally {
      restore();
      world.close();
    }
  });
});

const pagedNames = resources.filter(({ paging }) => paging.kind === 'by-id').map(({ name }) => name);

function wantsOf(dice: Dice): Wants {
  const chosen = resources.filter(() => dice.chance(0.4)).map(({ name }) => name);
  const reports = dice.chance(0.1)
    ? catalogue.flatMap((dataset) => needsOf(dataset, {}).reports).slice(0, 1)
    : [];
  return { resources: chosen.length > 0 ? chosen : [dice.one(resources).name], reports };
}

/** As if Xero had no order by id for it; the answer undoes it. */
function readBackwards(name: string): () => void {
  const resource = resourceNamed(name);
  const { paging } = resource;
  Object.assign(resource, { paging: { kind: 'backwards' } });
  return () => Object.assign(resource, { paging });
}

/** What the mirror has: id → hash of the exact text, and the ids with a tombstone. Each id once. */
async function knownIn(mirror: Mirror, name: string) {
  const live = new Map<string, string>();
  const gone: string[] = [];
  for await (const batch of mirror.ids(name, []))
    for (const { id, rawHash, state } of batch) {
      expect(live.has(id)).toBe(false);
      if (state === tombstone) gone.push(id);
      // A mirror may tell more of the hash than is compared.
      else live.set(id, rawHash.slice(0, rawHashOf('').length));
    }
  return { live, gone };
}

async function expectEqual({ mirror, source }: EditsWorld, wants: Wants, seed: number): Promise<void> {
  const index = await mirror.index();
  for (const name of wants.resources) {
    const wanted = await source(resourceNamed(name));
    const { live, gone } = await knownIn(mirror, name);
    const hashes = [...wanted].map(([id, raw]) => [id, rawHashOf(raw)]);
    expect([seed, name, [...live].sort()]).toEqual([seed, name, hashes.sort()]);
    expect([seed, name, gone.filter((id) => wanted.has(id))]).toEqual([seed, name, []]);
    expect([seed, name, index.resources[name]?.count ?? 0]).toEqual([seed, name, wanted.size]);
    const [[id, raw] = []] = wanted;
    if (id !== undefined) expect(await mirror.record(name, id)).toBe(raw);
  }
}

async function expectNextPull({ mirror, source }: EditsWorld, wants: Wants, seed: number): Promise<void> {
  for (const name of wants.resources) {
    const resource = resourceNamed(name);
    const wanted = await source(resource);
    const { live } = await knownIn(mirror, name);
    const wrong: string[] = [];
    for (const [id, raw] of wanted) {
      if (!live.has(id)) wrong.push(`${name} ${id} is missing`);
      else if (live.get(id) !== rawHashOf(raw)) {
        const told = toldDifferences(resource, (await mirror.record(name, id)) ?? '', raw);
        wrong.push(...told.map((path) => `${name} ${id} is stale: ${path}`));
      }
    }
    // Gone without a trace: a list that is read whole tells, one that is read in pages does not.
    if (resource.paging.kind === 'whole')
      for (const id of live.keys()) if (!wanted.has(id)) wrong.push(`${name} ${id} is gone`);
    expect([seed, ...wrong]).toEqual([seed]);
  }
}
