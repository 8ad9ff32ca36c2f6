/** Manual journals: lines in base currency that sum to nothing, tax lines included (xero-api.md 7.2, step 7). */
import { mulDiv } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';
import type { Company } from './company.ts';
import type { Post } from './ledger.ts';
import type { Account, LineAmountTypes, Row, TrackingChoice } from './rows.ts';

export type JournalStatus = 'DRAFT' | 'POSTED' | 'DELETED' | 'VOIDED' | 'ARCHIVED';

export interface JournalLine {
  description: string | null;
  account: number;
  taxType: string;
  /** Cents, debit positive; with tax where the journal is inclusive. */
  amount: number;
  tax: number;
  tracking: readonly TrackingChoice[];
}

export interface ManualJournal extends Row {
  narration: string;
  date: Day;
  status: JournalStatus;
  lineAmountTypes: LineAmountTypes;
  lines: readonly JournalLine[];
  showsOnCashBasis: boolean;
}

export interface JournalLineDraft {
  description: string | null;
  account: number;
  taxType: string;
  amount: number;
  tracking: readonly TrackingChoice[];
}

export function journalLines(
  company: Company,
  kind: LineAmountTypes,
  drafts: JournalLineDraft[],
): JournalLine[] {
  return drafts.map((draft) => {
    const taxType = kind === 'NoTax' ? 'NONE' : draft.taxType;
    const rate = company.taxRate(taxType)?.rate ?? 0;
    const tax = mulDiv(draft.amount, rate, kind === 'Inclusive' ? 1_000_000 + rate : 1_000_000);
    return { ...draft, taxType, tax };
  });
}

/** Zero in a journal that may be posted. */
export const sumOfJournal = (kind: LineAmountTypes, lines: readonly JournalLine[]): number =>
  lines.reduce((sum, { amount, tax }) => sum + amount + (kind === 'Exclusive' ? tax : 0), 0);

/** Bank, inventory, receivable, payable and retained earnings move by their own documents only (xero-api.md 7.2, step 7). */
export const canJournalTo = ({ bank, type, systemAccount }: Account): boolean =>
  !bank && type !== 'INVENTORY' && !['DEBTORS', 'CREDITORS', 'RETAINEDEARNINGS'].includes(systemAccount);

/** Only POSTED journals are in the ledger. */
export function postManualJournal(company: Company, journal: ManualJournal, post: Post): void {
  if (journal.isHidden || journal.status !== 'POSTED') return;
  for (const { account, amount, tax } of journal.lines) {
    post(account, journal.date, journal.lineAmountTypes === 'Inclusive' ? amount - tax : amount);
    post(company.account('tax'), journal.date, tax);
  }
}
