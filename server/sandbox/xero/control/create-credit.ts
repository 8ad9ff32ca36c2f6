/** Makes credit notes, prepayments, overpayments, their refunds and allocations as a person in Xero would. */
import { z } from 'zod';
import type { Company } from '../company/company.ts';
import {
  addCreditNote,
  addMoneyInAdvance,
  allocatable,
  allocate,
  deleteAllocation,
  refund,
} from '../company/credit-acts.ts';
import type { Allocation, Credit, CreditKind, CreditNote } from '../company/credit-rows.ts';
import { creditOf, liveAllocations, remainingOf } from '../company/credits.ts';
import { dayRate, exchanged } from '../company/exchange.ts';
import type { Payment } from '../company/rows.ts';
import type { newPaymentFields } from './fields.ts';
import { accountCoded, contactFor, lineDrafts, rowOf } from './find.ts';
import { creditNoteFields, newAdvanceFields } from './kind-fields.ts';
import { parsed } from './parsed.ts';
import { ControlError } from './refuse.ts';

const newCreditNote = creditNoteFields
  .partial()
  .required({ LineItems: true })
  .extend({ Type: z.enum(['ACCRECCREDIT', 'ACCPAYCREDIT']).default('ACCRECCREDIT') });

export function createCreditNote(company: Company, input: unknown, now: number): CreditNote {
  const fields = parsed(newCreditNote, input);
  if (fields.Status === 'VOIDED' || fields.Status === 'DELETED') {
    throw new ControlError('fields.Status', 'Credit note not of valid status for creation');
  }
  const number = fields.Type === 'ACCRECCREDIT' ? `CN-N${company.creditNotes.length}` : null;
  return addCreditNote(company, {
    type: fields.Type,
    contact: contactFor(company, fields.ContactID).index,
    date: fields.Date ?? company.today(now),
    number: fields.CreditNoteNumber === undefined ? number : fields.CreditNoteNumber,
    reference: fields.Reference ?? null,
    kind: fields.LineAmountTypes ?? 'Exclusive',
    lines: lineDrafts(company, fields.LineItems, [], fields.Type === 'ACCRECCREDIT' ? 'sales' : 'general'),
    status: fields.Status ?? 'AUTHORISED',
    wasSent: fields.SentToContact ?? false,
    updatedAt: now,
  });
}

/** Prepayments are inclusive unless told otherwise, as their bank transactions are (xero-api.md 7.3). */
export function createAdvance(
  company: Company,
  kind: 'PREPAYMENT' | 'OVERPAYMENT',
  input: unknown,
  now: number,
): Credit {
  const fields = parsed(newAdvanceFields, input);
  const account =
    fields.BankAccountCode === undefined
      ? company.account('cheque')
      : accountCoded(company, fields.BankAccountCode, 'fields.BankAccountCode');
  if (!company.accounts.at(account).bank)
    throw new ControlError('fields.BankAccountCode', 'not a bank account');
  return addMoneyInAdvance(company, {
    type: `${fields.Type}-${kind}`,
    account,
    contact: contactFor(company, fields.ContactID).index,
    date: fields.Date ?? company.today(now),
    reference: fields.Reference ?? null,
    kind: fields.LineAmountTypes ?? 'Inclusive',
    lines: lineDrafts(company, fields.LineItems, [], fields.Type === 'RECEIVE' ? 'sales' : 'general'),
    isReconciled: false,
    updatedAt: now,
  });
}

type NewPayment = z.output<typeof newPaymentFields>;

/** Null where the payment is not of a credit. */
export function creditNamed(company: Company, fields: NewPayment): Credit | null {
  if (fields.CreditNoteID !== undefined)
    return rowOf(company, 'creditNotes', fields.CreditNoteID, 'fields.CreditNoteID');
  if (fields.PrepaymentID !== undefined)
    return rowOf(company, 'prepayments', fields.PrepaymentID, 'fields.PrepaymentID');
  if (fields.OverpaymentID !== undefined)
    return rowOf(company, 'overpayments', fields.OverpaymentID, 'fields.OverpaymentID');
  return null;
}

/** From the account named, the cheque account where none is. */
export function createRefund(company: Company, credit: Credit, fields: NewPayment, now: number): Payment {
  if (credit.status !== 'AUTHORISED') throw new ControlError('fields', 'Credit not of valid status');
  const left = remainingOf(company, credit);
  const amount = fields.Amount ?? left;
  if (amount <= 0 || amount > left)
    throw new ControlError('fields.Amount', 'The refund exceeds the remaining credit');
  const account =
    fields.AccountCode === undefined
      ? company.account('cheque')
      : accountCoded(company, fields.AccountCode, 'fields.AccountCode');
  const { bank, canTakePayments } = company.accounts.at(account);
  if (!bank && !canTakePayments)
    throw new ControlError('fields.AccountCode', 'Payments cannot be made to this account.');
  const { profile } = company;
  const date = fields.Date ?? Math.max(credit.date, company.today(now));
  return refund(company, credit, {
    updatedAt: now,
    account,
    date,
    amount,
    bankAmount: exchanged(profile, amount, credit.currency, bank?.currency ?? profile.baseCurrency, date),
    rate: dayRate(profile, credit.currency, date),
    reference: fields.Reference ?? null,
    isReconciled: false,
  });
}

/** As much as both can bear where no amount is given. */
export function allocateCredit(
  company: Company,
  kind: CreditKind,
  id: string,
  invoiceId: string,
  amount: number | undefined,
  now: number,
): Allocation {
  const credit = creditOf(company, { kind, index: rowOf(company, kind, id).index });
  const invoice = rowOf(company, 'invoices', invoiceId, 'invoiceId');
  const most = allocatable(company, credit, invoice);
  if (most === 0) {
    throw new ControlError(
      'invoiceId',
      'The invoice and the credit must be authorised, of one contact, currency and side.',
    );
  }
  const given = amount ?? most;
  if (given <= 0 || given > most)
    throw new ControlError('amount', 'The amount exceeds the credit or what is due.');
  return allocate(company, credit, invoice, given, now);
}

export function removeAllocation(company: Company, id: string, now: number): Allocation {
  const allocation = rowOf(company, 'allocations', id);
  if (liveAllocations(company, [allocation.index]).length === 0)
    throw new ControlError('id', `no such allocation: ${id}`);
  deleteAllocation(company, allocation, now);
  return allocation;
}
