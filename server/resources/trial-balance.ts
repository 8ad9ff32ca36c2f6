/** Trial balance: every account's movement of the month and of the financial year, on one date. */
import { basis, type Report } from './report.ts';

export const trialBalance: Report = {
  name: 'trial-balance',
  label: 'Trial balance',
  path: 'Reports/TrialBalance',
  scope: 'accounting.reports.trialbalance.read',
  ledger: ['accounts', 'invoices', 'payments', 'bank-transactions'],
  shape: 'as-at',
  parameters: [
    {
      name: 'period',
      label: 'As at',
      options: [
        { value: 'year-to-date', label: 'End of this month' },
        { value: 'last-month', label: 'End of last month' },
        { value: 'last-year', label: 'End of last financial year' },
      ],
    },
    basis,
  ],
  query: {},
};
