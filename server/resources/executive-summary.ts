/** Executive summary: a month beside the one before it, in a handful of figures and ratios. */
import { booked, type Report } from './report.ts';

export const executiveSummary: Report = {
  name: 'executive-summary',
  label: 'Executive summary',
  path: 'Reports/ExecutiveSummary',
  scope: 'accounting.reports.executivesummary.read',
  ledger: booked,
  shape: 'as-at',
  parameters: [
    {
      name: 'period',
      label: 'Month',
      options: [
        { value: 'this-month', label: 'This month' },
        { value: 'previous-month', label: 'Last month' },
      ],
    },
  ],
  query: {},
};
