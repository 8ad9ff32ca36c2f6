/** The kinds of work that a day brings to the books, one worker each. */
import { type Company, change } from '../company/company.ts';
import { draftOf, dueOf, isUntouched, linesOf, settleStatus, totalsOf } from '../company/documents.ts';
import { matching } from '../company/follow.ts';
import type { Contact, Invoice } from '../company/rows.ts';
import { moneyText } from '../json/decimal.ts';
import { type Bench, edited, isOpen, lineFields, type Worker } from './bench.ts';
import { createRecord } from './create-record.ts';
import { CREDIT_WORKERS } from './credit-work.ts';
import { editRecord } from './edit-record.ts';
import { KIND_WORKERS } from './kind-work.ts';
import { mergeContacts } from './merge-contacts.ts';

export const WORKERS = {
  ...CREDIT_WORKERS,
  ...KIND_WORKERS,
  'edit-lines'({ company, random, now, pools, changes }) {
    const invoice = takeUnpaid(company, pools.unpaid);
    if (!invoice) return false;
    const drafts = invoice.lines.map((line, at) => ({
      ...draftOf(line),
      ...(line.amounts && at === 0 ? { unit: line.amounts.unit + random.between(1, 500) * 100 } : {}),
    }));
    const lines = linesOf(company, invoice.lineAmountTypes, drafts);
    change(company, 'invoices', invoice, () => {
      Object.assign(invoice, { lines, ...totalsOf(invoice.lineAmountTypes, lines), updatedAt: now });
      settleStatus(company, invoice);
    });
    return edited(changes, company, 'invoices', invoice.index);
  },
  approve({ company, now, pools, changes }) {
    const invoice = pools.drafts.pop();
    if (!invoice) return false;
    editRecord(company, 'invoices', company.id('invoices', invoice.index), { Status: 'AUTHORISED' }, now);
    return edited(changes, company, 'invoices', invoice.index);
  },
  pay({ company, random, now, pools, changes }) {
    const invoice = pools.unpaid.pop();
    if (!invoice) return false;
    const due = dueOf(company, invoice);
    const amount = random.chance(70) || due < 100 ? due : Math.floor(due / 2);
    if (amount <= 0) return false;
    const fields = { InvoiceID: company.id('invoices', invoice.index), Amount: moneyText(amount) };
    changes.ids.payments.created.push(createRecord(company, 'payments', fields, now));
    return edited(changes, company, 'invoices', invoice.index);
  },
  void({ company, now, pools, changes }) {
    const invoice = takeUnpaid(company, pools.unpaid);
    if (!invoice) return false;
    editRecord(company, 'invoices', company.id('invoices', invoice.index), { Status: 'VOIDED' }, now);
    return edited(changes, company, 'invoices', invoice.index);
  },
  'new-invoice'({ company, random, now, changes }) {
    const isSale = random.chance(60);
    const fields = {
      Type: isSale ? 'ACCREC' : 'ACCPAY',
      ContactID: company.id('contacts', random.pick(activeContacts(company))),
      LineItems: [lineFields(company, random, isSale)],
    };
    changes.ids.invoices.created.push(createRecord(company, 'invoices', fields, now));
    return true;
  },
  'new-bank-transaction'({ company, random, now, changes }) {
    const isReceipt = random.chance(40);
    const fields = {
      Type: isReceipt ? 'RECEIVE' : 'SPEND',
      LineItems: [lineFields(company, random, isReceipt)],
    };
    changes.ids.bankTransactions.created.push(createRecord(company, 'bankTransactions', fields, now));
    return true;
  },
  'new-contact'({ company, now, changes }) {
    const fields = { Name: `Newcomer ${company.contacts.length} & Co`, EmailAddress: 'new@example.com' };
    changes.ids.contacts.created.push(createRecord(company, 'contacts', fields, now));
    return true;
  },
  'rename-contact'({ company, random, now, changes }) {
    const contact = company.contacts.at(random.between(0, company.contacts.length - 1));
    if (!isOpen(contact) || contact.mergedInto !== undefined) return false;
    const base = contact.name.slice(0, 230).replace(/ \(renamed \d+\)$/, '');
    const fields = { Name: `${base} (renamed ${random.between(1, 999_999)})` };
    editRecord(company, 'contacts', company.id('contacts', contact.index), fields, now);
    return edited(changes, company, 'contacts', contact.index);
  },
  'archive-contact'(bench) {
    return setContactStatus(bench, 'ACTIVE', 'ARCHIVED');
  },
  'restore-contact'(bench) {
    return setContactStatus(bench, 'ARCHIVED', 'ACTIVE');
  },
  'merge-contacts'({ company, random, now, changes }) {
    const active = openContacts.ACTIVE(company);
    // The last active contact stays: new documents need one.
    if (active.length < 2) return false;
    const from = random.between(0, active.length - 1);
    const into = (from + random.between(1, active.length - 1)) % active.length;
    const [fromIndex, intoIndex] = [active[from] as number, active[into] as number];
    mergeContacts(company, company.id('contacts', fromIndex), company.id('contacts', intoIndex), now);
    return edited(changes, company, 'contacts', fromIndex);
  },
  'delete-draft'({ company, now, pools, changes }) {
    const invoice = pools.drafts.pop();
    if (!invoice) return false;
    editRecord(company, 'invoices', company.id('invoices', invoice.index), { Status: 'DELETED' }, now);
    return edited(changes, company, 'invoices', invoice.index);
  },
  'delete-payment'({ company, random, now, changes }) {
    const open = livePayments(company);
    if (open.length === 0) return false;
    const { index, invoice, credit } = company.payments.at(random.pick(open));
    editRecord(company, 'payments', company.id('payments', index), { Status: 'DELETED' }, now);
    if (invoice !== null) edited(changes, company, 'invoices', invoice);
    if (credit) edited(changes, company, credit.kind, credit.index);
    return edited(changes, company, 'payments', index);
  },
  'delete-bank-transaction'({ company, random, now, changes }) {
    const open = liveBankTransactions(company);
    if (open.length === 0) return false;
    const index = random.pick(open);
    const id = company.id('bankTransactions', index);
    editRecord(company, 'bankTransactions', id, { Status: 'DELETED' }, now);
    return edited(changes, company, 'bankTransactions', index);
  },
} satisfies Record<string, Worker>;

