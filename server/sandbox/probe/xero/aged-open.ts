/** Whether an aged report lists what is paid. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

interface Paid {
  InvoiceID: string;
  Contact?: { ContactID: string };
}

export const agedOpen: Probe<XeroAsker> = {
  name: 'aged-open',
  rules: ['xero-aged-open-only'],
  asks: 'A paid sales invoice, and the aged receivables of its contact.',
  expects: 'The invoice is not among them.',
  calls: 2,
  async run({ get }) {
    const where = encodeURIComponent('Type=="ACCREC" AND Status=="PAID"');
    const { json } = await get(`Invoices?page=1&pageSize=1&where=${where}`);
    const [paid] = (json['Invoices'] ?? []) as Paid[];
    if (!paid?.Contact) return notAsked('No sales invoice is paid.');
    const aged = await get(`Reports/AgedReceivablesByContact?contactID=${paid.Contact.ContactID}`, {
      as: 'Reports/AgedReceivablesByContact?contactID={id}',
    });
    const isListed = aged.text.includes(paid.InvoiceID);
    return finding(
      aged.status === 200 && !isListed,
      `It is ${aged.status}, and ${isListed ? 'lists' : 'does not list'} it.`,
    );
  },
};
