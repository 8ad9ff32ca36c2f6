/** Whether a call that finds nothing counts, and what it is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const failedCallsCount: Probe<XeroAsker> = {
  name: 'failed-calls-count',
  rules: ['xero-limit-failed-count', 'xero-not-found-text'],
  asks: 'An invoice under an id that nobody has, twice, and what is left of the day after each.',
  expects: '404 in plain text; the day falls by one with each.',
  calls: 2,
  async run({ get }) {
    const path = 'Invoices/00000000-0000-4000-8000-000000000000';
    const one = await get(path, { as: 'Invoices/{unknown id}' });
    const two = await get(path, { as: 'Invoices/{unknown id}' });
    const left = [one, two].map(({ headers }) => Number(headers['x-daylimit-remaining']));
    const type = one.headers['content-type'] ?? 'no content type';
    const fell = (left[0] ?? 0) - (left[1] ?? 0);
    return finding(
      one.status === 404 && /text\/plain/.test(type) && fell >= 1,
      `It is ${one.status} of ${type}; the day fell by ${fell}.`,
    );
  },
};
