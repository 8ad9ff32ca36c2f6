/** `/BankTransactions`: money received and spent; payments are not among them (xero-api.md 3.2 and 3.4, 2026-11-20). */
import type { BankTransaction } from '../company/rows.ts';
import { decimalText, moneyText, RATE_ONE } from '../json/decimal.ts';
import { booleanText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { DAY_MS, dayText, dayTwinText, instantText } from '../json/wire-dates.ts';
import { contactText } from './contacts.ts';
import type { Listing } from './listing.ts';
import { lineItemsText } from './render-line.ts';

export const bankTransactions: Listing<'bankTransactions'> = {
  kind: 'bankTransactions',
  plural: 'BankTransactions',
  scope: 'accounting.banktransactions',
  canPage: true,
  hasSummaryOnly: false,
  idField: 'BankTransactionID',
  orders: { Date: (_, row) => row.date },
  where: (company) => ({
    BankTransactionID: {
      type: 'guid',
      optimised: 'equals',
      read: (row) => company.id('bankTransactions', row.index),
    },
    Type: { type: 'text', optimised: 'equals', read: (row) => row.type },
    Status: { type: 'text', optimised: 'equals', read: (row) => row.status },
    Date: { type: 'date', optimised: 'range', read: (row) => row.date * DAY_MS },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
    Reference: { type: 'text', read: (row) => row.reference },
    Total: { type: 'decimal', read: (row) => row.total * 100 },
    IsReconciled: { type: 'boolean', read: (row) => row.isReconciled },
    'Contact.ContactID': {
      type: 'guid',
      optimised: 'equals',
      read: (row) => company.id('contacts', row.contact),
    },
    'BankAccount.AccountID': { type: 'guid', read: (row) => company.id('accounts', row.account) },
  }),
  filters(company, query) {
    const ids = new Set(query.list('IDs').map((id) => company.indexOf('bankTransactions', id)));
    return query.get('IDs') ? [(row: BankTransaction) => ids.has(row.index)] : [];
  },
  render(company, row, form, { unitPlaces, sees }) {
    const account = company.accounts.at(row.account);
    return objectText(2, [
      'BankTransactionID',
      stringText(company.id('bankTransactions', row.index)),
      'BankAccount',
      objectText(3, [
        'AccountID',
        stringText(company.id('accounts', account.index)),
        'Code',
        optionalText(account.code),
        'Name',
        stringText(account.name),
      ]),
      'Type',
      stringText(row.type),
      'Reference',
      optionalText(row.reference),
      'IsReconciled',
      booleanText(row.isReconciled),
      row.credit?.kind === 'prepayments' ? 'PrepaymentID' : 'OverpaymentID',
      row.credit && stringText(company.id(row.credit.kind, row.credit.index)),
      'HasAttachments',
      'false',
      'Contact',
      contactText(company, row.contact, form, sees),
      'DateString',
      dayTwinText(row.date),
      'Date',
      dayText(row.date),
      'Status',
      stringText(row.status),
      'LineAmountTypes',
      stringText(row.lineAmountTypes),
      'LineItems',
      form === 'summary' ? '[]' : lineItemsText(company, row.lines, 3, unitPlaces),
      'SubTotal',
      moneyText(row.total - row.tax),
      'TotalTax',
      moneyText(row.tax),
      'Total',
      moneyText(row.total),
      'UpdatedDateUTC',
      instantText(row.updatedAt),
      'CurrencyCode',
      stringText(row.currency),
      'CurrencyRate',
      row.rate === RATE_ONE ? undefined : decimalText(row.rate, 10),
    ]);
  },
};
