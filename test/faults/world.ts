/**
 * A world in one thread for the engine on trial: virtual time, a real SQLite store in memory, a queue whose deliveries the
 * test decides, and the two small copies. `playOut` lives a run to its end through as many processes as it takes.
 */

import { hasEnded, type Run } from '../../server/domain/run.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { handleTask } from '../../server/engine/handle-task.ts';
import { type EngineOptions, engineDefaults } from '../../server/engine/options.ts';
import { resumeRuns } from '../../server/engine/resume-runs.ts';
import { startRun } from '../../server/engine/start-run.ts';
import type { StepKind } from '../../server/engine/step.ts';
import { tick } from '../../server/engine/tick.ts';
import type { Blobs, Ids, Queue, Store, Task } from '../../server/ports.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds } from '../support/seeded-random.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';
import { type Life, newLife, type Point, withGate } from './points.ts';
import { linesCopy, numbersCopy, type OnUnit, type Sheet, sinksOf, sqliteSheet } from './small-copies.ts';

export interface World {
  clock: VirtualClock & {
    /** Sets the clock on or back, as an operator or a time server does; nobody is woken by it. */
    step(ms: number): void;
  };
  store: Store;
  queue: HandQueue;
  blobs: Blobs;
  sheet: Sheet;
  ids: Ids;
  log: ReturnType<typeof recordingLog>;
  /** Every unit that began, in order. */
  units: Array<{ kind: string; place: number }>;
  options: EngineOptions;
  close(): void;
}

export interface HandQueue extends Queue {
  /** Tasks that have not ended, due first. */
  open(): Task[];
  /** Acknowledged. */
  end(task: Task): void;
  /** To be delivered again, not before `at`. */
  delay(task: Task, at: number): void;
}

const handQueue = (): HandQueue => {
  const names = new Set<string>();
  const open = new Map<string, Task>();
  return {
    async enqueue(task) {
      if (names.has(task.name)) return;
      names.add(task.name);
      open.set(task.name, task);
    },
    open: () => [...open.values()].sort((a, b) => a.dueAt - b.dueAt),
    end: (task) => void open.delete(task.name),
    delay: (task, at) => void open.set(task.name, { ...task, dueAt: at }),
  };
};

export const teamId = 'team';
export const exporterId = 'exporter';
/** Nine units of lines, a list, six of numbers with a wait between. */
export const smallSteps = [
  { kind: 'lines', input: { count: 45, perUnit: 5 } },
  { kind: 'numbers', input: { count: 30, perUnit: 5, waitMs: 90_000 } },
];

export async function newWorld(options: Partial<EngineOptions> = {}): Promise<World> {
  const clock = steppedClock(virtualClock());
  const store = sqliteStore(':memory:');
  const sheet = sqliteSheet(':memory:');
  await store.create('exporters', exporterId, exporterDocument({ teamId }));
  return {
    clock,
    store,
    sheet,
    queue: handQueue(),
    blobs: memoryBlobs(),
    ids: seededIds(clock),
    log: recordingLog(),
    units: [],
    options: { ...engineDefaults, ...options },
    close() {
      store.close();
      sheet.close();
    },
  };
}

function steppedClock(clock: VirtualClock): World['clock'] {
  let offset = 0;
  return {
    ...clock,
    now: () => clock.now() + offset,
    step(ms) {
      offset += ms;
    },
  };
}

/** The ports of one life, and what the engine needs to work with them. */
export function processOf(
  world: World,
  life: Life,
  { onUnit = () => undefined, wrap = (port) => port }: Pick<Play, 'onUnit' | 'wrap'> = {},
) {
  const sheet = withGate('sheet', wrap(world.sheet, 'sheet'), life.gate);
  const blobs = withGate('blobs', wrap(world.blobs, 'blobs'), life.gate);
  const ports = {
    ...world,
    store: withGate('store', wrap(world.store, 'store'), life.gate),
    queue: withGate('queue', wrap<Queue>({ enqueue: world.queue.enqueue }, 'queue'), life.gate),
    blobs,
  };
  const counted: OnUnit = async (unit) => {
    world.units.push(unit);
    await onUnit(unit);
  };
  const copies = { blobs, sheet, clock: world.clock };
  const stepKinds: StepKind[] = [linesCopy(copies, counted), numbersCopy(copies, counted)];
  return { ports, stepKinds };
}

