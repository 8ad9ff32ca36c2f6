/** What we ask Xero and Google for, in their words and in people's: the least that serves the datasets there are, reading only. */
import type { Provider } from './grant.ts';

/** Granular scopes, which apps registered after 2 March 2026 must use (xero-api.md section 1.4, 2026-11-20). */
const xeroData: Readonly<Record<string, string>> = {
  'accounting.invoices.read': 'invoices, bills and credit notes',
  'accounting.payments.read': 'payments, prepayments and overpayments',
  'accounting.banktransactions.read': 'bank transactions and transfers',
  'accounting.manualjournals.read': 'manual journals',
  'accounting.contacts.read': 'contacts and their groups',
  'accounting.settings.read': 'organisation, accounts, items, tracking, users and other settings',
  'accounting.reports.profitandloss.read': 'profit and loss',
  'accounting.reports.balancesheet.read': 'balance sheet',
  'accounting.reports.trialbalance.read': 'trial balance',
  'accounting.reports.banksummary.read': 'bank summary',
  'accounting.reports.executivesummary.read': 'executive summary',
};
export const driveFileScope = 'https://www.googleapis.com/auth/drive.file';

export const scopesOf: Readonly<Record<Provider, readonly string[]>> = {
  xero: ['offline_access', 'openid', 'profile', 'email', ...Object.keys(xeroData)],
  google: ['openid', 'email', 'profile', driveFileScope],
};

/** What was asked for but not given, in plain words. */
export const missingOf = (granted: readonly string[]): string[] =>
  Object.entries(xeroData)
    .filter(([scope]) => !granted.includes(scope) && !granted.includes(scope.replace(/\.read$/, '')))
    .map(([, words]) => words);
