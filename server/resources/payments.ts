/** Payments: of invoices, bills and credits, deleted ones included. Their document is trimmed in lists (xero-api.md 3.4). */
import { date, flag, money, more, text } from './column.ts';
import type { Resource } from './resource.ts';

/** A refund of a credit may name the credit instead of an invoice: the specification has a field for each. */
const ofPaid = (field: string): string =>
  ['Invoice', 'CreditNote', 'Prepayment', 'Overpayment'].map((paid) => `${paid}.${field}`).join('|');

export const payments: Resource = {
  name: 'payments',
  label: 'Payments',
  path: 'Payments',
  envelope: 'Payments',
  idField: 'PaymentID',
  updatedField: 'UpdatedDateUTC',
  stateField: 'Status',
  scope: 'accounting.payments.read',
  paging: { kind: 'by-id', order: 'PaymentID' },
  query: {},
  hasModifiedSince: true,
  removal: 'state',
  ledger: { dateField: 'Date' },
  windowField: 'Date',
  isLong: true,
  columns: [
    date('date', 'Date', 'Date'),
    text('type', 'Type', 'PaymentType'),
    text('status', 'Status', 'Status'),
    money('amount', 'Amount', 'Amount'),
    money('bank-amount', 'Bank amount', 'BankAmount'),
    text('currency', 'Currency', ofPaid('CurrencyCode')),
    text('reference', 'Reference', 'Reference'),
    text('invoice-number', 'Invoice number', 'Invoice.InvoiceNumber'),
    text('invoice-type', 'Invoice type', 'Invoice.Type'),
    text('contact', 'Contact', ofPaid('Contact.Name')),
    text('account-code', 'Account code', 'Account.Code'),
    flag('is-reconciled', 'Reconciled', 'IsReconciled'),
    more.rate('currency-rate', 'Currency rate', 'CurrencyRate'),
    more.text('batch-payment-id', 'Batch payment ID', 'BatchPaymentID'),
    more.text('particulars', 'Particulars', 'Particulars'),
    more.text('details', 'Details', 'Details'),
    more.text('bank-account-number', 'Bank account number', 'BankAccountNumber'),
    more.text('credit-note-number', 'Credit note number', 'CreditNote.CreditNoteNumber'),
    more.text('credit-note-id', 'Credit note ID', 'CreditNote.CreditNoteID'),
    more.text('prepayment-id', 'Prepayment ID', 'Prepayment.PrepaymentID'),
    more.text('overpayment-id', 'Overpayment ID', 'Overpayment.OverpaymentID'),
    more.text('contact-id', 'Contact ID', ofPaid('Contact.ContactID')),
    more.text('account-id', 'Account ID', 'Account.AccountID'),
    more.text('invoice-id', 'Invoice ID', 'Invoice.InvoiceID'),
    more.instant('updated', 'Updated', 'UpdatedDateUTC'),
    more.text('payment-id', 'Payment ID', 'PaymentID'),
  ],
  lines: [],
};
