/** The world of one seed: the two sandboxes, the store, the queue, the mirrors, and what the lab needs to look at them. */

import type { Run } from '../../../server/domain/run.ts';
import { sqliteStore } from '../../../server/embedded/sqlite-store.ts';
import type { PublishOptions } from '../../../server/engine/steps/publish/publishing.ts';
import type { Mirror } from '../../../server/mirror/mirror.ts';
import type { Blobs, Keys, Ports, Store } from '../../../server/ports.ts';
import { type SandboxClock, sandboxClock } from '../../../server/sandbox/clock.ts';
import {
  createGoogleSandbox,
  type GoogleSandbox,
} from '../../../server/sandbox/google/create-google-sandbox.ts';
import { createXeroSandbox, type XeroSandbox } from '../../../server/sandbox/xero/xero-sandbox.ts';
import { openKeys } from '../../support/access-world.ts';
import { memoryBlobs } from '../../support/memory-blobs.ts';
import { type Dice, diceOf } from './dice.ts';
import { type Extras, extrasOf, noExtras } from './extras.ts';
import { type Graces, gracesOf } from './graces.ts';
import { keptMirrors } from './kept-mirror.ts';
import { type LabMirror, labMirror } from './lab-mirror.ts';
import { type LabPost, labPost } from './lab-post.ts';
import { type LabQueue, labQueue } from './lab-queue.ts';
import type { LabServer } from './lab-server.ts';
import { type FaultPlan, type Habits, habitsOf, isFairTo, seededPlan } from './plan.ts';
import { realMirrors } from './real-mirror.ts';
import { type Scheduler, scheduler } from './scheduler.ts';
import { type Standstills, standstills } from './standstills.ts';
import { type StoreOutages, storeOutages } from './store-outage.ts';
import { type Watch, watchOf } from './watch.ts';

export interface LabWorld {
  seed: number;
  dice: Dice;
  scheduler: Scheduler;
  watch: Watch;
  plan: FaultPlan;
  extras: Extras;
  /** Where notices go to; undefined: nobody sends them. */
  graces: Graces;
  post: LabPost | undefined;
  outages: StoreOutages | undefined;
  standstills: Standstills | undefined;
  clock: SandboxClock;
  xero: XeroSandbox;
  google: GoogleSandbox;
  store: Store & { close(): void };
  queue: LabQueue;
  blobs: Blobs;
  keys: Keys;
  query: unknown;
  publishOptions: Partial<PublishOptions>;
  /** One server that takes runs up at its start; else two. */
  isAlone: boolean;
  servers: LabServer[];
  mirrors: Map<string, LabMirror>;
  openMirror(
    ref: { teamId: string; organisationId: string; pullerConnectionId: string },
    ports: Ports,
  ): Promise<Mirror>;
  /** Runs as they were last stored. */
  seen: Map<string, Run>;
  /** Of each exporter: its last run in calm. */
  last: Map<string, Run>;
  ended: Run[] | undefined;
  /** When time was moved on by days at once. */
  skips: number[];
  /** When a server has to look after its runs again: in a minute, or later while everything waits. */
  nextTickAt(): number;
}

export interface LabWish {
  plan?: FaultPlan;
  isAlone?: boolean;
  /** Requests so small that rows are staged. */
  isStaged?: boolean;
  /** What else the seed suffers; nothing where plan or habits are given. */
  extras?: Extras;
  /** What the seed suffers more or less of than by its own dice. */
  habits?: Partial<Habits>;
}

/** 20 November 2026, 00:30 UTC. */
/** Moves time on by days in which nobody ticks. */
export function skipTime({ scheduler, skips }: LabWorld, ms: number): void {
  skips.push(scheduler.now());
  scheduler.skip(ms);
}

export const hasSkipped = ({ skips }: LabWorld): boolean => skips.length > 0;

export const startAt = Date.UTC(2026, 10, 20, 0, 30);
const minute = 60_000;

export function labWorld(seed: number, wish: LabWish = {}): LabWorld {
  const dice = diceOf(seed);
  const turns = scheduler(diceOf(seed + 7_919), startAt);
  const watch = watchOf(turns);
  const plan = wish.plan ?? seededPlan(diceOf(seed + 104_729), { ...habitsOf(dice), ...wish.habits });
  const clock = sandboxClock(turns.now, async (ms, signal) =>
    turns.sleepUntil(turns.now() + ms, undefined, signal),
  );
  const organisations = dice.chance(0.95)
    ? ['Blank Slate Trust']
    : ['Blank Slate Trust', 'Juniper Creek Trading LLC'];
  const world: LabWorld = {
    seed,
    dice,
    scheduler: turns,
    watch,
    plan,
    extras: wish.extras ?? (isChosen(wish) ? noExtras : extrasOf(seed)),
    graces: gracesOf(turns, watch),
    post: undefined,
    outages: undefined,
    standstills: undefined,
    clock,
    xero: createXeroSandbox({ seed, size: 'small', clock, organisations, rateLimits: true }),
    google: createGoogleSandbox({ seed: seed + 1, clock, quotas: dice.chance(0.3) }),
    store: sqliteStore(':memory:'),
    queue: labQueue(turns, plan, dice, async (task) => {
      const up = world.servers.filter((server) => server.isUp());
      return up.length === 0 || world.standstills?.isQueueStill() ? 'nobody' : dice.one(up).handle(task);
    }),
    blobs: memoryBlobs(),
    keys: openKeys,
    query: undefined,
    publishOptions: (wish.isStaged ?? dice.chance(0.25)) ? { requestBytes: 600, cellsPerRead: 60 } : {},
    isAlone: wish.isAlone ?? dice.chance(0.5),
    servers: [],
    mirrors: new Map(),
    seen: new Map(),
    last: new Map(),
    ended: undefined,
    skips: [],
    async openMirror({ teamId, organisationId }) {
      const id = `${teamId} ${organisationId}`;
      const mirror = world.mirrors.get(id) ?? labMirror(id, watch);
      world.mirrors.set(id, mirror);
      return mirror;
    },
    nextTickAt: () => turns.now() + minute,
  };
  if (world.extras.isReal) world.openMirror = realMirrors(world);
  else if (world.extras.isDeleted) world.openMirror = keptMirrors(world);
  if (world.extras.isPosted) world.post = labPost(world);
  if (world.extras.hasStandstills && !isFairTo(plan.habits)) world.standstills = standstills(world);
  if (world.extras.outages > 0 && !isFairTo(plan.habits)) world.outages = storeOutages(world);
  watch.onStored((_life, collection, id, data) => {
    if (collection === 'runs') world.seen.set(id, data as Run);
  });
  return world;
}

/** Whoever says what a seed suffers wants nothing else in it. */
const isChosen = ({ plan, habits = {} }: LabWish): boolean =>
  plan !== undefined || Object.keys(habits).length > 0;
