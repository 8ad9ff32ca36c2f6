/** Profit and loss by month. The standard layout, because a custom one may group accounts and hide them (xero-api.md 4.3). */
import { basis, booked, type Report } from './report.ts';

export const profitAndLoss: Report = {
  name: 'profit-and-loss',
  label: 'Profit and loss',
  path: 'Reports/ProfitAndLoss',
  scope: 'accounting.reports.profitandloss.read',
  ledger: booked,
  shape: 'months',
  parameters: [
    {
      name: 'period',
      label: 'Period',
      options: [
        { value: 'year-to-date', label: 'Financial year to date' },
        { value: 'last-year', label: 'Last financial year' },
        { value: 'last-12-months', label: 'Last 12 months' },
      ],
    },
    basis,
  ],
  query: { standardLayout: 'true' },
};
