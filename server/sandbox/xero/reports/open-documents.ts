/** The documents of a contact that were not settled on a date, in base currency: they add up to the control account. */
import type { Company } from '../company/company.ts';
import type { Credit, CreditKind } from '../company/credit-rows.ts';
import { isLive, kindOf, sideOf, usesOf } from '../company/credits.ts';
import { settlementsOf } from '../company/postings.ts';
import type { Invoice } from '../company/rows.ts';
import { toBase } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';

export interface OpenDocument {
  id: string;
  /** What a report's attribute calls the id. */
  idName: 'invoiceID' | 'creditNoteID' | 'prepaymentID' | 'overpaymentID';
  date: Day;
  /** A credit is never due. */
  dueOn: Day | null;
  number: string;
  /** Base cents; total = paid + credited + due, each document's due rounded as the ledger rounds it. Credits are negative. */
  total: number;
  paid: number;
  credited: number;
  due: number;
}

/** By date, then invoices before credits. Documents dated later than `asAt` are among them, with nothing paid. */
export function openDocuments(
  company: Company,
  side: 'receivable' | 'payable',
  contact: number,
  asAt: Day,
): OpenDocument[] {
  const type = side === 'receivable' ? 'ACCREC' : 'ACCPAY';
  const invoices = company.invoices
    .filter(
      (row) =>
        row.contact === contact &&
        row.type === type &&
        !row.isHidden &&
        (row.status === 'AUTHORISED' || row.status === 'PAID'),
    )
    .map((invoice) => openInvoice(company, invoice, asAt));
  const credits: Credit[] = [...company.creditNotes, ...company.prepayments, ...company.overpayments];
  const openCredits = credits
    .filter(
      (credit) =>
        credit.contact === contact && isLive(credit) && sideOf(credit) === (side === 'receivable' ? 1 : -1),
    )
    .map((credit) => openCredit(company, credit, asAt));
  return [...invoices, ...openCredits].filter(({ due }) => due !== 0).sort((a, b) => a.date - b.date);
}

function openInvoice(company: Company, invoice: Invoice, asAt: Day): OpenDocument {
  const settled = settlementsOf(company, invoice).filter(({ date }) => date <= asAt);
  return {
    id: company.id('invoices', invoice.index),
    idName: 'invoiceID',
    date: invoice.date,
    dueOn: invoice.due,
    number: invoice.number ?? '',
    ...amountsOf(
      invoice,
      1,
      settled.map(({ amount, payment }) => ({ amount, isMoney: payment !== null })),
    ),
  };
}

const ID_NAMES: Record<CreditKind, OpenDocument['idName']> = {
  creditNotes: 'creditNoteID',
  prepayments: 'prepaymentID',
  overpayments: 'overpaymentID',
};

function openCredit(company: Company, credit: Credit, asAt: Day): OpenDocument {
  const kind = kindOf(credit);
  const used = usesOf(company, credit).filter(({ date }) => date <= asAt);
  return {
    id: company.id(kind, credit.index),
    idName: ID_NAMES[kind],
    date: credit.date,
    dueOn: null,
    number: ('number' in credit ? credit.number : credit.reference) ?? '',
    ...amountsOf(
      credit,
      -1,
      used.map(({ amount, refund }) => ({ amount, isMoney: refund !== null })),
    ),
  };
}

function amountsOf(
  { total, rate }: { total: number; rate: number },
  sign: 1 | -1,
  settled: { amount: number; isMoney: boolean }[],
): Pick<OpenDocument, 'total' | 'paid' | 'credited' | 'due'> {
  const sum = (test: (isMoney: boolean) => boolean) =>
    settled.reduce((all, { amount, isMoney }) => all + (test(isMoney) ? amount : 0), 0);
  const whole = toBase(total, rate);
  const due = toBase(total - sum(() => true), rate);
  const credited = toBase(
    sum((isMoney) => !isMoney),
    rate,
  );
  const amounts = { total: whole, paid: whole - due - credited, credited, due };
  if (sign === 1) return amounts;
  // A settled part is 0, never -0.
  return { total: -whole || 0, paid: -amounts.paid || 0, credited: -credited || 0, due: -due || 0 };
}
