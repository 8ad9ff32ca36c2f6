/** The new contact, date and lines of a document that is edited. */
import type { z } from 'zod';
import type { Company } from '../company/company.ts';
import type { CreditNote } from '../company/credit-rows.ts';
import { draftOf, linesOf, totalsOf } from '../company/documents.ts';
import { dayRate } from '../company/exchange.ts';
import type { BankTransaction, Invoice } from '../company/rows.ts';
import type { invoiceFields } from './fields.ts';
import { lineDrafts, rowOf } from './find.ts';

type Entered = Pick<
  z.output<ReturnType<typeof invoiceFields.partial>>,
  'ContactID' | 'Date' | 'LineAmountTypes' | 'LineItems'
>;
type Content = Partial<
  Pick<Invoice, 'contact' | 'date' | 'rate' | 'lineAmountTypes' | 'lines' | 'total' | 'tax'>
>;

/** Worked out before anything is touched, so that a refusal leaves the books alone. */
export function newContent(
  company: Company,
  row: Invoice | BankTransaction | CreditNote,
  fields: Entered,
  standardAccount: string,
): Content {
  const content: Content = {};
  if (fields.ContactID !== undefined) {
    content.contact = rowOf(company, 'contacts', fields.ContactID, 'fields.ContactID').index;
  }
  if (fields.Date !== undefined) {
    content.date = fields.Date;
    content.rate = dayRate(company.profile, row.currency, fields.Date);
  }
  if (fields.LineItems || fields.LineAmountTypes) {
    const kind = fields.LineAmountTypes ?? row.lineAmountTypes;
    const drafts = fields.LineItems
      ? lineDrafts(company, fields.LineItems, row.lines, standardAccount)
      : row.lines.map(draftOf);
    const lines = linesOf(company, kind, drafts);
    Object.assign(content, { lineAmountTypes: kind, lines, ...totalsOf(kind, lines) });
  }
  return content;
}
