/**
 * One of Xero's fixed windows (a minute, a day) as seen from outside: how many calls surely remain. Pure decisions.
 *
 * Xero's windows begin at moments of its own (xero-api.md section 2, 2026-11-20), so a local clock alone would spend twice
 * over a boundary. What is known: each answer says what remained when it was counted. For an answer with `r` remaining and
 * `u` calls that it may not have counted yet, between `r - u` and `r` remain. So `left` becomes min(r, max(left, r - u)):
 * late answers never raise it, other users of the limit lower it, and a new window raises it as soon as it shows.
 * Without answers the window is over once its whole length has passed since it surely had begun: when the first call that it
 * counted had surely come to Xero. That is soon after the call was sent, not when its answer came seconds later.
 */
import { z } from 'zod';

export const budgetWindowSchema = z.object({
  /** The largest count that was ever seen to be allowed. */
  limit: z.int(),
  /** Calls that remain beyond all that are reserved. */
  left: z.int(),
  /** When the present window had surely begun, as its answers show; null until one did. */
  seenAt: z.number().nullable(),
  /** When `left` was last set from the limit. */
  openedAt: z.number(),
  /** Calls ended since then without an answer that counts: they may belong to this window or to the next. */
  unseen: z.int(),
});
export type BudgetWindow = z.infer<typeof budgetWindowSchema>;

export const openWindow = (limit: number, now: number): BudgetWindow => ({
  limit,
  left: limit,
  seenAt: null,
  openedAt: now,
  unseen: 0,
});

/** When the window is over at the latest. */
export const windowEnd = ({ seenAt, openedAt }: BudgetWindow, lengthMs: number): number =>
  (seenAt ?? openedAt) + lengthMs;

/** Opened anew once it is surely over; what is in flight and what was never answered may count in the new one. */
export const rollWindow = (
  window: BudgetWindow,
  lengthMs: number,
  inFlight: number,
  now: number,
): BudgetWindow =>
  now < windowEnd(window, lengthMs)
    ? window
    : { ...openWindow(window.limit, now), left: window.limit - inFlight - window.unseen };

/** What an answer said. */
export interface Stated {
  remaining: number;
  /** Calls, in flight or ended, that Xero may have counted after it. */
  uncounted: number;
  /** When Xero had surely counted it. */
  countedBy: number;
}

/** As many as are in flight together. */
const fewCalls = 5;

export function noteRemaining(
  window: BudgetWindow,
  { remaining, uncounted, countedBy }: Stated,
): BudgetWindow {
  const atLeast = remaining - uncounted;
  // More than we believed: a new window has begun. Lost answers could hide that, so they count as a sign of it too:
  // believing in a new window too early only makes us wait longer for the next.
  // Nothing was left and nothing is: that is the same window, whatever was lost in it.
  const isSpent = remaining <= 0 && window.left <= 0;
  const isNew = !isSpent && atLeast + window.unseen > window.left;
  // No more were counted than are in flight together: the window may just have begun, even where that is no surprise.
  const mayBeNew = remaining + fewCalls >= window.limit;
  const seenAt = window.seenAt ?? countedBy;
  return {
    ...window,
    limit: Math.max(window.limit, remaining),
    left: Math.min(remaining, Math.max(window.left, atLeast)),
    seenAt: isNew || mayBeNew ? Math.max(seenAt, countedBy) : seenAt,
  };
}

/** Nothing remains until then: Xero said so, and what was never answered before it belongs to this window. */
export const exhaust = (window: BudgetWindow, untilAt: number, lengthMs: number): BudgetWindow => ({
  ...window,
  left: Math.min(window.left, 0),
  unseen: 0,
  seenAt: untilAt - lengthMs,
});
