/**
 * When a schedule should run, found another way than the product does: the zone's clock is read from Intl every six hours of
 * twenty years, days are JavaScript's, and every slot is looked for among all stretches of one offset.
 */
import type { Schedule, Weekday } from '../../shared/contract/schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface Stretch {
  from: number;
  until: number;
  offset: number;
}

/** The zone's offsets from `from` to `until`. */
export function stretchesOf(zone: string, from: number, until: number): Stretch[] {
  const shown = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const offsetAt = (at: number): number => {
    // "11/21/2026, 03:04:05"
    const [month, date, year, h, m, s] = (shown.format(at).match(/\d+/g) ?? []).map(Number) as number[];
    return Date.UTC(Number(year), Number(month) - 1, date, h, m, s) - Math.floor(at / 1000) * 1000;
  };
  const stretches: Stretch[] = [];
  let open: Stretch = { from, until, offset: offsetAt(from) };
  for (let at = from; at < until; at += 6 * hour) {
    const next = Math.min(at + 6 * hour, until);
    if (offsetAt(next) === open.offset) continue;
    let [before, after] = [at, next];
    while (after - before > 1000) {
      const middle = Math.floor((before + after) / 2000) * 1000;
      if (offsetAt(middle) === open.offset) before = middle;
      else after = middle;
    }
    stretches.push({ ...open, until: after });
    open = { from: after, until, offset: offsetAt(after) };
  }
  return [...stretches, open];
}

/** Every slot later than `after` and not later than `until`, ascending; the stretches begin two days before and end two after. */
export function slotsOf(
  schedule: Schedule,
  stretches: readonly Stretch[],
  after: number,
  until: number,
): number[] {
  const isHourly =
    schedule.cadence === 'hourly' ||
    (schedule.cadence === 'cron' && schedule.expression.split(' ')[1] === '*');
  const slots = isHourly ? everyHour(schedule, stretches) : everyDay(schedule, stretches);
  return [...new Set(slots)].filter((slot) => slot > after && slot <= until).sort((a, b) => a - b);
}

function everyHour(schedule: Schedule, stretches: readonly Stretch[]): number[] {
  const slots: number[] = [];
  for (const { from, until, offset } of stretches)
    for (let local = Math.floor((from + offset) / hour) * hour; local < until + offset; local += hour)
      for (const at of minutesOfHour(schedule)) {
        const slot = local + at * minute - offset;
        if (slot >= from && slot < until && isDay(schedule, new Date(local))) slots.push(slot);
      }
  return slots;
}

function everyDay(schedule: Schedule, stretches: readonly Stretch[]): number[] {
  const slots: number[] = [];
  const [first, last] = [stretches[0] as Stretch, stretches.at(-1) as Stretch];
  let at = 0;
  for (let date = Math.floor(first.from / day) * day + day; date < last.until - day; date += day) {
    if (!isDay(schedule, new Date(date))) continue;
    // Stretches that ended days ago show no later time any more.
    while ((stretches[at] as Stretch).until < date - 3 * day) at += 1;
    for (const time of timesOf(schedule)) {
      const wanted = date + time * minute;
      const near = stretches.slice(at).map(({ from, until, offset }) => {
        const instant = Math.max(from, wanted - offset);
        return instant < until ? instant : Number.POSITIVE_INFINITY;
      });
      slots.push(Math.min(...near));
    }
  }
  return slots;
}

const names: Record<Weekday, number> = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 };

function isDay(schedule: Schedule, date: Date): boolean {
  const dayOfWeek = date.getUTCDay();
  const lastDate = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const isWorking = (one: number): boolean => {
    const at = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), one)).getUTCDay();
    return at !== 0 && at !== 6;
  };
  switch (schedule.cadence) {
    case 'hourly':
    case 'every-hours':
    case 'daily':
      return true;
    case 'weekdays':
      return isWorking(date.getUTCDate());
    case 'weekly':
      return schedule.days.some((name) => names[name] === dayOfWeek);
    case 'monthly':
      return date.getUTCDate() === (schedule.day === 'last' ? lastDate : Math.min(schedule.day, lastDate));
    case 'working-day': {
      const dates = Array.from({ length: lastDate }, (_, at) => at + 1).filter(isWorking);
      return date.getUTCDate() === dates.at(schedule.nth === 'last' ? -1 : schedule.nth - 1);
    }
    case 'cron':
      return cronDay(schedule.expression, date, lastDate);
  }
}

/** Of the expressions that tests use: plain numbers, lists, `*` and `L`. */
function cronDay(expression: string, date: Date, lastDate: number): boolean {
  const [, , dates = '*', months = '*', days = '*'] = expression.split(' ');
  const has = (list: string, value: number): boolean => list.split(',').map(Number).includes(value);
  if (months !== '*' && !has(months, date.getUTCMonth() + 1)) return false;
  const isDate = dates === 'L' ? date.getUTCDate() === lastDate : has(dates, date.getUTCDate());
  const isDayOfWeek = has(days, date.getUTCDay());
  if (dates === '*' && days === '*') return true;
  if (dates === '*') return isDayOfWeek;
  if (days === '*') return isDate;
  return isDate || isDayOfWeek;
}

function timesOf(schedule: Schedule): number[] {
  if (schedule.cadence === 'hourly') return [];
  if (schedule.cadence === 'cron') {
    const [minutes = '', hours = ''] = schedule.expression.split(' ');
    return hours.split(',').flatMap((h) => minutes.split(',').map((m) => Number(h) * 60 + Number(m)));
  }
  const [h = 0, m = 0] = schedule.at.split(':').map(Number);
  const at = h * 60 + m;
  if (schedule.cadence !== 'every-hours') return [at];
  const { hours } = schedule;
  return Array.from({ length: 24 / hours }, (_, number) => (at + number * hours * 60) % 1440);
}

const minutesOfHour = (schedule: Schedule): number[] =>
  schedule.cadence === 'cron'
    ? (schedule.expression.split(' ')[0] ?? '').split(',').map(Number)
    : schedule.cadence === 'hourly'
      ? [schedule.minute]
      : [];
