/** What summaryOnly leaves out. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

const LEFT_OUT = ['HasAttachments', 'LineItems', 'Payments'];

export const summaryOnly: Probe<XeroAsker> = {
  name: 'summary-only',
  rules: ['xero-summary-only'],
  asks: 'One invoice with and without summaryOnly.',
  expects: 'With it Payments, HasAttachments and LineItems are not there.',
  calls: 2,
  async run({ get }) {
    const fields = async (query: string) => {
      const { json } = await get(`Invoices?page=1&pageSize=1${query}`);
      return Object.keys((json['Invoices'] as object[] | undefined)?.[0] ?? {});
    };
    const [whole, brief] = [await fields(''), await fields('&summaryOnly=true')];
    if (whole.length === 0) return notAsked('There is no invoice.');
    const missing = whole.filter((field) => !brief.includes(field)).sort();
    return finding(
      LEFT_OUT.every((field) => !brief.includes(field)),
      `summaryOnly leaves out ${missing.join(', ') || 'nothing'}.`,
    );
  },
};
