/** Whether lists hold deleted records when nothing is asked of their status. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

const LISTS = ['Payments', 'CreditNotes', 'BankTransactions', 'ManualJournals'];

export const deletedListed: Probe<XeroAsker> = {
  name: 'deleted-listed',
  rules: ['xero-payments-deleted-listed'],
  asks: 'How many records four lists have in all, and how many with Status DELETED and without (xero-api.md 12, third).',
  expects: 'A list without a filter holds deleted records.',
  calls: 12,
  async run({ get }) {
    const told: string[] = [];
    let hasAny = false;
    let isExpected = true;
    for (const list of LISTS) {
      const count = async (where: string) => {
        const query = where === '' ? '' : `&where=${encodeURIComponent(where)}`;
        const { json } = await get(`${list}?page=1&pageSize=1${query}`);
        return Number((json['pagination'] as { itemCount?: number } | undefined)?.itemCount ?? Number.NaN);
      };
      const [all, deleted, others] = [
        await count(''),
        await count('Status=="DELETED"'),
        await count('Status!="DELETED"'),
      ];
      told.push(`${list}: ${all} in all, ${deleted} deleted, ${others} not`);
      if (!(deleted > 0)) continue;
      hasAny = true;
      isExpected &&= all === deleted + others;
    }
    return hasAny
      ? finding(isExpected, `${told.join('; ')}.`)
      : notAsked(`Nothing is deleted here: ${told.join('; ')}.`);
  },
};
