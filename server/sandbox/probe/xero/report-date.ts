/** What a date that is none is answered. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const reportDate: Probe<XeroAsker> = {
  name: 'report-date',
  rules: ['xero-report-date-400'],
  asks: 'The trial balance of date=soon.',
  expects: '400.',
  calls: 1,
  async run({ get }) {
    const { status } = await get('Reports/TrialBalance?date=soon');
    return finding(status === 400, `It is ${status}.`);
  },
};
