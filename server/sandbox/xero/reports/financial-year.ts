/** The organisation's financial year, and what it earned in a span of days. */
import type { Company } from '../company/company.ts';
import type { Ledger } from '../company/ledger.ts';
import { type Day, dayOf, partsOf } from '../json/wire-dates.ts';

/** The day after the last financial year end before `date`. */
export function financialYearStart(company: Company, date: Day): Day {
  const { day, month } = company.profile.yearEnd;
  const { year } = partsOf(date);
  const end = (of: number) => dayOf(of, month, day) as Day;
  return (end(year) < date ? end(year) : end(year - 1)) + 1;
}

export const isResultAccount = (company: Company, account: number): boolean =>
  /REVENUE|EXPENSE/.test(company.accounts.at(account).class);

/** Base cents, a profit positive, with both days included; `from` null means ever since. */
export function profitOver(company: Company, ledger: Ledger, from: Day | null, to: Day): number {
  let profit = 0;
  for (const { index } of company.accounts) {
    if (!isResultAccount(company, index)) continue;
    profit -= from === null ? ledger.balance(index, to) : ledger.movement(index, from, to);
  }
  return profit;
}
