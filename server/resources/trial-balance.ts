/** Trial balance: every account's movement of the month and of the financial year, on one date. */
import { asAt, basis, booked, type Report } from './report.ts';

export const trialBalance: Report = {
  name: 'trial-balance',
  label: 'Trial balance',
  path: 'Reports/TrialBalance',
  scope: 'accounting.reports.trialbalance.read',
  ledger: booked,
  shape: 'as-at',
  parameters: [asAt, basis],
  query: {},
};
