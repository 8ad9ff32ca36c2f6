/** The ways a record leaves: voided or deleted in place, archived, or gone without a trace. */
import { type Company, change } from '../company/company.ts';
import type { Credit } from '../company/credit-rows.ts';
import { creditOf } from '../company/credits.ts';
import type { RecordKind } from '../company/kinds.ts';
import { settlePaid } from '../company/paid-document.ts';
import type { Line } from '../company/rows.ts';
import { rowOf } from './find.ts';
import { ControlError } from './refuse.ts';
import { vanishAllocations, vanishCredit } from './vanish-credit.ts';

/**
 * Removes a record from every list and look by id, with nothing left to tell. A document leaves the ledger with it, an
 * invoice and a credit take their payments and allocations along, and what they paid is due again. Accounts and contacts live on inside documents.
 */
export function vanishRecord(company: Company, kind: RecordKind, id: string): void {
  const row = rowOf(company, kind, id);
  if (kind === 'invoices') vanishAllocations(company, company.invoices.at(row.index).allocations);
  const credit = creditBehind(company, kind, row.index);
  if (credit) {
    vanishCredit(company, credit);
    return;
  }
  change(company, kind, row, () => {
    row.isHidden = true;
    if (kind === 'invoices') {
      for (const index of company.invoices.at(row.index).payments) company.payments.at(index).isHidden = true;
    }
    if (kind === 'payments') {
      settlePaid(company, company.payments.at(row.index), null);
    }
  });
}

/** A credit, or that which a bank transaction made. */
function creditBehind(company: Company, kind: RecordKind, index: number): Credit | null {
  if (kind === 'creditNotes' || kind === 'prepayments' || kind === 'overpayments') {
    return creditOf(company, { kind, index });
  }
  const made = kind === 'bankTransactions' ? company.bankTransactions.at(index).credit : undefined;
  return made ? creditOf(company, made) : null;
}

/** As a person deletes an account in Xero: gone without a trace (xero-api.md 3.2), which Xero allows only where nothing needs it. */
export function deleteAccount(company: Company, id: string): void {
  const { index, systemAccount } = rowOf(company, 'accounts', id);
  if (systemAccount !== '') throw new ControlError('id', 'System accounts cannot be deleted.');
  if (company.ledger.accounts().includes(index) || isNamed(company, index)) {
    throw new ControlError('id', 'An account with transactions cannot be deleted, only archived.');
  }
  vanishRecord(company, 'accounts', id);
}

/** Drafts and voided documents name accounts that nothing was posted to, and so do items. */
function isNamed(company: Company, account: number): boolean {
  const isOnLine = ({ lines }: { lines: readonly Line[] }) =>
    lines.some(({ amounts }) => amounts?.account === account);
  return (
    company.invoices.some(isOnLine) ||
    company.bankTransactions.some(isOnLine) ||
    company.creditNotes.some(isOnLine) ||
    company.manualJournals.some(({ lines }) => lines.some((line) => line.account === account)) ||
    company.items.some(({ sold, bought }) => sold?.account === account || bought?.account === account)
  );
}
