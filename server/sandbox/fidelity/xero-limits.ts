/** How Xero counts calls and says no to more. */
import type { Rule } from './rule.ts';

export const xeroLimitRules: readonly Rule[] = [
  {
    id: 'xero-limit-headers',
    says: 'Every answer tells what is left of the day, the minute and the app’s minute, per organisation.',
    source: 'xero-api.md section 2 (LIM, airbyte#66667)',
    certainty: 'documented',
  },
  {
    id: 'xero-limit-failed-count',
    says: 'Failed calls count too.',
    source: 'xero-api.md section 2 (R26, LRV)',
    certainty: 'reported',
    probe: 'Ask for a record that is not there and see X-DayLimit-Remaining fall.',
  },
  {
    id: 'xero-limit-minute',
    says: 'The 61st call of a minute for one organisation is 429 with X-Rate-Limit-Problem minute and Retry-After in whole seconds.',
    source: 'xero-api.md section 2 (TAP, LIM)',
    certainty: 'documented',
    probe: 'Not provoked. If it ever happens, keep headers and body (xero-api.md 12, second).',
  },
  {
    id: 'xero-limit-own-windows',
    says: 'Windows are fixed, and each organisation’s begins at a moment of its own.',
    source: 'xero-api.md section 2 (LIM, codat)',
    certainty: 'documented',
  },
  {
    id: 'xero-limit-day-by-tier',
    says: 'The day has 1,000 calls for an app of the Starter tier and 5,000 for others; past it Retry-After is hours.',
    source: 'xero-api.md 1.5 and section 2 (PRICE, codat)',
    certainty: 'documented',
    probe: 'Read X-DayLimit-Remaining of a first call on each tier (xero-api.md 12, second).',
  },
  {
    id: 'xero-limit-concurrent',
    says: 'Five calls may be in flight; the sixth is 429 without Retry-After.',
    source: 'xero-api.md section 2 (LIM)',
    certainty: 'documented',
  },
  {
    id: 'xero-limit-app-minute',
    says: 'All organisations together have 10,000 calls a minute, named appminute.',
    source: 'xero-api.md section 2 (LIM; the name from LRV)',
    certainty: 'documented',
  },
  {
    id: 'xero-error-dialects',
    says: 'Errors come in four dialects: validation and problem JSON, plain text for 429 and 503, HTML of nginx for 502 and 504.',
    source: 'xero-api.md section 2 and 6.2 (xero-node#479, #484)',
    certainty: 'documented',
  },
];
