/** A virtual clock for very many sleepers, which moves on by itself to the next of them whenever nothing is left to do now. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../server/ports.ts';

export interface SimulatedClock extends Clock {
  /** Lets time pass until the promise settles. */
  until<T>(promise: Promise<T>): Promise<T>;
}

interface Sleeper {
  at: number;
  /** Of those who wake at one moment, who lay down first wakes first. */
  place: number;
  /** Woken by its signal: it costs no moment. */
  isOver: boolean;
  wake: () => void;
}

/** Of the event loop, until all that a moment sets off has been done: nothing here waits for another thread. */
const turns = 12;

export function simulatedClock(startAt: number): SimulatedClock {
  let now = startAt;
  let places = 0;
  const heap: Sleeper[] = [];
  const isBefore = (a: Sleeper, b: Sleeper): boolean => a.at < b.at || (a.at === b.at && a.place < b.place);
  const push = (sleeper: Sleeper): void => {
    let index = heap.push(sleeper) - 1;
    for (let parent = (index - 1) >> 1; index > 0; parent = (index - 1) >> 1) {
      const above = heap[parent];
      if (above === undefined || !isBefore(sleeper, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = sleeper;
  };
  const pop = (): Sleeper | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || last === first) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child += 1;
      const least = heap[child];
      if (least === undefined || !isBefore(least, last)) break;
      heap[index] = least;
      index = child;
    }
    heap[index] = last;
    return first;
  };

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        places += 1;
        const at = now + Math.max(0, Math.ceil(ms));
        const sleeper: Sleeper = { at, place: places, isOver: false, wake: () => undefined };
        sleeper.wake = () => {
          sleeper.isOver = true;
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        };
        push(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    async until(promise) {
      let isOver = false;
      const over = (): void => {
        isOver = true;
      };
      promise.then(over, over);
      for (;;) {
        for (let turn = 0; turn < turns; turn += 1) await setImmediate();
        if (isOver) return promise;
        while (heap[0]?.isOver === true) pop();
        const next = pop();
        if (next === undefined) throw new Error('nothing sleeps, and nothing ends');
        now = Math.max(now, next.at);
        next.wake();
        // All of one moment together.
        for (let also = heap[0]; also !== undefined && also.at <= now; also = heap[0]) pop()?.wake();
      }
    },
  };
}
