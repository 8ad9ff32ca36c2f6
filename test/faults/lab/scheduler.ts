/**
 * The lab's scheduler: effects wait before they happen and are let go one at a time, by dice; time moves only when nothing
 * else can. Between two effects everything that follows from the first has come to rest, so that a seed replays.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Dice } from './dice.ts';

/** Whose effects and sleeps they are; a person's and the world's have none. */
export interface Being {
  isDead(): boolean;
  /** Stands still until then (0: it does not). */
  frozenUntil(): number;
}

export interface Scheduler {
  /** Milliseconds since the epoch; the same for everybody. */
  now(): number;
  /** Resolves when it is this effect's turn; never for the dead. */
  park(being?: Being): Promise<void>;
  /** Resolves at that time, or as the signal aborts; never for the dead. */
  sleepUntil(at: number, being?: Being, signal?: AbortSignal): Promise<void>;
  /**
   * Work that may take real time, such as a signature on another thread: nothing is let go before it ends or waits in turn.
   * What it calls may park and sleep.
   */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** For the dead: their work counts no more. */
  never(): Promise<never>;
  /** Inside `busy`, what others may wait for too. */
  apart<T>(work: () => Promise<T>): Promise<T>;
  /** Lets go one after another until `isOver` says so or nobody waits for anything. */
  run(isOver: () => boolean): Promise<'over' | 'idle'>;
  /** Moves time on by so much at once; for calm times alone. */
  skip(ms: number): void;
  /** Effects let go so far. */
  turns(): number;
}

interface Sleeper {
  at: number;
  order: number;
  being: Being | undefined;
  wake(): void;
}

export function scheduler(dice: Dice, startAt: number): Scheduler {
  const working = new AsyncLocalStorage<boolean>();
  let now = startAt;
  let busyCount = 0;
  let turns = 0;
  let order = 0;
  let parked: Array<{ being: Being | undefined; go(): void }> = [];
  let sleepers: Sleeper[] = [];
  const isStill = (being: Being | undefined): boolean => (being?.frozenUntil() ?? 0) > now;

  /** While it waits for its turn, work is not work. */
  const waiting = async (wait: () => Promise<void>): Promise<void> => {
    if (working.getStore() !== true) return wait();
    busyCount -= 1;
    await wait();
    busyCount += 1;
  };

  const rest = async (): Promise<void> => {
    await turnOfLoop();
    for (let spun = 0; busyCount > 0; spun += 1) {
      if (spun > mostSpun) throw new Error(`${busyCount} pieces of work never end`);
      await turnOfLoop();
    }
  };

  const letOne = (): boolean => {
    parked = parked.filter(({ being }) => being?.isDead() !== true);
    const free = parked.filter(({ being }) => !isStill(being));
    const chosen = free.length > 1 ? free[dice.below(free.length)] : free[0];
    if (chosen === undefined) return false;
    parked.splice(parked.indexOf(chosen), 1);
    turns += 1;
    chosen.go();
    return true;
  };

  const wakeOne = (): boolean => {
    sleepers = sleepers.filter(({ being }) => being?.isDead() !== true);
    let first: Sleeper | undefined;
    const dueAt = ({ at, being }: Sleeper) => Math.max(at, being?.frozenUntil() ?? 0);
    for (const sleeper of sleepers)
      if (
        first === undefined ||
        dueAt(sleeper) < dueAt(first) ||
        (dueAt(sleeper) === dueAt(first) && sleeper.order < first.order)
      )
        first = sleeper;
    // Who parked while frozen is let go at the thaw.
    const thaws = parked.map(({ being }) => being?.frozenUntil() ?? 0);
    const next = Math.min(first === undefined ? Number.POSITIVE_INFINITY : dueAt(first), ...thaws);
    if (next === Number.POSITIVE_INFINITY) return false;
    now = Math.max(now, next);
    if (first !== undefined && dueAt(first) <= now) {
      sleepers.splice(sleepers.indexOf(first), 1);
      first.wake();
    }
    return true;
  };

  return {
    now: () => now,
    turns: () => turns,
    park: (being) =>
      waiting(
        () =>
          new Promise((go) => {
            parked.push({ being, go });
          }),
      ),
    sleepUntil: (at, being, signal) =>
      waiting(
        () =>
          new Promise((resolve) => {
            if (signal?.aborted === true) return resolve();
            order += 1;
            const sleeper: Sleeper = {
              at,
              order,
              being,
              wake() {
                signal?.removeEventListener('abort', end);
                resolve();
              },
            };
            const end = () => {
              const index = sleepers.indexOf(sleeper);
              if (index >= 0) sleepers.splice(index, 1);
              sleeper.wake();
            };
            sleepers.push(sleeper);
            signal?.addEventListener('abort', end, { once: true });
          }),
      ),
    never() {
      if (working.getStore() === true) busyCount -= 1;
      return forever;
    },
    async busy(work) {
      if (working.getStore() === true) return work();
      busyCount += 1;
      try {
        return await working.run(true, work);
      } finally {
        busyCount -= 1;
      }
    },
    async apart(work) {
      if (working.getStore() !== true) return work();
      busyCount -= 1;
      try {
        return await working.run(false, work);
      } finally {
        busyCount += 1;
      }
    },
    async run(isOver) {
      for (;;) {
        await rest();
        if (isOver()) return 'over';
        if (!letOne() && !wakeOne()) return 'idle';
      }
    },
    skip(ms) {
      now += ms;
    },
  };
}

const forever = new Promise<never>(() => undefined);

/** Loops of Node's own while a thread works: a second or two. */
const mostSpun = 5_000_000;

const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
