/** `/CreditNotes` (xero-api.md 3.1 to 3.4, 2026-11-20): voided and deleted ones are listed. */
import type { Company } from '../company/company.ts';
import type { CreditNote } from '../company/credit-rows.ts';
import { remainingOf, usedUpOn } from '../company/credits.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { objectText, optionalText, stringText } from '../json/json-text.ts';
import { dayText } from '../json/wire-dates.ts';
import { brandingThemeText } from './branding-themes.ts';
import { contactText } from './contacts.ts';
import {
  allocationsText,
  contentFields,
  creditId,
  creditWhere,
  dateFields,
  refundsText,
} from './credit-parts.ts';
import type { Asked, Form, Listing } from './listing.ts';

export const creditNotes: Listing<'creditNotes'> = {
  kind: 'creditNotes',
  plural: 'CreditNotes',
  scope: 'accounting.invoices',
  canPage: true,
  hasSummaryOnly: false,
  idField: 'CreditNoteID',
  orders: { Date: (_, row) => row.date, CreditNoteNumber: (_, row) => row.number ?? '' },
  where: (company) => ({
    CreditNoteID: { type: 'guid', optimised: 'equals', read: (row) => creditId(company, row) },
    CreditNoteNumber: { type: 'text', read: (row) => row.number },
    ...creditWhere(company),
    CurrencyCode: { type: 'text', read: (row) => row.currency },
    'Contact.Name': {
      type: 'text',
      optimised: 'equals',
      read: (row) => company.contacts.at(row.contact).name,
    },
  }),
  filters: () => [],
  findByName: (company, name) => company.creditNotes.find((row) => row.number === name && !row.isHidden),
  render: (company, row, form, asked) => objectText(2, fieldsOf(company, row, form, asked)),
};

function fieldsOf(company: Company, row: CreditNote, form: Form, asked: Asked): (string | undefined)[] {
  const id = stringText(creditId(company, row));
  const usedUp = usedUpOn(company, row);
  return [
    'CreditNoteID',
    id,
    'CreditNoteNumber',
    stringText(row.number ?? ''),
    'Payments',
    refundsText(company, row),
    'ID',
    id,
    'HasErrors',
    'false',
    'CurrencyRate',
    decimalText(row.rate, 10),
    'Type',
    stringText(row.type),
    'Reference',
    // A credit note of a supplier has the field, empty (example of CreditNotes in OAS 16.1).
    row.reference === null && row.type === 'ACCPAYCREDIT' ? '""' : optionalText(row.reference),
    'SentToContact',
    row.wasSent ? 'true' : undefined,
    'RemainingCredit',
    moneyText(remainingOf(company, row)),
    'Allocations',
    allocationsText(company, row),
    'HasAttachments',
    'false',
    'Contact',
    contactText(company, row.contact, form, asked.sees),
    ...dateFields(row),
    'BrandingThemeID',
    row.type === 'ACCRECCREDIT' ? brandingThemeText(company, 'creditNotes', row.index) : undefined,
    'Status',
    stringText(row.status),
    ...contentFields(company, row, form, asked),
    'FullyPaidOnDate',
    usedUp === null ? undefined : dayText(usedUp),
  ];
}
