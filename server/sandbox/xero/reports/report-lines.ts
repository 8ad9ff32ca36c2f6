/** Accounts as report lines: one each, except the three currency accounts, which most regions show as one. */
import type { Company } from '../company/company.ts';
import type { Account } from '../company/rows.ts';
import type { Cell } from './report-text.ts';

export interface ReportLine {
  /** Indexes whose movements the line adds up. */
  accounts: number[];
  name: string;
  /** Null on a line that stands for several. */
  code: string | null;
  class: Account['class'];
  type: string;
  /** On every cell: `account` names the account, or FXGROUPID. */
  attributes: NonNullable<Cell['attributes']>;
}

const CURRENCY_ACCOUNTS = new Set(['BANKCURRENCYGAIN', 'UNREALISEDCURRENCYGAIN', 'REALISEDCURRENCYGAIN']);

/**
 * In the order of the chart's codes. FXGROUPID groups the currency accounts in most regions, not in the US
 * (xero-api.md 4.3); here both reports group alike, so their lines can be matched by attribute.
 */
export function reportLines(company: Company): ReportLine[] {
  const lines: ReportLine[] = [];
  const grouped: Account[] = [];
  for (const account of company.accounts) {
    if (company.profile.groupsCurrencyGains && CURRENCY_ACCOUNTS.has(account.systemAccount))
      grouped.push(account);
    else {
      lines.push({
        accounts: [account.index],
        name: account.name,
        code: account.code,
        class: account.class,
        type: account.type,
        attributes: [{ value: company.id('accounts', account.index), id: 'account' }],
      });
    }
  }
  lines.sort((a, b) => (a.code ?? '').localeCompare(b.code ?? '') || a.name.localeCompare(b.name));
  if (grouped.length > 0) {
    lines.push({
      accounts: grouped.map((account) => account.index),
      name: 'Foreign Currency Gains and Losses',
      code: null,
      class: 'EXPENSE',
      type: 'EXPENSE',
      attributes: [{ value: 'FXGROUPID', id: 'account' }],
    });
  }
  return lines;
}

/** A hidden account keeps its line while it has a balance: the ledger does not forget. */
export const sumOver = (line: ReportLine, measure: (account: number) => number): number =>
  line.accounts.reduce((sum, account) => sum + measure(account), 0);
