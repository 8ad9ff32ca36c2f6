/** What prepayments and overpayments have in common as lists (xero-api.md 3.2, 7.2; examples in OAS 16.1). */
import type { Company } from '../company/company.ts';
import type { Overpayment, Prepayment } from '../company/credit-rows.ts';
import { remainingOf } from '../company/credits.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { objectText, optionalText, stringText } from '../json/json-text.ts';
import { contactText } from './contacts.ts';
import {
  allocationsText,
  contentFields,
  creditId,
  creditWhere,
  dateFields,
  refundsText,
} from './credit-parts.ts';
import type { Asked, Form } from './listing.ts';
import type { Query } from './query.ts';
import type { WhereFields } from './where.ts';

type Advance = Prepayment | Overpayment;

export const advanceOrders = {
  Date: (_: Company, row: Advance) => row.date,
  Reference: (_: Company, row: Advance) => row.reference ?? '',
};

export const advanceWhere = (company: Company, idField: string): WhereFields<Advance> => ({
  [idField]: { type: 'guid', optimised: 'equals', read: (row) => creditId(company, row) },
  ...creditWhere(company),
});

/** The parameter of this name narrows the list to these references. */
export function referenceFilters(query: Query, name: string): ((row: Advance) => boolean)[] {
  const references = new Set(query.list(name));
  return query.get(name) ? [(row) => row.reference !== null && references.has(row.reference)] : [];
}

/** `numberFields`: its invoice number, name and text, where it has such a field. */
export function advanceText(
  company: Company,
  row: Advance,
  form: Form,
  asked: Asked,
  own: { idField: string; numberFields: readonly (string | undefined)[] },
): string {
  const id = stringText(creditId(company, row));
  return objectText(2, [
    own.idField,
    id,
    'ID',
    id,
    'CurrencyRate',
    decimalText(row.rate, 10),
    'Type',
    stringText(row.type),
    'Reference',
    optionalText(row.reference),
    ...own.numberFields,
    'RemainingCredit',
    moneyText(remainingOf(company, row)),
    'Allocations',
    allocationsText(company, row),
    'Payments',
    refundsText(company, row),
    'HasAttachments',
    'false',
    'Contact',
    contactText(company, row.contact, form, asked.sees),
    ...dateFields(row),
    'Status',
    stringText(row.status),
    ...contentFields(company, row, form, asked),
  ]);
}
