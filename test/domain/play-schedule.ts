/** An exporter over simulated years: two schedulers that tick every minute, and outages of both. */

import { dueOf, takeSlot, withSchedule } from '../../server/domain/exporter-slots.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { exporterDocument } from '../support/exporter-document.ts';

export interface Played {
  expected: number;
  executed: number;
  /** Slots within an outage, made up for by the one run after it. */
  collapsed: number;
  /** Slots that no run was for, and that no outage explains. */
  missed: number;
  doubled: number;
  /** Runs at another time than was shown beforehand. */
  surprising: number;
  /** Runs that came more than a minute after their slot though no outage was in the way. */
  late: number;
  outages: number;
}

const minute = 60_000;
const day = 1440 * minute;
/** When in the minute each of them ticks, by its own clock. */
const phases = [0, 23_000];

/** `expected` are all slots later than `from`, ascending. Outages begin at one slot in `1 / rate`. */
export function playSchedule(
  schedule: Schedule,
  expected: readonly number[],
  from: number,
  next: () => number,
  rate: number,
): Played {
  const played: Played = {
    expected: expected.length,
    executed: 0,
    collapsed: 0,
    missed: 0,
    doubled: 0,
    surprising: 0,
    late: 0,
    outages: 0,
  };
  let exporter = withSchedule(exporterDocument(), schedule, from);
  const until = expected.at(-1) ?? from;
  let place = 0;
  let lastSlot = from;
  while (exporter.nextDueAt !== null && exporter.nextDueAt <= until) {
    const isOutage = next() < rate;
    const outageMs = isOutage ? Math.ceil(next() ** 4 * 40 * day) : 0;
    if (isOutage) played.outages += 1;
    // Whoever of the two ticks first; the other ticks within the minute and finds it done, unless the next is due by then.
    const ticks = phases
      .map((phase) => tickAfter((exporter.nextDueAt ?? 0) + outageMs, phase))
      .sort(ascending);
    for (const now of ticks) {
      const shown = dueOf(exporter);
      const taken = takeSlot(exporter, now);
      if (taken.kind === 'nothing') continue;
      if (taken.kind === 'passed') throw new Error('an active exporter lets no slot pass');
      played.executed += 1;
      if (taken.slot <= lastSlot) played.doubled += 1;
      if (taken.slot !== shown) played.surprising += 1;
      if (!isOutage && now - taken.slot >= minute) played.late += 1;
      lastSlot = taken.slot;
      for (; place < expected.length && (expected[place] as number) < taken.slot; place += 1)
        played.missed += 1;
      if (expected[place] === taken.slot) place += 1;
      for (; place < expected.length && (expected[place] as number) <= now; place += 1)
        if (isOutage) played.collapsed += 1;
        else played.missed += 1;
      exporter = taken.exporter;
    }
  }
  played.missed += expected.length - place;
  return played;
}

const ascending = (a: number, b: number): number => a - b;
const tickAfter = (at: number, phase: number): number => Math.ceil((at - phase) / minute) * minute + phase;
