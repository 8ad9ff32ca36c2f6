/** Rules of the general ledger's journals, for apps of the Advanced tier. */
import type { Rule } from './rule.ts';

export const xeroJournalRules: readonly Rule[] = [
  {
    id: 'xero-journals-cursor',
    says: 'offset is a journal number, exclusive; up to 100 journals follow, oldest first; numbers have gaps, and a partial page is not the end.',
    source: 'xero-api.md 3.3 (DOC:journals, TAP 1.0.4, XTR)',
    certainty: 'documented',
  },
  {
    id: 'xero-journals-are-ledger',
    says: 'Each journal sums to zero in base currency, debit positive, and all together are the trial balance.',
    source: 'xero-api.md 3.3 (DOC:journals)',
    certainty: 'documented',
  },
  {
    id: 'xero-journals-immutable',
    says: 'An edit adds the reverse of the old journal and a new one, a void the reverse; nothing is changed or deleted.',
    source: 'xero-api.md 3.3 (DOC:journals)',
    certainty: 'documented',
  },
  {
    id: 'xero-journals-source',
    says: 'SourceID and SourceType are in the list only; a journal answers to its id and its number.',
    source: 'xero-api.md 3.2, 3.3 and 6.1 (OAS)',
    certainty: 'documented',
  },
];
