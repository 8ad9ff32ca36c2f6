/** `/Overpayments`: made by a bank transaction of the same type: one line, no tax, coded to the control account (xero-api.md 3.2, 7.2; examples in OAS 16.1). */
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

export const overpayments: Listing<'overpayments'> = {
  kind: 'overpayments',
  plural: 'Overpayments',
  scope: 'accounting.payments',
  canPage: true,
  hasSummaryOnly: false,
  idField: 'OverpaymentID',
  orders: { Date: (_, row) => row.date, Reference: (_, row) => row.reference ?? '' },
  where: (company) => ({
    OverpaymentID: { type: 'guid', optimised: 'equals', read: (row) => creditId(company, row) },
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
    const references = new Set(query.list('References'));
    return query.get('References') ? [(row) => row.reference !== null && references.has(row.reference)] : [];
  },
  render(company, row, form, asked) {
    const id = stringText(creditId(company, row));
    return objectText(2, [
      'OverpaymentID',
      id,
      'ID',
      id,
      'CurrencyRate',
      decimalText(row.rate, 10),
      'Type',
      stringText(row.type),
      'Reference',
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
