/** Arithmetic of credits: what is left of one, and the acts that use it up. */
import type { Day } from '../json/wire-dates.ts';
import type { Company } from './company.ts';
import type { Allocation, Credit, CreditKind, CreditRef } from './credit-rows.ts';
import type { Payment } from './rows.ts';

export const creditOf = (company: Company, { kind, index }: CreditRef): Credit => company[kind].at(index);

export const refOf = (credit: Credit): CreditRef => ({ kind: kindOf(credit), index: credit.index });

export const isPrepayment = ({ type }: Credit): boolean => type.endsWith('-PREPAYMENT');

export const kindOf = (credit: Credit): CreditKind =>
  credit.type.endsWith('CREDIT') ? 'creditNotes' : isPrepayment(credit) ? 'prepayments' : 'overpayments';

/** 1 where it lowers what customers owe, -1 where it lowers what is owed to suppliers. */
export const sideOf = ({ type }: Credit): 1 | -1 =>
  type === 'ACCRECCREDIT' || type.startsWith('RECEIVE') ? 1 : -1;

/** What invoices it can be set against. */
export const invoiceTypeFor = (credit: Credit) => (sideOf(credit) === 1 ? 'ACCREC' : 'ACCPAY');

export const isLive = ({ status, isHidden }: Credit): boolean =>
  !isHidden && (status === 'AUTHORISED' || status === 'PAID');

/** By date, then by when they were made. */
export const liveAllocations = (company: Company, indexes: readonly number[] | undefined): Allocation[] =>
  (indexes ?? [])
    .map((index) => company.allocations.at(index))
    .filter((allocation) => !allocation.isDeleted)
    .sort((a, b) => a.date - b.date || a.index - b.index);

/** Cents set against invoices. */
export const allocatedOf = (company: Company, indexes: readonly number[] | undefined): number =>
  liveAllocations(company, indexes).reduce((sum, { amount }) => sum + amount, 0);

/** By date, then by when they were made. */
export const refundsOf = (company: Company, credit: Credit): Payment[] =>
  credit.payments
    .map((index) => company.payments.at(index))
    .filter((payment) => payment.status === 'AUTHORISED' && !payment.isHidden)
    .sort((a, b) => a.date - b.date || a.index - b.index);

export interface Use {
  date: Day;
  amount: number;
  /** Null for an allocation. */
  refund: Payment | null;
}

/** Everything that it was used for, in the order of the books. */
export const usesOf = (company: Company, credit: Credit): Use[] =>
  [
    ...refundsOf(company, credit).map((refund) => ({ date: refund.date, amount: refund.amount, refund })),
    ...liveAllocations(company, credit.allocations).map(({ date, amount }) => ({
      date,
      amount,
      refund: null,
    })),
  ].sort((a, b) => a.date - b.date);

export const usedOf = (company: Company, credit: Credit): number =>
  usesOf(company, credit).reduce((sum, { amount }) => sum + amount, 0);

/** A voided or deleted credit has nothing left, though it keeps its total. */
export const remainingOf = (company: Company, credit: Credit): number =>
  credit.status === 'VOIDED' || credit.status === 'DELETED' ? 0 : credit.total - usedOf(company, credit);

/** The day on which the last of it was used, or its own where there was nothing to use. */
export const usedUpOn = (company: Company, credit: Credit): Day | null =>
  credit.status === 'PAID' ? (usesOf(company, credit).at(-1)?.date ?? credit.date) : null;

/** AUTHORISED and PAID follow from what is left. */
export function settleCredit(company: Company, credit: Credit): void {
  if (credit.status !== 'AUTHORISED' && credit.status !== 'PAID') return;
  credit.status = credit.total === usedOf(company, credit) ? 'PAID' : 'AUTHORISED';
}
