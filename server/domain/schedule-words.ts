/** A schedule and its times as people read them, in British English, always with the zone. */
import { DateTime } from 'luxon';
import { type Schedule, type Weekday, weekdays } from '../../shared/contract/schedule.ts';

/** "Every weekday at 07:00 Europe/London". */
export function scheduleWords(schedule: Schedule): string {
  return `${cadenceWords(schedule)} ${schedule.zone.replaceAll('_', ' ')}`;
}

/** "Mon 23 Nov 2026 07:00 GMT": the slot in its zone. */
export function slotWords(slot: number, zone: string): string {
  const at = DateTime.fromMillis(slot, { zone }).setLocale('en-GB');
  return `${at.toFormat('ccc d LLL yyyy HH:mm')} ${zoneWords(slot, zone)}`;
}

function cadenceWords(schedule: Schedule): string {
  switch (schedule.cadence) {
    case 'hourly':
      return schedule.minute === 0
        ? 'Every hour on the hour,'
        : `Every hour at ${schedule.minute} ${schedule.minute === 1 ? 'minute' : 'minutes'} past,`;
    case 'every-hours':
      return `Every ${schedule.hours} hours, counted from ${schedule.at}`;
    case 'daily':
      return `Every day at ${schedule.at}`;
    case 'weekdays':
      return `Every weekday at ${schedule.at}`;
    case 'weekly':
      return `Every ${listed(weekdays.filter((day) => schedule.days.includes(day)).map(dayName))} at ${schedule.at}`;
    case 'monthly':
      return `${monthDayWords(schedule.day)} at ${schedule.at}`;
    case 'working-day':
      return `On the ${schedule.nth === 'last' ? 'last' : ordinal(schedule.nth)} working day of each month at ${schedule.at}`;
    case 'cron':
      return `By cron ${schedule.expression.trim().split(/\s+/).join(' ')},`;
  }
}

function monthDayWords(day: number | 'last'): string {
  if (day === 'last') return 'On the last day of each month';
  const words = `On the ${ordinal(day)} of each month`;
  return day > 28 ? `${words}, or its last day,` : words;
}

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const dayName = (day: Weekday): string => dayNames[day];

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function ordinal(number: number): string {
  const isTeen = number > 10 && number < 14;
  const ending = isTeen ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10];
  return `${number}${ending ?? 'th'}`;
}

/** Each knows the short names of its own part of the world; the others say "GMT+13". */
const locales = ['en-GB', 'en-NZ', 'en-AU', 'en-US', 'en-ZA', 'en-IN'];

function zoneWords(slot: number, timeZone: string): string {
  const names = locales.map(
    (locale) =>
      new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })
        .formatToParts(slot)
        .find(({ type }) => type === 'timeZoneName')?.value ?? '',
  );
  return names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0] ?? '';
}
