/** `/Invoices`: sales invoices and bills (xero-api.md 3.1 to 3.4, 2026-11-20). */
import type { Company } from '../company/company.ts';
import { creditedOf, dueOf, fullyPaidOn, paidOf } from '../company/documents.ts';
import { authorisedPayments } from '../company/postings.ts';
import type { Invoice } from '../company/rows.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { objectText, optionalText, stringText } from '../json/json-text.ts';
import { DAY_MS, dayText, dayTwinText, instantText, instantTwinText } from '../json/wire-dates.ts';
import { appliedFields } from './applied-credits.ts';
import { brandingThemeText } from './branding-themes.ts';
import { contactText } from './contacts.ts';
import { documentPaymentsText } from './document-payments.ts';
import type { Asked, Form, Listing } from './listing.ts';
import { lineItemsText } from './render-line.ts';

export const invoices: Listing<'invoices'> = {
  kind: 'invoices',
  plural: 'Invoices',
  scope: 'accounting.invoices',
  canPage: true,
  hasSummaryOnly: true,
  idField: 'InvoiceID',
  orders: { Date: (_, row) => row.date },
  where: (company) => ({
    InvoiceID: { type: 'guid', optimised: 'equals', read: (row) => company.id('invoices', row.index) },
    InvoiceNumber: { type: 'text', optimised: 'equals', read: (row) => row.number },
    Reference: { type: 'text', optimised: 'equals', read: (row) => row.reference },
    Type: { type: 'text', optimised: 'equals', read: (row) => row.type },
    Status: { type: 'text', optimised: 'equals', read: (row) => row.status },
    Date: { type: 'date', optimised: 'range', read: (row) => row.date * DAY_MS },
    DueDate: { type: 'date', optimised: 'range', read: (row) => row.due * DAY_MS },
    FullyPaidOnDate: { type: 'date', read: (row) => daysInMs(fullyPaidOn(company, row)) },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
    AmountDue: { type: 'decimal', optimised: 'range', read: (row) => dueOf(company, row) * 100 },
    AmountCredited: { type: 'decimal', read: (row) => creditedOf(company, row) * 100 },
    AmountPaid: { type: 'decimal', optimised: 'equals', read: (row) => paidOf(company, row) * 100 },
    Total: { type: 'decimal', read: (row) => row.total * 100 },
    CurrencyCode: { type: 'text', read: (row) => row.currency },
    'Contact.ContactID': {
      type: 'guid',
      optimised: 'equals',
      read: (row) => company.id('contacts', row.contact),
    },
    'Contact.Name': { type: 'text', optimised: 'equals', read: (row) => contactOf(company, row).name },
    'Contact.ContactNumber': {
      type: 'text',
      optimised: 'equals',
      read: (row) => contactOf(company, row).number,
    },
  }),
  filters(company, query) {
    const tests: ((row: Invoice) => boolean)[] = [];
    const ids = new Set(query.list('IDs').map((id) => company.indexOf('invoices', id)));
    const contacts = new Set(query.list('ContactIDs').map((id) => company.indexOf('contacts', id)));
    const numbers = new Set(query.list('InvoiceNumbers'));
    const statuses = new Set(query.list('Statuses').map((status) => status.toUpperCase()));
    const term = query.get('searchTerm')?.toLowerCase();
    if (query.get('IDs')) tests.push((row) => ids.has(row.index));
    if (query.get('ContactIDs')) tests.push((row) => contacts.has(row.contact));
    if (query.get('InvoiceNumbers')) tests.push((row) => row.number !== null && numbers.has(row.number));
    if (query.get('Statuses')) tests.push((row) => statuses.has(row.status));
    // Nothing here was made through the API.
    if (query.isTrue('createdByMyApp')) tests.push(() => false);
    if (term) {
      tests.push((row) =>
        [row.number, row.reference, contactOf(company, row).name].some((text) =>
          text?.toLowerCase().includes(term),
        ),
      );
    }
    return tests;
  },
  hasLinesUnpaged: (query) => query.get('Statuses') !== undefined,
  findByName: (company, name) => company.invoices.find((row) => row.number === name && !row.isHidden),
  render: (company, row, form, asked) => objectText(2, invoiceFields(company, row, form, asked)),
};

/** `summary` has empty LineItems; `brief` lacks Payments, HasAttachments and LineItems altogether (xero-api.md 3.1). */
function invoiceFields(
  company: Company,
  row: Invoice,
  form: Form,
  { unitPlaces, sees }: Asked,
): (string | undefined)[] {
  const isBrief = form === 'brief';
  const paidOn = fullyPaidOn(company, row);
  return [
    'Type',
    stringText(row.type),
    'InvoiceID',
    stringText(company.id('invoices', row.index)),
    'InvoiceNumber',
    // A bill without a number still has the field, empty.
    row.number === null && row.type === 'ACCPAY' ? '""' : optionalText(row.number),
    'Reference',
    row.reference === null && row.type === 'ACCREC' ? '""' : optionalText(row.reference),
    'Payments',
    isBrief ? undefined : paymentsText(company, row),
    ...appliedFields(company, row),
    'AmountDue',
    moneyText(dueOf(company, row)),
    'AmountPaid',
    moneyText(paidOf(company, row)),
    'AmountCredited',
    moneyText(creditedOf(company, row)),
    'CurrencyRate',
    decimalText(row.rate, 10),
    'SentToContact',
    row.wasSent ? 'true' : undefined,
    'IsDiscounted',
    'false',
    'HasAttachments',
    isBrief ? undefined : 'false',
    'InvoiceAddresses',
    '[]',
    'HasErrors',
    'false',
    'InvoicePaymentServices',
    '[]',
    'Contact',
    contactText(company, row.contact, form, sees),
    'DateString',
    dayTwinText(row.date),
    'Date',
    dayText(row.date),
    'DueDateString',
    dayTwinText(row.due),
    'DueDate',
    dayText(row.due),
    'BrandingThemeID',
    row.type === 'ACCREC' ? brandingThemeText(company, 'invoices', row.index) : undefined,
    'Status',
    stringText(row.status),
    'LineAmountTypes',
    stringText(row.lineAmountTypes),
    'LineItems',
    isBrief ? undefined : form === 'summary' ? '[]' : lineItemsText(company, row.lines, 3, unitPlaces),
    'SubTotal',
    moneyText(row.total - row.tax),
    'TotalTax',
    moneyText(row.tax),
    'Total',
    moneyText(row.total),
    'UpdatedDateUTC',
    instantText(row.updatedAt),
    'UpdatedDateUTCString',
    instantTwinText(row.updatedAt),
    'CurrencyCode',
    stringText(row.currency),
    'FullyPaidOnDate',
    paidOn === null ? undefined : dayText(paidOn),
  ];
}

const paymentsText = (company: Company, row: Invoice): string =>
  row.payments.length === 0 ? '[]' : documentPaymentsText(company, authorisedPayments(company, row));

const contactOf = (company: Company, row: Invoice) => company.contacts.at(row.contact);
const daysInMs = (day: number | null) => (day === null ? null : day * DAY_MS);
