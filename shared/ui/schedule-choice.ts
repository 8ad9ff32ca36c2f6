/** How a person's choice of a schedule moves: another cadence keeps what was chosen before where it still has a meaning. */
import {
  type Cadence,
  hourSteps,
  lastWorkingDay,
  type Schedule,
  type Weekday,
} from '../contract/schedule.ts';

export const cadenceWords: ReadonlyArray<readonly [Cadence, string]> = [
  ['hourly', 'Every hour'],
  ['every-hours', 'Every few hours'],
  ['daily', 'Every day'],
  ['weekdays', 'Every weekday, Monday to Friday'],
  ['weekly', 'Every week, on days I choose'],
  ['monthly', 'Every month, on a day'],
  ['working-day', 'Every month, on a working day'],
  ['cron', 'By a cron expression'],
];

export const dayWords: ReadonlyArray<readonly [Weekday, string, string]> = [
  ['mon', 'Mon', 'Monday'],
  ['tue', 'Tue', 'Tuesday'],
  ['wed', 'Wed', 'Wednesday'],
  ['thu', 'Thu', 'Thursday'],
  ['fri', 'Fri', 'Friday'],
  ['sat', 'Sat', 'Saturday'],
  ['sun', 'Sun', 'Sunday'],
];

export const hourWords: ReadonlyArray<readonly [string, string]> = hourSteps.map((hours) => [
  String(hours),
  `${hours} hours`,
]);
export const monthDayWords: ReadonlyArray<readonly [string, string]> = numbered(31, 'The last day');
export const workingDayWords: ReadonlyArray<readonly [string, string]> = numbered(
  lastWorkingDay,
  'The last working day',
);

/** What a new exporter is offered: before the office opens. */
export const usualSchedule = (zone: string): Schedule => ({ cadence: 'daily', at: '06:00', zone });

/** The schedule with another cadence; null: none. `zone` is taken when there was none. */
export function withCadence(
  before: Schedule | null,
  cadence: Cadence | null,
  usualZone: string,
): Schedule | null {
  if (cadence === null) return null;
  const zone = before?.zone ?? usualZone;
  const at = before !== null && 'at' in before ? before.at : '06:00';
  switch (cadence) {
    case 'hourly':
      return { cadence, minute: 0, zone };
    case 'every-hours':
      return { cadence, hours: 4, at, zone };
    case 'daily':
    case 'weekdays':
      return { cadence, at, zone };
    case 'weekly':
      return { cadence, days: ['mon'], at, zone };
    case 'monthly':
      return { cadence, day: 1, at, zone };
    case 'working-day':
      return { cadence, nth: 1, at, zone };
    case 'cron':
      return { cadence, expression: '0 6 * * 1-5', zone };
  }
}

/** In the order of the week, whatever was ticked first. */
export const withDay = (days: readonly Weekday[], day: Weekday, isChosen: boolean): Weekday[] =>
  dayWords.map(([one]) => one).filter((one) => (one === day ? isChosen : days.includes(one)));

/** Zones by their part of the world, as a browser knows them; `chosen` is among them even if it does not. */
export function zoneGroups(chosen: string): Array<readonly [string, string[]]> {
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
  const zones = [...new Set([...known, 'Etc/UTC', chosen])].sort();
  return [...Map.groupBy(zones, (zone) => zone.split('/')[0] ?? zone)];
}

/** "Argentina/Buenos Aires" of `America/Argentina/Buenos_Aires`. */
export const placeOf = (zone: string): string =>
  (zone.includes('/') ? zone.slice(zone.indexOf('/') + 1) : zone).replaceAll('_', ' ');

function numbered(most: number, last: string): Array<readonly [string, string]> {
  const numbers = Array.from({ length: most }, (_, at) => at + 1);
  return [...numbers.map((one) => [String(one), ordinal(one)] as const), ['last', last]];
}

function ordinal(number: number): string {
  const isTeen = number > 10 && number < 14;
  const ending = isTeen ? undefined : { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10];
  return `The ${number}${ending ?? 'th'}`;
}
