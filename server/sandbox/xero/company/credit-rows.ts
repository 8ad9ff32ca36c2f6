/** Documents that owe the other way round: credit notes, prepayments and overpayments, and what they were used for. */
import type { Day } from '../json/wire-dates.ts';
import type { Document, InvoiceStatus, Row } from './rows.ts';

export type CreditKind = 'creditNotes' | 'prepayments' | 'overpayments';

export interface CreditRef {
  kind: CreditKind;
  index: number;
}

interface CreditDocument extends Document {
  /** Indexes of all refunds ever made of it, deleted ones too. */
  payments: readonly number[];
  /** Indexes of all allocations ever made of it, deleted ones too. */
  allocations: readonly number[];
}

export interface CreditNote extends CreditDocument {
  type: 'ACCRECCREDIT' | 'ACCPAYCREDIT';
  number: string | null;
  status: InvoiceStatus;
  wasSent: boolean;
}

export type CreditStatus = 'AUTHORISED' | 'PAID' | 'VOIDED';

/** Both come about through a bank transaction of the same type and lines, and die with it. */
export interface Prepayment extends CreditDocument {
  type: 'RECEIVE-PREPAYMENT' | 'SPEND-PREPAYMENT';
  status: CreditStatus;
  bankTransaction: number;
}

export interface Overpayment extends CreditDocument {
  type: 'RECEIVE-OVERPAYMENT' | 'SPEND-OVERPAYMENT';
  status: CreditStatus;
  bankTransaction: number;
}

export type Credit = CreditNote | Prepayment | Overpayment;

/** So much of a credit set against an invoice, in the currency that both have. */
export interface Allocation extends Row {
  credit: CreditRef;
  invoice: number;
  /** The later of the two documents' (xero-api.md 7.2, step 12). */
  date: Day;
  /** Cents. */
  amount: number;
  isDeleted: boolean;
}
