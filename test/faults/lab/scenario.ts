/** One seed from beginning to end: a time of trouble, then calm, then a last look at everything. */
import { hasEnded, type Run } from '../../../server/domain/run.ts';
import { engineDefaults } from '../../../server/engine/options.ts';
import { calmDown } from './calm-down.ts';
import { deletionAct } from './deletion-act.ts';
import { finalChecks, lastRuns } from './final-checks.ts';
import { guardsOf } from './guards.ts';
import { givenRecipients } from './lab-post.ts';
import { labServer } from './lab-server.ts';
import { type LabWish, type LabWorld, labWorld } from './lab-world.ts';
import { guardNotices } from './notice-guards.ts';
import { type People, peopleOf } from './people.ts';
import { untilTold } from './post-act.ts';
import { type Setting, setUp } from './setting.ts';
import { type SheetEditor, sheetEditorOf } from './sheet-edits.ts';
import type { Violation } from './watch.ts';
import { someWeather, usedUpDay } from './weather.ts';

export interface Outcome {
  seed: number;
  violations: Violation[];
  /** Of every event in order. */
  hash: string;
  turns: number;
  /** How the runs ended, by status. */
  ends: Record<string, number>;
  points: Set<string>;
  kills: Set<string>;
  labels: Set<string>;
  tail: string[];
}

export interface ScenarioWish extends LabWish {
  exporters?: number;
  /** What people do instead of what the seed's dice say. */
  act?: (world: LabWorld, setting: Setting, people: People) => Promise<void>;
}

const minute = 60_000;
const hour = 60 * minute;
/** A run that a day's limit stops goes on the next day. */
const patienceMs = 60 * hour;
/** More than any seed has needed: beyond it something turns in circles. */
const mostTurns = 150_000;
/** In calm, from a due time or the end of a lease to whoever takes the run up: a few ticks, which come every eleven minutes. */
const mostStillMs = 25 * minute;

/** The violation is noted, and the seed goes no further. */
class Broken extends Error {}

