/** `/Payments` (xero-api.md 3.2 and 3.4, 2026-11-20). Deleted payments are listed; the date has no text twin. */
import type { Company } from '../company/company.ts';
import { type PaidDocument, paidDocument } from '../company/paid-document.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { booleanText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { DAY_MS, dayText, dayTwinText, instantText, instantTwinText } from '../json/wire-dates.ts';
import { embeddedContactText, trimmedContactText } from './contacts.ts';
import type { Asked, Listing } from './listing.ts';
import { lineItemsText } from './render-line.ts';

export const payments: Listing<'payments'> = {
  kind: 'payments',
  plural: 'Payments',
  scope: 'accounting.payments',
  canPage: true,
  hasSummaryOnly: false,
  idField: 'PaymentID',
  orders: { Date: (_, row) => row.date },
  where: (company) => ({
    PaymentID: { type: 'guid', optimised: 'equals', read: (row) => company.id('payments', row.index) },
    PaymentType: { type: 'text', optimised: 'equals', read: (row) => paidDocument(company, row).paymentType },
    Status: { type: 'text', optimised: 'equals', read: (row) => row.status },
    Reference: { type: 'text', optimised: 'equals', read: (row) => row.reference },
    Date: { type: 'date', optimised: 'range', read: (row) => row.date * DAY_MS },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
    Amount: { type: 'decimal', read: (row) => row.amount * 100 },
    IsReconciled: { type: 'boolean', read: (row) => row.isReconciled },
    'Invoice.InvoiceID': {
      type: 'guid',
      optimised: 'equals',
      read: (row) => paidDocument(company, row).id,
    },
    'Account.AccountID': { type: 'guid', read: (row) => company.id('accounts', row.account) },
  }),
  filters: () => [],
  render(company, row, form, asked) {
    const account = company.accounts.at(row.account);
    const isFull = form === 'full';
    const paid = paidDocument(company, row);
    return objectText(2, [
      'PaymentID',
      stringText(company.id('payments', row.index)),
      'Date',
      dayText(row.date),
      'BankAmount',
      moneyText(row.bankAmount),
      'Amount',
      moneyText(row.amount),
      'Reference',
      optionalText(row.reference),
      'CurrencyRate',
      decimalText(row.rate, 10),
      'PaymentType',
      stringText(paid.paymentType),
      'Status',
      stringText(row.status),
      'UpdatedDateUTC',
      instantText(row.updatedAt),
      'UpdatedDateUTCString',
      instantTwinText(row.updatedAt),
      'HasAccount',
      'true',
      'IsReconciled',
      booleanText(row.isReconciled),
      'Account',
      objectText(3, [
        'AccountID',
        stringText(company.id('accounts', account.index)),
        'Code',
        optionalText(account.code),
        'Name',
        isFull ? stringText(account.name) : undefined,
      ]),
      'Invoice',
      invoiceStubText(company, paid, isFull, asked),
      'HasValidationErrors',
      'false',
    ]);
  },
};

/** In lists the invoice is a stub whose empty arrays say nothing about it (xero-api.md 10, pitfall 21). */
function invoiceStubText(
  company: Company,
  paid: PaidDocument,
  isFull: boolean,
  { unitPlaces, sees }: Asked,
): string {
  const { content } = paid;
  return objectText(3, [
    'Type',
    stringText(paid.type),
    'InvoiceID',
    stringText(paid.id),
    'InvoiceNumber',
    paid.number === null && paid.type.startsWith('ACCPAY') ? '""' : optionalText(paid.number),
    'Payments',
    '[]',
    'CreditNotes',
    '[]',
    'Prepayments',
    '[]',
    'Overpayments',
    '[]',
    'AmountDue',
    isFull ? moneyText(paid.due) : undefined,
    'AmountPaid',
    isFull ? moneyText(paid.paid) : undefined,
    'IsDiscounted',
    'false',
    'InvoiceAddresses',
    '[]',
    'HasErrors',
    'false',
    'InvoicePaymentServices',
    '[]',
    'Contact',
    isFull
      ? embeddedContactText(company, content.contact, 4, sees)
      : trimmedContactText(company, content.contact, 4),
    'DateString',
    isFull ? dayTwinText(content.date) : undefined,
    'Date',
    isFull ? dayText(content.date) : undefined,
    'Status',
    isFull ? stringText(paid.status) : undefined,
    'LineItems',
    isFull ? lineItemsText(company, content.lines, 4, unitPlaces) : '[]',
    'Total',
    isFull ? moneyText(content.total) : undefined,
    'CurrencyCode',
    stringText(content.currency),
  ]);
}
