/** What a conditional header that is no date is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const sinceUnreadable: Probe<XeroAsker> = {
  name: 'since-unreadable',
  rules: ['xero-since-unreadable-412'],
  asks: 'Accounts with If-Modified-Since: yesterday.',
  expects: '412.',
  calls: 1,
  async run({ get }) {
    const { status } = await get('Accounts', { headers: { 'if-modified-since': 'yesterday' } });
    return finding(status === 412, `It is ${status}.`);
  },
};
