/** Work in credit notes, prepayments and overpayments, one worker each. */
import type { Company } from '../company/company.ts';
import { allocatable } from '../company/credit-acts.ts';
import type { Credit, CreditKind } from '../company/credit-rows.ts';
import { kindOf, remainingOf, usesOf } from '../company/credits.ts';
import { openDocuments } from '../company/open-documents.ts';
import { moneyText } from '../json/decimal.ts';
import { type Bench, created, edited, isOpen, lineFields, pickOf, shuffled, type Worker } from './bench.ts';
import { allocateCredit, removeAllocation } from './create-credit.ts';
import { createRecord } from './create-record.ts';
import { edit } from './edit-work.ts';

const CREDITS: readonly CreditKind[] = ['creditNotes', 'prepayments', 'overpayments'];

export const CREDIT_WORKERS = {
  'new-credit-note'(bench) {
    const { company, random, now, changes } = bench;
    const invoice = openInvoice(bench);
    const isSale = invoice ? invoice.type === 'ACCREC' : random.chance(60);
    const fields = {
      Type: isSale ? 'ACCRECCREDIT' : 'ACCPAYCREDIT',
      ...(invoice ? { ContactID: company.id('contacts', invoice.contact) } : {}),
      LineItems: [lineFields(company, random, isSale)],
    };
    return created(changes, 'creditNotes', createRecord(company, 'creditNotes', fields, now));
  },
  'edit-credit-note'({ company, random, now, changes }) {
    const note = pickOf(
      company.creditNotes.filter((row) => isOpen(row) && row.status === 'DRAFT'),
      random,
    );
    const fields = { Reference: `Looked at ${random.between(1, 999)}`, Status: 'AUTHORISED' };
    return note !== undefined && edit({ company, now, changes }, 'creditNotes', note.index, fields);
  },
  allocate({ company, random, now, changes }) {
    for (const credit of shuffled(openCredits(company), random)) {
      const open = [...openDocuments(company, 'invoices', credit.contact)].map((at) =>
        company.invoices.at(at),
      );
      const invoice = open.find((row) => isOpen(row) && allocatable(company, credit, row) > 0);
      if (!invoice) continue;
      const most = allocatable(company, credit, invoice);
      const amount = random.chance(60) ? most : Math.ceil(most / 2);
      const kind = kindOf(credit);
      allocateCredit(
        company,
        kind,
        company.id(kind, credit.index),
        company.id('invoices', invoice.index),
        amount,
        now,
      );
      edited(changes, company, 'invoices', invoice.index);
      return edited(changes, company, kind, credit.index);
    }
    return false;
  },
  'remove-allocation'({ company, random, now, changes }) {
    const found = pickOf(
      company.allocations.filter((row) => !row.isDeleted),
      random,
    );
    if (!found) return false;
    removeAllocation(company, company.id('allocations', found.index), now);
    edited(changes, company, 'invoices', found.invoice);
    return edited(changes, company, found.credit.kind, found.credit.index);
  },
  refund({ company, random, now, changes }) {
    const credit = pickOf(openCredits(company), random);
    if (!credit) return false;
    const kind = kindOf(credit);
    const left = remainingOf(company, credit);
    const name = { creditNotes: 'CreditNoteID', prepayments: 'PrepaymentID', overpayments: 'OverpaymentID' };
    const fields = {
      [name[kind]]: company.id(kind, credit.index),
      Amount: moneyText(random.chance(60) ? left : Math.ceil(left / 2)),
    };
    created(changes, 'payments', createRecord(company, 'payments', fields, now));
    return edited(changes, company, kind, credit.index);
  },
  'void-credit'({ company, random, now, changes }) {
    const unused = openCredits(company).filter((credit) => usesOf(company, credit).length === 0);
    const credit = pickOf(unused, random);
    if (!credit) return false;
    if ('bankTransaction' in credit) edited(changes, company, 'bankTransactions', credit.bankTransaction);
    return edit({ company, now, changes }, kindOf(credit), credit.index, { Status: 'VOIDED' });
  },
  'new-advance'(bench) {
    const { company, random, now, changes } = bench;
    const kind = random.chance(50) ? 'prepayments' : 'overpayments';
    const isReceipt = random.chance(60);
    const fields = {
      Type: isReceipt ? 'RECEIVE' : 'SPEND',
      Reference: `Early ${company[kind].length}`,
      LineItems: [lineFields(company, random, isReceipt)],
    };
    const id = createRecord(company, kind, fields, now);
    created(changes, 'bankTransactions', company.id('bankTransactions', company.bankTransactions.length - 1));
    return created(changes, kind, id);
  },
} satisfies Record<string, Worker>;

const openCredits = (company: Company): Credit[] =>
  CREDITS.flatMap((kind) => [...(company[kind] as Iterable<Credit>)]).filter(
    (row) => isOpen(row) && row.status === 'AUTHORISED',
  );

/** One of those still due, in the organisation's own currency. */
const openInvoice = ({ company, pools }: Bench) =>
  pools.unpaid.find((row) => row.currency === company.profile.baseCurrency && row.status === 'AUTHORISED');
