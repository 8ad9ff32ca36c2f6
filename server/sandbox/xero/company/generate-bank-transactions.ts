/** Money received and spent without an invoice. */
import type { Day } from '../json/wire-dates.ts';
import { add, type Company } from './company.ts';
import { type LineDraft, linesOf, totalsOf } from './documents.ts';
import { dayRate } from './exchange.ts';
import type { Making } from './generate.ts';
import { lineDraft } from './generate-invoices.ts';
import type { BankTransaction, LineAmountTypes } from './rows.ts';
import { RECEIVED, SPENT } from './vocabulary.ts';

export function addBankTransactions(making: Making, count: number): void {
  const { company, random, today, firstDay, stamp } = making;
  addBankTransaction(company, {
    type: 'RECEIVE',
    account: company.account('cheque'),
    contact: 0,
    date: firstDay,
    reference: 'Opening capital',
    kind: 'NoTax',
    lines: [
      {
        description: 'Owner’s funds',
        quantity: 10_000,
        unit: 250_000_0000,
        account: company.account('ownerFunds'),
      },
    ],
    updatedAt: stamp(firstDay),
    isReconciled: true,
  });
  const accounts = company.accounts.filter((account) => account.bank !== null);
  for (let at = 1; at < count; at++) {
    const date = firstDay + Math.floor((at * (today - firstDay)) / count);
    const isReceipt = random.chance(35);
    addBankTransaction(company, {
      type: isReceipt ? 'RECEIVE' : 'SPEND',
      account: random.chance(70) ? company.account('cheque') : random.pick(accounts).index,
      contact: random.between(0, company.contacts.length - 1),
      date,
      reference: random.chance(30) ? random.pick(isReceipt ? RECEIVED : SPENT) : null,
      // Bank transactions are inclusive unless told otherwise (xero-api.md 7.3).
      kind: random.chance(85) ? 'Inclusive' : random.chance(50) ? 'Exclusive' : 'NoTax',
      lines: Array.from({ length: random.chance(85) ? 1 : 2 }, () => ({
        ...lineDraft(making, isReceipt),
        description: random.pick(isReceipt ? RECEIVED : SPENT),
      })),
      updatedAt: stamp(date),
      isReconciled: random.chance(85),
      ...(random.chance(2) ? { status: 'DELETED' as const } : {}),
    });
  }
}

export interface BankTransactionDraft {
  type: BankTransaction['type'];
  account: number;
  contact: number;
  date: Day;
  reference: string | null;
  kind: LineAmountTypes;
  lines: LineDraft[];
  updatedAt: number;
  isReconciled: boolean;
  status?: BankTransaction['status'];
}

/** In the bank account's own currency, at the day's rate. */
export function addBankTransaction(company: Company, draft: BankTransactionDraft): BankTransaction {
  const { kind, lines: drafts, status = 'AUTHORISED', ...rest } = draft;
  const currency = company.accounts.at(draft.account).bank?.currency ?? company.profile.baseCurrency;
  const lines = linesOf(company, kind, drafts);
  return add(company, 'bankTransactions', {
    ...rest,
    status,
    lineAmountTypes: kind,
    lines,
    currency,
    rate: dayRate(company.profile, currency, draft.date),
    ...totalsOf(kind, lines),
  });
}
