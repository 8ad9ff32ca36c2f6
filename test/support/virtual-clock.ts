/** A Clock that moves only when a test says so, and one that hurries through every sleep. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../server/ports.ts';

export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, waking sleepers in order; what they do next is let happen before time moves further. */
  advance(ms: number): Promise<void>;
  /** Moves time on to the first of those who sleep and wakes it alone; nothing when nobody sleeps. */
  advanceToNext(): Promise<void>;
  /** How many sleep now. */
  sleepers(): number;
}

/** 2026-07-01T00:00:00Z unless told otherwise. */
export const virtualClock = (startAt = Date.UTC(2026, 6, 1)): VirtualClock => {
  let now = startAt;
  let sleeping: Array<{ until: number; wake: () => void }> = [];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve();
          return;
        }
        const sleeper = {
          until: now + ms,
          wake: () => {
            sleeping = sleeping.filter((other) => other !== sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleeping.push(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = sleeping.filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)[0];
        if (!next) break;
        now = Math.max(now, next.until);
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
    async advanceToNext() {
      const next = sleeping.toSorted((a, b) => a.until - b.until)[0];
      now = Math.max(now, next?.until ?? now);
      next?.wake();
      await settle();
    },
    sleepers: () => sleeping.length,
  };
};

/** Every sleep ends at once and takes its time off the clock: for code that waits only because it must. */
export const hurriedClock = (startAt = Date.UTC(2026, 6, 1)): Clock => {
  let now = startAt;
  return {
    now: () => now,
    async sleep(ms, signal) {
      if (signal?.aborted) return;
      now += ms;
      await setImmediate();
    },
  };
};

/** Lets everything that is ready happen, answers of synchronous stores included. */
export const settle = async (turns = 5): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
};
