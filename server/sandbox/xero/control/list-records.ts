/** A page of plain rows for a screen that lets a person pick a record to change. */

import { type Order, sortedIndexes } from '../accounting/sorted-rows.ts';
import type { BankTransfer } from '../company/bank-transfers.ts';
import { type Company, tableOf } from '../company/company.ts';
import { labelOf } from '../company/credit-acts.ts';
import type { Credit, CreditNote, Overpayment, Prepayment } from '../company/credit-rows.ts';
import { kindOf, remainingOf } from '../company/credits.ts';
import { dueOf } from '../company/documents.ts';
import type { Rows } from '../company/kinds.ts';
import type { ManualJournal } from '../company/manual-journals.ts';
import { paidDocument } from '../company/paid-document.ts';
import type { Account, BankTransaction, Contact, Invoice, Payment, Row } from '../company/rows.ts';
import type { ContactGroup, Item, TrackingCategory } from '../company/setting-rows.ts';
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
  const isWanted = ({ label, detail, status }: RecordSummary) =>
    (options.status === undefined || status === options.status) &&
    (term === '' || `${label} ${detail}`.toLowerCase().includes(term));
  const table = tableOf(company, kind);
  const summaryOf = (index: number) => SUMMARIES[kind](company, table.at(index));
  const indexes = sortedIndexes<Kind>(company, kind, NEWEST);
  const from = (options.page - 1) * options.pageSize;
  if (term === '' && options.status === undefined) {
    return {
      rows: Array.from(indexes.subarray(from, from + options.pageSize), summaryOf),
      total: indexes.length,
    };
  }
  const rows: RecordSummary[] = [];
  let total = 0;
  for (const index of indexes) {
    const summary = summaryOf(index);
    if (!isWanted(summary)) continue;
    if (total >= from && rows.length < options.pageSize) rows.push(summary);
    total++;
  }
  return { rows, total };
}

const NEWEST: Order<Row> = {
  name: 'newest',
  isOptimised: true,
  keyOf: (_, row) => row.updatedAt,
  isDescending: true,
  isNewestFirst: true,
};

const nothing = { amount: '', due: '', currency: '', date: '' };
const nameOf = (company: Company, contact: number) => company.contacts.at(contact).name;

const ofCredit = (company: Company, row: Credit): RecordSummary => ({
  id: company.id(kindOf(row), row.index),
  label: labelOf(row),
  detail: nameOf(company, row.contact),
  amount: moneyText(row.total),
  due: moneyText(remainingOf(company, row)),
  currency: row.currency,
  date: isoDay(row.date),
  status: row.status,
});

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
    const { number, content } = paidDocument(company, row);
    return {
      ...nothing,
      id: company.id('payments', row.index),
      label: `Payment of ${number ?? '(no number)'}`,
      detail: nameOf(company, content.contact),
      amount: moneyText(row.amount),
      currency: content.currency,
      date: isoDay(row.date),
      status: row.status,
    };
  },
  creditNotes: (company, row: CreditNote) => ofCredit(company, row),
  prepayments: (company, row: Prepayment) => ofCredit(company, row),
  overpayments: (company, row: Overpayment) => ofCredit(company, row),
  bankTransfers: (company, row: BankTransfer) => ({
    ...nothing,
    id: company.id('bankTransfers', row.index),
    label: row.reference ?? 'Transfer',
    detail: `${company.accounts.at(row.from).name} → ${company.accounts.at(row.to).name}`,
    amount: moneyText(row.amount),
    currency: company.accounts.at(row.from).bank?.currency ?? company.profile.baseCurrency,
    date: isoDay(row.date),
    status: row.status,
  }),
  manualJournals: (company, row: ManualJournal) => ({
    ...nothing,
    id: company.id('manualJournals', row.index),
    label: row.narration,
    detail: `${row.lines.length} lines`,
    // Its debits: the whole of it is zero.
    amount: moneyText(row.lines.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)),
    currency: company.profile.baseCurrency,
    date: isoDay(row.date),
    status: row.status,
  }),
  items: (company, row: Item) => ({
    ...nothing,
    id: company.id('items', row.index),
    label: row.code,
    detail: row.name,
    status: '',
  }),
  contactGroups: (company, row: ContactGroup) => ({
    ...nothing,
    id: company.id('contactGroups', row.index),
    label: row.name,
    detail: `${row.members.size} contacts`,
    status: row.status,
  }),
  trackingCategories: (company, row: TrackingCategory) => ({
    ...nothing,
    id: company.id('trackingCategories', row.index),
    label: row.name,
    detail: row.options.map(({ name }) => name).join(', '),
    status: row.status,
  }),
  bankTransactions: (company, row: BankTransaction) => ({
    ...nothing,
    id: company.id('bankTransactions', row.index),
    label: row.reference ?? row.lines[0]?.description ?? row.type,
    detail: nameOf(company, row.contact),
    amount: moneyText(row.type.startsWith('SPEND') ? -row.total : row.total),
    currency: row.currency,
    date: isoDay(row.date),
    status: row.status,
  }),
};
