/** The Queue on one SQLite file, and the worker in this process that delivers its tasks. */
import { FoliokeepError } from '../errors.ts';
import type { Clock, Log, Queue, TaskSource } from '../ports.ts';
import { type Claim, type TaskTable, taskTable } from './task-table.ts';

export interface SqliteQueueOptions {
  clock: Clock;
  log: Log;
  /** Handlers at once per consumer. Default 8. */
  concurrency?: number;
  /** A task whose worker has died is delivered again after this. While its handler runs it is put off again and again. Default 20 s. */
  visibilityMs?: number;
  /** A handler that runs longer than this gets no more time: the task is delivered again beside it. Default 30 min, as Cloud Tasks has it. */
  maxHandlingMs?: number;
  /** How often to look for tasks of other processes; our own wake the worker at once. Default 1 s. */
  pollMs?: number;
  /** Before the first repetition of a task whose handler threw; doubles each time up to the maximum. Defaults 1 s and 60 s. */
  minBackoffMs?: number;
  maxBackoffMs?: number;
  /** How long an ended task's name stays taken. Default two hours; the port promises one. */
  tombstoneMs?: number;
}

export interface SqliteQueue extends Queue, TaskSource {
  /** Tasks that have not ended, due or not. */
  open(): number;
  /** Stop the consumers first. Twice: nothing happens. */
  close(): void;
}

export const sqliteQueue = (path: string, options: SqliteQueueOptions): SqliteQueue => {
  const settings = { ...defaults, ...options };
  const table = taskTable(path);
  const consumers = new Set<() => void>();
  return {
    async enqueue(task) {
      if (!/^[A-Za-z0-9_-]{1,500}$/.test(task.name)) throw new TypeError('this cannot be the name of a task');
      if (table.insert(task)) for (const wake of consumers) wake();
    },
    consume(handle) {
      const consumer = startConsumer(table, handle, settings);
      consumers.add(consumer.wake);
      return {
        async stop() {
          consumers.delete(consumer.wake);
          await consumer.stop();
        },
      };
    },
    open: () => table.open(),
    close: () => table.close(),
  };
};

const defaults = {
  concurrency: 8,
  visibilityMs: 20_000,
  maxHandlingMs: 30 * 60_000,
  pollMs: 1000,
  minBackoffMs: 1000,
  maxBackoffMs: 60_000,
  tombstoneMs: 2 * 3_600_000,
};
type Settings = typeof defaults & SqliteQueueOptions;
type Handle = Parameters<TaskSource['consume']>[0];

const startConsumer = (table: TaskTable, handle: Handle, settings: Settings) => {
  const { clock, log } = settings;
  const running = new Set<Promise<void>>();
  let isStopping = false;
  let alarm = new AbortController();
  let sweepAt = clock.now();

  /** Claims what is due as far as there is room, and says how long nothing will be. */
  const turn = (): number => {
    const now = clock.now();
    if (now >= sweepAt) {
      table.sweep(now - settings.tombstoneMs);
      sweepAt = now + settings.tombstoneMs / 4;
    }
    const room = settings.concurrency - running.size;
    if (room === 0) return settings.pollMs;
    for (const claim of table.claim(now, now + settings.visibilityMs, room)) {
      const work: Promise<void> = deliver(table, handle, claim, settings).finally(() => {
        running.delete(work);
        alarm.abort();
      });
      running.add(work);
    }
    const nextAt = running.size < settings.concurrency ? table.nextAt() : undefined;
    return Math.max(1, Math.min(settings.pollMs, (nextAt ?? Number.POSITIVE_INFINITY) - clock.now()));
  };

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      // Made before looking: a task that comes in between rings it, and the sleep ends at once.
      alarm = new AbortController();
      let pauseMs = settings.pollMs;
      try {
        pauseMs = turn();
      } catch (error) {
        log.error('the queue could not be read', { error });
      }
      await clock.sleep(pauseMs, alarm.signal);
    }
    await Promise.all(running);
  };
  const ended = loop();

  return {
    wake: () => alarm.abort(),
    async stop() {
      isStopping = true;
      alarm.abort();
      await ended;
    },
  };
};

/** Never rejects: what the handler throws decides about the task, and is logged. */
const deliver = async (table: TaskTable, handle: Handle, claim: Claim, settings: Settings): Promise<void> => {
  const { clock, log } = settings;
  const { task, attempt } = claim;
  const fields = { task: task.name, attempt };
  const handled = new AbortController();
  const kept = keepHidden(table, claim, settings, handled.signal);
  try {
    await handle(task, attempt);
    table.finish(task.name, clock.now());
  } catch (error) {
    const backoffMs = Math.min(settings.maxBackoffMs, settings.minBackoffMs * 2 ** (attempt - 1));
    const isExpected = error instanceof FoliokeepError;
    log[isExpected ? 'warn' : 'error']('a task will be delivered again', { ...fields, backoffMs, error });
    showAgain(table, claim, clock.now() + backoffMs, log);
  } finally {
    handled.abort();
    await kept;
  }
};

/** Puts the next delivery off while the handler runs, three times as often as needed. */
const keepHidden = async (
  table: TaskTable,
  claim: Claim,
  { clock, log, visibilityMs, maxHandlingMs }: Settings,
  signal: AbortSignal,
): Promise<void> => {
  const lastAt = clock.now() + maxHandlingMs;
  for (;;) {
    await clock.sleep(visibilityMs / 3, signal);
    if (signal.aborted || clock.now() >= lastAt) return;
    showAgain(table, claim, clock.now() + visibilityMs, log);
  }
};

/** A failure here costs a second delivery at most, which every handler expects: it is logged and the worker goes on. */
const showAgain = (table: TaskTable, claim: Claim, visibleAt: number, log: Log): void => {
  try {
    table.show(claim, Math.floor(visibleAt));
  } catch (error) {
    log.error('a task could not be put off', { task: claim.task.name, error });
  }
};
