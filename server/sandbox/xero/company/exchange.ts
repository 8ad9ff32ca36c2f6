/** Day rates of exchange: a fixed wobble around each currency's centre, the same for the same day. */
import { mulDiv, RATE_ONE } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';
import { mix } from './guid.ts';
import type { Profile } from './profiles.ts';

/** Foreign units per base unit, times 1e10; within 3 % of the centre; ten real digits, as Xero's XE rates have. */
export function dayRate(profile: Profile, currency: string, day: Day): number {
  if (currency === profile.baseCurrency) return RATE_ONE;
  const centre = profile.foreign.find((foreign) => foreign.currency === currency)?.rate;
  if (centre === undefined) throw new Error(`Organisation is not subscribed to currency ${currency}`);
  const wobble = ((mix(day ^ centre) >>> 0) % 60_000) - 30_000;
  return centre + mulDiv(centre, wobble, 1_000_000);
}

/** An invoice amount in the currency of the account that paid it; both sides go through the base currency. */
export function exchanged(profile: Profile, cents: number, from: string, to: string, day: Day): number {
  if (from === to) return cents;
  return mulDiv(cents, dayRate(profile, to, day), dayRate(profile, from, day));
}
