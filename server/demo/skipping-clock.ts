/**
 * A clock that does not sit out waits: the machine's time plus what was skipped. When nothing is at work and whoever sleeps
 * sleeps long, it moves on to the first of them, and moves the sandbox's clock first, so that every limit is kept as it would be
 * by waiting. Work takes the time it takes. For demos alone.
 */
import type { Clock } from '../ports.ts';

export interface SkippingClock extends Clock {
  /** Marks work until the promise settles. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Milliseconds skipped so far. */
  skipped(): number;
}

export interface SkippingOptions {
  real: Clock;
  /** Moves the others' clock by so much, before this one moves. */
  move(ms: number): Promise<void>;
  /** Whether anybody waits for anything: an idle server lets time pass as it does. */
  hasWork(): boolean;
}

/** Nothing was at work for so long: what is done without a mark, such as deflating, takes less. */
const quietMs = 60;
/** Shorter sleeps are slept: people start things one after the other, and a pull waits for them. */
const leastSkipMs = 1_500;

export function skippingClock({ real, move, hasWork }: SkippingOptions): SkippingClock {
  let offsetMs = 0;
  let atWork = 0;
  let sleeping: Array<{ until: number; look: AbortController }> = [];
  let quiet: AbortController | undefined;
  const now = (): number => real.now() + offsetMs;

  /** Looks again after each quiet moment for as long as somebody sleeps. */
  const look = (): void => {
    if (quiet !== undefined || atWork > 0 || sleeping.length === 0) return;
    const looking = new AbortController();
    quiet = looking;
    void real.sleep(quietMs, looking.signal).then(async () => {
      if (!looking.signal.aborted) await skip();
      if (quiet === looking) quiet = undefined;
      look();
    });
  };
  const skip = async (): Promise<void> => {
    const until = Math.min(...sleeping.map((sleeper) => sleeper.until));
    const ms = Math.ceil(until - now());
    if (!hasWork() || ms < leastSkipMs) return;
    await move(ms);
    offsetMs += ms;
    // All of them: who sleeps on has less of it left.
    for (const sleeper of [...sleeping]) sleeper.look.abort();
  };

  return {
    now,
    skipped: () => offsetMs,
    async sleep(ms, signal) {
      const sleeper = { until: now() + ms, look: new AbortController() };
      const wake = (): void => sleeper.look.abort();
      signal?.addEventListener('abort', wake, { once: true });
      sleeping.push(sleeper);
      look();
      while (signal?.aborted !== true && now() < sleeper.until) {
        sleeper.look = new AbortController();
        await real.sleep(sleeper.until - now(), sleeper.look.signal);
      }
      sleeping = sleeping.filter((other) => other !== sleeper);
      signal?.removeEventListener('abort', wake);
    },
    async during(work) {
      atWork += 1;
      quiet?.abort();
      quiet = undefined;
      try {
        return await work;
      } finally {
        atWork -= 1;
        look();
      }
    },
  };
}
