/** Whether a currency can be looked up by its code. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const currencyByCode: Probe<XeroAsker> = {
  name: 'currency-by-code',
  rules: ['xero-currency-by-code'],
  asks: 'The list of currencies, and the first of them by its code.',
  expects: '404.',
  calls: 2,
  async run({ get }) {
    const { json } = await get('Currencies');
    const code = (json['Currencies'] as { Code?: string }[] | undefined)?.[0]?.Code;
    if (code === undefined) return notAsked('There is no currency.');
    const { status } = await get(`Currencies/${encodeURIComponent(code)}`, { as: 'Currencies/{code}' });
    return finding(status === 404, `It is ${status}.`);
  },
};
