/** The documents of a contact that were not settled on a date, in base currency: they add up to the control account. */
import type { Company } from '../company/company.ts';
import { authorisedPayments } from '../company/postings.ts';
import type { Invoice } from '../company/rows.ts';
import { toBase } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';

export interface OpenDocument {
  id: string;
  /** What a report's attribute calls the id. */
  idName: 'invoiceID';
  date: Day;
  dueOn: Day;
  number: string;
  /** Base cents; total = paid + credited + due, each document's due rounded as the ledger rounds it. */
  total: number;
  paid: number;
  credited: number;
  due: number;
}

/** By date, then in the order they were made. Documents dated later than `asAt` are among them, with nothing paid. */
export function openDocuments(
  company: Company,
  side: 'receivable' | 'payable',
  contact: number,
  asAt: Day,
): OpenDocument[] {
  const type = side === 'receivable' ? 'ACCREC' : 'ACCPAY';
  return company.invoices
    .filter(
      (row) =>
        row.contact === contact &&
        row.type === type &&
        !row.isHidden &&
        (row.status === 'AUTHORISED' || row.status === 'PAID'),
    )
    .sort((a, b) => a.date - b.date || a.index - b.index)
    .map((invoice) => openInvoice(company, invoice, asAt))
    .filter(({ due }) => due !== 0);
}

function openInvoice(company: Company, invoice: Invoice, asAt: Day): OpenDocument {
  const paidInFull = authorisedPayments(company, invoice)
    .filter(({ date }) => date <= asAt)
    .reduce((sum, { amount }) => sum + amount, 0);
  const total = toBase(invoice.total, invoice.rate);
  const due = toBase(invoice.total - paidInFull, invoice.rate);
  return {
    id: company.id('invoices', invoice.index),
    idName: 'invoiceID',
    date: invoice.date,
    dueOn: invoice.due,
    number: invoice.number ?? '',
    total,
    paid: total - due,
    credited: 0,
    due,
  };
}
