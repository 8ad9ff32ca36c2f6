/** The lines and allocations that credit notes, prepayments and overpayments share: each is a credit that is used up by invoices or bills. */
import { date, money, more, text } from './column.ts';
import { lineColumns } from './line-columns.ts';
import type { Column, Lines } from './resource.ts';

/** Columns of the credit itself that stand before its lines and allocations, and its id after them; paths without `^`. */
export interface CreditColumns {
  before: readonly Column[];
  id: Column;
}

const ofDocument = (column: Column): Column => ({ ...column, path: `^${column.path}` });

const type = text('type', 'Type', 'Type');
const status = text('status', 'Status', 'Status');
const contact = text('contact', 'Contact', 'Contact.Name');
const currency = text('currency', 'Currency', 'CurrencyCode');
const contactId = more.text('contact-id', 'Contact ID', 'Contact.ContactID');
const currencyRate = more.rate('currency-rate', 'Currency rate', 'CurrencyRate');
const updated = more.instant('updated', 'Updated', 'UpdatedDateUTC');

export const creditLines = ({ before, id }: CreditColumns): Lines => ({
  name: 'lines',
  path: 'LineItems',
  columns: [
    ...[...before, type, status, contact, date('date', 'Date', 'Date'), currency].map(ofDocument),
    ...lineColumns,
    more.text('line-amount-types', 'Amounts are', '^LineAmountTypes'),
    ...[currencyRate, updated, contactId, id].map(ofDocument),
  ],
});

export const creditAllocations = ({ before, id }: CreditColumns): Lines => ({
  name: 'allocations',
  path: 'Allocations',
  columns: [
    date('date', 'Allocated on', 'Date'),
    ...[...before, type, status, contact].map(ofDocument),
    text('invoice-number', 'Invoice number', 'Invoice.InvoiceNumber'),
    ofDocument(currency),
    money('amount', 'Amount', 'Amount'),
    more.date('credit-date', 'Date of the credit', '^Date'),
    more.money('total', 'Total of the credit', '^Total'),
    more.money('remaining', 'Remaining credit', '^RemainingCredit'),
    ...[currencyRate, updated, contactId, id].map(ofDocument),
    more.text('invoice-id', 'Invoice ID', 'Invoice.InvoiceID'),
    more.text('allocation-id', 'Allocation ID', 'AllocationID'),
  ],
});
