/** Holds calls back to a pace: so many at once, so many in a time. First come, first served. */
import type { Clock } from '../ports.ts';
import { wrapMethods } from './wrap-methods.ts';

export interface PaceLimits {
  /** Calls under way at once. */
  atOnce?: number;
  /** At most `count` calls begin within any `perMs`. */
  rate?: { count: number; perMs: number };
}

/** Makes the call when its turn has come. One pace may be shared by many ports. */
export type Pace = <T>(act: () => Promise<T>) => Promise<T>;

export const paceOf = (clock: Clock, { atOnce = Number.POSITIVE_INFINITY, rate }: PaceLimits): Pace => {
  let underWay = 0;
  const waiting: Array<() => void> = [];
  const enter = async (): Promise<void> => {
    if (underWay < atOnce) underWay += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  /** Hands the place on, if anybody waits for it. */
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else underWay -= 1;
  };
  const take = rate ? slidingWindow(clock, rate.count, rate.perMs) : async () => undefined;
  return async (act) => {
    await enter();
    try {
      await take();
      return await act();
    } finally {
      leave();
    }
  };
};

export const withPace = <P extends object>(port: P, pace: Pace, methods?: readonly string[]): P =>
  wrapMethods(port, ({ make }) => pace(make), methods);

/** A window that slides: each call begins no sooner than `perMs` after the one `count` calls before it. */
const slidingWindow = (clock: Clock, count: number, perMs: number): (() => Promise<void>) => {
  const starts: number[] = [];
  return async () => {
    const now = clock.now();
    const earliest = starts.length < count ? now : (starts.shift() ?? now) + perMs;
    const startAt = Math.max(now, earliest);
    starts.push(startAt);
    if (startAt > now) await clock.sleep(startAt - now);
  };
};
