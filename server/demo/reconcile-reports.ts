/**
 * The reports against the trial balance, account by account, all as at the same day:
 * 1. each account of the profit and loss against its movement of the year to date;
 * 2. each asset, liability and equity account of the trial balance against the balance sheet, this year's earnings against the
 *    net profit, and what is owned less what is owed against equity;
 * 3. each bank account's closing balance in the bank summary against its balance.
 */
import { subtractDecimals } from '../domain/money.ts';
import type { Tab } from './read-tabs.ts';
import { accountsOf, balanceOf, type Check, centsOf, check, textOf } from './tab-amounts.ts';

const negative = (decimal: string): string => subtractDecimals('0', decimal);

/**
 * Income stands as credit in the trial balance and as a positive figure in the profit and loss; costs and expenses as debit.
 * Their sections are titled "Less Cost of Sales", "Less Operating Expenses" (xero-api.md 4.3).
 */
export function profitChecks(profitAndLoss: Tab, trialBalance: Tab): Check[] {
  const balances = accountsOf(trialBalance);
  return [...accountsOf(profitAndLoss)].map(([account, row]) => {
    const movement = balanceOf(balances.get(account));
    const isIncome = !/^less\b/i.test(textOf(row, 'Section'));
    return check(
      `Profit and loss: ${account}`,
      isIncome ? negative(movement) : movement,
      centsOf(row, 'Total'),
    );
  });
}

/** Assets stand as debit and positive; liabilities and equity as credit and positive. */
export function balanceChecks(balanceSheet: Tab, trialBalance: Tab, profitAndLoss: Tab): Check[] {
  const [figure] = balanceSheet.header.filter((header) => /^\d{1,2} [A-Z][a-z]{2} \d{4}$/.test(header));
  if (figure === undefined) throw new Error('The balance sheet has no column of a date');
  const sheet = accountsOf(balanceSheet);
  const shownOf = (account: string) => centsOf(sheet.get(account), figure);
  const totalOf = (tab: Tab, label: string, header: string): string => {
    const row = tab.rows.find(
      (one) => textOf(one, 'Account') === label && textOf(one, 'Kind of row') === 'total',
    );
    if (row === undefined) throw new Error(`There is no row ${label}`);
    return centsOf(row, header);
  };
  const accounts = [...accountsOf(trialBalance)]
    .filter(([, row]) => /^(assets|liabilities|equity)$/i.test(textOf(row, 'Section')))
    .map(([account, row]) => {
      const balance = balanceOf(row);
      // A credit card is a liability by its class and stands, negative, among the bank accounts.
      const shown = sheet.get(account);
      const isDebit = shown !== undefined && /^bank$|assets$/i.test(textOf(shown, 'Section'));
      return check(`Balance sheet: ${account}`, isDebit ? balance : negative(balance), shownOf(account));
    });
  const earnings = check(
    'Balance sheet: Current Year Earnings',
    totalOf(profitAndLoss, 'Net Profit', 'Total'),
    shownOf('Current Year Earnings'),
  );
  const equity = check(
    'Balance sheet: Net Assets',
    totalOf(balanceSheet, 'Total Equity', figure),
    totalOf(balanceSheet, 'Net Assets', figure),
  );
  return accounts.length === 0 ? [] : [...accounts, earnings, equity];
}

export function bankChecks(bankSummary: Tab, trialBalance: Tab): Check[] {
  const balances = accountsOf(trialBalance);
  return [...accountsOf(bankSummary)].map(([account, row]) =>
    check(`Bank summary: ${account}`, balanceOf(balances.get(account)), centsOf(row, 'Closing balance')),
  );
}
