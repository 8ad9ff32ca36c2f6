/** Edits credit notes, prepayments and overpayments as a person in Xero would, the ledger following. */
import type { z } from 'zod';
import type { Company } from '../company/company.ts';
import { changeCredit, endCredit } from '../company/credit-acts.ts';
import type { Credit, CreditNote } from '../company/credit-rows.ts';
import { creditOf, settleCredit, usesOf } from '../company/credits.ts';
import type { BankTransaction, InvoiceStatus } from '../company/rows.ts';
import { newContent } from './document-content.ts';
import type { bankTransactionFields } from './fields.ts';
import { rowOf } from './find.ts';
import { advanceFields, creditNoteFields } from './kind-fields.ts';
import { assign, parsed } from './parsed.ts';
import { ControlError } from './refuse.ts';

/** As of invoices (xero-api.md 7.2). */
const MOVES: Record<InvoiceStatus, InvoiceStatus[]> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: [],
  VOIDED: [],
  DELETED: [],
};

const isUsed = (company: Company, credit: Credit) => usesOf(company, credit).length > 0;

export function editCreditNote(company: Company, id: string, input: unknown, now: number): void {
  const row: CreditNote = rowOf(company, 'creditNotes', id);
  const fields = parsed(creditNoteFields.partial(), input);
  if (fields.Status !== undefined && !MOVES[row.status].includes(fields.Status)) {
    throw new ControlError('fields.Status', 'Credit note not of valid status for modification');
  }
  if (fields.Status === 'VOIDED') {
    refuseUsed(company, row);
    endCredit(company, row, 'VOIDED', now);
    return;
  }
  const movesMoney =
    fields.LineItems || fields.LineAmountTypes || fields.Date !== undefined || fields.ContactID !== undefined;
  if (movesMoney && (isUsed(company, row) || row.status === 'PAID')) {
    throw new ControlError(
      'fields',
      'Amounts, dates and contacts of a credit that was used cannot be changed.',
    );
  }
  const content = newContent(company, row, fields, row.type === 'ACCRECCREDIT' ? 'sales' : 'general');
  changeCredit(company, row, () => {
    assign(row, {
      ...content,
      number: fields.CreditNoteNumber,
      reference: fields.Reference,
      status: fields.Status,
      wasSent: fields.SentToContact,
      updatedAt: now,
    });
    settleCredit(company, row);
  });
}

/** All that Xero lets people change of money in advance is whether it still counts (xero-api.md 7.2, step 8). */
export function editAdvance(
  company: Company,
  kind: 'prepayments' | 'overpayments',
  id: string,
  input: unknown,
  now: number,
): void {
  const row = rowOf(company, kind, id);
  parsed(advanceFields, input);
  if (row.status !== 'AUTHORISED') {
    throw new ControlError('fields.Status', 'Not of valid status for modification');
  }
  refuseUsed(company, row);
  endCredit(company, row, 'VOIDED', now);
}

/** Of the bank transaction behind a credit: deleting it voids both. False where nothing but its own mark or reference changes. */
export function editCreditTransaction(
  company: Company,
  row: BankTransaction,
  fields: z.output<ReturnType<typeof bankTransactionFields.partial>>,
  now: number,
): boolean {
  if (!row.credit) return false;
  if (fields.Status === 'DELETED') {
    const credit = creditOf(company, row.credit);
    refuseUsed(company, credit);
    endCredit(company, credit, 'VOIDED', now);
    return true;
  }
  const closed = (['ContactID', 'Date', 'LineAmountTypes', 'LineItems', 'Reference'] as const).find(
    (name) => fields[name] !== undefined,
  );
  if (closed) {
    throw new ControlError(`fields.${closed}`, 'A prepayment or overpayment cannot be changed, only voided.');
  }
  return false;
}

function refuseUsed(company: Company, credit: Credit) {
  if (isUsed(company, credit)) {
    throw new ControlError('fields.Status', 'A credit with allocations or refunds cannot be voided.');
  }
}
