/** The ways a record leaves: voided or deleted in place, archived, or gone without a trace. */
import { type Company, changeBankTransaction, changeInvoice, type RecordKind } from '../company/company.ts';
import { settleStatus } from '../company/documents.ts';
import type { BankTransaction, Invoice, Payment } from '../company/rows.ts';
import { rowOf } from './find.ts';

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
