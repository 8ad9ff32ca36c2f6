/** Rules of how Xero is slow, full, off or gone. */
import type { Rule } from './rule.ts';

export const xeroFaultRules: readonly Rule[] = [
  {
    id: 'xero-latency',
    says: 'An answer takes 0.35 s and 3.5 ms more for each record in it, times a factor between 0.5 and 4.',
    source: 'performance.md 1.2 and 1.4, where it is assumed',
    certainty: 'assumed',
    probe: 'Time ten reads each of Contacts with pageSize 1, 100 and 1,000 against the demo company.',
  },
  {
    id: 'xero-limits-exact',
    says: 'The limits hold to the call: five in flight until an answer is out, sixty per fixed window, from the first call on.',
    source: 'xero-api.md section 2 (LIM)',
    certainty: 'documented',
  },
  {
    id: 'xero-retry-after-minute-day',
    says: 'Retry-After comes with the minute and the day limit only; concurrency and the app’s minute give none.',
    source: 'xero-api.md section 2 (LIM)',
    certainty: 'documented',
  },
];
