/** What was under way in each minute of a morning: which of the limits was used, and how much of it stood idle. */
import type { Clock } from '../../../server/ports.ts';

export interface Sample {
  /** Since the due time. */
  minute: number;
  xeroCalls: number;
  reads: number;
  writes: number;
  /** How far ahead the line before Google's reads reaches, in seconds. */
  lineSeconds: number;
}

interface Watched {
  counts(): { xeroCalls: number; reads: number; writes: number };
  lineEndsAt(): Promise<number>;
}

/** A sample each minute until `isOver`. */
export async function timeline(
  clock: Clock,
  world: Watched,
  dueAt: number,
  isOver: () => boolean,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let before = world.counts(), minute = 1; ; minute += 1) {
    await clock.sleep(dueAt + minute * 60_000 - clock.now());
    const counts = world.counts();
    samples.push({
      minute,
      xeroCalls: counts.xeroCalls - before.xeroCalls,
      reads: counts.reads - before.reads,
      writes: counts.writes - before.writes,
      lineSeconds: Math.max(0, Math.round(((await world.lineEndsAt()) - clock.now()) / 1_000)),
    });
    if (isOver()) return samples;
    before = counts;
  }
}

export const lineOf = ({ minute, xeroCalls, reads, writes, lineSeconds }: Sample): string =>
  `minute ${minute}: ${xeroCalls} calls to Xero, ${reads} reads, ${writes} writes; the line reaches ${lineSeconds} s ahead`;

/** Minutes that those in line could have used whole, and did not: so many reads were made instead. */
export const idleMinutes = (samples: readonly Sample[], least: number): string[] =>
  samples.filter(({ lineSeconds, reads }, at) => at > 0 && lineSeconds > 60 && reads < least).map(lineOf);
