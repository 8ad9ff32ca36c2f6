/** Xero's limits as its answers state them: what remains, and how long a 429 asks us to stay away. */
import type { HttpResponse } from '../domain/http-message.ts';
import { WaitError } from '../errors.ts';
import type { XeroRemaining } from '../ports.ts';

/** Every answer carries the three headers, errors too (xero-api.md section 2, 2026-11-20); absent or odd: undefined. */
export const remainingOf = ({ headers }: HttpResponse): XeroRemaining => ({
  minute: countOf(headers['x-minlimit-remaining']),
  day: countOf(headers['x-daylimit-remaining']),
  appMinute: countOf(headers['x-appminlimit-remaining']),
});

/**
 * Which limit a 429 is about, and until when. The problem's name is compared by substring in any case (mocks say "daily",
 * "DayLimit"); an unknown name is judged by the wait it asks for. Without a usable Retry-After (missing, zero, negative,
 * not a number or date) the limit's own default holds, and no wait is longer than its ceiling: never a tight loop, never
 * for ever. A 429 that states nothing at all means concurrency.
 */
export function limitError(response: HttpResponse, now: number, jitterMs: number): WaitError {
  const problem = response.headers['x-rate-limit-problem'] ?? '';
  const askedMs = retryAfterMs(response.headers['retry-after'], now);
  const form = forms.find(({ named }) => named.test(problem)) ?? unnamed(askedMs);
  const waitMs = Math.min(askedMs ?? form.defaultMs, form.ceilingMs);
  return new WaitError(form.code, now + waitMs + (form === concurrent ? jitterMs : 0));
}

interface LimitForm {
  named: RegExp;
  code: 'XERO_BUSY' | 'XERO_MINUTE_LIMIT' | 'XERO_DAY_LIMIT' | 'XERO_APP_LIMIT';
  defaultMs: number;
  ceilingMs: number;
}

const minutes = 60_000;
const concurrent: LimitForm = { named: /concurren/i, code: 'XERO_BUSY', defaultMs: 250, ceilingMs: 10_000 };
const perMinute: LimitForm = {
  named: /min/i,
  code: 'XERO_MINUTE_LIMIT',
  defaultMs: minutes,
  ceilingMs: 60 * minutes,
};
const perDay: LimitForm = {
  named: /da[yi]/i,
  code: 'XERO_DAY_LIMIT',
  defaultMs: 60 * minutes,
  ceilingMs: 25 * 60 * minutes,
};
/** "appminute" holds "minute" too, so it is asked for before. */
const forms: readonly LimitForm[] = [
  { named: /app/i, code: 'XERO_APP_LIMIT', defaultMs: minutes, ceilingMs: 60 * minutes },
  concurrent,
  perDay,
  perMinute,
];

const unnamed = (askedMs: number | undefined): LimitForm => {
  if (askedMs === undefined) return concurrent;
  return askedMs > 5 * minutes ? perDay : perMinute;
};

function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return ms > 0 ? ms : undefined;
}

const countOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,9}$/.test(value.trim()) ? Number(value) : undefined;
