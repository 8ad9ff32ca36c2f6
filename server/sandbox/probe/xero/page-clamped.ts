/** Whether pages out of range are clamped. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const pageClamped: Probe<XeroAsker> = {
  name: 'page-clamped',
  rules: ['xero-paging-clamped', 'xero-paging-object'],
  asks: 'Page 0 of Contacts with pages of 0.',
  expects: '200 with page 1 and pageSize 1.',
  calls: 1,
  async run({ get }) {
    const { status, json } = await get('Contacts?page=0&pageSize=0&summaryOnly=true');
    const { page, pageSize } = (json['pagination'] ?? {}) as Record<string, unknown>;
    return finding(
      status === 200 && page === 1 && pageSize === 1,
      `It is ${status}, page ${String(page)}, pageSize ${String(pageSize)}.`,
    );
  },
};
