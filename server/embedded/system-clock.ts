/** The machine's own time. */
import type { Clock } from '../ports.ts';

/** A timer longer than 2^31 - 1 ms (24.8 days) fires after 1 ms in Node: long sleeps are cut into parts. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock = (): Clock => ({
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const endAt = performance.now() + ms;
      let timer: NodeJS.Timeout | undefined;
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const wait = (): void => {
        const leftMs = endAt - performance.now();
        if (leftMs <= 0) end();
        else timer = setTimeout(wait, Math.min(Math.ceil(leftMs), longestTimerMs));
      };
      signal?.addEventListener('abort', end, { once: true });
      wait();
    }),
});
