/** A limit as the other side keeps it: fixed windows that begin when they like; and what any stretch as long has held. */
export interface FixedWindows {
  readonly limit: number;
  /** Counts one call; what remains after it, below zero when it was one too many. */
  count(now: number): number;
  /** The end of the present window. */
  endsAt(now: number): number;
  /** Calls beyond the limit, ever, and the most in one window. */
  readonly exceeded: number;
  readonly most: number;
  /** In any stretch of the window's length, wherever windows begin. */
  readonly mostInStretch: number;
}

export function fixedWindows(limit: number, lengthMs: number, phase: number): FixedWindows {
  let window = Number.NEGATIVE_INFINITY;
  let used = 0;
  let exceeded = 0;
  let most = 0;
  let mostInStretch = 0;
  /** When calls came, oldest first; those before `first` are out of every stretch to come. */
  let times: number[] = [];
  let first = 0;
  const windowOf = (now: number): number => Math.floor((now - phase) / lengthMs);
  const stretch = (now: number): void => {
    times.push(now);
    while ((times[first] ?? now) <= now - lengthMs) first += 1;
    mostInStretch = Math.max(mostInStretch, times.length - first);
    if (first < 1_000) return;
    times = times.slice(first);
    first = 0;
  };
  return {
    limit,
    count(now) {
      if (windowOf(now) !== window) {
        window = windowOf(now);
        used = 0;
      }
      used += 1;
      most = Math.max(most, used);
      if (used > limit) exceeded += 1;
      stretch(now);
      return limit - used;
    },
    endsAt: (now) => (windowOf(now) + 1) * lengthMs + phase,
    get exceeded() {
      return exceeded;
    },
    get most() {
      return most;
    },
    get mostInStretch() {
      return mostInStretch;
    },
  };
}
