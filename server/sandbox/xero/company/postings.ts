/**
 * What each document does to the ledger. Every set of postings sums to zero.
 *
 * The reconciliation rule. A foreign document stands in the control account at its own rate, rounded document by
 * document: base(due) = round half away from zero (AmountDue / CurrencyRate, 2 places). A payment relieves
 * base(due before) - base(due after), not its own rounded amount. Hence at every date, to the cent:
 *
 *   receivable control = sum over AUTHORISED sales invoices of round(AmountDue / CurrencyRate, 2)
 *                        - sum over AUTHORISED credits of customers of round(RemainingCredit / CurrencyRate, 2)
 *   payable control    = the same over bills and credits of suppliers, as a credit
 *
 * where credits are credit notes, prepayments and overpayments (credit-postings.ts).
 *
 * Nothing is revalued: unrealised gains stay zero. What a payment was worth at its own rate beyond what it relieved
 * is a realised currency gain. Tax and lines of a foreign document round on their own; the cents they miss go to Rounding.
 */
import { toBase } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';
import type { Company } from './company.ts';
import type { CreditNote } from './credit-rows.ts';
import { liveAllocations } from './credits.ts';
import type { Post } from './ledger.ts';
import type { BankTransaction, Invoice, Payment } from './rows.ts';
import { postCostOfGoods } from './stock.ts';

/** DRAFT, SUBMITTED, VOIDED and DELETED documents are not in the ledger. */
export function postInvoice(company: Company, invoice: Invoice, post: Post): void {
  if (invoice.isHidden || (invoice.status !== 'AUTHORISED' && invoice.status !== 'PAID')) return;
  const side = invoice.type === 'ACCREC' ? 1 : -1;
  const control = company.account(invoice.type === 'ACCREC' ? 'receivable' : 'payable');
  post(control, invoice.date, side * toBase(invoice.total, invoice.rate));
  postLines(company, invoice, side, post);
  let due = invoice.total;
  for (const { date, amount, payment } of settlementsOf(company, invoice)) {
    const relief = toBase(due, invoice.rate) - toBase(due - amount, invoice.rate);
    // What an allocation is worth, the credit posts (credit-postings.ts).
    const worth = payment ? bankWorth(company, payment) : 0;
    due -= amount;
    if (payment) post(payment.account, date, side * worth);
    post(control, date, -side * relief);
    post(company.account('realisedGain'), date, -side * (worth - relief));
  }
}

export interface Settlement {
  date: Day;
  /** Cents in the invoice's currency. */
  amount: number;
  /** Null for an allocation of a credit. */
  payment: Payment | null;
}

/** Payments and allocations in the order of the books. */
export function settlementsOf(company: Company, invoice: Invoice): Settlement[] {
  const payments: Settlement[] = authorisedPayments(company, invoice).map((payment) => ({
    date: payment.date,
    amount: payment.amount,
    payment,
  }));
  if (!invoice.allocations) return payments;
  const allocations = liveAllocations(company, invoice.allocations).map(({ date, amount }) => ({
    date,
    amount,
    payment: null,
  }));
  return [...payments, ...allocations].sort((a, b) => a.date - b.date);
}

export function postBankTransaction(company: Company, transaction: BankTransaction, post: Post): void {
  if (transaction.isHidden || transaction.credit || transaction.status !== 'AUTHORISED') return;
  const side = transaction.type === 'RECEIVE' ? 1 : -1;
  post(transaction.account, transaction.date, side * toBase(transaction.total, transaction.rate));
  postLines(company, transaction, side, post);
}

/** By date, then by when they were made. */
export function authorisedPayments(company: Company, invoice: Invoice): Payment[] {
  return invoice.payments
    .map((index) => company.payments.at(index))
    .filter((payment) => payment.status === 'AUTHORISED' && !payment.isHidden)
    .sort((a, b) => a.date - b.date || a.index - b.index);
}

/** Lines, tax and what rounding misses, against `side` of the total; and what sold goods have cost. */
export function postLines(
  company: Company,
  document: Invoice | BankTransaction | CreditNote,
  side: 1 | -1,
  post: Post,
): void {
  let left = toBase(document.total, document.rate);
  const credit = (account: number, day: Day, cents: number) => {
    left -= cents;
    post(account, day, -side * cents);
  };
  for (const { amounts } of document.lines) {
    if (!amounts) continue;
    const net = document.lineAmountTypes === 'Inclusive' ? amounts.amount - amounts.tax : amounts.amount;
    credit(amounts.account, document.date, toBase(net, document.rate));
  }
  credit(company.account('tax'), document.date, toBase(document.tax, document.rate));
  credit(company.account('rounding'), document.date, left);
  postCostOfGoods(company, document, post);
}

/** Base cents that the bank account moved by, at the payment's own rate. */
export function bankWorth(company: Company, payment: Payment): number {
  const currency = company.accounts.at(payment.account).bank?.currency ?? company.profile.baseCurrency;
  return currency === company.profile.baseCurrency
    ? payment.bankAmount
    : toBase(payment.bankAmount, payment.rate);
}
