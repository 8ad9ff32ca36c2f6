/** What summaryOnly leaves out of contacts. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

const LEFT_OUT = ['Addresses', 'Balances', 'ContactGroups', 'ContactPersons', 'IsCustomer', 'IsSupplier'];

export const briefContacts: Probe<XeroAsker> = {
  name: 'brief-contacts',
  rules: ['xero-brief-fields'],
  asks: 'One contact with and without summaryOnly.',
  expects: `With it ${LEFT_OUT.join(', ')} are not there.`,
  calls: 2,
  async run({ get }) {
    const fields = async (query: string) => {
      const { json } = await get(`Contacts?page=1&pageSize=1${query}`);
      return Object.keys((json['Contacts'] as object[] | undefined)?.[0] ?? {});
    };
    const [whole, brief] = [await fields(''), await fields('&summaryOnly=true')];
    if (whole.length === 0) return notAsked('There is no contact.');
    const missing = whole.filter((field) => !brief.includes(field)).sort();
    return finding(
      LEFT_OUT.every((field) => !brief.includes(field)),
      `summaryOnly leaves out ${missing.join(', ') || 'nothing'}.`,
    );
  },
};
