/** `/Prepayments`: made by a bank transaction of the same type (xero-api.md 3.2, 7.2; examples in OAS 16.1). */
import { remainingOf } from '../company/credits.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { objectText, optionalText, stringText } from '../json/json-text.ts';
import { DAY_MS } from '../json/wire-dates.ts';
import {
  allocationsText,
  contactOfCredit,
  contentFields,
  creditId,
  dateFields,
  refundsText,
} from './credit-parts.ts';
import type { Listing } from './listing.ts';

export const prepayments: Listing<'prepayments'> = {
  kind: 'prepayments',
  plural: 'Prepayments',
  scope: 'accounting.payments',
  canPage: true,
  hasSummaryOnly: false,
  idField: 'PrepaymentID',
  orders: { Date: (_, row) => row.date, Reference: (_, row) => row.reference ?? '' },
  where: (company) => ({
    PrepaymentID: { type: 'guid', optimised: 'equals', read: (row) => creditId(company, row) },
    Type: { type: 'text', optimised: 'equals', read: (row) => row.type },
    Status: { type: 'text', optimised: 'equals', read: (row) => row.status },
    Reference: { type: 'text', optimised: 'equals', read: (row) => row.reference },
    Date: { type: 'date', optimised: 'range', read: (row) => row.date * DAY_MS },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
    Total: { type: 'decimal', read: (row) => row.total * 100 },
    RemainingCredit: { type: 'decimal', read: (row) => remainingOf(company, row) * 100 },
    'Contact.ContactID': {
      type: 'guid',
      optimised: 'equals',
      read: (row) => company.id('contacts', row.contact),
    },
  }),
  filters(_, query) {
    const numbers = new Set(query.list('InvoiceNumbers'));
    return query.get('InvoiceNumbers') ? [(row) => row.reference !== null && numbers.has(row.reference)] : [];
  },
  render(company, row, form, asked) {
    const id = stringText(creditId(company, row));
    return objectText(2, [
      'PrepaymentID',
      id,
      'ID',
      id,
      'CurrencyRate',
      decimalText(row.rate, 10),
      'Type',
      stringText(row.type),
      // Both say what the invoice-number field of the form said (xero-api.md 3.2).
      'Reference',
      optionalText(row.reference),
      'InvoiceNumber',
      optionalText(row.reference),
      'RemainingCredit',
      moneyText(remainingOf(company, row)),
      'Allocations',
      allocationsText(company, row),
      'Payments',
      refundsText(company, row),
      'HasAttachments',
      'false',
      'Contact',
      contactOfCredit(company, row, form, asked),
      ...dateFields(row),
      'Status',
      stringText(row.status),
      ...contentFields(company, row, form, asked),
    ]);
  },
};
