/** `/Overpayments`: made by a bank transaction of the same type: one line, no tax, coded to the control account (xero-api.md 3.2, 7.2; examples in OAS 16.1). */
import type { Listing } from './listing.ts';
import { advanceOrders, advanceText, advanceWhere, referenceFilters } from './money-in-advance.ts';

const idField = 'OverpaymentID';

export const overpayments: Listing<'overpayments'> = {
  kind: 'overpayments',
  plural: 'Overpayments',
  scope: 'accounting.payments',
  canPage: true,
  hasSummaryOnly: false,
  idField,
  orders: advanceOrders,
  where: (company) => advanceWhere(company, idField),
  filters: (_, query) => referenceFilters(query, 'References'),
  render: (company, row, form, asked) =>
    advanceText(company, row, form, asked, { idField, numberFields: [] }),
};
