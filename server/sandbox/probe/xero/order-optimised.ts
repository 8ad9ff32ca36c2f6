/** Whether lists come in the order asked for. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const orderOptimised: Probe<XeroAsker> = {
  name: 'order-optimised',
  rules: ['xero-order-optimised'],
  asks: 'Twenty contacts by Name DESC, and twenty invoices by Date DESC and by InvoiceID.',
  expects: 'They come so.',
  calls: 3,
  async run({ get }) {
    const told: string[] = [];
    let isExpected = true;
    for (const [list, field, direction] of [
      ['Contacts', 'Name', 'DESC'],
      ['Invoices', 'DateString', 'DESC'],
      ['Invoices', 'InvoiceID', 'ASC'],
    ] as const) {
      const order = `${field === 'DateString' ? 'Date' : field} ${direction}`;
      const { status, json } = await get(`${list}?page=1&pageSize=20&order=${encodeURIComponent(order)}`);
      const values = ((json[list] ?? []) as Record<string, string>[]).map((row) => row[field] ?? '');
      const isSorted = values.every(
        (value, at) => at === 0 || follows(values[at - 1] ?? '', value, direction),
      );
      told.push(`${list} by ${order}: ${status}, ${values.length} ${isSorted ? 'in order' : 'out of order'}`);
      isExpected &&= status === 200 && isSorted;
    }
    return finding(isExpected, `${told.join('; ')}.`);
  },
};

/** Of names only the first letter where both begin with a capital: how a server sorts signs, case and accents is its own. */
function follows(one: string, two: string, direction: 'ASC' | 'DESC'): boolean {
  const isName = /^[A-Z]/.test(one) && /^[A-Z]/.test(two);
  if (!isName && !(/^[0-9a-f]/.test(one) && /^[0-9a-f]/.test(two))) return true;
  const [left, right] = isName ? [one[0] ?? '', two[0] ?? ''] : [one, two];
  return direction === 'ASC' ? left <= right : left >= right;
}
