/** Days of the calendar by arithmetic alone, counted from 1970-01-01: fast enough to look through years of them. */

export interface CalendarDay {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekDay: number;
}

/** Howard Hinnant's civil_from_days: eras of 400 years that begin in March. */
export function calendarDay(number: number): CalendarDay {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    weekDay: (((number + 4) % 7) + 7) % 7,
  };
}

export function lastDayOf({ year, month }: Pick<CalendarDay, 'year' | 'month'>): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Monday to Friday. */
export const isWorkingDay = ({ weekDay }: Pick<CalendarDay, 'weekDay'>): boolean => weekDay % 6 !== 0;

/** The day of the month that is its nth, or last, from Monday to Friday. `nth` is at most 20. */
export function workingDayOfMonth(of: CalendarDay, nth: number | 'last'): number {
  const weekDayOf = (day: number): number => (((of.weekDay + day - of.day) % 7) + 7) % 7;
  if (nth === 'last') {
    let day = lastDayOf(of);
    while (!isWorkingDay({ weekDay: weekDayOf(day) })) day -= 1;
    return day;
  }
  let day = 0;
  for (let left = nth; left > 0; ) {
    day += 1;
    if (isWorkingDay({ weekDay: weekDayOf(day) })) left -= 1;
  }
  return day;
}
