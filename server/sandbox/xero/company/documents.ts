/** Arithmetic of documents: line amounts, tax per line, totals, what is paid and what is due. */
import { mulDiv } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';
import { add, type Company, change } from './company.ts';
import { allocatedOf, liveAllocations } from './credits.ts';
import { settlementsOf } from './postings.ts';
import type { Invoice, Line, LineAmountTypes, Payment, TrackingChoice } from './rows.ts';

export interface LineDraft {
  /** Kept when an existing line is edited; a new one gets its own. */
  id?: number;
  description: string;
  /** Ten-thousandths; absent on a line of words only. */
  quantity?: number;
  /** Ten-thousandths. */
  unit?: number;
  account?: number;
  taxType?: string;
  tracking?: readonly TrackingChoice[];
  item?: number;
}

/** A line as the draft that would make it again. */
export const draftOf = ({ id, description, amounts, tracking, item }: Line): LineDraft => ({
  id,
  description,
  ...amounts,
  ...(tracking ? { tracking } : {}),
  ...(item === undefined ? {} : { item }),
});

/** Tax is computed per line, rounded to the cent, then summed (xero-api.md 7.3). */
export function linesOf(company: Company, kind: LineAmountTypes, drafts: LineDraft[]): Line[] {
  return drafts.map(({ id, description, quantity, unit, account, taxType, tracking, item }) => {
    const line: Line = {
      id: id ?? company.nextLineId(),
      description,
      amounts: null,
      ...(tracking ? { tracking } : {}),
      ...(item === undefined ? {} : { item }),
    };
    if (quantity === undefined || unit === undefined || account === undefined) return line;
    const amount = mulDiv(quantity, unit, 1_000_000);
    const type = kind === 'NoTax' ? 'NONE' : (taxType ?? 'NONE');
    const rate = kind === 'NoTax' ? 0 : (company.taxRate(type)?.rate ?? 0);
    const tax = mulDiv(amount, rate, kind === 'Inclusive' ? 1_000_000 + rate : 1_000_000);
    line.amounts = { quantity, unit, account, taxType: type, amount, tax };
    return line;
  });
}

export function totalsOf(kind: LineAmountTypes, lines: readonly Line[]): { total: number; tax: number } {
  let amount = 0;
  let tax = 0;
  for (const line of lines) {
    amount += line.amounts?.amount ?? 0;
    tax += line.amounts?.tax ?? 0;
  }
  return { total: kind === 'Inclusive' ? amount : amount + tax, tax };
}

/** Cents of authorised payments, in the invoice's currency. */
export function paidOf(company: Company, invoice: Invoice): number {
  let paid = 0;
  for (const index of invoice.payments) {
    const payment = company.payments.at(index);
    if (payment.status === 'AUTHORISED' && !payment.isHidden) paid += payment.amount;
  }
  return paid;
}

/** Cents of credits set against it. */
export const creditedOf = (company: Company, invoice: Invoice): number =>
  invoice.allocations ? allocatedOf(company, invoice.allocations) : 0;

const settledOf = (company: Company, invoice: Invoice): number =>
  paidOf(company, invoice) + creditedOf(company, invoice);

/** A voided or deleted document owes nothing, though it keeps its total. */
export const dueOf = (company: Company, invoice: Invoice): number =>
  invoice.status === 'VOIDED' || invoice.status === 'DELETED'
    ? 0
    : invoice.total - settledOf(company, invoice);

/** Amounts, dates and the void of an invoice that anything was set against are closed. */
export const isUntouched = (company: Company, invoice: Invoice): boolean =>
  paidOf(company, invoice) === 0 && liveAllocations(company, invoice.allocations).length === 0;

/** The day of the payment or allocation that settled it, or of the document itself where there was nothing to pay. */
export function fullyPaidOn(company: Company, invoice: Invoice): Day | null {
  if (invoice.status !== 'PAID') return null;
  return settlementsOf(company, invoice).at(-1)?.date ?? invoice.date;
}

/** AUTHORISED and PAID follow from what is due; nobody sets PAID (xero-api.md 7.2, step 7). */
export function settleStatus(company: Company, invoice: Invoice): void {
  if (invoice.status !== 'AUTHORISED' && invoice.status !== 'PAID') return;
  invoice.status = invoice.total === settledOf(company, invoice) ? 'PAID' : 'AUTHORISED';
}

export type PaymentDraft = Omit<Payment, 'index' | 'invoice' | 'credit' | 'status'>;

/** Adds a payment to an authorised invoice and settles its status. The invoice is stamped with the payment's time. */
export function pay(company: Company, invoice: Invoice, draft: PaymentDraft): Payment {
  let payment: Payment | undefined;
  change(company, 'invoices', invoice, () => {
    payment = add(company, 'payments', { ...draft, invoice: invoice.index, status: 'AUTHORISED' });
    invoice.payments = [...invoice.payments, payment.index];
    invoice.updatedAt = Math.max(invoice.updatedAt, draft.updatedAt);
    settleStatus(company, invoice);
  });
  return payment as Payment;
}
