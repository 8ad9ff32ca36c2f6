/** How Google counts calls, beyond what google-batches.ts lists. */
import type { Rule } from './rule.ts';

export const googleQuotaRules: readonly Rule[] = [
  {
    id: 'google-quota-apart',
    says: 'Reads and writes of Sheets are counted apart.',
    source: 'google-platform.md 5.1 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-quota-one-user',
    says: 'A service account is one user to the quotas, whoever it writes for; quotaUser does not divide it.',
    source: 'google-platform.md 0.1 (third) [A] and 4.5 [D] for quotaUser',
    certainty: 'assumed',
    probe: 'As a service account send 61 writes in a minute, every second one with another quotaUser.',
  },
];
