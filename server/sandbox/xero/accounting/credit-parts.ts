/** The parts that credit notes, prepayments and overpayments have in common on the wire (field order: xero-api.md 3.4; examples in OAS 16.1). */
import type { Company } from '../company/company.ts';
import type { Credit } from '../company/credit-rows.ts';
import { isPrepayment, kindOf, liveAllocations, refundsOf, remainingOf } from '../company/credits.ts';
import { moneyText } from '../json/decimal.ts';
import { listText, objectText, stringText } from '../json/json-text.ts';
import { DAY_MS, dayText, dayTwinText, instantText, instantTwinText } from '../json/wire-dates.ts';
import { documentPaymentsText } from './document-payments.ts';
import type { Asked, Form } from './listing.ts';
import { lineItemsText } from './render-line.ts';
import type { WhereFields } from './where.ts';

/** What any credit may be narrowed by (`where`: xero-api.md 3.1, 2026-11-20). */
export const creditWhere = (company: Company) =>
  ({
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
  }) satisfies WhereFields<Credit>;

export const creditId = (company: Company, credit: Credit): string =>
  company.id(kindOf(credit), credit.index);

/** What a prepayment or overpayment goes by where an invoice number is shown. */
export const creditNumber = (credit: Credit): string | null =>
  'number' in credit ? credit.number : isPrepayment(credit) ? credit.reference : null;

/** In the order of the books; deleted ones are gone. */
export const allocationsText = (company: Company, credit: Credit): string =>
  listText(
    3,
    liveAllocations(company, credit.allocations).map((allocation) => {
      const invoice = company.invoices.at(allocation.invoice);
      return objectText(4, [
        'AllocationID',
        stringText(company.id('allocations', allocation.index)),
        'Amount',
        moneyText(allocation.amount),
        'Date',
        dayText(allocation.date),
        'Invoice',
        objectText(5, [
          'InvoiceID',
          stringText(company.id('invoices', invoice.index)),
          'InvoiceNumber',
          stringText(invoice.number ?? ''),
          'Payments',
          '[]',
          'CreditNotes',
          '[]',
          'Prepayments',
          '[]',
          'Overpayments',
          '[]',
          'HasErrors',
          'false',
          'IsDiscounted',
          'false',
          'LineItems',
          '[]',
        ]),
      ]);
    }),
  );

export const refundsText = (company: Company, credit: Credit): string =>
  documentPaymentsText(company, refundsOf(company, credit));

/** From LineAmountTypes to CurrencyCode. */
export const contentFields = (
  company: Company,
  credit: Credit,
  form: Form,
  { unitPlaces }: Asked,
): string[] => [
  'LineAmountTypes',
  stringText(credit.lineAmountTypes),
  'LineItems',
  form === 'summary' ? '[]' : lineItemsText(company, credit.lines, 3, unitPlaces),
  'SubTotal',
  moneyText(credit.total - credit.tax),
  'TotalTax',
  moneyText(credit.tax),
  'Total',
  moneyText(credit.total),
  'UpdatedDateUTC',
  instantText(credit.updatedAt),
  'UpdatedDateUTCString',
  instantTwinText(credit.updatedAt),
  'CurrencyCode',
  stringText(credit.currency),
];

export const dateFields = (credit: Credit): string[] => [
  'DateString',
  dayTwinText(credit.date),
  'Date',
  dayText(credit.date),
];
