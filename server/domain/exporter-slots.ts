/**
 * How an exporter moves along its schedule. `nextDueAt` is always the first slot after `slotsTakenUntil`, so a slot is
 * taken by moving both on together: what was missed meanwhile collapses into the one that is taken now. An exporter that is
 * paused or needs its person lets its slots pass; one that needed its person makes up for them with one run when it goes on.
 */
import type { Schedule } from '../../shared/contract/schedule.ts';
import type { Exporter } from './exporter.ts';
import { nextSlot } from './schedule.ts';

/** Another schedule, or none. Its slots count from now; the same schedule again changes nothing. */
export function withSchedule(exporter: Exporter, schedule: Schedule | null, now: number): Exporter {
  if (JSON.stringify(schedule) === JSON.stringify(exporter.schedule)) return exporter;
  return countedFrom({ ...exporter, schedule, missedSlotAt: null }, now);
}

/** By a person. Slots pass from now on. Twice: the first time stays. */
export const pause = (exporter: Exporter, now: number): Exporter =>
  exporter.status === 'paused' ? exporter : { ...exporter, status: 'paused', pausedAt: now };

/** By a person: goes on with the next slot. One that needed its person makes up for what it missed. */
export function resume(exporter: Exporter, now: number): Exporter {
  if (exporter.status === 'active') return exporter;
  if (exporter.status !== 'paused') return goOn(exporter);
  return countedFrom({ ...exporter, status: 'active', pausedAt: null, missedSlotAt: null }, now);
}

/** What stood in the way is mended: the first missed slot is due again, and stands for all of them. */
export function goOn(exporter: Exporter): Exporter {
  const { missedSlotAt } = exporter;
  const active: Exporter = { ...exporter, status: 'active', missedSlotAt: null };
  return missedSlotAt === null ? active : countedFrom(active, missedSlotAt - 1);
}

/** The slot that comes next by the zone's rules of today; the stored one may be of the rules of yesterday. */
export const dueOf = ({ schedule, slotsTakenUntil, nextDueAt }: Exporter): number | null =>
  schedule === null || slotsTakenUntil === null ? nextDueAt : nextSlot(schedule, slotsTakenUntil);

export type SlotTaken =
  /** Nothing is due. */
  | { kind: 'nothing' }
  /** Written, but no run: it is paused, needs its person, was deleted, or its zone has other rules now. */
  | { kind: 'passed'; exporter: Exporter }
  /** A run is wanted for `slot`. */
  | { kind: 'taken'; slot: number; exporter: Exporter };

/** Takes every slot up to now. */
export function takeSlot(exporter: Exporter, now: number): SlotTaken {
  if (exporter.nextDueAt === null || exporter.nextDueAt > now) return { kind: 'nothing' };
  if (exporter.status === 'deleted' || exporter.schedule === null)
    return { kind: 'passed', exporter: { ...exporter, nextDueAt: null } };
  const slot = dueOf(exporter);
  // The zone's rules have changed since it was stored.
  if (slot === null || slot > now) return { kind: 'passed', exporter: { ...exporter, nextDueAt: slot } };
  const moved = countedFrom(exporter, now);
  switch (exporter.status) {
    case 'active':
      return { kind: 'taken', slot, exporter: { ...moved, lastSlotAt: slot, missedSlotAt: null } };
    case 'paused':
      return { kind: 'passed', exporter: moved };
    case 'needs-reconnect':
    case 'needs-file':
      return { kind: 'passed', exporter: { ...moved, missedSlotAt: exporter.missedSlotAt ?? slot } };
  }
}

/** A clock that was ahead by more than this has been set right since. */
const aheadMs = 86_400_000;

/**
 * The same exporter unless its next slot is not what its schedule says: the zone's rules changed, or a clock that was far
 * ahead took slots of days to come.
 */
export function settled(exporter: Exporter, now: number): Exporter {
  const { schedule, status, slotsTakenUntil } = exporter;
  if (schedule === null || status === 'deleted') return exporter;
  if (slotsTakenUntil === null || slotsTakenUntil > now + aheadMs) return countedFrom(exporter, now);
  const due = dueOf(exporter);
  return due === exporter.nextDueAt ? exporter : { ...exporter, nextDueAt: due };
}

function countedFrom(exporter: Exporter, at: number): Exporter {
  const { schedule } = exporter;
  return schedule === null
    ? { ...exporter, nextDueAt: null, slotsTakenUntil: null }
    : { ...exporter, nextDueAt: nextSlot(schedule, at), slotsTakenUntil: at };
}
