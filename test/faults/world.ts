/**
 * A world in one thread for the engine on trial: virtual time, a real SQLite store in memory, a queue whose deliveries the
 * test decides, and the two small copies.
 */

import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { type EngineOptions, engineDefaults } from '../../server/engine/options.ts';
import type { StepKind } from '../../server/engine/step.ts';
import type { Blobs, Ids, Queue, Store, Task } from '../../server/ports.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds } from '../support/seeded-random.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';
import { type Life, withGate } from './points.ts';
import { linesCopy, numbersCopy, type OnUnit, type Sheet, sqliteSheet } from './small-copies.ts';

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

export interface ProcessPlan {
  onUnit?: OnUnit;
  /** Something more around each port of each life. */
  wrap?: <P extends object>(port: P, name: string) => P;
}

/** The ports of one life, and what the engine needs to work with them. */
export function processOf(
  world: World,
  life: Life,
  { onUnit = () => undefined, wrap = (port) => port }: ProcessPlan = {},
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
