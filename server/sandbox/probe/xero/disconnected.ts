/** What calls are answered after somebody has removed the app inside Xero. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const disconnected: Probe<XeroAsker> = {
  name: 'disconnected',
  rules: ['xero-disconnected-403'],
  asks: 'The organisation before and after a refresh.',
  expects: '403 with Detail AuthenticationUnsuccessful both times; the refresh itself works.',
  calls: 2,
  act: 'In Xero, under Settings, Connected apps, disconnect this app from the organisation.',
  async run({ get, refresh, refreshToken }) {
    const before = await get('Organisation');
    if (before.status === 200) return notAsked('The organisation is still connected.');
    const renewed = await refresh(refreshToken());
    const after = await get('Organisation');
    const details = [before, after].map(({ json }) => String(json['Detail'] ?? json['detail'] ?? 'none'));
    return finding(
      before.status === 403 &&
        after.status === 403 &&
        renewed.status === 200 &&
        details.every((detail) => detail === 'AuthenticationUnsuccessful'),
      `Before the refresh ${before.status} ${details[0]}, the refresh ${renewed.status}, after it ${after.status} ${details[1]}.`,
    );
  },
};
