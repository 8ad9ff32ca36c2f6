/** `/Prepayments`: made by a bank transaction of the same type (xero-api.md 3.2, 7.2; examples in OAS 16.1). */
import { optionalText } from '../json/json-text.ts';
import type { Listing } from './listing.ts';
import { advanceOrders, advanceText, advanceWhere, referenceFilters } from './money-in-advance.ts';

const idField = 'PrepaymentID';

export const prepayments: Listing<'prepayments'> = {
  kind: 'prepayments',
  plural: 'Prepayments',
  scope: 'accounting.payments',
  canPage: true,
  hasSummaryOnly: false,
  idField,
  orders: advanceOrders,
  where: (company) => advanceWhere(company, idField),
  filters: (_, query) => referenceFilters(query, 'InvoiceNumbers'),
  render: (company, row, form, asked) =>
    // Both say what the invoice-number field of the form said (xero-api.md 3.2).
    advanceText(company, row, form, asked, {
      idField,
      numberFields: ['InvoiceNumber', optionalText(row.reference)],
    }),
};
