/** What a call for an organisation that is not connected is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const foreignOrganisation: Probe<XeroAsker> = {
  name: 'foreign-organisation',
  rules: ['xero-organisation-header'],
  asks: 'The organisation, under an id that nobody has.',
  expects: '403 with Detail AuthenticationUnsuccessful.',
  calls: 1,
  async run({ get }) {
    const headers = { 'xero-tenant-id': '00000000-0000-4000-8000-000000000000' };
    const { status, json } = await get('Organisation', { headers });
    const detail = String(json['Detail'] ?? json['detail'] ?? 'none');
    return finding(
      status === 403 && detail === 'AuthenticationUnsuccessful',
      `It is ${status}, Detail ${detail}.`,
    );
  },
};
