/**
 * What is left of Xero's limits for one organisation, spent by reservation. Keyed by the organisation alone: all teams
 * share it. Pure decisions.
 *
 * A call is reserved before it is sent and settled after its answer. Open reservations are the calls that may be in flight,
 * over all processes: at most five. A holder that died frees its calls at their end, and they count as spent. The limit of
 * the app over all organisations is an allowance (allowance.ts).
 */
import { z } from 'zod';
import {
  type BudgetWindow,
  budgetWindowSchema,
  exhaust,
  noteRemaining,
  openWindow,
  rollWindow,
  windowEnd,
} from './budget-window.ts';

/** No call to Xero takes longer: after it the exchange is given up. */
export const longestCallMs = 60_000;

/**
 * A call has come to Xero and is counted this long after it was handed to the network, at the latest in practice: a new connection
 * takes some hundred milliseconds. Where it takes longer Xero may refuse one call of the next window, and says until when.
 */
export const transitMs = 500;

export const budgetSchema = z.object({
  v: z.literal(1),
  /** Calls that may be in flight, each reservation ending by itself. */
  reservations: z.array(
    z.object({
      id: z.string(),
      calls: z.int(),
      /** How many of them have ended, and how many of those were sent. */
      ended: z.int(),
      sent: z.int(),
      until: z.number(),
      /** `settled` when it was made: those calls were over before these began. */
      settledBefore: z.int(),
      /** Of the answers so far, on the wire; a reservation of before 2026-11-21 has none. */
      bytes: z.int().optional(),
    }),
  ),
  /** Calls that ever ended. */
  settled: z.int(),
  windows: z.object({ minute: budgetWindowSchema, day: budgetWindowSchema.optional() }),
  /** Set by a 429: nothing is reserved before. */
  blockedUntil: z.number(),
  blockedBy: z.enum(['none', 'minute', 'day', 'concurrent']),
  /** Bytes received in one calendar month (UTC, `2026-11`); since 2026-11-21. */
  received: z.object({ month: z.string(), bytes: z.int() }).optional(),
});
export type Budget = z.infer<typeof budgetSchema>;

type WindowName = 'minute' | 'day';
export type Priority = 'manual' | 'scheduled' | 'backup';

export interface BudgetRules {
  mostInFlight: number;
  mostPerReservation: number;
  /** Long enough for a call that begins a while after it was reserved. */
  reservedForMs: number;
  windows: Record<'minute', number> & Partial<Record<'day', number>>;
  /** Shares of each limit that are left to those who come first: people before schedules before backups. */
  kept: Record<Priority, number>;
}

const windowMs: Record<WindowName, number> = { minute: 60_000, day: 24 * 60 * 60_000 };

/** xero-api.md sections 1.5 and 2 (2026-11-20). 1,000 a day is the smallest tier; answers teach the larger ones. */
export const organisationRules: BudgetRules = {
  mostInFlight: 5,
  mostPerReservation: 5,
  reservedForMs: longestCallMs + 30_000,
  windows: { minute: 60, day: 1_000 },
  kept: { manual: 0, scheduled: 0.05, backup: 0.2 },
};

export const newBudget = (rules: BudgetRules, now: number): Budget => ({
  v: 1,
  reservations: [],
  settled: 0,
  windows: {
    minute: openWindow(rules.windows.minute, now),
    ...(rules.windows.day === undefined ? {} : { day: openWindow(rules.windows.day, now) }),
  },
  blockedUntil: 0,
  blockedBy: 'none',
});

export type Reserved =
  | { kind: 'reserved'; budget: Budget; calls: number; until: number }
  /** `freed`: as soon as a call in flight ends, at the latest then. */
  | { kind: 'wait'; budget: Budget; by: WindowName | 'concurrent' | 'freed'; untilAt: number };

/** At least one call and at most what is asked, or how long to wait. The same id twice: the same reservation. */
export function reserve(
  rules: BudgetRules,
  stored: Budget,
  ask: { id: string; calls: number; priority: Priority; now: number },
): Reserved {
  const budget = brought(stored, ask.now);
  const present = budget.reservations.find(({ id }) => id === ask.id);
  if (present !== undefined) {
    return { kind: 'reserved', budget, calls: present.calls, until: present.until };
  }
  if (ask.now < budget.blockedUntil && budget.blockedBy !== 'none') {
    return { kind: 'wait', budget, by: budget.blockedBy, untilAt: budget.blockedUntil };
  }
  let calls = Math.min(ask.calls, rules.mostPerReservation);
  for (const [name, window] of windowsOf(budget)) {
    const free = window.left - Math.ceil(window.limit * rules.kept[ask.priority]);
    if (free < 1) return { kind: 'wait', budget, by: name, untilAt: windowEnd(window, windowMs[name]) };
    calls = Math.min(calls, free);
  }
  calls = Math.min(calls, rules.mostInFlight - openCalls(budget));
  if (calls < 1) return { kind: 'wait', budget, by: 'freed', untilAt: firstEnd(budget, ask.now) };
  const until = ask.now + rules.reservedForMs;
  const reservation = { id: ask.id, calls, ended: 0, sent: 0, until, settledBefore: budget.settled };
  return {
    kind: 'reserved',
    calls,
    until,
    budget: {
      ...eachWindow(budget, (window) => ({ ...window, left: window.left - calls })),
      reservations: [...budget.reservations, reservation],
    },
  };
}

