/**
 * What may be sent in any minute under a limit whose windows we cannot see: the whole app's calls to Xero, a project's and a
 * person's calls to Google. Pure decisions.
 *
 * Wherever the other side's minutes begin, none of them holds more than the limit, because no stretch of a minute does. Calls
 * are granted for now and sent at once; a call may come to the other side up to `lateMs` after its grant, so the stretch that is
 * counted is longer by that. Grants are kept by spans of time, not one by one: the document stays small.
 */
import { z } from 'zod';
import type { Priority } from './budget.ts';

export const allowanceSchema = z.object({
  v: z.literal(1),
  /** Number, since the epoch, of the first span in `granted`. */
  firstSpan: z.int(),
  /** Calls granted in each span, oldest first. */
  granted: z.array(z.int()),
  /** Those who were told to come later have their turns until then. */
  lineEndsAt: z.number(),
  /** Set by a refusal: nothing is granted before. */
  blockedUntil: z.number(),
});
export type Allowance = z.infer<typeof allowanceSchema>;

export interface AllowanceRules {
  /** Calls in any minute. */
  limit: number;
  spanMs: number;
  /** From the grant of a call until it has surely been counted at the other side. */
  lateMs: number;
  /** Shares of the limit that are left to those who come first. */
  kept: Record<Priority, number>;
  /** A line that is no longer than this is waited for in place. */
  burstMs: number;
}

const minuteMs = 60_000;

export const newAllowance: Allowance = {
  v: 1,
  firstSpan: 0,
  granted: [],
  lineEndsAt: 0,
  blockedUntil: 0,
};

export type Grant =
  | { kind: 'granted'; allowance: Allowance; calls: number }
  | { kind: 'wait'; allowance: Allowance; untilAt: number };

/** At least one call and at most what is asked, to be sent at once; or when there will be one. */
export function grant(
  rules: AllowanceRules,
  stored: Allowance,
  { calls, priority, now }: { calls: number; priority: Priority; now: number },
): Grant {
  const allowance = brought(rules, stored, now);
  if (now < allowance.blockedUntil) return { kind: 'wait', allowance, untilAt: allowance.blockedUntil };
  const most = rules.limit - Math.ceil(rules.limit * rules.kept[priority]);
  const used = allowance.granted.reduce((sum, count) => sum + count, 0);
  if (used >= most) return { kind: 'wait', allowance, untilAt: freeAt(rules, allowance, used - most + 1) };
  const given = Math.min(calls, most - used);
  const at = spanOf(rules, now) - allowance.firstSpan;
  const granted = Array.from({ length: Math.max(at + 1, allowance.granted.length) }, (_, index) =>
    index === at ? (allowance.granted[index] ?? 0) + given : (allowance.granted[index] ?? 0),
  );
  return { kind: 'granted', allowance: { ...allowance, granted }, calls: given };
}

/**
 * A turn in the line for work of so many calls, at the pace that the limit allows: `at` is now while the line is short. Nothing
 * is granted by it; it only spreads those who would all come at once.
 */
export function takeTurn(
  rules: AllowanceRules,
  stored: Allowance,
  { calls, now }: { calls: number; now: number },
): { allowance: Allowance; at: number } {
  const allowance = brought(rules, stored, now);
  const begins = Math.max(allowance.lineEndsAt, now, allowance.blockedUntil);
  const at = begins - now <= rules.burstMs && now >= allowance.blockedUntil ? now : begins;
  return { allowance: { ...allowance, lineEndsAt: begins + Math.ceil(calls / paceOf(rules)) }, at };
}

/** The other side refused: nothing more until then. */
export const blockAllowance = (stored: Allowance, untilAt: number): Allowance =>
  untilAt <= stored.blockedUntil ? stored : { ...stored, blockedUntil: untilAt };

/** Calls a millisecond that never run into the limit, with what is kept for people left alone. */
const paceOf = (rules: AllowanceRules): number =>
  (rules.limit * (1 - rules.kept.scheduled)) / (spansIn(rules) * rules.spanMs);

/** How many spans have to be looked at together, so that every stretch of a minute lies within them, lateness included. */
const spansIn = ({ spanMs, lateMs }: AllowanceRules): number =>
  Math.ceil((minuteMs + lateMs + spanMs) / spanMs);

const spanOf = ({ spanMs }: AllowanceRules, at: number): number => Math.floor(at / spanMs);

/** Without the spans that are over. Grants of a clock that has been set back since count as of now. */
function brought(rules: AllowanceRules, stored: Allowance, now: number): Allowance {
  const present = spanOf(rules, now);
  const first = present - spansIn(rules) + 1;
  const granted: number[] = [];
  for (let index = Math.max(0, first - stored.firstSpan); index < stored.granted.length; index += 1) {
    const at = Math.min(stored.firstSpan + index, present) - first;
    granted[at] = (granted[at] ?? 0) + (stored.granted[index] ?? 0);
  }
  return {
    ...stored,
    firstSpan: first,
    granted: Array.from(granted, (count) => count ?? 0),
    // As far as a minute's refusal and a morning's line can reach; what is further was told by another clock.
    lineEndsAt: stored.lineEndsAt > now + longestLineMs ? now : stored.lineEndsAt,
    blockedUntil: stored.blockedUntil > now + longestBlockMs ? now : stored.blockedUntil,
  };
}

const longestLineMs = 24 * 60 * minuteMs;
const longestBlockMs = 60 * minuteMs;

/** The end of the last of the oldest spans that must go before so many calls are free. */
function freeAt(rules: AllowanceRules, { firstSpan, granted }: Allowance, calls: number): number {
  let freed = 0;
  const index = granted.findIndex((count) => {
    freed += count;
    return freed >= calls;
  });
  return (firstSpan + Math.max(index, 0) + spansIn(rules)) * rules.spanMs;
}
