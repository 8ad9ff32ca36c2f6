/** The ways a record leaves: voided or deleted in place, archived, or gone without a trace. */
import { type Company, change } from '../company/company.ts';
import { settleStatus } from '../company/documents.ts';
import type { RecordKind } from '../company/kinds.ts';
import { rowOf } from './find.ts';
import { ControlError } from './refuse.ts';

/**
 * Removes a record from every list and look by id, with nothing left to tell. A document leaves the ledger with it, an
 * invoice takes its payments along, and a payment's invoice is due again. Accounts and contacts live on inside documents.
 */
export function vanishRecord(company: Company, kind: RecordKind, id: string): void {
  const row = rowOf(company, kind, id);
  change(company, kind, row, () => {
    row.isHidden = true;
    if (kind === 'invoices') {
      for (const index of company.invoices.at(row.index).payments) company.payments.at(index).isHidden = true;
    }
    if (kind === 'payments') {
      settleStatus(company, company.invoices.at(company.payments.at(row.index).invoice));
    }
  });
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
