/** Whether an order breaks the paging of manual journals. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const journalsOrder: Probe<XeroAsker> = {
  name: 'journals-order',
  rules: ['xero-journals-order'],
  asks: 'One manual journal of a page of one, without and with order=Date.',
  expects: 'With it they all come at once.',
  calls: 2,
  async run({ get }) {
    const count = async (query: string) => {
      const { json } = await get(`ManualJournals?page=1&pageSize=1${query}`);
      const { itemCount } = (json['pagination'] ?? {}) as { itemCount?: number };
      return { rows: ((json['ManualJournals'] ?? []) as unknown[]).length, itemCount };
    };
    const plain = await count('');
    if (!((plain.itemCount ?? 0) > 1)) return notAsked('There are not two manual journals.');
    const ordered = await count('&order=Date');
    return finding(
      plain.rows === 1 && ordered.rows === plain.itemCount,
      `${plain.rows} without, ${ordered.rows} with an order, of ${plain.itemCount}.`,
    );
  },
};
