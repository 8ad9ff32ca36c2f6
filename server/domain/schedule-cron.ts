/** The five fields of a cron expression. cron-parser reads them; when they come true is counted as for every schedule. */
import { CronExpressionParser } from 'cron-parser';

export interface CronFields {
  minutes: number[];
  hours: number[];
  /** 1 to 31. */
  monthDays: ReadonlySet<number>;
  isLastDay: boolean;
  months: ReadonlySet<number>;
  /** 0 is Sunday. */
  weekDays: ReadonlySet<number>;
  /** Both kinds of day are restricted: either is enough, as cron has it (crontab(5)). */
  isEitherDay: boolean;
}

/** Undefined when it is no expression of five fields with numbers, names, `*`, lists, ranges and steps; `L` as a day of the month. */
export function readCron(expression: string): CronFields | undefined {
  const parts = expression.trim().split(/\s+/);
  const isPlain = parts.every((part, at) =>
    (at === 2 ? /^([\d*,/-]+|L)$/i : at > 2 ? /^[\da-z*,/-]+$/i : /^[\d*,/-]+$/).test(part),
  );
  // Its own extras are left out: `H` is another minute each time, and `#` and `5L` are not read by it but skipped.
  if (parts.length !== 5 || !isPlain || /\dL|^L/i.test(parts[4] ?? '')) return undefined;
  const [minute = '', hour = '', monthDay = '', month = '', weekDay = ''] = parts;
  // Dates apart from months: it calls a date that never comes no expression at all.
  const times = fieldsOf(`${minute} ${hour} * * ${weekDay}`);
  const dates = fieldsOf(`0 0 ${monthDay} * *`);
  const year = fieldsOf(`0 0 * ${month} *`);
  if (times === undefined || dates === undefined || year === undefined) return undefined;
  return {
    minutes: numbersOf(times.minute.values),
    hours: numbersOf(times.hour.values),
    monthDays: new Set(numbersOf(dates.dayOfMonth.values)),
    isLastDay: dates.dayOfMonth.values.some((value) => value === 'L'),
    months: new Set(numbersOf(year.month.values)),
    weekDays: new Set(numbersOf(times.dayOfWeek.values).map((day) => day % 7)),
    isEitherDay: !monthDay.startsWith('*') && !weekDay.startsWith('*'),
  };
}

function fieldsOf(expression: string) {
  try {
    return CronExpressionParser.parse(expression).fields;
  } catch {
    return undefined; // Its messages are for programmers; the caller names the field and the fix.
  }
}

const numbersOf = (values: readonly unknown[]): number[] =>
  values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
