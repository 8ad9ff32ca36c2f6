/** The credits that were set against an invoice, as the invoice shows them, one entry per allocation. */
import type { Company } from '../company/company.ts';
import type { CreditKind } from '../company/credit-rows.ts';
import { creditOf, liveAllocations } from '../company/credits.ts';
import type { Invoice } from '../company/rows.ts';
import { moneyText } from '../json/decimal.ts';
import { listText, objectText, stringText } from '../json/json-text.ts';
import { dayText, dayTwinText } from '../json/wire-dates.ts';
import { creditId } from './credit-parts.ts';

/** `CreditNotes`, `Prepayments` and `Overpayments`, each `[]` where there is none. */
export const appliedFields = (company: Company, invoice: Invoice): string[] => [
  'CreditNotes',
  appliedText(company, invoice, 'creditNotes', 'CreditNoteID'),
  'Prepayments',
  appliedText(company, invoice, 'prepayments', 'PrepaymentID'),
  'Overpayments',
  appliedText(company, invoice, 'overpayments', 'OverpaymentID'),
];

function appliedText(company: Company, invoice: Invoice, kind: CreditKind, idField: string): string {
  if (!invoice.allocations) return '[]';
  const applied = liveAllocations(company, invoice.allocations).filter(({ credit }) => credit.kind === kind);
  return listText(
    3,
    applied.map(({ credit: ref, amount }) => {
      const credit = creditOf(company, ref);
      const id = stringText(creditId(company, credit));
      return objectText(4, [
        idField,
        id,
        'CreditNoteNumber',
        'number' in credit ? stringText(credit.number ?? '') : undefined,
        'ID',
        id,
        'HasErrors',
        kind === 'creditNotes' ? 'false' : undefined,
        'AppliedAmount',
        moneyText(amount),
        'DateString',
        dayTwinText(credit.date),
        'Date',
        dayText(credit.date),
        'LineItems',
        '[]',
        'Total',
        moneyText(credit.total),
      ]);
    }),
  );
}
