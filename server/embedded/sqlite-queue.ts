/** The Queue on one SQLite file, which several processes may share, and its deliveries in this process. */
import type { Clock, Log, Queue, Task, TaskSource } from '../ports.ts';
import { startConsumer } from './task-consumer.ts';
import { taskTable } from './task-table.ts';

export interface SqliteQueueOptions {
  clock: Clock;
  log: Log;
  /** Handlers at once per consumer. Default 8. */
  concurrency?: number;
  /** More of them for urgent tasks alone. Default 4. */
  urgentConcurrency?: number;
  /** More of them for returning tasks alone. Default 4. */
  returningConcurrency?: number;
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
  const put = together((tasks: readonly Task[]) => {
    if (table.insert(tasks).includes(true)) for (const wake of consumers) wake();
  });
  return {
    async enqueue(task) {
      if (!/^[A-Za-z0-9_-]{1,500}$/.test(task.name)) throw new TypeError('this cannot be the name of a task');
      await put(task);
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
  urgentConcurrency: 4,
  returningConcurrency: 4,
  visibilityMs: 20_000,
  maxHandlingMs: 30 * 60_000,
  pollMs: 1000,
  minBackoffMs: 1000,
  maxBackoffMs: 60_000,
  tombstoneMs: 2 * 3_600_000,
};

/** What is given at one moment goes into one call; whether it succeeds is the answer to each. */
const together = <T>(act: (given: readonly T[]) => void): ((one: T) => Promise<void>) => {
  let given: T[] = [];
  let made: Promise<void> | undefined;
  return (one) => {
    given.push(one);
    made ??= Promise.resolve().then(() => {
      const all = given;
      given = [];
      made = undefined;
      act(all);
    });
    return made;
  };
};
