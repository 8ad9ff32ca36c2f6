/** Whether a schedule can be kept: what its shape alone does not say. */
import type { Schedule } from '../../shared/contract/schedule.ts';
import { UserError } from '../errors.ts';
import { nextSlot } from './schedule.ts';
import { readCron } from './schedule-cron.ts';
import { ruleOf } from './schedule-rule.ts';
import { zoneNamed } from './zone-clock.ts';

/** An organisation has 1,000 calls a day in Xero's smallest plan: about ten for each quarter of an hour. */
const closestMinutes = 15;

/** The schedule with its zone's name as the rules write it. UserError `INVALID_INPUT` with the field below `schedule` and the fix. */
export function checkSchedule(schedule: Schedule, now: number): Schedule {
  const zone = zoneNamed(schedule.zone);
  if (zone === undefined)
    throw refuse('zone', 'is not a time zone that is known here, such as Europe/London');
  const checked = { ...schedule, zone };
  if (checked.cadence === 'cron') checkCron(checked, now);
  return checked;
}

function checkCron(schedule: Schedule & { cadence: 'cron' }, now: number): void {
  const fields = readCron(schedule.expression);
  if (fields === undefined)
    throw refuse(
      'expression',
      'must be five fields (minute, hour, day of the month, month, day of the week), such as 0 7 * * 1-5',
    );
  if (closest(schedule) < closestMinutes)
    throw refuse('expression', `must leave ${closestMinutes} minutes between two times`);
  if (nextSlot(schedule, now) === null) throw refuse('expression', 'names a date that never comes');
}

/** Between two times of a day or over midnight, in minutes; around the hour for what runs every hour. */
function closest(schedule: Schedule): number {
  const rule = ruleOf(schedule);
  if (rule === undefined || rule.on.values.length < 2) return Number.POSITIVE_INFINITY;
  const { kind, values } = rule.on;
  const round = kind === 'times' ? 1440 : 60;
  return Math.min(...values.map((value, at) => (values[at + 1] ?? (values[0] as number) + round) - value));
}

const refuse = (field: string, problem: string): UserError =>
  new UserError('INVALID_INPUT', { field: `schedule.${field}`, problem });