export interface Play {
  /** At every point of every life; lives are counted from 0. */
  onPoint?: (point: Point, number: number, life: Life, lifeNumber: number) => Promise<void> | void;
  onUnit?: OnUnit;
  /** Something more around each port of each life. */
  wrap?: <P extends object>(port: P, name: string) => P;
  /** A new process takes runs up at once, or leaves them to leases and the tick. */
  isAlone?: boolean;
  /** Which of the due tasks comes next; the first without it. */
  pick?: (due: readonly Task[]) => Task | undefined;
  /** True: the task is delivered once more although it was acknowledged. */
  isDoubled?: (task: Task) => boolean;
  steps?: typeof smallSteps;
}

export interface Ending {
  runId: string;
  run: Run;
  sinks: Awaited<ReturnType<typeof sinksOf>>;
  lives: number;
}

const tickMs = 60_000;
const redeliveryMs = 20_000;

/** From a person's request to the end of the run. Fails when the world stands still. */
export async function playOut(world: World, play: Play = {}): Promise<Ending> {
  let lives = 0;
  const boot = () => {
    const number = lives;
    lives += 1;
    const life = newLife((point, at, self) => play.onPoint?.(point, at, self, number));
    return { life, ...processOf(world, life, play) };
  };
  let process = boot();
  /** `failed` when it threw, `gone` when the process died or froze; a new one has begun then. */
  const attempt = async (act: () => Promise<unknown>): Promise<'done' | 'failed' | 'gone'> => {
    const outcome = await Promise.race([
      act().then(
        () => 'done' as const,
        () => 'failed' as const,
      ),
      process.life.gone,
    ]);
    if (outcome === 'gone') {
      process = boot();
      if (play.isAlone) await attempt(() => resumeRuns(process.ports, world.options));
    }
    return outcome;
  };

  const input = {
    teamId,
    exporterId,
    requestedBy: 'user',
    trigger: 'manual' as const,
    steps: play.steps ?? smallSteps,
  };
  while ((await attempt(() => startRun(process.ports, input, world.options))) !== 'done') {
    // A person clicks again.
  }
  let tickAt = world.clock.now();
  for (let turn = 0; turn < 5_000; turn += 1) {
    const [stored] = await world.store.query('runs', { limit: 1 });
    if (stored && hasEnded(stored.data)) {
      const sinks = await sinksOf(world);
      return { runId: stored.id, run: stored.data, sinks, lives };
    }
    const now = world.clock.now();
    if (now >= tickAt) {
      tickAt = now + tickMs;
      await attempt(() => tick(process.ports, world.options));
      continue;
    }
    const due = world.queue.open().filter(({ dueAt }) => dueAt <= now);
    const task = play.pick ? play.pick(due) : due[0];
    if (!task) {
      const nextAt = Math.min(tickAt, ...world.queue.open().map(({ dueAt }) => dueAt));
      await world.clock.advance(Math.max(nextAt - now, 1));
      continue;
    }
    const outcome = await attempt(() =>
      handleTask(process.ports, process.stepKinds, task, { options: world.options }),
    );
    if (outcome !== 'done') world.queue.delay(task, world.clock.now() + redeliveryMs);
    else if (!play.isDoubled?.(task)) world.queue.end(task);
  }
  throw new Error('The run did not end');
}

/** What two runs must agree on, however they were disturbed. */
export const outcomeOf = ({ run, sinks }: Ending) => ({
  status: run.status,
  counters: run.counters,
  gaps: run.gaps,
  units: run.units,
  steps: run.steps,
  error: run.error,
  sinks,
});
