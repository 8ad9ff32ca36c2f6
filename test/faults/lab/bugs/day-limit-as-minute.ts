/** Planted: a used-up day is waited for like a used-up minute. */
import type { Bug } from './planted.ts';

export const dayLimitAsMinute: Bug = {
  name: 'day-limit-as-minute',
  breaks: 'a used-up day is waited for like a used-up minute',
  file: 'server/xero/limits.ts',
  search: "  code: 'XERO_DAY_LIMIT',\n  defaultMs: 60 * minutes,\n  ceilingMs: 25 * 60 * minutes,",
  replace: "  code: 'XERO_MINUTE_LIMIT',\n  defaultMs: minutes,\n  ceilingMs: minutes,",
  // What remains of the day is told by a header too.
  also: [
    {
      file: 'server/xero/limits.ts',
      search: "  day: countOf(headers['x-daylimit-remaining']),",
      replace: '  day: undefined,',
    },
  ],
  by: 'I8',
  habits: { rounds: 3, usedUp: 0.7 },
};
