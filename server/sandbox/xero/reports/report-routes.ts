/** The reports that exist, by their names in the path. */
import type { Route } from '../accounting/route.ts';
import { agedByContact } from './aged-by-contact.ts';
import { balanceSheet } from './balance-sheet.ts';
import { bankSummary } from './bank-summary.ts';
import { executiveSummary } from './executive-summary.ts';
import { profitAndLoss } from './profit-and-loss.ts';
import { trialBalance } from './trial-balance.ts';

const report = (name: string, scope: string, answer: Route['answer']): [string, Route] => [
  name.toLowerCase(),
  {
    name: `Reports/${name}`,
    scopes: [`accounting.reports.${scope}.read`],
    isList: false,
    needs: 'reports',
    answer,
  },
];

/** By the report's name in lower case. Each has a scope of its own (xero-api.md 1.4). */
export const REPORTS: ReadonlyMap<string, Route> = new Map([
  report('TrialBalance', 'trialbalance', trialBalance),
  report('ProfitAndLoss', 'profitandloss', profitAndLoss),
  report('BalanceSheet', 'balancesheet', balanceSheet),
  report('BankSummary', 'banksummary', bankSummary),
  report('ExecutiveSummary', 'executivesummary', executiveSummary),
  report('AgedReceivablesByContact', 'aged', agedByContact('receivable')),
  report('AgedPayablesByContact', 'aged', agedByContact('payable')),
]);
