/** Whether Statuses brings lines without a page. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const linesByStatuses: Probe<XeroAsker> = {
  name: 'lines-by-statuses',
  rules: ['xero-lines-by-statuses'],
  asks: 'Invoices of Statuses=SUBMITTED without a page, of which there are few, or else DRAFT.',
  expects: 'They have their lines.',
  calls: 2,
  async run({ get }) {
    for (const status of ['SUBMITTED', 'DRAFT']) {
      const { json } = await get(`Invoices?Statuses=${status}&unitdp=4`);
      const invoices = (json['Invoices'] ?? []) as { LineItems?: unknown[] }[];
      const withLines = invoices.filter(({ LineItems = [] }) => LineItems.length > 0).length;
      if (invoices.length > 0)
        return finding(withLines > 0, `${withLines} of ${invoices.length} of ${status} have lines.`);
    }
    return notAsked('No invoice is submitted or a draft.');
  },
};