export async function playSeed(seed: number, wish: ScenarioWish = {}): Promise<Outcome> {
  const world = labWorld(seed, wish);
  const { watch, dice, scheduler } = world;
  let setting: Setting | undefined;
  const guards = guardsOf(world, () => setting);
  try {
    setting = await setUp(world, wish.exporters === undefined ? {} : { exporters: wish.exporters });
    if (world.post !== undefined) await givenRecipients(world, setting);
    const notices = world.post && guardNotices(world, world.post);
    const options = {
      ...engineDefaults,
      leaseMs: 30_000,
      heartbeatMs: 7_500,
      sliceMs: dice.one([0, 20_000, 180_000]),
    };
    world.nextTickAt = nextTickOf(world);
    for (let number = 0; number < (world.isAlone ? 1 : 2); number += 1)
      world.servers.push(labServer(world, number, guards.wire, options));
    const people = peopleOf(world, setting, guards);

    const editor = sheetEditorOf(world, setting, guards);
    await during(world, wish.act?.(world, setting, people) ?? troubles(world, setting, people, editor));
    calmDown(world);
    await people.makeGood();
    if (world.extras.sheetEdits > 0) await editor.mend();
    // What Xero has forgotten meanwhile is found out, and somebody reconnects.
    if (world.graces.isAnyPastSaving())
      await during(world, scheduler.sleepUntil(scheduler.now() + 3 * minute));
    // Three 403s in a row are the end of access too: whatever it was, a person reconnects.
    const hasEnded = people.hasEnded();
    if ((await isCutOff(world, hasEnded)) || hasEnded) await during(world, people.reconnect());
    await untilEnded(world);
    await during(world, lastRuns(world, setting, people));
    await finalChecks(world, setting, people);
    if (notices !== undefined) {
      await during(world, untilTold(world));
      await notices.check();
    }
    if (world.extras.isDeleted) await deleting(world, setting, people);
  } catch (error) {
    if (!(error instanceof Broken))
      watch.violate('bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const server of world.servers) server.stop();
    world.store.close();
  }
  const runs = world.ended ?? [];
  const ends: Record<string, number> = {};
  for (const { status } of runs) ends[status] = (ends[status] ?? 0) + 1;
  const { violations, points, kills, labels } = watch;
  return {
    seed,
    violations,
    hash: watch.hash(),
    turns: scheduler.turns(),
    ends,
    points,
    kills,
    labels,
    tail: watch.tail(),
  };
}

/** What was deleted and undone is as right as before. */
async function deleting(world: LabWorld, setting: Setting, people: People): Promise<void> {
  const acting = deletionAct(world, setting, people);
  await during(world, acting);
  if ((await acting) !== 'undone') return;
  await untilEnded(world);
  await during(world, lastRuns(world, setting, people));
  await finalChecks(world, setting, people);
}

/** Whether a connection was given up; a grant that was, without anybody having ended it, is lost (I7). */
async function isCutOff({ store, watch, graces }: LabWorld, hasEnded: boolean): Promise<boolean> {
  const grants = await store.query('grants', { limit: 20 });
  for (const { id, data } of grants)
    if (data.status !== 'active' && !hasEnded && !graces.isPastSaving(id))
      watch.violate('I7', `grant ${id} of ${data.provider} is ${data.status}, though nobody ended it`);
  const connections = await store.query('connections', { limit: 20 });
  return connections.some(({ data }) => data.status !== 'active');
}

/** Lets the world go on until this has ended. */
export async function during<T>({ scheduler, watch }: LabWorld, act: Promise<T>): Promise<void> {
  let isOver = false;
  const ending = act.then(
    () => {
      isOver = true;
    },
    (error: unknown) => {
      isOver = true;
      watch.violate('bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
  );
  const end = await scheduler.run(() => isOver || scheduler.turns() > mostTurns);
  if (scheduler.turns() > mostTurns) {
    watch.violate('I5', `no end after ${mostTurns} effects: something turns in circles`);
    throw new Broken();
  }
  if (end === 'idle') {
    watch.violate('I5', 'nothing happens any more, and something was asked for');
    throw new Broken();
  }
  await ending;
}

async function troubles(
  world: LabWorld,
  setting: Setting,
  people: People,
  editor: SheetEditor,
): Promise<void> {
  const { dice, scheduler, plan, xero, extras } = world;
  const { habits } = plan;
  const pause = (ms: number) => scheduler.sleepUntil(scheduler.now() + ms);
  if (habits.isTight)
    xero.control.setLimits({
      minute: dice.one([5, 10, 30]),
      concurrent: dice.one([2, 5]),
      day: dice.one([null, null, 30, 80]),
    });
  const rounds = habits.rounds + dice.one([1, 1, 2, 3]);
  // As an import has left them behind, before anybody reads.
  if (habits.unreadable > 0) for (let edit = 0; edit < 4; edit += 1) people.editBooks();
  for (let round = 0; round < rounds; round += 1) {
    for (const id of setting.exporters) if (round === 0 || dice.chance(0.7)) await people.start(id);
    for (let step = dice.one([1, 3, 6]); step > 0; step -= 1) {
      await pause(dice.one([50, 300, 800, 3_000, 20_000]));
      if (dice.chance(habits.edits)) people.editBooks();
      if (dice.chance(habits.people)) await people.editSheet();
      if (dice.chance(habits.wire * 10)) await someWeather(world);
      if (habits.usedUp > 0 && dice.chance(habits.usedUp)) usedUpDay(world);
      if (world.standstills !== undefined && extras.dice.chance(0.15)) world.standstills.begin();
      if (extras.sheetEdits > 0 && extras.dice.chance(extras.sheetEdits)) await editor.edit();
      if (dice.chance(0.02)) await people.cancel();
      if (dice.chance(0.05)) await people.strangerTries();
      if (dice.chance(0.02)) await people.endAccess();
      else if (people.hasEnded() && dice.chance(0.3)) await people.reconnect();
    }
    await pause(dice.one([1_000, 40_000, 5 * minute, 31 * minute]));
  }
}

/** Everything that was asked for comes to an end (I5): before its deadline and one sweep, and in a calm world much sooner. */
async function untilEnded(world: LabWorld): Promise<void> {
  const { scheduler, store, watch } = world;
  const calmAt = scheduler.now();
  const until = calmAt + patienceMs;
  for (;;) {
    const runs = await store.query('runs', { limit: 300 });
    const open = runs.filter(({ data }) => !hasEnded(data));
    if (open.length === 0) return;
    const now = scheduler.now();
    const still = open.filter(
      ({ data }) => stillMs(data, Math.max(calmAt, data.requestedAt), now) > mostStillMs,
    );
    for (const { id, data } of now > until ? open : still)
      watch.violate('I5', `run ${id} stands still, ${data.status} (${JSON.stringify(data.waitingFor)})`);
    if (now > until || still.length > 0) throw new Broken();
    await during(
      world,
      scheduler.sleepUntil(
        Math.min(
          scheduler.now() + 20 * minute,
          soonest(
            open.map(({ data }) => data),
            scheduler.now(),
          ),
        ),
      ),
    );
  }
}

/** How long it could have been taken up, in calm. */
const stillMs = ({ dueAt, leaseUntil }: Run, calmAt: number, now: number): number =>
  now - Math.max(calmAt, dueAt ?? leaseUntil ?? now);

const soonest = (runs: readonly Run[], now: number): number =>
  Math.max(
    now + 5_000,
    Math.min(...runs.map(({ dueAt, leaseUntil }) => dueAt ?? leaseUntil ?? now)) + 20_000,
  );

/** Each minute; while every run waits for long and no refresh is owed, when the first of them is due. */
function nextTickOf(world: LabWorld): () => number {
  const { scheduler, seen, graces } = world;
  return () => {
    const now = scheduler.now();
    if (graces.isOwed()) return now + minute;
    const dues = [...seen.values()]
      .filter((run) => !hasEnded(run))
      .map(({ dueAt, leaseUntil, deadlineAt }) => Math.min(dueAt ?? leaseUntil ?? now, deadlineAt));
    const first = dues.length === 0 ? now + 11 * minute : Math.min(...dues);
    return Math.max(now + minute, Math.min(first - minute, now + 10 * minute));
  };
}