export interface Settlement {
  id: string;
  /** Of the reservation's calls, counted from its beginning: how many have ended, and how many of those were sent. */
  ended: number;
  sent: number;
  /** Of the answers of all its calls, on the wire. */
  bytes?: number;
  /** The lowest counts that the answers since the last settlement stated. */
  remaining: Partial<Record<WindowName, number | undefined>>;
  /** When the last of the calls that stated them was handed to the network; left out: not known. */
  sentAt?: number | undefined;
  now: number;
}

/**
 * Calls that were not sent are given back. The same settlement twice changes nothing more. A reservation that ended by
 * itself was counted as spent: only what the answer says is noted then.
 */
export function settle(
  stored: Budget,
  { id, ended, sent, bytes = 0, remaining, sentAt, now }: Settlement,
): Budget {
  const budget = brought(stored, now);
  const own = budget.reservations.find((reservation) => reservation.id === id);
  const sentNow = Math.max(0, sent - (own?.sent ?? sent));
  const givenBack = Math.max(0, ended - (own?.ended ?? ended)) - sentNow;
  const reservations = budget.reservations
    .map((one) =>
      one === own
        ? {
            ...one,
            ended: Math.max(ended, one.ended),
            sent: Math.max(sent, one.sent),
            bytes: Math.max(bytes, one.bytes ?? 0),
          }
        : one,
    )
    .filter((one) => one.ended < one.calls);
  const bytesNow = Math.max(0, bytes - (own === undefined ? bytes : (own.bytes ?? 0)));
  const next: Budget = {
    ...budget,
    reservations,
    settled: budget.settled + sentNow,
    received: { month: monthOf(now), bytes: receivedIn(budget, now) + bytesNow },
  };
  // An answer counts its own call and all that had ended before it was reserved; any other call may have come after it.
  const uncounted = next.settled + openCalls(next) - (own?.settledBefore ?? 0) - 1;
  const countedBy = Math.min(now, (sentAt ?? now) + transitMs);
  return eachWindow(next, (window, name) => {
    const refunded = { ...window, left: window.left + givenBack };
    const stated = remaining[name];
    if (stated === undefined) return { ...refunded, unseen: refunded.unseen + sentNow };
    if (own === undefined) return { ...refunded, left: Math.min(refunded.left, stated) };
    return noteRemaining(refunded, { remaining: stated, uncounted, countedBy });
  });
}

export interface Meter {
  /** As Xero counts them: in the organisation's present day window, by everybody who uses this app's limit. */
  callsToday: number;
  /** Of that day; null until an answer told which. */
  dayLimit: number | null;
  /** On the wire, in the calendar month by UTC. */
  bytesThisMonth: number;
}

/** What an organisation has used; undefined: nothing yet. */
export function meterOf(stored: Budget | undefined, now: number): Meter {
  if (stored === undefined) return { callsToday: 0, dayLimit: null, bytesThisMonth: 0 };
  const budget = brought(stored, now);
  const { day } = budget.windows;
  // What is known of the limit is the most that ever remained after a call; the day may have begun without us.
  const limit = day === undefined ? 0 : (dayLimits.find((tier) => tier >= day.limit) ?? day.limit);
  const hasAnswered = day?.seenAt !== null;
  return {
    callsToday: Math.max(0, (hasAnswered ? limit : (day?.limit ?? 0)) - Math.max(0, day?.left ?? 0)),
    dayLimit: day === undefined || !hasAnswered ? null : limit,
    bytesThisMonth: receivedIn(budget, now),
  };
}

/** Of Xero's tiers (xero-api.md section 2, 2026-11-20). */
const dayLimits = [1_000, 5_000];

const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

const receivedIn = ({ received }: Budget, now: number): number =>
  received?.month === monthOf(now) ? received.bytes : 0;

/** A 429: nothing more until then, whoever asks. */
export function block(stored: Budget, by: WindowName | 'concurrent', untilAt: number, now: number): Budget {
  const budget = brought(stored, now);
  const blocked =
    by === 'concurrent'
      ? budget
      : eachWindow(budget, (window, name) =>
          name === by ? exhaust(window, untilAt, windowMs[name]) : window,
        );
  return untilAt <= budget.blockedUntil ? blocked : { ...blocked, blockedUntil: untilAt, blockedBy: by };
}

/** Up to now: what ended by itself has ended, windows that are over are opened anew. */
function brought(budget: Budget, now: number): Budget {
  const reservations = budget.reservations.filter(({ until }) => until > now);
  const lost = openCalls(budget) - openCalls({ reservations });
  const current: Budget = { ...budget, reservations, settled: budget.settled + lost };
  const open = openCalls(current);
  return eachWindow(current, (window, name) =>
    rollWindow({ ...window, unseen: window.unseen + lost }, windowMs[name], open, now),
  );
}

const openCalls = ({ reservations }: Pick<Budget, 'reservations'>): number =>
  reservations.reduce((sum, { calls, ended }) => sum + calls - ended, 0);

const firstEnd = ({ reservations }: Budget, now: number): number =>
  reservations.reduce((first, { until }) => Math.min(first, until), now + longestCallMs * 2);

const windowsOf = ({ windows }: Budget): Array<[WindowName, BudgetWindow]> => [
  ['minute', windows.minute],
  ...(windows.day === undefined ? [] : [['day', windows.day] as [WindowName, BudgetWindow]]),
];

const eachWindow = (
  budget: Budget,
  change: (window: BudgetWindow, name: WindowName) => BudgetWindow,
): Budget => ({
  ...budget,
  windows: {
    minute: change(budget.windows.minute, 'minute'),
    ...(budget.windows.day === undefined ? {} : { day: change(budget.windows.day, 'day') }),
  },
});
