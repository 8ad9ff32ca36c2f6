/** What a page past the end holds. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const pagePastEnd: Probe<XeroAsker> = {
  name: 'page-past-end',
  rules: ['xero-paging-past-end'],
  asks: 'Page 100,000 of Contacts.',
  expects: '200 with an empty list and the counts of the others.',
  calls: 1,
  async run({ get }) {
    const { status, json } = await get('Contacts?page=100000&pageSize=100');
    const contacts = json['Contacts'];
    const { pageCount } = (json['pagination'] ?? {}) as Record<string, unknown>;
    return finding(
      status === 200 && Array.isArray(contacts) && contacts.length === 0 && Number(pageCount) < 100_000,
      `It is ${status} with ${Array.isArray(contacts) ? contacts.length : 'no'} contacts and ${pageCount === undefined ? 'no counts' : 'counts'}.`,
    );
  },
};
