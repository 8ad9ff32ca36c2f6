/** `/Payments` (xero-api.md 3.2 and 3.4, 2026-11-20). Deleted payments are listed; the date has no text twin. */
import type { Company } from '../company/company.ts';
import { dueOf, paidOf } from '../company/documents.ts';
import type { Invoice, Payment } from '../company/rows.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { booleanText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { DAY_MS, dayText, dayTwinText, instantText, instantTwinText } from '../json/wire-dates.ts';
import { embeddedContactText, trimmedContactText } from './contacts.ts';
import type { Listing } from './listing.ts';
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
    PaymentType: { type: 'text', optimised: 'equals', read: (row) => typeOf(invoiceOf(company, row)) },
    Status: { type: 'text', optimised: 'equals', read: (row) => row.status },
    Reference: { type: 'text', optimised: 'equals', read: (row) => row.reference },
    Date: { type: 'date', optimised: 'range', read: (row) => row.date * DAY_MS },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
    Amount: { type: 'decimal', read: (row) => row.amount * 100 },
    IsReconciled: { type: 'boolean', read: (row) => row.isReconciled },
    'Invoice.InvoiceID': {
      type: 'guid',
      optimised: 'equals',
      read: (row) => company.id('invoices', row.invoice),
    },
    'Account.AccountID': { type: 'guid', read: (row) => company.id('accounts', row.account) },
  }),
  filters: () => [],
  render(company, row, form, { unitPlaces }) {
    const account = company.accounts.at(row.account);
    const isFull = form === 'full';
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
      stringText(typeOf(invoiceOf(company, row))),
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
      invoiceStubText(company, invoiceOf(company, row), isFull, unitPlaces),
      'HasValidationErrors',
      'false',
    ]);
  },
};

/** In lists the invoice is a stub whose empty arrays say nothing about it (xero-api.md 10, pitfall 21). */
function invoiceStubText(company: Company, invoice: Invoice, isFull: boolean, unitPlaces: 2 | 4): string {
  return objectText(3, [
    'Type',
    stringText(invoice.type),
    'InvoiceID',
    stringText(company.id('invoices', invoice.index)),
    'InvoiceNumber',
    invoice.number === null && invoice.type === 'ACCPAY' ? '""' : optionalText(invoice.number),
    'Payments',
    '[]',
    'CreditNotes',
    '[]',
    'Prepayments',
    '[]',
    'Overpayments',
    '[]',
    'AmountDue',
    isFull ? moneyText(dueOf(company, invoice)) : undefined,
    'AmountPaid',
    isFull ? moneyText(paidOf(company, invoice)) : undefined,
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
      ? embeddedContactText(company, invoice.contact, 4)
      : trimmedContactText(company, invoice.contact, 4),
    'DateString',
    isFull ? dayTwinText(invoice.date) : undefined,
    'Date',
    isFull ? dayText(invoice.date) : undefined,
    'Status',
    isFull ? stringText(invoice.status) : undefined,
    'LineItems',
    isFull ? lineItemsText(company, invoice.lines, 4, unitPlaces) : '[]',
    'Total',
    isFull ? moneyText(invoice.total) : undefined,
    'CurrencyCode',
    stringText(invoice.currency),
  ]);
}

const invoiceOf = (company: Company, row: Payment) => company.invoices.at(row.invoice);
const typeOf = (invoice: Invoice) => (invoice.type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT');
