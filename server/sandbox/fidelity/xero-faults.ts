/** Rules of how Xero is slow, full, off or gone. */
import type { Rule } from './rule.ts';

export const xeroFaultRules: readonly Rule[] = [
  {
    id: 'xero-503-texts',
    says: '503 is plain text in one of three sentences: offline for maintenance, temporarily unavailable, or the organisation is offline.',
    source: 'xero-api.md section 2 (DOC:responsecodes)',
    certainty: 'reported',
    probe: 'Not provoked. If it ever happens, keep headers and body.',
  },
  {
    id: 'xero-front-door-html',
    says: 'nginx answers 500, 502 and 504 in HTML, and the front door 403 Access Denied to old TLS; such answers say nothing of limits.',
    source: 'xero-api.md 1.1 and section 2 (xero-node#479, DIAG)',
    certainty: 'reported',
    probe: 'Not provoked. If it ever happens, keep headers and body.',
  },
  {
    id: 'xero-outage-lasts',
    says: 'An outage is of one organisation or of all, and lasts for minutes.',
    source: 'xero-api.md section 2 (DOC:responsecodes)',
    certainty: 'reported',
    probe: 'Not provoked. If it ever happens, note when it began and ended.',
  },
  {
    id: 'xero-precondition-and-method',
    says: '412 and 501 are plain text.',
    source: 'xero-api.md section 2 and 6.2 (DOC:responsecodes)',
    certainty: 'reported',
    probe: 'Ask for Accounts with If-Modified-Since: yesterday, and by hand POST {} to Organisation.',
  },
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
