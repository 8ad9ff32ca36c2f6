/** What the journals, which cost a higher tier, are answered. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const journalsTier: Probe<XeroAsker> = {
  name: 'journals-tier',
  rules: ['xero-premium-401'],
  asks: 'Journals, which an app below the Advanced tier does not get (xero-api.md 12, first).',
  expects: '401 with Detail AuthorizationUnsuccessful.',
  calls: 1,
  async run({ get }) {
    const { status, json } = await get('Journals');
    if (status === 200) return notAsked('This app has a tier with journals.');
    const detail = String(json['Detail'] ?? json['detail'] ?? 'none');
    return finding(
      status === 401 && detail === 'AuthorizationUnsuccessful',
      `Journals are ${status}, Detail ${detail}.`,
    );
  },
};
