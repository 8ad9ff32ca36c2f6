/** The clock of a time zone: which offset holds when, and when it first shows a given time. From luxon, remembered. */
import { IANAZone } from 'luxon';

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** A stretch of time with one offset; the zone may keep it before and after too. */
export interface Stretch {
  /** Milliseconds since the epoch; `until` is no longer of it. */
  from: number;
  until: number;
  /** What a clock in the zone is ahead of UTC, in milliseconds. */
  offset: number;
}

export interface ZoneClock {
  stretchAt(instant: number): Stretch;
  /**
   * The first instant at which a clock in the zone shows `local` (that wall time as if it were UTC) or a later time. A time
   * that the zone skips, or a whole day of it (Apia, 30 December 2011), is the end of the gap; one that comes twice the first.
   */
  firstAt(local: number): number;
}

/**
 * The zone's name as the rules know it; undefined: there is no such zone. Short names are none: the rules take `BST` for
 * Bangladesh, and `EST` has no summer.
 */
export function zoneNamed(name: string): string | undefined {
  const isPlace = name.includes('/') || name === 'UTC';
  if (!isPlace || !IANAZone.isValidZone(name)) return undefined;
  const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  // Old and new names of one place are both right; only how it is written is mended.
  return known.toLowerCase() === name.toLowerCase() ? known : name;
}

const clocks = new Map<string, ZoneClock>();

/** One per zone and process: finding its offsets is a thousand times slower than remembering them. */
export function zoneClock(name: string): ZoneClock {
  const known = clocks.get(name);
  if (known) return known;
  const made = clockOf(IANAZone.create(name));
  clocks.set(name, made);
  return made;
}

/** No two changes of a zone that cancel out lie closer than this since 1970; shorter than Ramadan in Morocco. */
const pieceMs = 4 * dayMs;
/** No clock is further from UTC, and a line that is crossed the other way moves it by a day. */
const furthestMs = 26 * 3_600_000;

function clockOf(zone: IANAZone): ZoneClock {
  const pieces = new Map<number, readonly Stretch[]>();
  const offsetAt = (instant: number): number => Math.round(zone.offset(instant) * minuteMs);
  const pieceOf = (number: number): readonly Stretch[] => {
    const known = pieces.get(number);
    if (known) return known;
    const made = stretchesIn(offsetAt, number * pieceMs, (number + 1) * pieceMs);
    pieces.set(number, made);
    return made;
  };
  const stretchAt = (instant: number): Stretch => {
    const stretches = pieceOf(Math.floor(instant / pieceMs));
    return stretches.find(({ until }) => instant < until) as Stretch;
  };
  return {
    stretchAt,
    firstAt(local) {
      for (let from = local - furthestMs; ; ) {
        const { until, offset } = stretchAt(from);
        const at = Math.max(from, local - offset);
        if (at < until) return at;
        from = until;
      }
    },
  };
}

/** From `from` to `until`, cut wherever the offset changes, to the second. */
function stretchesIn(offsetAt: (instant: number) => number, from: number, until: number): Stretch[] {
  const [first, last] = [offsetAt(from), offsetAt(until)];
  if (first === last) return [{ from, until, offset: first }];
  let [before, after] = [from, until];
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (offsetAt(middle) === first) before = middle;
    else after = middle;
  }
  const rest = after === until ? [] : stretchesIn(offsetAt, after, until);
  // A change at the very end belongs to the next piece.
  return [{ from, until: after, offset: first }, ...rest];
}