export type Work = keyof typeof WORKERS;
export const WORK_NAMES = Object.keys(WORKERS) as [Work, ...Work[]];

const activeContacts = matching('contacts', (row) => row.status === 'ACTIVE' && !row.isHidden);
const openContactsOf = (status: Contact['status']) =>
  matching('contacts', (row) => isOpen(row) && row.status === status && row.mergedInto === undefined);
const openContacts = { ACTIVE: openContactsOf('ACTIVE'), ARCHIVED: openContactsOf('ARCHIVED') };
const livePayments = matching('payments', (row) => isOpen(row) && row.status === 'AUTHORISED');
const liveBankTransactions = matching(
  'bankTransactions',
  (row) => isOpen(row) && row.status === 'AUTHORISED' && !row.credit,
);

function setContactStatus(
  { company, random, now, changes }: Bench,
  from: Contact['status'],
  to: Contact['status'],
): boolean {
  const found = openContacts[from](company);
  // The last active contact stays: new documents need one.
  if (found.length < (from === 'ACTIVE' ? 2 : 1)) return false;
  const index = random.pick(found);
  editRecord(company, 'contacts', company.id('contacts', index), { ContactStatus: to }, now);
  return edited(changes, company, 'contacts', index);
}

/** The next authorised invoice without any payment; part-paid ones go back to be paid. */
function takeUnpaid(company: Company, pool: Invoice[]): Invoice | undefined {
  for (let at = pool.length - 1; at >= 0; at--) {
    const invoice = pool[at] as Invoice;
    if (isUntouched(company, invoice)) return pool.splice(at, 1)[0];
  }
  return undefined;
}
