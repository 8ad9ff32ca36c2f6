/** Planted: nobody waits as long as a 429 asks. */
import type { Bug } from './planted.ts';

export const retryAfterIgnored: Bug = {
  name: 'retry-after-ignored',
  breaks: 'nobody waits as long as a 429 asks',
  file: 'server/xero/limits.ts',
  search: '  const waitMs = Math.min(askedMs ?? form.defaultMs, form.ceilingMs);',
  replace: '  const waitMs = Math.min(form.defaultMs, 50);',
  by: 'I8',
  habits: { rounds: 1, usedUp: 0.7 },
};
