/** Edits one record as a person in Xero would, with the ledger following (transitions: xero-api.md 7.2). */
import type { z } from 'zod';
import { type Company, change } from '../company/company.ts';
import { isNameTaken } from '../company/contact-names.ts';
import { isUntouched, settleStatus } from '../company/documents.ts';
import { settlePaid } from '../company/paid-document.ts';
import type { Invoice, InvoiceStatus } from '../company/rows.ts';
import type { Resource } from './action.ts';
import { newContent } from './document-content.ts';
import { editAdvance, editCreditNote, editCreditTransaction } from './edit-credit.ts';
import { editGroup, editItem, editJournal, editTransfer } from './edit-kinds.ts';
import { editTracking } from './edit-tracking.ts';
import {
  accountFields,
  bankTransactionFields,
  contactFields,
  invoiceFields,
  paymentFields,
} from './fields.ts';
import { rowOf } from './find.ts';
import { assign, parsed } from './parsed.ts';
import { ControlError } from './refuse.ts';

/** `fields` has Xero's names; what is left out stays. Throws `ControlError`, with nothing changed, where Xero would refuse. */
export function editRecord(company: Company, kind: Resource, id: string, fields: unknown, now: number): void {
  EDITORS[kind](company, id, fields, now);
}

const EDITORS: Record<Resource, (company: Company, id: string, fields: unknown, now: number) => void> = {
  contacts(company, id, input, now) {
    const row = rowOf(company, 'contacts', id);
    const fields = parsed(contactFields.partial(), input);
    if (fields.Name !== undefined && isNameTaken(company, fields.Name, row.index))
      throw new ControlError('fields.Name', 'Please enter a unique Name.');
    if (row.mergedInto !== undefined) throw new ControlError('id', 'A merged contact cannot be changed.');
    change(company, 'contacts', row, () => {
      assign(row, {
        name: fields.Name,
        firstName: fields.FirstName,
        lastName: fields.LastName,
        email: fields.EmailAddress,
        number: fields.ContactNumber,
        accountNumber: fields.AccountNumber,
        taxNumber: fields.TaxNumber,
        status: fields.ContactStatus,
        updatedAt: now,
      });
    });
  },
  accounts(company, id, input, now) {
    const row = rowOf(company, 'accounts', id);
    const fields = parsed(accountFields.partial(), input);
    if (fields.Status === 'ARCHIVED' && row.systemAccount !== '') {
      throw new ControlError('fields.Status', 'System accounts cannot be archived.');
    }
    change(company, 'accounts', row, () => {
      assign(row, {
        name: fields.Name,
        code: fields.Code,
        description: fields.Description,
        status: fields.Status,
        updatedAt: now,
      });
    });
  },
  invoices(company, id, input, now) {
    const row = rowOf(company, 'invoices', id);
    editInvoice(company, row, parsed(invoiceFields.partial(), input), now);
  },
  payments(company, id, input, now) {
    const row = rowOf(company, 'payments', id);
    const fields = parsed(paymentFields.partial(), input);
    if (row.status === 'DELETED') throw new ControlError('id', 'A deleted payment cannot be changed.');
    change(company, 'payments', row, () => {
      assign(row, {
        reference: fields.Reference,
        isReconciled: fields.IsReconciled,
        status: fields.Status,
        updatedAt: now,
      });
      settlePaid(company, row, fields.Status === 'DELETED' ? now : null);
    });
  },
  creditNotes: editCreditNote,
  prepayments: (company, id, input, now) => editAdvance(company, 'prepayments', id, input, now),
  overpayments: (company, id, input, now) => editAdvance(company, 'overpayments', id, input, now),
  bankTransfers: editTransfer,
  manualJournals: editJournal,
  items: editItem,
  contactGroups: editGroup,
  trackingCategories: editTracking,
  bankTransactions(company, id, input, now) {
    const row = rowOf(company, 'bankTransactions', id);
    const fields = parsed(bankTransactionFields.partial(), input);
    if (row.status !== 'AUTHORISED')
      throw new ControlError('id', 'A deleted bank transaction cannot be changed.');
    if (row.credit && editCreditTransaction(company, row, fields, now)) return;
    const content = newContent(company, row, fields, row.type === 'RECEIVE' ? 'sales' : 'general');
    change(company, 'bankTransactions', row, () => {
      assign(row, {
        ...content,
        reference: fields.Reference,
        isReconciled: fields.IsReconciled,
        status: fields.Status,
        updatedAt: now,
      });
    });
  },
};

const MOVES: Record<InvoiceStatus, InvoiceStatus[]> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: [],
  VOIDED: [],
  DELETED: [],
};

function editInvoice(
  company: Company,
  row: Invoice,
  fields: z.output<ReturnType<typeof invoiceFields.partial>>,
  now: number,
) {
  const hasPayments = !isUntouched(company, row);
  if (fields.Status !== undefined && !MOVES[row.status].includes(fields.Status)) {
    throw new ControlError('fields.Status', 'Invoice not of valid status for modification');
  }
  if (fields.Status === 'VOIDED' && hasPayments) {
    throw new ControlError('fields.Status', 'An invoice with payments or credits cannot be voided.');
  }
  if (
    (fields.LineItems || fields.LineAmountTypes || fields.Date !== undefined) &&
    (hasPayments || row.status === 'PAID')
  ) {
    throw new ControlError('fields', 'Amounts and dates of an invoice with payments cannot be changed.');
  }
  const content = newContent(company, row, fields, row.type === 'ACCREC' ? 'sales' : 'general');
  // On part-paid documents a new due date or a sent mark does not stamp the record (xero-api.md 3.1).
  const isSilent =
    hasPayments && Object.keys(fields).every((name) => name === 'DueDate' || name === 'SentToContact');
  change(company, 'invoices', row, () => {
    assign(row, {
      ...content,
      number: fields.InvoiceNumber,
      reference: fields.Reference,
      due: fields.DueDate,
      status: fields.Status,
      wasSent: fields.SentToContact,
      updatedAt: isSilent ? undefined : now,
    });
    settleStatus(company, row);
  });
}
