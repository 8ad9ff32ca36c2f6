/** Serial numbers, the dates of spreadsheets: days since 30 December 1899, the fraction is the time of day, no zone. */
import { IANAZone } from 'luxon';
import { daysOf, instantOf } from './dates.ts';

const DAY_MS = 86_400_000;
/** Days from 30 December 1899 to 1 January 1970. */
const EPOCH_SERIAL = 25_569;

/** `2026-11-20` → 46346 (google-platform.md section 5.4). Undefined when the text is no day of the calendar. */
export function serialOfDate(date: string): number | undefined {
  const days = daysOf(date);
  return days === undefined ? undefined : days + EPOCH_SERIAL;
}

/**
 * An ISO instant as the clock on the wall of `timeZone` shows it. Undefined when the text is no instant. An unknown zone
 * counts as UTC.
 */
export function serialOfInstant(instant: string, timeZone: string): number | undefined {
  const at = instantOf(instant);
  if (at === undefined) return undefined;
  const zone = IANAZone.create(timeZone);
  return (at + (zone.isValid ? zone.offset(at) * 60_000 : 0)) / DAY_MS + EPOCH_SERIAL;
}
