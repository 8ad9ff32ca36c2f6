/** How many calls the day has. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const dayLimit: Probe<XeroAsker> = {
  name: 'day-limit',
  rules: ['xero-limit-day-by-tier', 'xero-limit-headers'],
  asks: 'The organisation, for the three headers that say what is left.',
  expects: 'All three are there, and the day has at most 1,000 or 5,000.',
  calls: 1,
  async run({ get }) {
    const { headers } = await get('Organisation');
    const names = ['x-daylimit-remaining', 'x-minlimit-remaining', 'x-appminlimit-remaining'];
    const left = names.map((name) => headers[name] ?? 'missing');
    return finding(
      left.every((value) => /^\d+$/.test(value)) && Number(left[0]) <= 5000,
      `Left of day, minute and app's minute: ${left.join(', ')}.`,
    );
  },
};
