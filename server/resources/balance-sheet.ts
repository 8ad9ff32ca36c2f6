/** Balance sheet: what is owned and owed at the end of a month. The standard layout, because a custom one may group accounts and hide them. */
import { asAt, basis, booked, type Report } from './report.ts';

export const balanceSheet: Report = {
  name: 'balance-sheet',
  label: 'Balance sheet',
  path: 'Reports/BalanceSheet',
  scope: 'accounting.reports.balancesheet.read',
  ledger: booked,
  shape: 'month-end',
  parameters: [
    asAt,
    {
      name: 'compare',
      label: 'Compared with',
      options: [
        { value: 'year-before', label: 'A year before', query: { periods: '1', timeframe: 'YEAR' } },
        { value: 'month-before', label: 'The month before', query: { periods: '1', timeframe: 'MONTH' } },
        {
          value: 'months-before',
          label: 'Each of the 11 months before',
          query: { periods: '11', timeframe: 'MONTH' },
        },
      ],
    },
    basis,
  ],
  query: { standardLayout: 'true' },
};
