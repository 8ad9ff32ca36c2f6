/** What a contact owes and is owed: its open documents, added up when it is shown; it moves without stamping the contact. */
import type { Company } from '../company/company.ts';
import { invoiceTypeFor, remainingOf } from '../company/credits.ts';
import { dueOf } from '../company/documents.ts';
import { openDocuments } from '../company/open-documents.ts';
import { moneyText } from '../json/decimal.ts';
import { objectText } from '../json/json-text.ts';
import type { Day } from '../json/wire-dates.ts';

const CREDITS = ['creditNotes', 'prepayments', 'overpayments'] as const;

/** Documents at face value, whatever their currency, less what is left of credits. Undefined when nothing was ever due (xero-api.md 3.4). */
export function balancesText(
  company: Company,
  contact: number,
  depth: number,
  today: Day,
): string | undefined {
  const open = openDocuments(company, 'invoices', contact);
  const credits = CREDITS.flatMap((kind) =>
    [...openDocuments(company, kind, contact)].map((index) => company[kind].at(index)),
  );
  if (open.length === 0 && credits.length === 0) return undefined;
  const receivable = { outstanding: 0, overdue: 0 };
  const payable = { outstanding: 0, overdue: 0 };
  for (const index of open) {
    const invoice = company.invoices.at(index);
    const side = invoice.type === 'ACCREC' ? receivable : payable;
    const cents = dueOf(company, invoice);
    side.outstanding += cents;
    if (invoice.due < today) side.overdue += cents;
  }
  for (const credit of credits) {
    const side = invoiceTypeFor(credit) === 'ACCREC' ? receivable : payable;
    side.outstanding -= remainingOf(company, credit);
  }
  const sideText = ({ outstanding, overdue }: typeof receivable) =>
    objectText(depth + 1, ['Outstanding', moneyText(outstanding), 'Overdue', moneyText(overdue)]);
  return objectText(depth, [
    'AccountsReceivable',
    sideText(receivable),
    'AccountsPayable',
    sideText(payable),
  ]);
}
