/** Whether the tabs agree with each other, counted in cents from what stands in the cells; each rule is in a file beside this one. */
import { absoluteDecimal, sumDecimals } from '../domain/money.ts';
import type { Tab } from './read-tabs.ts';
import { controlChecks } from './reconcile-control-accounts.ts';
import { balanceChecks, bankChecks, profitChecks } from './reconcile-reports.ts';
import { type Check, isZero } from './tab-amounts.ts';

export interface Reconciled {
  checks: Check[];
  /** Sum of absolute differences, decimal text. */
  difference: string;
  /** False when anything differs, or when there was nothing to check. */
  reconciled: boolean;
}

/** The tabs that the rules read, by the names of their datasets. */
export const reconciledDatasets = [
  'invoices',
  'credit-notes',
  'prepayments',
  'overpayments',
  'profit-and-loss',
  'balance-sheet',
  'trial-balance',
  'bank-summary',
] as const;

export type Tabs = Record<(typeof reconciledDatasets)[number], Tab>;

/** Where a run did not succeed there is nothing to compare. */
export const nothingReconciled: Reconciled = { checks: [], difference: '0', reconciled: false };

export function reconcileTabs(tabs: Tabs): Reconciled {
  const rules = [
    profitChecks(tabs['profit-and-loss'], tabs['trial-balance']),
    balanceChecks(tabs['balance-sheet'], tabs['trial-balance'], tabs['profit-and-loss']),
    bankChecks(tabs['bank-summary'], tabs['trial-balance']),
    controlChecks(tabs),
  ];
  const checks = rules.flat();
  const difference = sumDecimals(checks.map((check) => absoluteDecimal(check.difference)));
  return { checks, difference, reconciled: rules.every((rule) => rule.length > 0) && isZero(difference) };
}
