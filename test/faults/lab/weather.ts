/** Trouble that Xero and Google make by themselves: limits, outages, maintenance, tokens that end, answers that were lost. */
import type { LabWorld } from './lab-world.ts';

const xeroKinds = [
  'minute-limit',
  'day-limit',
  'concurrent-limit',
  'app-minute-limit',
  'json-500',
  'html-500',
  'html-502',
  'html-503',
  'html-504',
  'maintenance',
  'unavailable',
  'organisation-offline',
  'expired-token',
  'forbidden',
  'drop-before',
  'drop-after',
  'truncated-gzip',
  'malformed-json',
  'wrong-content-type',
] as const;

/** 429s of every form that was ever seen (F16), told by headers alone. */
const oddLimits: ReadonlyArray<Record<string, string>> = [
  {},
  { 'retry-after': '0' },
  { 'retry-after': '-5' },
  { 'retry-after': '999999999' },
  { 'retry-after': 'Fri, 20 Nov 2026 00:45:00 GMT', 'x-rate-limit-problem': 'Minute' },
  { 'retry-after': 'soon', 'x-rate-limit-problem': 'somethingnew' },
  { 'x-rate-limit-problem': 'appminute' },
];

/** Another app of the customer's has used the day up: only the hours help. */
export function usedUpDay({ dice, xero, watch }: LabWorld): void {
  const retryAfter = dice.one([1_800, 7_200, 40_000]);
  watch.event(`xero: the day is used up for ${retryAfter} s`);
  xero.control.fault({ kind: 'day-limit', match: { path: '/api.xro/' }, retryAfter });
}

export async function someWeather(world: LabWorld): Promise<void> {
  const { dice, xero, google, watch } = world;
  const count = dice.one([1, 1, 2, 4]);
  switch (dice.below(8)) {
    case 0:
    case 1:
    case 2: {
      const kind = dice.one(xeroKinds);
      watch.event(`xero: ${kind} ${count}`);
      xero.control.fault({ kind, count, match: { path: '/api.xro/' }, retryAfter: dice.one([1, 7, 30, 60]) });
      return;
    }
    case 3:
      watch.event('xero: an odd 429');
      xero.control.fault({
        kind: 'respond',
        status: 429,
        headers: dice.one(oddLimits),
        count,
        match: { path: '/api.xro/' },
      });
      return;
    case 4:
      watch.event('xero: the token endpoint');
      xero.control.fault({
        kind: dice.one(['drop-before', 'drop-after', 'html-503', 'json-500']),
        count,
        match: { path: '/connect/token' },
      });
      return;
    case 5:
      watch.event('tokens run out');
      xero.control.expireAccessTokens({});
      if (dice.chance(0.5)) await google.control.run({ action: 'expireAccessTokens' });
      return;
    case 6: {
      const status = dice.one([429, 500, 503, 401]);
      watch.event(`google: ${status}`);
      await google.control.run({
        action: 'fault',
        fault: { kind: 'status', status, path: '/v4/', times: count, after: dice.below(4) },
      });
      return;
    }
    default:
      watch.event('google: an answer is lost');
      await google.control.run({
        action: 'fault',
        fault: {
          kind: dice.one(['apply-then-timeout', 'drop-before']),
          path: dice.one([':batchUpdate', 'values:batchUpdate', '/token']),
          times: count,
        },
      });
  }
}
