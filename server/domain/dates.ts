/**
 * Xero's dates, by arithmetic alone: no zone of any machine can move a day. An instant is milliseconds since the epoch;
 * a calendar date is `YYYY-MM-DD`, and in Xero it is the UTC date part (xero-api.md 6.1, 2026-11-20).
 */
import { calendarDay } from './calendar-day.ts';

const dayMs = 86_400_000;
/** .NET's dialect. The offset says nothing about the instant and is ignored. */
const dotNet = /^\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\/$/;
const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|([+-])(\d\d):?(\d\d))?)?$/;
/** 0001-01-01 and the end of 9999-12-31: what a calendar date of four digits can say. */
const firstInstant = -62_135_596_800_000;
const lastInstant = 253_402_300_799_999;

/** Milliseconds of `/Date(ms+0000)/`, ISO (no zone means UTC) or `yyyy-MM-dd HH:mm:ss`; undefined for anything else. */
export function instantOf(text: string): number | undefined {
  const stamp = dotNet.exec(text);
  const instant = stamp === null ? isoInstant(text) : Number(stamp[1]);
  return instant === undefined || instant < firstInstant || instant > lastInstant ? undefined : instant;
}

/** The calendar date that a Xero date means: the UTC date part of its instant. */
export function dateOf(text: string): string | undefined {
  const instant = instantOf(text);
  return instant === undefined ? undefined : dateOfInstant(instant);
}

/** `YYYY-MM-DD` of an instant, in UTC. */
export const dateOfInstant = (instant: number): string => dateOfDays(Math.floor(instant / dayMs));

/** `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export function isoOf(instant: number): string {
  const ms = ((instant % dayMs) + dayMs) % dayMs;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  return `${dateOfInstant(instant)}T${clock}.${String(ms % 1000).padStart(3, '0')}Z`;
}

/** Days from 1970-01-01 to a calendar date (negative before); undefined when there is no such day. */
export function daysOf(date: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  return match === null ? undefined : civilDays(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The calendar date that many days after 1970-01-01. */
export function dateOfDays(days: number): string {
  const { year, month, day } = calendarDay(days);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isoInstant(text: string): number | undefined {
  const match = iso.exec(text);
  if (match === null) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const days = civilDays(part(1), part(2), part(3));
  if (days === undefined || part(4) > 23 || part(5) > 59 || part(6) > 59 || part(11) > 59) return undefined;
  const fraction = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000 + 1e-6);
  const offset = (part(10) * 60 + part(11)) * (match[9] === '-' ? -1 : 1);
  return days * dayMs + (part(4) * 60 + part(5) - offset) * 60_000 + part(6) * 1000 + fraction;
}

function civilDays(year: number, month: number, day: number): number | undefined {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  const there = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return dateOfDays(days) === there ? days : undefined;
}
