/**
 * When nobody was there to act, and whether a refresh that nobody stored the outcome of could be made good all the same: Xero takes
 * the old token for half an hour, and a grant is lost by us (I7) when a server and a store that takes writes were there for long
 * enough of it.
 */
import { type Grant, grantLease, refreshGraceMs } from '../../../server/domain/grant.ts';
import type { Lease } from '../../../server/domain/lease.ts';
import type { Scheduler } from './scheduler.ts';
import type { Watch } from './watch.ts';

export interface Absence {
  from: number;
  until: number;
}

export interface Graces {
  /** No server is there, or the store takes no writes; its end may be moved. */
  away(absence: Absence): void;
  /** When somebody was there again who was away then; the moment itself when nobody was away. */
  thereAgain(at: number): number;
  /** Servers look each minute then, as they always do in life. */
  isOwed(): boolean;
  /** Whether Xero's grace passed while hardly anybody was there to use it. */
  isPastSaving(grantId: string): boolean;
  /** The same of one whose end nobody may have found out yet. */
  isAnyPastSaving(): boolean;
}

/** Of the half hour: ten ticks, however many of them fail, die or stand still. */
const enoughMs = 10 * 60_000;

interface Owed {
  /** When it was asked for: one of these began the grace. */
  askedAt: number[];
  endedAt: number | undefined;
}

export function gracesOf(scheduler: Scheduler, watch: Watch): Graces {
  const absences: Absence[] = [];
  const owed = new Map<string, Owed>();

  watch.onStored((_life, collection, id, data) => {
    const now = scheduler.now();
    if (collection === 'leases' && (data as Lease).holder !== null)
      for (const [grantId, { askedAt }] of owed) if (id === grantLease(grantId)) askedAt.push(now);
    if (collection !== 'grants') return;
    const { status, refreshOwedAt } = data as Grant;
    const known = owed.get(id);
    if (typeof refreshOwedAt !== 'number') owed.delete(id);
    else if (known === undefined) owed.set(id, { askedAt: [now], endedAt: undefined });
    else if (status !== 'active') known.endedAt ??= now;
  });

  /** How much of this time somebody was there. */
  const thereMs = (from: number, until: number): number => {
    let there = 0;
    let at = from;
    for (const absence of absences.toSorted((a, b) => a.from - b.from)) {
      there += Math.max(0, Math.min(absence.from, until) - at);
      at = Math.max(at, absence.until);
    }
    return there + Math.max(0, until - at);
  };
  const isPast = ({ askedAt, endedAt = scheduler.now() }: Owed): boolean =>
    askedAt.some((at) => at + refreshGraceMs <= endedAt && thereMs(at, at + refreshGraceMs) < enoughMs);

  return {
    away: (absence) => void absences.push(absence),
    thereAgain: (at) =>
      absences
        .toSorted((a, b) => a.from - b.from)
        .reduce((back, { from, until }) => (from <= back && back < until ? until : back), at),
    isOwed: () => [...owed.values()].some(({ endedAt }) => endedAt === undefined),
    isPastSaving(grantId) {
      const known = owed.get(grantId);
      return known !== undefined && isPast(known);
    },
    isAnyPastSaving: () => [...owed.values()].some(isPast),
  };
}
