/** When a grant ends by itself, as far as that is known. */
import type { Grant, Provider } from './grant.ts';
import { consentWarningDays } from './notice.ts';

const dayMs = 86_400_000;

/**
 * How long a refresh token lives without use: Xero's 60 days (xero-api.md 1.2, 2026-11-20), Google's six months
 * (google-platform.md 4.4). Renewal each week keeps both alive; only where it fails for long do they come near.
 */
export const idleLifeMs: Readonly<Record<Provider, number>> = { xero: 60 * dayMs, google: 180 * dayMs };

/** By idleness, or when the provider said: apps in testing get seven days from Google, and people can give access for a time. */
export const endOf = ({ provider, refreshedAt, endsAt }: Grant): number =>
  Math.min(refreshedAt + idleLifeMs[provider], endsAt ?? Number.POSITIVE_INFINITY);

/**
 * Of 14, 7 and 1 days the nearest that has come; undefined before the first and after the end. Whoever gave access for a week
 * is not told a week before that it ends in a week.
 */
export function warningOf(grant: Grant, now: number): (typeof consentWarningDays)[number] | undefined {
  const end = endOf(grant);
  if (end <= now) return undefined;
  const given = end - (grant.consentedAt ?? grant.refreshedAt);
  return consentWarningDays.findLast((days) => end - now <= days * dayMs && days * dayMs < given - dayMs / 2);
}
