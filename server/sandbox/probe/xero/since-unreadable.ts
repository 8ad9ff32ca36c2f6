/** What a conditional header that is no date is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const sinceUnreadable: Probe<XeroAsker> = {
  name: 'since-unreadable',
  rules: ['xero-since-unreadable-412', 'xero-precondition-and-method'],
  asks: 'Accounts with If-Modified-Since: yesterday.',
  expects: '412 in plain text.',
  calls: 1,
  async run({ get }) {
    const { status, headers } = await get('Accounts', { headers: { 'if-modified-since': 'yesterday' } });
    const type = headers['content-type'] ?? 'no content type';
    return finding(status === 412 && /text\/plain/.test(type), `It is ${status} of ${type}.`);
  },
};
