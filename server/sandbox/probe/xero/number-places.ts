/** How many places the amounts of an invoice have on the wire. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const numberPlaces: Probe<XeroAsker> = {
  name: 'number-places',
  rules: ['xero-trailing-zeros'],
  asks: 'Five invoices, for the texts of their numbers (xero-api.md 12, twelfth).',
  expects: 'Totals have two places, zeros kept; a rate has ten.',
  calls: 1,
  async run({ get }) {
    const { text } = await get('Invoices?page=1&pageSize=5&unitdp=4');
    const placesOf = (field: string) => {
      const found = [...text.matchAll(new RegExp(`"${field}"\\s*:\\s*-?\\d+(?:\\.(\\d+))?`, 'g'))];
      return [...new Set(found.map(([, digits = '']) => digits.length))].sort((a, b) => a - b);
    };
    const fields = ['Total', 'AmountDue', 'UnitAmount', 'Quantity', 'CurrencyRate'];
    const told = fields.map((field) => `${field}: ${placesOf(field).join(', ') || 'none seen'}`);
    if (placesOf('Total').length === 0) return notAsked('There is no invoice.');
    return finding(
      placesOf('Total').join() === '2' && (placesOf('CurrencyRate').at(-1) ?? 0) > 2,
      `Places after the point: ${told.join('; ')}.`,
    );
  },
};
