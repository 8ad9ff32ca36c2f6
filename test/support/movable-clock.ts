/** Real time plus an offset that a test may move: for worlds in which things really run. */
import type { Clock } from '../../server/ports.ts';

export interface MovableClock extends Clock {
  /** Moves every later `now()`; who sleeps sleeps on. */
  advance(ms: number): void;
}

export const movableClock = (startAt = Date.UTC(2026, 6, 1)): MovableClock => {
  const begunAt = performance.now();
  let offsetMs = 0;
  return {
    now: () => Math.floor(startAt + (performance.now() - begunAt) + offsetMs),
    advance(ms) {
      offsetMs += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        if (signal?.aborted) end();
        else signal?.addEventListener('abort', end, { once: true });
      }),
  };
};
