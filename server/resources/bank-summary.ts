/** Bank summary: what each bank account began with, received, spent and ended with. It knows no cash basis: it is cash. */
import { booked, type Report } from './report.ts';

export const bankSummary: Report = {
  name: 'bank-summary',
  label: 'Bank summary',
  path: 'Reports/BankSummary',
  scope: 'accounting.reports.banksummary.read',
  ledger: booked,
  shape: 'range',
  parameters: [
    {
      name: 'period',
      label: 'Period',
      options: [
        { value: 'year-to-date', label: 'Financial year to date' },
        { value: 'this-month', label: 'This month' },
        { value: 'previous-month', label: 'Last month' },
        { value: 'last-year', label: 'Last financial year' },
      ],
    },
  ],
  query: {},
};
