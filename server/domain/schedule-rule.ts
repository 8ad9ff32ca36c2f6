/** What a schedule asks for, in one form for every cadence: which days, and which times on them. */
import { type Schedule, weekdays } from '../../shared/contract/schedule.ts';
import { type CalendarDay, isWorkingDay, lastDayOf, workingDayOfMonth } from './calendar-day.ts';
import { type CronFields, readCron } from './schedule-cron.ts';

export interface Rule {
  isDay: (day: CalendarDay) => boolean;
  /** `times`: minutes since midnight, ascending. `minutes`: of every real hour, ascending. */
  on: { kind: 'times' | 'minutes'; values: readonly number[] };
}

/** Undefined for a cron expression that is none. */
export function ruleOf(schedule: Schedule): Rule | undefined {
  switch (schedule.cadence) {
    case 'hourly':
      return { isDay: everyDay, on: { kind: 'minutes', values: [schedule.minute] } };
    case 'every-hours': {
      const step = schedule.hours * 60;
      const first = minutesOf(schedule.at) % step;
      const values = Array.from({ length: 1440 / step }, (_, number) => first + number * step);
      return { isDay: everyDay, on: { kind: 'times', values } };
    }
    case 'daily':
      return daysAt(schedule.at, everyDay);
    case 'weekdays':
      return daysAt(schedule.at, isWorkingDay);
    case 'weekly': {
      const wanted = new Set(schedule.days.map((day) => (weekdays.indexOf(day) + 1) % 7));
      return daysAt(schedule.at, ({ weekDay }) => wanted.has(weekDay));
    }
    case 'monthly': {
      const wanted = schedule.day === 'last' ? 31 : schedule.day;
      return daysAt(schedule.at, (day) => day.day === Math.min(wanted, lastDayOf(day)));
    }
    case 'working-day': {
      const { nth } = schedule;
      return daysAt(schedule.at, (day) => day.day === workingDayOfMonth(day, nth));
    }
    case 'cron': {
      const fields = readCron(schedule.expression);
      return fields && cronRule(fields);
    }
  }
}

/** `07:30` → 450. */
export const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));

const everyDay = (): boolean => true;
const daysAt = (at: string, isDay: Rule['isDay']): Rule => ({
  isDay,
  on: { kind: 'times', values: [minutesOf(at)] },
});

/** Every hour of the day means every real hour, as `hourly` does. */
function cronRule(fields: CronFields): Rule {
  const { minutes, hours, monthDays, isLastDay, months, weekDays, isEitherDay } = fields;
  const isDay = (day: CalendarDay): boolean => {
    if (!months.has(day.month)) return false;
    const isMonthDay = monthDays.has(day.day) || (isLastDay && day.day === lastDayOf(day));
    const isWeekDay = weekDays.has(day.weekDay);
    return isEitherDay ? isMonthDay || isWeekDay : isMonthDay && isWeekDay;
  };
  if (hours.length === 24) return { isDay, on: { kind: 'minutes', values: minutes } };
  const values = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
  return { isDay, on: { kind: 'times', values } };
}
