/** When an exporter runs by itself: a wall-clock rule and its time zone, as people choose it and as it is stored. */
import { z } from 'zod';
import { route } from './route.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Whole parts of a day, so that every day has the same times. */
export const hourSteps = [2, 3, 4, 6, 8, 12] as const;

/** Every month has at least twenty days from Monday to Friday. */
export const lastWorkingDay = 20;

const zoneSchema = z
  .string()
  .max(60)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/, 'must be a time zone such as Europe/London');
const atSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 07:00');
const whole = (least: number, most: number) => {
  const problem = `must be a whole number from ${least} to ${most}`;
  return z.int(problem).min(least, problem).max(most, problem);
};
const lastOr = (least: number, most: number) =>
  z.union([whole(least, most), z.literal('last')], {
    error: `must be a whole number from ${least} to ${most}, or last`,
  });
/** Of every cadence but hourly and cron. */
const timed = { at: atSchema, zone: zoneSchema };

/**
 * The first time that a zone's clock shows the wanted time or a later one is when it runs: a time that summer time skips
 * runs once, when the clock goes on; one that comes twice runs once, the first time. Hourly counts real hours.
 */
export const scheduleSchema = z
  .discriminatedUnion(
    'cadence',
    [
      /** Each time that the clock shows this minute. */
      z.strictObject({ cadence: z.literal('hourly'), minute: whole(0, 59), zone: zoneSchema }),
      /** At this time and every so many hours from it, round the day. */
      z.strictObject({
        cadence: z.literal('every-hours'),
        hours: z.literal([...hourSteps], `must be one of ${hourSteps.join(', ')}`),
        ...timed,
      }),
      z.strictObject({ cadence: z.literal('daily'), ...timed }),
      /** Monday to Friday. */
      z.strictObject({ cadence: z.literal('weekdays'), ...timed }),
      z.strictObject({
        cadence: z.literal('weekly'),
        days: z
          .array(z.enum(weekdays, `must be one of ${weekdays.join(', ')}`))
          .min(1, 'must name at least one day')
          .max(7)
          .refine((days) => new Set(days).size === days.length, 'names a day twice'),
        ...timed,
      }),
      /** A month that has no such day runs on its last. */
      z.strictObject({ cadence: z.literal('monthly'), day: lastOr(1, 31), ...timed }),
      /** The nth day from Monday to Friday of each month, or its last such day. Public holidays are not known. */
      z.strictObject({ cadence: z.literal('working-day'), nth: lastOr(1, lastWorkingDay), ...timed }),
      /** Minute, hour, day of the month, month, day of the week. */
      z.strictObject({
        cadence: z.literal('cron'),
        expression: z.string().trim().min(1, 'is empty').max(100),
        zone: zoneSchema,
      }),
    ],
    {
      error:
        'must be hourly, every-hours, daily, weekdays, weekly, monthly, working-day or cron, with its own fields',
    },
  )
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof scheduleSchema>;
export type Cadence = Schedule['cadence'];

export const scheduleViewSchema = z
  .object({
    rule: scheduleSchema,
    /** "Every weekday at 07:00 Europe/London". */
    words: z.string(),
    /** The three times that come next, by the zone's clock: "Mon 23 Nov 2026 07:00 GMT"; none while nothing would run. */
    next: z.array(z.object({ at: z.iso.datetime(), words: z.string() })).max(3),
  })
  .meta({ id: 'ScheduleView' });
export type ScheduleView = z.infer<typeof scheduleViewSchema>;

export const scheduleRoutes = {
  previewSchedule: route({
    id: 'previewSchedule',
    method: 'POST',
    path: '/api/v1/schedules/preview',
    summary: 'A schedule in words, with the times that would come next. Nothing is saved.',
    params: null,
    query: null,
    body: z.strictObject({ schedule: scheduleSchema }),
    answer: scheduleViewSchema,
    status: 200,
  }),
} as const;
