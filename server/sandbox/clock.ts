/** The sandbox's own time: a base that a caller gives plus an offset that control can move, so that hours pass in an instant. */

export interface SandboxClock {
  /** Milliseconds since 1970, UTC. Never goes back unless `advance` was given a negative step. */
  now(): number;
  /** Moves every later `now()` by `ms`, and wakes whoever has slept long enough by then, the earliest first. */
  advance(ms: number): void;
  /** Resolves once `ms` of this clock have passed, by themselves or by `advance`. At once where `ms` is not positive. */
  sleep(ms: number): Promise<void>;
}

/** Resolves after `ms` of the base's time, or as soon as the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * `base` is where time comes from: `Date.now` in a demo, a counter in a test. `wait` passes the base's time: real time where
 * left out; a virtual clock's `sleep` belongs to a virtual clock's `now`, and then nothing here waits on real time.
 */
export const sandboxClock = (base: () => number, wait: Wait = realWait): SandboxClock => {
  let offsetMs = 0;
  let sleepers: { until: number; wake(): void }[] = [];
  const now = () => base() + offsetMs;
  return {
    now,
    advance(ms) {
      offsetMs += ms;
      const due = sleepers.filter(({ until }) => until <= now()).sort((a, b) => a.until - b.until);
      for (const sleeper of due) sleeper.wake();
    },
    async sleep(ms) {
      if (!(ms > 0)) return;
      const woken = new AbortController();
      const sleeper = { until: now() + ms, wake: () => woken.abort() };
      sleepers.push(sleeper);
      await wait(ms, woken.signal);
      sleepers = sleepers.filter((other) => other !== sleeper);
    },
  };
};

const realWait: Wait = (ms, signal) =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
