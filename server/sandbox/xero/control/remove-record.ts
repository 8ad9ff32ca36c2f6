/** The ways a record leaves: voided or deleted in place, archived, or gone without a trace. */
import { type Company, changeBankTransaction, changeInvoice, type RecordKind } from '../company/company.ts';
import { settleStatus } from '../company/documents.ts';
import type { BankTransaction, Invoice, Payment } from '../company/rows.ts';
import { rowOf } from './find.ts';
import { ControlError } from './refuse.ts';

/**
 * Removes a record from every list and look by id, with nothing left to tell. A document leaves the ledger with it, an
 * invoice takes its payments along, and a payment's invoice is due again. Accounts and contacts live on inside documents.
 */
export function vanishRecord(company: Company, kind: RecordKind, id: string): void {
  const row = rowOf(company, kind, id);
  if (kind === 'invoices') {
    changeInvoice(company, row as Invoice, () => {
      row.isHidden = true;
      for (const index of (row as Invoice).payments) (company.payments[index] as Payment).isHidden = true;
    });
  } else if (kind === 'payments') {
    const invoice = company.invoices[(row as Payment).invoice] as Invoice;
    changeInvoice(company, invoice, () => {
      row.isHidden = true;
      settleStatus(company, invoice);
    });
  } else if (kind === 'bankTransactions') {
    changeBankTransaction(company, row as BankTransaction, () => {
      row.isHidden = true;
    });
  } else {
    row.isHidden = true;
    company.version++;
  }
}

/** As a person deletes an account in Xero: gone without a trace (xero-api.md 3.2), which Xero allows only where nothing needs it. */
export function deleteAccount(company: Company, id: string): void {
  const { index, systemAccount } = rowOf(company, 'accounts', id);
  if (systemAccount !== '') throw new ControlError('id', 'System accounts cannot be deleted.');
  if (company.ledger.accounts().includes(index)) {
    throw new ControlError('id', 'An account with transactions cannot be deleted, only archived.');
  }
  vanishRecord(company, 'accounts', id);
}
