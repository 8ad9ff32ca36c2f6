/** What people do with credits: make them, set them against invoices, pay them back, take that away again. */
import type { Day } from '../json/wire-dates.ts';
import { add, type Company, change } from './company.ts';
import type { Allocation, Credit, CreditKind, CreditNote, Overpayment, Prepayment } from './credit-rows.ts';
import { creditOf, isPrepayment, kindOf, refOf, remainingOf, settleCredit, sideOf } from './credits.ts';
import { dueOf, type LineDraft, linesOf, type PaymentDraft, settleStatus, totalsOf } from './documents.ts';
import { dayRate } from './exchange.ts';
import type { BankTransaction, Invoice, LineAmountTypes, Payment } from './rows.ts';

export interface CreditNoteDraft {
  type: CreditNote['type'];
  contact: number;
  date: Day;
  number: string | null;
  reference: string | null;
  kind: LineAmountTypes;
  lines: LineDraft[];
  /** PAID is not for drafts: it follows. */
  status: Exclude<CreditNote['status'], 'PAID'>;
  wasSent: boolean;
  updatedAt: number;
}

/** In its contact's currency at the day's rate. One that comes to nothing is PAID at once. */
export function addCreditNote(company: Company, draft: CreditNoteDraft): CreditNote {
  const { kind, lines: drafts, status, ...rest } = draft;
  const currency = company.contacts.at(draft.contact).currency ?? company.profile.baseCurrency;
  const lines = linesOf(company, kind, drafts);
  const totals = totalsOf(kind, lines);
  return add(company, 'creditNotes', {
    ...rest,
    status: status === 'AUTHORISED' && totals.total === 0 ? 'PAID' : status,
    lineAmountTypes: kind,
    lines,
    currency,
    rate: dayRate(company.profile, currency, draft.date),
    ...totals,
    payments: [],
    allocations: [],
  });
}

export interface MoneyInAdvanceDraft {
  type: Prepayment['type'] | Overpayment['type'];
  /** A bank account: its currency is the credit's. */
  account: number;
  contact: number;
  date: Day;
  reference: string | null;
  kind: LineAmountTypes;
  lines: LineDraft[];
  isReconciled: boolean;
  updatedAt: number;
}

/**
 * The bank transaction and the prepayment or overpayment that it makes. An overpayment has one line without tax, coded to the
 * control account whatever its draft says (xero-api.md 7.2, step 8).
 */
export function addMoneyInAdvance(company: Company, draft: MoneyInAdvanceDraft): Prepayment | Overpayment {
  const { kind: given, lines: drafts, account, isReconciled, ...rest } = draft;
  const isOver = draft.type.endsWith('-OVERPAYMENT');
  const kind = isOver ? 'NoTax' : given;
  const control = company.account(draft.type.startsWith('RECEIVE') ? 'receivable' : 'payable');
  const currency = company.accounts.at(account).bank?.currency ?? company.profile.baseCurrency;
  const lines = linesOf(
    company,
    kind,
    isOver ? drafts.slice(0, 1).map((line) => ({ ...line, account: control, taxType: 'NONE' })) : drafts,
  );
  const table: 'prepayments' | 'overpayments' = isOver ? 'overpayments' : 'prepayments';
  const content = {
    ...rest,
    status: 'AUTHORISED' as const,
    lineAmountTypes: kind,
    lines,
    currency,
    rate: dayRate(company.profile, currency, draft.date),
    ...totalsOf(kind, lines),
  };
  const credit = { kind: table, index: company[table].length };
  const transaction = add(company, 'bankTransactions', { ...content, account, isReconciled, credit });
  return add(company, table, {
    ...content,
    payments: [],
    allocations: [],
    bankTransaction: transaction.index,
  } as never);
}

/** The most of a credit that an invoice can take; zero where they do not fit each other. */
export function allocatable(company: Company, credit: Credit, invoice: Invoice): number {
  const fits =
    credit.status === 'AUTHORISED' &&
    invoice.status === 'AUTHORISED' &&
    !credit.isHidden &&
    !invoice.isHidden &&
    credit.contact === invoice.contact &&
    credit.currency === invoice.currency &&
    (invoice.type === 'ACCREC') === (sideOf(credit) === 1);
  return fits ? Math.max(0, Math.min(remainingOf(company, credit), dueOf(company, invoice))) : 0;
}

/** Dated the later of the two (xero-api.md 7.2, step 12). Both documents are stamped and settled. */
export function allocate(
  company: Company,
  credit: Credit,
  invoice: Invoice,
  amount: number,
  now: number,
): Allocation {
  let made: Allocation | undefined;
  changeBoth(company, credit, invoice, now, () => {
    made = add(company, 'allocations', {
      updatedAt: now,
      credit: refOf(credit),
      invoice: invoice.index,
      date: Math.max(credit.date, invoice.date),
      amount,
      isDeleted: false,
    });
    credit.allocations = [...credit.allocations, made.index];
    invoice.allocations = [...(invoice.allocations ?? []), made.index];
  });
  return made as Allocation;
}

/** Both documents owe again what it had taken. */
export function deleteAllocation(company: Company, allocation: Allocation, now: number): void {
  const credit = creditOf(company, allocation.credit);
  changeBoth(company, credit, company.invoices.at(allocation.invoice), now, () => {
    allocation.isDeleted = true;
    allocation.updatedAt = now;
  });
}

function changeBoth(company: Company, credit: Credit, invoice: Invoice, now: number, mutate: () => void) {
  change(
    company,
    'invoices',
    invoice,
    () => {
      mutate();
      credit.updatedAt = Math.max(credit.updatedAt, now);
      invoice.updatedAt = Math.max(invoice.updatedAt, now);
      settleCredit(company, credit);
      settleStatus(company, invoice);
    },
    [refOf(credit)],
  );
}

/** Money paid back for what is left of a credit; the credit is stamped with its time. */
export function refund(company: Company, credit: Credit, draft: PaymentDraft): Payment {
  let payment: Payment | undefined;
  changeCredit(company, credit, () => {
    const made = { ...draft, invoice: null, credit: refOf(credit), status: 'AUTHORISED' as const };
    payment = add(company, 'payments', made);
    credit.payments = [...credit.payments, payment.index];
    credit.updatedAt = Math.max(credit.updatedAt, draft.updatedAt);
    settleCredit(company, credit);
  });
  return payment as Payment;
}

export function changeCredit(company: Company, credit: Credit, mutate: () => void): void {
  const kind: CreditKind = kindOf(credit);
  change(company, kind, credit as never, mutate);
}

/** The bank transaction behind a prepayment or overpayment. */
export const transactionOf = (company: Company, credit: Credit): BankTransaction | null =>
  'bankTransaction' in credit ? company.bankTransactions.at(credit.bankTransaction) : null;

/** A credit that nothing was made of: it leaves the ledger, and the bank transaction that made it goes with it. */
export function endCredit(company: Company, credit: Credit, status: 'VOIDED' | 'DELETED', now: number): void {
  const transaction = transactionOf(company, credit);
  changeCredit(company, credit, () => {
    Object.assign(credit, { status, updatedAt: now });
    if (transaction) Object.assign(transaction, { status: 'VOIDED', updatedAt: now });
  });
}

/** What a person calls it. */
export const labelOf = (credit: Credit): string =>
  ('number' in credit ? credit.number : credit.reference) ??
  (kindOf(credit) === 'creditNotes' ? 'Credit note' : isPrepayment(credit) ? 'Prepayment' : 'Overpayment');
