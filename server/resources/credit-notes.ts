/** Credit notes: to customers (ACCRECCREDIT) and from suppliers (ACCPAYCREDIT), with their lines and what they were allocated to. */
import { date, money, more, text } from './column.ts';
import { type CreditColumns, creditAllocations, creditLines } from './credit-lines.ts';
import type { Resource } from './resource.ts';

const own: CreditColumns = {
  before: [text('number', 'Number', 'CreditNoteNumber')],
  id: more.text('credit-note-id', 'Credit note ID', 'CreditNoteID'),
};

export const creditNotes: Resource = {
  name: 'credit-notes',
  label: 'Credit notes',
  path: 'CreditNotes',
  envelope: 'CreditNotes',
  idField: 'CreditNoteID',
  updatedField: 'UpdatedDateUTC',
  stateField: 'Status',
  scope: 'accounting.invoices.read',
  paging: { kind: 'by-id', order: 'CreditNoteID' },
  query: { unitdp: '4' },
  hasModifiedSince: true,
  removal: 'state',
  ledger: { dateField: 'Date' },
  windowField: 'Date',
  columns: [
    ...own.before,
    text('type', 'Type', 'Type'),
    text('status', 'Status', 'Status'),
    text('contact', 'Contact', 'Contact.Name'),
    date('date', 'Date', 'Date'),
    text('currency', 'Currency', 'CurrencyCode'),
    money('subtotal', 'Subtotal', 'SubTotal'),
    money('tax', 'Tax', 'TotalTax'),
    money('total', 'Total', 'Total'),
    money('remaining', 'Remaining credit', 'RemainingCredit'),
    text('reference', 'Reference', 'Reference'),
    date('paid-on', 'Fully used on', 'FullyPaidOnDate'),
    more.text('allocated-to', 'Allocated to', 'Allocations[*].Invoice.InvoiceNumber'),
    more.rate('currency-rate', 'Currency rate', 'CurrencyRate'),
    more.text('line-amount-types', 'Amounts are', 'LineAmountTypes'),
    more.date('due-date', 'Due date', 'DueDate'),
    more.money('cis-deduction', 'CIS deduction', 'CISDeduction'),
    more.flag('sent', 'Sent to contact', 'SentToContact'),
    more.flag('has-attachments', 'Has attachments', 'HasAttachments'),
    more.text('branding-theme-id', 'Branding theme ID', 'BrandingThemeID'),
    more.instant('updated', 'Updated', 'UpdatedDateUTC'),
    more.text('contact-id', 'Contact ID', 'Contact.ContactID'),
    own.id,
  ],
  lines: [creditLines(own), creditAllocations(own)],
};
