/**
 * When a schedule's slots are: pure, from its rule, its zone and the instant after which to look.
 *
 * One policy for every cadence. A slot is the first instant at which the zone's clock shows the wanted time or a later one:
 * a time that is skipped runs once, at the first valid instant; a time that comes twice runs once, the first time; two
 * that fall on one instant are one slot. Hourly (and cron at every hour) counts real hours instead: each time that the
 * clock shows the minute, so that no hour is doubled or missing when summer time begins or ends. Where a zone moves by
 * half an hour (Lord Howe Island), the minute on the clock is kept and that one distance is 30 or 90 minutes.
 */
import type { Schedule } from '../../shared/contract/schedule.ts';
import { calendarDay } from './calendar-day.ts';
import { type Rule, ruleOf } from './schedule-rule.ts';
import { dayMs, minuteMs, type ZoneClock, zoneClock } from './zone-clock.ts';

/** A 29 February on one day of the week comes every 28 years, or 40 around 2100. */
const furthestDays = 41 * 366;

/** The first slot later than `after`, in ms; null when none comes within 41 years, which no saved schedule does. */
export function nextSlot(schedule: Schedule, after: number): number | null {
  const rule = ruleKept(schedule);
  if (rule === undefined) return null;
  const clock = zoneClock(schedule.zone);
  return rule.on.kind === 'times' ? nextTime(rule, clock, after) : nextMinute(rule, clock, after);
}

/** The next `count` slots after `after`, ascending. */
export function nextSlots(schedule: Schedule, after: number, count: number): number[] {
  const slots: number[] = [];
  for (let last = after; slots.length < count; ) {
    const slot = nextSlot(schedule, last);
    if (slot === null) break;
    slots.push(slot);
    last = slot;
  }
  return slots;
}

/**
 * Before a slot its zone shows an earlier time than the wanted one, so no day before today has a slot to come; and later
 * wall times are never earlier instants.
 */
function nextTime({ isDay, on }: Rule, clock: ZoneClock, after: number): number | null {
  const today = dayNumber(after, clock);
  for (let number = today; number < today + furthestDays; number += 1) {
    if (!isDay(calendarDay(number))) continue;
    for (const time of on.values) {
      const slot = clock.firstAt(number * dayMs + time * minuteMs);
      if (slot > after) return slot;
    }
  }
  return null;
}

function nextMinute({ isDay, on }: Rule, clock: ZoneClock, after: number): number | null {
  const end = after + furthestDays * dayMs;
  for (let at = after + 1; at < end; ) {
    const { until, offset } = clock.stretchAt(at);
    const slot = minuteIn(isDay, on.values, at + offset, until + offset);
    if (slot !== undefined) return slot - offset;
    at = until;
  }
  return null;
}

/** The first wanted minute from `from` on and before `until`, both local. */
function minuteIn(
  isDay: Rule['isDay'],
  minutes: readonly number[],
  from: number,
  until: number,
): number | undefined {
  for (let at = from; at < until; ) {
    const number = Math.floor(at / dayMs);
    if (!isDay(calendarDay(number))) {
      at = (number + 1) * dayMs;
      continue;
    }
    const hour = Math.floor(at / hourMs) * hourMs;
    const minute = minutes.find((one) => hour + one * minuteMs >= at);
    if (minute !== undefined && hour + minute * minuteMs < until) return hour + minute * minuteMs;
    at = hour + hourMs;
  }
  return undefined;
}

const hourMs = 60 * minuteMs;

const dayNumber = (instant: number, clock: ZoneClock): number =>
  Math.floor((instant + clock.stretchAt(instant).offset) / dayMs);

/** Reading cron fields costs more than counting with them: one rule per schedule as it is asked for again. */
const kept = new WeakMap<Schedule, { rule: Rule | undefined }>();
function ruleKept(schedule: Schedule): Rule | undefined {
  const known = kept.get(schedule);
  if (known) return known.rule;
  const rule = ruleOf(schedule);
  kept.set(schedule, { rule });
  return rule;
}
