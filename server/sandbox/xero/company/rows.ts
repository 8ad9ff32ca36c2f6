/** The company's records as compact rows: whole numbers, references by index, ids made when asked for. */
import type { Day } from '../json/wire-dates.ts';
import type { CreditRef, Overpayment, Prepayment } from './credit-rows.ts';

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';

export interface Row {
  /** The place in its table, for ever: ids are made from it. */
  readonly index: number;
  /** Milliseconds UTC. */
  updatedAt: number;
  /** Gone without trace: no list, no look by id. */
  isHidden?: true | undefined;
  /** Served in place of the rendered record, byte for byte. */
  raw?: string | undefined;
}

export type AccountClass = 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE';

export interface Account extends Row {
  code: string | null;
  name: string;
  type: string;
  class: AccountClass;
  taxType: string;
  status: 'ACTIVE' | 'ARCHIVED';
  description: string | null;
  /** '' on everything that Xero did not make itself. */
  systemAccount: string;
  canTakePayments: boolean;
  bank: { number: string; type: 'BANK' | 'CREDITCARD'; currency: string } | null;
}

export interface TaxRate {
  name: string;
  taxType: string;
  reportTaxType: string;
  /** Rates in ten-thousandths of a percent: 15 % is 150000. */
  components: { name: string; rate: number }[];
  rate: number;
  isForSales: boolean;
  isForPurchases: boolean;
  status: 'ACTIVE' | 'DELETED';
}

export interface Contact extends Row {
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string;
  number: string | null;
  accountNumber: string | null;
  taxNumber: string | null;
  currency: string | null;
  street: string | null;
  city: string | null;
  phone: string | null;
  status: 'ACTIVE' | 'ARCHIVED';
  isCustomer: boolean;
  isSupplier: boolean;
  /** The contact that it was merged into. */
  mergedInto?: number;
}

export interface Line {
  /** Unique in the organisation: LineItemID is made from it. */
  id: number;
  description: string;
  /** The rest is null on a line that is words only (xero-api.md 3.4). */
  amounts: LineAmounts | null;
  /** Absent where the line has none; two at most (Xero has two active categories at most). */
  tracking?: readonly TrackingChoice[];
  /** The index of the item entered on it; absent where none was. */
  item?: number;
}

/** One option of a tracking category. */
export interface TrackingChoice {
  /** The index of the category. */
  category: number;
  /** The `id` of the option. */
  option: number;
}

export interface LineAmounts {
  /** Ten-thousandths. */
  quantity: number;
  /** Ten-thousandths of a unit of money. */
  unit: number;
  account: number;
  taxType: string;
  /** Cents as printed in LineAmount: with tax where the document is inclusive. */
  amount: number;
  tax: number;
}

export interface Document extends Row {
  contact: number;
  date: Day;
  reference: string | null;
  lineAmountTypes: LineAmountTypes;
  lines: readonly Line[];
  currency: string;
  /** Foreign units per base unit, times 1e10. */
  rate: number;
  /** Cents, from the lines. */
  total: number;
  tax: number;
}

export type InvoiceStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

export interface Invoice extends Document {
  type: 'ACCREC' | 'ACCPAY';
  number: string | null;
  due: Day;
  status: InvoiceStatus;
  /** Indexes of all payments ever made, deleted ones too. */
  payments: readonly number[];
  /** Indexes of all allocations of credits ever made to it, deleted ones too; absent where there was none. */
  allocations?: readonly number[] | undefined;
  wasSent: boolean;
}

export interface Payment extends Row {
  /** Null where it is the refund of a credit. */
  invoice: number | null;
  /** What it refunds. */
  credit?: CreditRef | undefined;
  account: number;
  date: Day;
  /** Cents in the invoice's currency. */
  amount: number;
  /** Cents in the account's currency. */
  bankAmount: number;
  /** Foreign units per base unit, times 1e10, on the day of the payment. */
  rate: number;
  reference: string | null;
  isReconciled: boolean;
  status: 'AUTHORISED' | 'DELETED';
}

export interface BankTransaction extends Document {
  type: 'RECEIVE' | 'SPEND' | Prepayment['type'] | Overpayment['type'];
  account: number;
  /** VOIDED is how the bank transaction of a credit ends. */
  status: 'AUTHORISED' | 'DELETED' | 'VOIDED';
  /** The prepayment or overpayment that it made: its postings are that one's (credit-postings.ts). */
  credit?: CreditRef | undefined;
  isReconciled: boolean;
}
