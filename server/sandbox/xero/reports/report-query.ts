/** The parameters that reports share: dates, periods to compare with, and their length (xero-api.md 4.2, 2026-11-20). */
import type { Query } from '../accounting/query.ts';
import { validationRefused } from '../accounting/refusal.ts';
import { type Day, parseDay } from '../json/wire-dates.ts';

/** Undefined when absent; what is no date is refused. */
export function dayParameter(query: Query, name: string): Day | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === null) throw validationRefused(`Invalid ${name}: '${text}'`);
  return day;
}

/** 1 to 11 earlier periods, undefined when absent. */
export function periodsParameter(query: Query): number | undefined {
  const text = query.get('periods');
  if (text === undefined) return undefined;
  const periods = Number(text);
  if (!Number.isInteger(periods) || periods < 1 || periods > 11)
    throw validationRefused('The periods parameter must be between 1 and 11.');
  return periods;
}

const MONTHS_PER_PERIOD: Record<string, number> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Months in a `timeframe`; a month where none is given. */
export function monthsPerPeriod(query: Query): number {
  const timeframe = (query.get('timeframe') ?? 'MONTH').toUpperCase();
  const months = MONTHS_PER_PERIOD[timeframe];
  if (months === undefined) throw validationRefused(`Invalid timeframe: '${timeframe}'`);
  return months;
}
