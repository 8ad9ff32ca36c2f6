/**
 * The books by what was paid (`paymentsOnly=true`). An invoice or credit note is nothing until money or a credit settles it:
 * each settlement brings its share of every line, tax and rounding too, on the day of the settlement.
 *
 * The shares are exact. With base(paid) the part of the document in base currency that is settled so far, the first n postings
 * of the document together stand at round(sum of them x base(paid) / base(total)), and each posting at the difference to the
 * one before. So the shares of one settlement add up to what it relieves, and a settled document stands as in the books.
 *
 * Receivable and payable keep only what was paid ahead: prepayments and overpayments not yet set against an invoice. Manual
 * journals are left out unless they say ShowOnCashBasisReports. Bank accounts stand as in the books, always.
 */
import type { Company } from '../company/company.ts';
import type { CreditNote } from '../company/credit-rows.ts';
import { isLive, sideOf, usesOf } from '../company/credits.ts';
import type { RecordKind } from '../company/kinds.ts';
import { emptyLedger, type Ledger, type Post } from '../company/ledger.ts';
import { bankWorth, postLines, settlementsOf } from '../company/postings.ts';
import type { Invoice, Payment } from '../company/rows.ts';
import { mulDiv, toBase } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';
import { booksMark, POSTING_KINDS, postAllOf } from './cash-book.ts';

const kept = new WeakMap<Company, { mark: string; ledger: Ledger }>();

/** Worked out from all documents, once per state of the books. */
export function cashLedger(company: Company): Ledger {
  const mark = booksMark(company);
  const found = kept.get(company);
  if (found?.mark === mark) return found.ledger;
  const ledger = emptyLedger();
  for (const kind of POSTING_KINDS) postOnCash(company, kind, ledger.post);
  kept.set(company, { mark, ledger });
  return ledger;
}

function postOnCash(company: Company, kind: RecordKind, post: Post): void {
  switch (kind) {
    case 'invoices':
      for (const invoice of company.invoices) postInvoice(company, invoice, post);
      return;
    case 'creditNotes':
      for (const note of company.creditNotes) postCreditNote(company, note, post);
      return;
    case 'manualJournals':
      postAllOf(company, kind, post, (journal) => journal.showsOnCashBasis);
      return;
    default:
      postAllOf(company, kind, post);
  }
}

function postInvoice(company: Company, invoice: Invoice, post: Post): void {
  if (invoice.isHidden || (invoice.status !== 'AUTHORISED' && invoice.status !== 'PAID')) return;
  const side = invoice.type === 'ACCREC' ? 1 : -1;
  const settlements = settlementsOf(company, invoice);
  postSettled(company, invoice, side, settlements, post);
}

function postCreditNote(company: Company, note: CreditNote, post: Post): void {
  if (!isLive(note)) return;
  const uses = usesOf(company, note).map(({ date, amount, refund }) => ({ date, amount, payment: refund }));
  postSettled(company, note, sideOf(note) === 1 ? -1 : 1, uses, post);
}

interface Settled {
  date: Day;
  amount: number;
  payment: Payment | null;
}

/** `side` 1 where money comes in. */
function postSettled(
  company: Company,
  document: Invoice | CreditNote,
  side: 1 | -1,
  settlements: readonly Settled[],
  post: Post,
): void {
  const lines: { account: number; cents: number }[] = [];
  postLines(company, document, side, (account, _day, cents) => lines.push({ account, cents }));
  const base = toBase(document.total, document.rate);
  if (document.total === 0) {
    for (const { account, cents } of lines) post(account, document.date, cents);
    return;
  }
  let left = document.total;
  let stood = lines.map(() => 0);
  for (const { date, amount, payment } of settlements) {
    const relief = toBase(left, document.rate) - toBase(left - amount, document.rate);
    const worth = payment ? bankWorth(company, payment) : 0;
    left -= amount;
    const stands = sharesOf(lines, base - toBase(left, document.rate), base, left === 0);
    for (const [at, { account }] of lines.entries())
      post(account, date, (stands[at] ?? 0) - (stood[at] ?? 0));
    stood = stands;
    if (payment) post(payment.account, date, side * worth);
    post(company.account('realisedGain'), date, -side * (worth - relief));
  }
}

/** What stands of each line once `settled` of `base` is settled. A document too small to have a base cent stands when it is done. */
function sharesOf(lines: { cents: number }[], settled: number, base: number, isDone: boolean): number[] {
  let sum = 0;
  let stands = 0;
  return lines.map(({ cents }) => {
    sum += cents;
    const before = stands;
    stands = isDone ? sum : base === 0 ? 0 : mulDiv(sum, settled, base);
    return stands - before;
  });
}
