/** What a where that cannot be read is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const whereUnreadable: Probe<XeroAsker> = {
  name: 'where-unreadable',
  rules: ['xero-where-unreadable-16'],
  asks: 'Contacts with where=Name==, which breaks off.',
  expects: '400 QueryParseException with ErrorNumber 16.',
  calls: 1,
  async run({ get }) {
    const { status, json } = await get(`Contacts?page=1&pageSize=1&where=${encodeURIComponent('Name==')}`);
    return finding(
      status === 400 && json['ErrorNumber'] === 16 && json['Type'] === 'QueryParseException',
      `It is ${status}, ErrorNumber ${String(json['ErrorNumber'])}, Type ${String(json['Type'])}.`,
    );
  },
};
