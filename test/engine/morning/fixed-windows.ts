/** A limit as the other side keeps it: fixed windows that begin when they like. */
export interface FixedWindows {
  /** Counts one call; what remains after it, below zero when it was one too many. */
  count(now: number): number;
  /** The end of the present window. */
  endsAt(now: number): number;
  /** Calls beyond the limit, ever, and the most in one window. */
  readonly exceeded: number;
  readonly most: number;
}

export function fixedWindows(limit: number, lengthMs: number, phase: number): FixedWindows {
  let window = Number.NEGATIVE_INFINITY;
  let used = 0;
  let exceeded = 0;
  let most = 0;
  const windowOf = (now: number): number => Math.floor((now - phase) / lengthMs);
  return {
    count(now) {
      if (windowOf(now) !== window) {
        window = windowOf(now);
        used = 0;
      }
      used += 1;
      most = Math.max(most, used);
      if (used > limit) exceeded += 1;
      return limit - used;
    },
    endsAt: (now) => (windowOf(now) + 1) * lengthMs + phase,
    get exceeded() {
      return exceeded;
    },
    get most() {
      return most;
    },
  };
}
