/** Takes due tasks from the table and hands them to a handler: so many at once, each kept hidden from others while it is handled. */
import { FoliokeepError } from '../errors.ts';
import type { Clock, Log, TaskSource } from '../ports.ts';
import type { Claim, TaskKind, TaskTable } from './task-table.ts';

/** As the options of the queue say, none left out. */
export interface ConsumerSettings {
  clock: Clock;
  log: Log;
  concurrency: number;
  /** Beyond `concurrency`, for urgent tasks alone. */
  urgentConcurrency: number;
  /** Beyond `concurrency`, for returning tasks alone. */
  returningConcurrency: number;
  visibilityMs: number;
  maxHandlingMs: number;
  pollMs: number;
  minBackoffMs: number;
  maxBackoffMs: number;
  tombstoneMs: number;
}

export interface Consumer {
  wake(): void;
  /** Resolves when no handler runs any more. */
  stop(): Promise<void>;
}

type Handle = Parameters<TaskSource['consume']>[0];

/** Runs until it is stopped; `wake` makes it look at once, as after a new task. Never throws: what fails is logged. */
export const startConsumer = (table: TaskTable, handle: Handle, settings: ConsumerSettings): Consumer => {
  const { clock, log } = settings;
  const running = new Set<Promise<void>>();
  const shared = { free: settings.concurrency };
  // Urgent ones first, and with places of their own, as those have that come back at their time: the others may all be long
  // at work. In the places for all they come as they are due, so that none keeps the others out for good.
  const seats: ReadonlyArray<{ kinds: readonly TaskKind[]; places: { free: number } }> = [
    { kinds: ['urgent'], places: { free: settings.urgentConcurrency } },
    { kinds: ['urgent'], places: shared },
    { kinds: ['returning'], places: { free: settings.returningConcurrency } },
    { kinds: ['returning', 'other'], places: shared },
  ];
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
    let nextAt = Number.POSITIVE_INFINITY;
    for (const { kinds, places } of seats) {
      if (places.free > 0) {
        const claims = table.claim(kinds, now, now + settings.visibilityMs, places.free);
        for (const claim of claims) take(claim, places);
      }
      if (places.free > 0) for (const kind of kinds) nextAt = Math.min(nextAt, table.nextAt(kind) ?? nextAt);
    }
    return Math.max(1, Math.min(settings.pollMs, nextAt - clock.now()));
  };

  const take = (claim: Claim, places: { free: number }): void => {
    places.free -= 1;
    const work: Promise<void> = deliver(table, handle, claim, settings).finally(() => {
      places.free += 1;
      running.delete(work);
      alarm.abort();
    });
    running.add(work);
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
const deliver = async (
  table: TaskTable,
  handle: Handle,
  claim: Claim,
  settings: ConsumerSettings,
): Promise<void> => {
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
  { clock, log, visibilityMs, maxHandlingMs }: ConsumerSettings,
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
