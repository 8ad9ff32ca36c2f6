/**
 * What credits do to the ledger (the rule: postings.ts). A credit stands in the control account against the invoices, at its
 * own rate: base(left) = round half away from zero (RemainingCredit / CurrencyRate, 2 places). Each use of it takes
 * base(left before) - base(left after) out again.
 *
 * An allocation moves nothing between documents: the credit gives up what it stood for, the invoice what it stood for, and
 * what the two differ by at their own rates is a realised currency gain. Each document posts its own half, so that the
 * postings of a document depend on that document alone.
 *
 * Prepayments and overpayments post for the bank transaction that they came with, which posts nothing itself: the bank
 * against the control account. The lines of a prepayment say what the money is for; the invoice that it is set against
 * books it.
 */
import { toBase } from '../json/decimal.ts';
import type { Company } from './company.ts';
import type { Credit } from './credit-rows.ts';
import { isLive, sideOf, usesOf } from './credits.ts';
import type { Post } from './ledger.ts';
import { bankWorth, postLines } from './postings.ts';

export function postCredit(company: Company, credit: Credit, post: Post): void {
  if (!isLive(credit)) return;
  const side = sideOf(credit);
  const control = company.account(side === 1 ? 'receivable' : 'payable');
  post(control, credit.date, -side * toBase(credit.total, credit.rate));
  if ('bankTransaction' in credit) {
    const { account } = company.bankTransactions.at(credit.bankTransaction);
    post(account, credit.date, side * toBase(credit.total, credit.rate));
  } else {
    postLines(company, credit, side === 1 ? -1 : 1, post);
  }
  let left = credit.total;
  for (const { date, amount, refund } of usesOf(company, credit)) {
    const relief = toBase(left, credit.rate) - toBase(left - amount, credit.rate);
    const worth = refund ? bankWorth(company, refund) : 0;
    left -= amount;
    post(control, date, side * relief);
    if (refund) post(refund.account, date, -side * worth);
    post(company.account('realisedGain'), date, side * (worth - relief));
  }
}
