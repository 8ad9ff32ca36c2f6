/** Which span a bank summary has when none is asked for. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const bankSummaryMonth: Probe<XeroAsker> = {
  name: 'bank-summary-month',
  rules: ['xero-bank-summary-current-month'],
  asks: 'The bank summary without parameters, and whether its title names the month of the answer.',
  expects: 'It names it.',
  calls: 1,
  async run({ get }) {
    const { status, json } = await get('Reports/BankSummary');
    const [report] = (json['Reports'] ?? []) as { ReportTitles?: string[]; ReportDate?: string }[];
    const month = /([A-Z][a-z]+) \d{4}/.exec(report?.ReportDate ?? '')?.[0] ?? 'no month';
    const titles = report?.ReportTitles ?? [];
    const span = titles.at(-1) ?? '';
    return finding(
      status === 200 && span.split(/ to /i).every((end) => end.includes(month)),
      `It is ${status} with ${titles.length} titles; the last ${span.includes(month) ? 'names' : 'does not name'} the month of its date.`,
    );
  },
};
