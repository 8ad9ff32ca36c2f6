/** What an executive summary knows of one month, in base cents. */
import type { Company } from '../company/company.ts';
import { toBase } from '../json/decimal.ts';
import { type Day, monthEnd, monthStart } from '../json/wire-dates.ts';
import { bankAccounts, bankFigures } from './bank-summary.ts';
import { isResultAccount } from './financial-year.ts';

export interface MonthFigures {
  days: number;
  received: number;
  spent: number;
  bank: number;
  income: number;
  directCosts: number;
  otherIncome: number;
  expenses: number;
  debtors: number;
  creditors: number;
  netAssets: number;
  invoices: number;
  invoiced: number;
  currentAssets: number;
  currentLiabilities: number;
  termAssets: number;
  termLiabilities: number;
}

/** Flows are of the whole month that `day` is in; balances are as at its end. */
export function monthFigures(company: Company, day: Day): MonthFigures {
  const { ledger } = company;
  const [from, to] = [monthStart(day), monthEnd(day)];
  const figures: MonthFigures = {
    days: to - from + 1,
    received: 0,
    spent: 0,
    bank: 0,
    income: 0,
    directCosts: 0,
    otherIncome: 0,
    expenses: 0,
    debtors: ledger.balance(company.account('receivable'), to),
    creditors: -ledger.balance(company.account('payable'), to),
    netAssets: 0,
    invoices: 0,
    invoiced: 0,
    currentAssets: 0,
    currentLiabilities: 0,
    termAssets: 0,
    termLiabilities: 0,
  };
  for (const { index } of bankAccounts(company)) {
    const [, received, spent, closing] = bankFigures(company, index, from, to);
    figures.received += received;
    figures.spent += spent;
    figures.bank += closing;
  }
  for (const { index, type, class: accountClass } of company.accounts) {
    if (isResultAccount(company, index)) {
      const movement = ledger.movement(index, from, to);
      if (type === 'REVENUE' || type === 'SALES') figures.income -= movement;
      else if (type === 'DIRECTCOSTS') figures.directCosts += movement;
      else if (accountClass === 'REVENUE') figures.otherIncome -= movement;
      else figures.expenses += movement;
      continue;
    }
    const balance = ledger.balance(index, to);
    if (accountClass === 'EQUITY') continue;
    figures.netAssets += balance;
    if (type === 'FIXED' || type === 'NONCURRENT') figures.termAssets += balance;
    else if (type === 'TERMLIAB' || type === 'LIABILITY') figures.termLiabilities -= balance;
    else if (accountClass === 'ASSET' || type === 'BANK') figures.currentAssets += balance;
    else figures.currentLiabilities -= balance;
  }
  for (const { type, status, date, total, rate, isHidden } of company.invoices) {
    if (isHidden || type !== 'ACCREC' || date < from || date > to) continue;
    if (status !== 'AUTHORISED' && status !== 'PAID') continue;
    figures.invoices++;
    figures.invoiced += toBase(total, rate);
  }
  return figures;
}
