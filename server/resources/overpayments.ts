/** Overpayments: what was received or spent beyond an invoice or bill, with lines and allocations. */
import { date, money, more, text } from './column.ts';
import { type CreditColumns, creditAllocations, creditLines } from './credit-lines.ts';
import type { Resource } from './resource.ts';

const own: CreditColumns = {
  before: [text('reference', 'Reference', 'Reference')],
  id: more.text('overpayment-id', 'Overpayment ID', 'OverpaymentID'),
};

export const overpayments: Resource = {
  name: 'overpayments',
  label: 'Overpayments',
  path: 'Overpayments',
  envelope: 'Overpayments',
  idField: 'OverpaymentID',
  updatedField: 'UpdatedDateUTC',
  stateField: 'Status',
  scope: 'accounting.payments.read',
  paging: { kind: 'by-id', order: 'OverpaymentID' },
  query: { unitdp: '4' },
  hasModifiedSince: true,
  removal: 'state',
  ledger: { dateField: 'Date' },
  windowField: 'Date',
  columns: [
    date('date', 'Date', 'Date'),
    text('type', 'Type', 'Type'),
    text('status', 'Status', 'Status'),
    text('contact', 'Contact', 'Contact.Name'),
    ...own.before,
    text('currency', 'Currency', 'CurrencyCode'),
    money('subtotal', 'Subtotal', 'SubTotal'),
    money('tax', 'Tax', 'TotalTax'),
    money('total', 'Total', 'Total'),
    money('remaining', 'Remaining credit', 'RemainingCredit'),
    more.text('allocated-to', 'Allocated to', 'Allocations[*].Invoice.InvoiceNumber'),
    more.rate('currency-rate', 'Currency rate', 'CurrencyRate'),
    more.text('line-amount-types', 'Amounts are', 'LineAmountTypes'),
    more.flag('has-attachments', 'Has attachments', 'HasAttachments'),
    more.instant('updated', 'Updated', 'UpdatedDateUTC'),
    more.text('contact-id', 'Contact ID', 'Contact.ContactID'),
    own.id,
  ],
  lines: [creditLines(own), creditAllocations(own)],
};
