/** Whether an invoice answers to its number in the path. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const byNumber: Probe<XeroAsker> = {
  name: 'by-number',
  rules: ['xero-by-number'],
  asks: 'An invoice of the list by its number.',
  expects: '200 with that invoice.',
  calls: 2,
  async run({ get }) {
    const { json } = await get(`Invoices?page=1&pageSize=20&where=${encodeURIComponent('Type=="ACCREC"')}`);
    const invoices = (json['Invoices'] ?? []) as { InvoiceID: string; InvoiceNumber?: string }[];
    // A number with signs of its own would be a question about encoding.
    const wanted = invoices.find(({ InvoiceNumber = '' }) => /^[A-Za-z0-9-]+$/.test(InvoiceNumber));
    if (!wanted) return notAsked('No sales invoice has a plain number.');
    const found = await get(`Invoices/${wanted.InvoiceNumber}`, { as: 'Invoices/{number}' });
    const [first] = (found.json['Invoices'] ?? []) as { InvoiceID: string }[];
    const isSame = first?.InvoiceID === wanted.InvoiceID;
    return finding(
      found.status === 200 && isSame,
      `It is ${found.status}${isSame ? ', the same invoice' : ''}.`,
    );
  },
};
