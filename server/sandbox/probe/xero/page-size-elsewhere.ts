/** Whether two lists whose paging the published file half describes take pageSize. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const pageSizeElsewhere: Probe<XeroAsker> = {
  name: 'page-size-elsewhere',
  rules: [],
  asks: 'One record of Quotes and of LinkedTransactions by pageSize=1 (xero-api.md 12, fourth).',
  expects: 'Quotes have it, with a pagination object.',
  calls: 2,
  async run({ get }) {
    const told: string[] = [];
    let quotes: boolean | null = null;
    for (const list of ['Quotes', 'LinkedTransactions']) {
      const { status, json } = await get(`${list}?page=1&pageSize=1`);
      const rows = json[list];
      if (status !== 200 || !Array.isArray(rows)) {
        told.push(`${list} is ${status}`);
        continue;
      }
      const hasCounts = 'pagination' in json;
      told.push(`${list}: ${rows.length} records, ${hasCounts ? 'with' : 'without'} pagination`);
      if (list === 'Quotes') quotes = hasCounts && rows.length <= 1;
    }
    return quotes === null ? notAsked(`${told.join('; ')}.`) : finding(quotes, `${told.join('; ')}.`);
  },
};
