/** What a token that is none is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const madeUpToken: Probe<XeroAsker> = {
  name: 'made-up-token',
  rules: ['xero-token-unknown-401'],
  asks: 'The organisation, with a made-up token.',
  expects: '401 with Detail AuthenticationUnsuccessful.',
  calls: 1,
  async run({ get }) {
    const { status, json } = await get('Organisation', { headers: { authorization: 'Bearer made-up' } });
    const detail = String(json['Detail'] ?? json['detail'] ?? 'none');
    return finding(
      status === 401 && detail === 'AuthenticationUnsuccessful',
      `It is ${status}, Detail ${detail}.`,
    );
  },
};
