/** The demo's own rules, over tabs written by hand: they hold for books that agree and name what does not. */
import { expect, it } from 'vitest';
import type { Tab } from '../../server/demo/read-tabs.ts';
import { reconcileTabs, type Tabs } from '../../server/demo/reconcile.ts';

type Cell = string | number;
const tab = (header: string[], ...rows: Cell[][]): Tab => ({
  header,
  rows: rows.map((cells) => new Map(header.map((name, at) => [name, cells[at] ?? '']))),
});

/** Sales of 300 in euros at 0.5 and 100 at home, 60 paid ahead, a credit of 30, rent of 40 by card. */
function books(change: Partial<Tabs> = {}): Tabs {
  const credit = ['Type', 'Status', 'Currency rate', 'Remaining credit'];
  return {
    invoices: tab(
      ['Type', 'Status', 'Currency rate', 'Due'],
      ['ACCREC', 'AUTHORISED', 0.5, 100.01],
      ['ACCREC', 'AUTHORISED', 1, 100],
      ['ACCREC', 'VOIDED', 1, 999],
      ['ACCPAY', 'AUTHORISED', 1, 25.5],
    ),
    'credit-notes': tab(credit, ['ACCRECCREDIT', 'AUTHORISED', 1, 30], ['ACCRECCREDIT', 'PAID', 1, 7]),
    prepayments: tab(
      credit,
      ['RECEIVE-PREPAYMENT', 'AUTHORISED', 1, 60],
      ['SPEND-PREPAYMENT', 'AUTHORISED', 3, 1],
    ),
    overpayments: tab(credit, ['SPEND-OVERPAYMENT', 'AUTHORISED', 1, 0.17]),
    'profit-and-loss': tab(
      ['Section', 'Account', 'Total', 'Kind of row'],
      ['Income', 'Sales', 300.02, 'account'],
      ['Less Operating Expenses', 'Rent', 40, 'account'],
      ['', 'Net Profit', 260.02, 'total'],
    ),
    'balance-sheet': tab(
      ['Section', 'Account', '30 Nov 2026', '30 Nov 2025', 'Kind of row'],
      ['Bank', 'Visa', -40, 0, 'account'],
      ['Current Assets', 'Accounts Receivable', 210.02, 0, 'account'],
      ['Current Liabilities', 'Accounts Payable', 25, 0, 'account'],
      ['', 'Net Assets', 145.02, 0, 'total'],
      ['Equity', 'Current Year Earnings', 260.02, 0, 'account'],
      ['Equity', 'Drawings', -115, 0, 'account'],
      ['', 'Total Equity', 145.02, 0, 'total'],
    ),
    'trial-balance': tab(
      ['Section', 'Account', 'YTD debit', 'YTD credit', 'Kind of row'],
      ['Revenue', 'Sales', '', 300.02, 'account'],
      ['Expenses', 'Rent', 40, '', 'account'],
      ['Assets', 'Accounts Receivable', 210.02, '', 'account'],
      ['Liabilities', 'Visa', '', 40, 'account'],
      ['Liabilities', 'Accounts Payable', '', 25, 'account'],
      ['Liabilities', 'Unused', '', '', 'account'],
      ['Equity', 'Drawings', 115, '', 'account'],
      ['', 'Total', 365.02, 365.02, 'total'],
    ),
    'bank-summary': tab(
      ['Account', 'Closing balance', 'Kind of row'],
      ['Visa', -40, 'account'],
      ['Total', -40, 'total'],
    ),
    ...change,
  };
}

it('reconciles books that agree, each document at its own rate', () => {
  const { checks, ...rest } = reconcileTabs(books());
  expect(checks.filter(({ difference }) => Number(difference) !== 0)).toEqual([]);
  expect(rest).toEqual({ difference: '0', reconciled: true });
  expect(checks).toHaveLength(2 + 5 + 2 + 1 + 2);
});

const { invoices, 'balance-sheet': sheet, 'bank-summary': summary, prepayments } = books();
const withCell = (from: Tab, at: number, header: string, cell: Cell): Tab => ({
  ...from,
  rows: from.rows.map((row, place) => (place === at ? new Map([...row, [header, cell]]) : row)),
});

it.each([
  ['an invoice', { invoices: withCell(invoices, 1, 'Due', 100.01) }, 'Accounts Receivable'],
  ['a rate', { invoices: withCell(invoices, 0, 'Currency rate', 0.5001) }, 'Accounts Receivable'],
  ['a credit left', { prepayments: withCell(prepayments, 1, 'Remaining credit', 0) }, 'Accounts Payable'],
  ['a status', { prepayments: withCell(prepayments, 0, 'Status', 'PAID') }, 'Accounts Receivable'],
  [
    'an asset',
    { 'balance-sheet': withCell(sheet, 1, '30 Nov 2026', 210) },
    'Balance sheet: Accounts Receivable',
  ],
  ['a total', { 'balance-sheet': withCell(sheet, 3, '30 Nov 2026', 145) }, 'Balance sheet: Net Assets'],
  [
    'earnings',
    { 'balance-sheet': withCell(sheet, 4, '30 Nov 2026', 1) },
    'Balance sheet: Current Year Earnings',
  ],
  ['a bank account', { 'bank-summary': withCell(summary, 0, 'Closing balance', 40) }, 'Bank summary: Visa'],
] as const)('names %s that is off', (_, change, what) => {
  const { checks, reconciled } = reconcileTabs(books(change));
  expect(reconciled).toBe(false);
  expect(checks.filter(({ difference }) => Number(difference) !== 0).map((one) => one.what)).toEqual([what]);
});

it('does not call it reconciled when a rule finds nothing to check', () => {
  expect(reconcileTabs(books({ 'bank-summary': tab(['Account'], []) })).reconciled).toBe(false);
});
