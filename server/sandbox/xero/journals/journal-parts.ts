/**
 * The documents of the books as journals: one for the document itself, one for each payment, refund and allocation of it.
 * Which source type stands for what: xero-api.md 3.3 (DOC:journals, OAS), 2026-11-20.
 */
import type { Company } from '../company/company.ts';
import type { Credit } from '../company/credit-rows.ts';
import { kindOf, liveAllocations, sideOf, usesOf } from '../company/credits.ts';
import { KINDS, type KindOfRecord, type RecordKind, type Rows } from '../company/kinds.ts';
import { settlementsOf } from '../company/postings.ts';
import type { Invoice, Payment, Row } from '../company/rows.ts';
import type { Day } from '../json/wire-dates.ts';

interface Posting {
  account: number;
  day: Day;
  /** Base cents, debit positive. */
  cents: number;
}

export interface JournalPart {
  /** The same for the same document and payment, whatever it says. */
  key: string;
  sourceType: string;
  sourceId: string;
  reference: string | null;
  /** When the document or the payment changed last, in ms. */
  changedAt: number;
  /** They sum to zero. Empty ones are no journal. */
  postings: Posting[];
}

/** What the books say now, keyed by `key`. Both halves of an allocation are one journal, empty in base currency. */
export function journalParts(company: Company): Map<string, JournalPart> {
  const parts = new Map<string, JournalPart>();
  const put = (part: JournalPart) => {
    const known = parts.get(part.key);
    const postings = [...(known?.postings ?? []), ...part.postings];
    parts.set(part.key, { ...part, postings });
  };
  const whole = (kind: RecordKind, row: Row, sourceType: string, reference: string | null) =>
    put({ ...partOf(company, kind, row, sourceType, reference), postings: postingsOf(company, kind, row) });

  for (const invoice of company.invoices) putInvoice(company, invoice, put);
  for (const kind of ['creditNotes', 'prepayments', 'overpayments'] as const)
    for (const credit of company[kind]) putCredit(company, credit, put);
  for (const row of company.bankTransactions)
    whole('bankTransactions', row, row.type === 'RECEIVE' ? 'CASHREC' : 'CASHPAID', row.reference);
  for (const row of company.bankTransfers) whole('bankTransfers', row, 'TRANSFER', row.reference);
  for (const row of company.manualJournals) whole('manualJournals', row, 'MANJOURNAL', row.narration);
  for (const [key, part] of parts) {
    const postings = merged(part.postings);
    if (postings.length === 0) parts.delete(key);
    else part.postings = postings;
  }
  return parts;
}

type Put = (part: JournalPart) => void;

function putInvoice(company: Company, invoice: Invoice, put: Put): void {
  const postings = postingsOf(company, 'invoices', invoice);
  if (postings.length === 0) return;
  const settlements = settlementsOf(company, invoice);
  const allocations = liveAllocations(company, invoice.allocations);
  // The last postings are those of the settlements, in their order: bank, control, gain; an allocation has no bank.
  let at = postings.length - settlements.reduce((sum, { payment }) => sum + (payment ? 3 : 2), 0);
  put({
    ...partOf(company, 'invoices', invoice, invoice.type, invoice.reference),
    postings: postings.slice(0, at),
  });
  for (const { payment } of settlements) {
    const end = at + (payment ? 3 : 2);
    const own = postings.slice(at, end);
    at = end;
    if (payment) put(paymentPart(company, payment, `${invoice.type}PAYMENT`, own));
    else put(allocationPart(company, allocations.shift()?.index ?? -1, invoice.type === 'ACCREC', own));
  }
}

function putCredit(company: Company, credit: Credit, put: Put): void {
  const kind = kindOf(credit);
  const postings = postingsOf(company, kind, credit);
  if (postings.length === 0) return;
  const uses = usesOf(company, credit);
  const allocations = liveAllocations(company, credit.allocations);
  const isSale = sideOf(credit) === 1;
  const side = isSale ? 'AR' : 'AP';
  const word = kind === 'prepayments' ? 'PREPAYMENT' : 'OVERPAYMENT';
  let at = postings.length - uses.reduce((sum, { refund }) => sum + (refund ? 3 : 2), 0);
  const type = kind === 'creditNotes' ? credit.type : `${side}${word}`;
  put({ ...partOf(company, kind, credit, type, credit.reference), postings: postings.slice(0, at) });
  for (const { refund } of uses) {
    const end = at + (refund ? 3 : 2);
    const own = postings.slice(at, end);
    at = end;
    const refundType = kind === 'creditNotes' ? `${side}CREDITPAYMENT` : `${side}${word}`;
    if (refund) put(paymentPart(company, refund, refundType, own));
    else put(allocationPart(company, allocations.shift()?.index ?? -1, isSale, own));
  }
}

const partOf = (
  company: Company,
  kind: RecordKind,
  row: Row,
  sourceType: string,
  reference: string | null,
): Omit<JournalPart, 'postings'> => ({
  key: `${kind} ${row.index}`,
  sourceType,
  sourceId: company.id(kind, row.index),
  reference,
  changedAt: row.updatedAt,
});

const paymentPart = (
  company: Company,
  payment: Payment,
  sourceType: string,
  postings: Posting[],
): JournalPart => ({
  ...partOf(company, 'payments', payment, sourceType, payment.reference),
  postings,
});

const allocationPart = (
  company: Company,
  index: number,
  isSale: boolean,
  postings: Posting[],
): JournalPart => ({
  ...partOf(
    company,
    'allocations',
    company.allocations.at(index),
    isSale ? 'ARCREDITPAYMENT' : 'APCREDITPAYMENT',
    null,
  ),
  postings,
});

function postingsOf<Kind extends RecordKind>(company: Company, kind: Kind, row: Row): Posting[] {
  const postings: Posting[] = [];
  const { post } = KINDS[kind] as KindOfRecord<Rows[Kind]>;
  post?.(company, row as Rows[Kind], (account, day, cents) => void postings.push({ account, day, cents }));
  return postings;
}

/** One posting per account and day, in the order in which they were met; what comes to nothing is left out. */
function merged(postings: Posting[]): Posting[] {
  const sums = new Map<string, Posting>();
  for (const { account, day, cents } of postings) {
    const key = `${account} ${day}`;
    const known = sums.get(key);
    if (known) known.cents += cents;
    else sums.set(key, { account, day, cents });
  }
  return [...sums.values()].filter(({ cents }) => cents !== 0);
}
