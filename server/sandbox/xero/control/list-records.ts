/** A page of plain rows for a screen that lets a person pick a record to change. */
import { type Company, tableOf } from '../company/company.ts';
import { dueOf } from '../company/documents.ts';
import type { Rows } from '../company/kinds.ts';
import type { Account, BankTransaction, Contact, Invoice, Payment } from '../company/rows.ts';
import { moneyText } from '../json/decimal.ts';
import { isoDay } from '../json/wire-dates.ts';
import type { Resource } from './action.ts';

export interface RecordSummary {
  id: string;
  /** What a person calls it. */
  label: string;
  /** Its contact, type or code. */
  detail: string;
  /** Decimal text; empty where the record has no amount. */
  amount: string;
  due: string;
  currency: string;
  date: string;
  status: string;
}

/** Newest first. `search` looks in label and detail. */
export function listRecords<Kind extends Resource>(
  company: Company,
  kind: Kind,
  options: { page: number; pageSize: number; search: string; status: string | undefined },
): { rows: RecordSummary[]; total: number } {
  const term = options.search.toLowerCase();
  const all = tableOf(company, kind)
    .filter((row) => !row.isHidden)
    .sort((a, b) => b.updatedAt - a.updatedAt || b.index - a.index)
    .map((row) => SUMMARIES[kind](company, row))
    .filter(({ status }) => options.status === undefined || status === options.status)
    .filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(term));
  const from = (options.page - 1) * options.pageSize;
  return { rows: all.slice(from, from + options.pageSize), total: all.length };
}

const nothing = { amount: '', due: '', currency: '', date: '' };
const nameOf = (company: Company, contact: number) => company.contacts.at(contact).name;

const SUMMARIES: { [Kind in Resource]: (company: Company, row: Rows[Kind]) => RecordSummary } = {
  accounts: (company, row: Account) => ({
    ...nothing,
    id: company.id('accounts', row.index),
    label: row.name,
    detail: row.code ?? '',
    status: row.status,
  }),
  contacts: (company, row: Contact) => ({
    ...nothing,
    id: company.id('contacts', row.index),
    label: row.name,
    detail: row.email,
    status: row.status,
  }),
  invoices: (company, row: Invoice) => ({
    id: company.id('invoices', row.index),
    label: row.number ?? '(no number)',
    detail: nameOf(company, row.contact),
    amount: moneyText(row.total),
    due: moneyText(dueOf(company, row)),
    currency: row.currency,
    date: isoDay(row.date),
    status: row.status,
  }),
  payments(company, row: Payment) {
    const invoice = company.invoices.at(row.invoice);
    return {
      ...nothing,
      id: company.id('payments', row.index),
      label: `Payment of ${invoice.number ?? '(no number)'}`,
      detail: nameOf(company, invoice.contact),
      amount: moneyText(row.amount),
      currency: invoice.currency,
      date: isoDay(row.date),
      status: row.status,
    };
  },
  bankTransactions: (company, row: BankTransaction) => ({
    ...nothing,
    id: company.id('bankTransactions', row.index),
    label: row.reference ?? row.lines[0]?.description ?? row.type,
    detail: nameOf(company, row.contact),
    amount: moneyText(row.type === 'SPEND' ? -row.total : row.total),
    currency: row.currency,
    date: isoDay(row.date),
    status: row.status,
  }),
};
