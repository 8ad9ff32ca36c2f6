/** The sandbox's own time: real time plus an offset that control can move, so that hours pass in an instant. */

export interface SandboxClock {
  /** Milliseconds since 1970, UTC. Never goes back unless `advance` was given a negative step. */
  now(): number;
  /** Moves every later `now()` by `ms`. */
  advance(ms: number): void;
}

/** `base` is where time comes from: `Date.now` in a demo, a counter in a test. */
export const sandboxClock = (base: () => number): SandboxClock => {
  let offsetMs = 0;
  return {
    now: () => base() + offsetMs,
    advance(ms) {
      offsetMs += ms;
    },
  };
};
