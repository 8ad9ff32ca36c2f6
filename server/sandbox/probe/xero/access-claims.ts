/** What the access token says of itself. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const accessClaims: Probe<XeroAsker> = {
  name: 'access-claims',
  rules: ['xero-access-claims'],
  asks: 'Nothing: it lists the names of the claims in the access token of this consent.',
  expects: 'authentication_event_id is there, and scope is a list.',
  calls: 0,
  async run({ claims }) {
    const found = claims();
    return finding(
      typeof found['authentication_event_id'] === 'string' && Array.isArray(found['scope']),
      `Claims: ${Object.keys(found).sort().join(', ') || 'none'}; scope is ${Array.isArray(found['scope']) ? 'a list' : typeof found['scope']}.`,
    );
  },
};
