/** Which lists have the newer text of the last change. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

const LISTS = ['Invoices', 'Payments', 'BankTransactions', 'Contacts'];

export const updatedTwins: Probe<XeroAsker> = {
  name: 'updated-twins',
  rules: [],
  asks: 'One record of four lists, for UpdatedDateUTCString (xero-api.md 12, thirteenth).',
  expects: 'Invoices have it.',
  calls: 4,
  async run({ get }) {
    const has = new Map<string, boolean>();
    for (const list of LISTS) {
      const { json } = await get(`${list}?page=1&pageSize=1`);
      const [first] = (json[list] ?? []) as object[];
      if (first) has.set(list, 'UpdatedDateUTCString' in first);
    }
    const told = [...has].map(([list, isThere]) => `${list}: ${isThere ? 'yes' : 'no'}`).join('; ');
    const invoices = has.get('Invoices');
    return invoices === undefined ? notAsked(`No invoice. ${told}`) : finding(invoices, `${told}.`);
  },
};
