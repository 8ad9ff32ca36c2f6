/** How Google counts calls, beyond what google-batches.ts lists. */
import type { Rule } from './rule.ts';

export const googleQuotaRules: readonly Rule[] = [
  {
    id: 'google-quota-apart',
    says: 'Reads and writes of Sheets are counted apart.',
    source: 'google-platform.md 5.1 [A]',
    certainty: 'documented',
  },
];
