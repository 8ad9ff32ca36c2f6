/** Money moved between the organisation's own bank accounts. */
import { mulDiv, RATE_ONE, toBase } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';
import { add, type Company } from './company.ts';
import { dayRate } from './exchange.ts';
import type { Post } from './ledger.ts';
import type { Row, TrackingChoice } from './rows.ts';

/** `updatedAt` is when it was made: nothing else is ever stamped (xero-api.md 3.2). */
export interface BankTransfer extends Row {
  from: number;
  to: number;
  date: Day;
  /** Cents in the currency of the account it leaves. */
  amount: number;
  /** Units of the currency it reaches per unit of the one it leaves, times 1e10. */
  rate: number;
  /** Base cents: what both accounts stand for it in the ledger. */
  base: number;
  reference: string | null;
  isFromReconciled: boolean;
  isToReconciled: boolean;
  fromTracking: readonly TrackingChoice[];
  toTracking: readonly TrackingChoice[];
  status: 'AUTHORISED' | 'DELETED';
}

/** What arrives, in cents of the currency of the account it reaches. */
export const arrivedOf = ({ amount, rate }: BankTransfer): number => mulDiv(amount, rate, RATE_ONE);

/** Both accounts stand for it with the same base cents: a transfer gains and loses nothing. */
export function postTransfer(_company: Company, transfer: BankTransfer, post: Post): void {
  if (transfer.isHidden || transfer.status !== 'AUTHORISED') return;
  post(transfer.from, transfer.date, -transfer.base);
  post(transfer.to, transfer.date, transfer.base);
}

export interface TransferDraft {
  from: number;
  to: number;
  date: Day;
  amount: number;
  reference: string | null;
  isReconciled: boolean;
  fromTracking?: readonly TrackingChoice[];
  toTracking?: readonly TrackingChoice[];
  updatedAt: number;
  status?: BankTransfer['status'];
}

/** At the day's rates; the base amount is that of the side in base currency, where there is one. */
export function addBankTransfer(company: Company, draft: TransferDraft): BankTransfer {
  const { profile } = company;
  const currencyOf = (account: number) => company.accounts.at(account).bank?.currency ?? profile.baseCurrency;
  const [from, to] = [currencyOf(draft.from), currencyOf(draft.to)];
  const rate =
    from === to
      ? RATE_ONE
      : mulDiv(dayRate(profile, to, draft.date), RATE_ONE, dayRate(profile, from, draft.date));
  const { isReconciled, fromTracking = [], toTracking = [], status = 'AUTHORISED', ...rest } = draft;
  return add(company, 'bankTransfers', {
    ...rest,
    rate,
    base:
      to === profile.baseCurrency
        ? mulDiv(draft.amount, rate, RATE_ONE)
        : toBase(draft.amount, dayRate(profile, from, draft.date)),
    isFromReconciled: isReconciled,
    isToReconciled: isReconciled,
    fromTracking,
    toTracking,
    status,
  });
}
