/**
 * What customers owe and what is owed to suppliers, document by document, against the two control accounts: what is due of
 * approved invoices, less what is left of approved credit notes, prepayments and overpayments.
 */
import { subtractDecimals, sumDecimals } from '../domain/money.ts';
import type { Tab } from './read-tabs.ts';
import { accountsOf, balanceOf, type Check, centsOf, check, inBase, textOf } from './tab-amounts.ts';

interface Side {
  account: string;
  invoice: string;
  creditNote: string;
  /** Types of prepayments and overpayments. */
  payment: RegExp;
  /** The account's side: what is owed to us is a debit. */
  sign: 1 | -1;
}

const sides: readonly Side[] = [
  {
    account: 'Accounts Receivable',
    invoice: 'ACCREC',
    creditNote: 'ACCRECCREDIT',
    payment: /^(RECEIVE-|AR)/,
    sign: 1,
  },
  {
    account: 'Accounts Payable',
    invoice: 'ACCPAY',
    creditNote: 'ACCPAYCREDIT',
    payment: /^(SPEND-|AP)/,
    sign: -1,
  },
];

export function controlChecks(
  tabs: Record<'invoices' | 'credit-notes' | 'prepayments' | 'overpayments' | 'trial-balance', Tab>,
): Check[] {
  const balances = accountsOf(tabs['trial-balance']);
  return sides.map(({ account, invoice, creditNote, payment, sign }) => {
    const due = openOf(tabs.invoices, 'Due', (type) => type === invoice);
    const credit = sumDecimals([
      openOf(tabs['credit-notes'], 'Remaining credit', (type) => type === creditNote),
      openOf(tabs.prepayments, 'Remaining credit', (type) => payment.test(type)),
      openOf(tabs.overpayments, 'Remaining credit', (type) => payment.test(type)),
    ]);
    const owed = sign === 1 ? subtractDecimals(due, credit) : subtractDecimals(credit, due);
    return check(account, balanceOf(balances.get(account)), owed);
  });
}

const openOf = (tab: Tab, header: string, isOfSide: (type: string) => boolean): string =>
  sumDecimals(
    tab.rows
      .filter((row) => textOf(row, 'Status') === 'AUTHORISED' && isOfSide(textOf(row, 'Type')))
      .map((row) => inBase(centsOf(row, header), row.get('Currency rate'))),
  );
