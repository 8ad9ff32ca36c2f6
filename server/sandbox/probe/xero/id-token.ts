/** How long an id token lasts, and what it names. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const idToken: Probe<XeroAsker> = {
  name: 'id-token',
  rules: ['xero-id-token-5-minutes'],
  asks: 'Nothing: it lists the names of the claims in the id token of this consent, and the time between two of them.',
  expects: 'Five minutes, with email, given_name and family_name.',
  calls: 0,
  async run({ idClaims }) {
    const claims = idClaims();
    const seconds = Number(claims['exp']) - Number(claims['iat'] ?? claims['auth_time']);
    return finding(
      seconds === 300 && ['email', 'given_name', 'family_name'].every((name) => name in claims),
      `It lasts ${seconds} s. Claims: ${Object.keys(claims).sort().join(', ') || 'none'}.`,
    );
  },
};
