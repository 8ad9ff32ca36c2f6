/** The general ledger: per account and day the net of all postings in base cents, debit positive. */
import type { Day } from '../json/wire-dates.ts';

export type Post = (account: number, day: Day, cents: number) => void;

export interface Ledger {
  post: Post;
  /** Debits minus credits with `from` and `to` both included. */
  movement(account: number, from: Day, to: Day): number;
  /** Debits minus credits up to and with `to`. */
  balance(account: number, to: Day): number;
  /** Every account that was ever posted to. */
  accounts(): number[];
}

export function emptyLedger(): Ledger {
  const days = new Map<number, Map<Day, number>>();
  const sum = (account: number, includes: (day: Day) => boolean) => {
    let total = 0;
    for (const [day, cents] of days.get(account) ?? []) if (includes(day)) total += cents;
    return total;
  };
  return {
    post(account, day, cents) {
      if (cents === 0) return;
      if (!Number.isSafeInteger(cents)) throw new RangeError(`not an exact posting: ${cents}`);
      let perDay = days.get(account);
      if (!perDay) {
        perDay = new Map();
        days.set(account, perDay);
      }
      const next = (perDay.get(day) ?? 0) + cents;
      if (next === 0) perDay.delete(day);
      else perDay.set(day, next);
    },
    movement: (account, from, to) => sum(account, (day) => day >= from && day <= to),
    balance: (account, to) => sum(account, (day) => day <= to),
    accounts: () => [...days.keys()],
  };
}
