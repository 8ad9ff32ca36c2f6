/**
 * `/Reports/TrialBalance` (xero-api.md 4.2 and the published example, OAS 16.1): movement of the month up to `date`, and year to date.
 * Year to date is since the financial year began for revenue and expenses, everything ever for the rest; earlier profit
 * sits in Retained Earnings. Each of the two pairs of columns balances.
 */
import type { Context } from '../accounting/envelope.ts';
import type { Query } from '../accounting/query.ts';
import type { Answer } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import type { Ledger } from '../company/ledger.ts';
import { moneyText } from '../json/decimal.ts';
import { type Day, longDay, monthStart } from '../json/wire-dates.ts';
import { financialYearStart, isResultAccount, profitOver } from './financial-year.ts';
import { ledgerAsked } from './report-basis.ts';
import { type ReportLine, reportLines, sumOver } from './report-lines.ts';
import { dayParameter } from './report-query.ts';
import { type Cell, type ReportRow, reportAnswer } from './report-text.ts';

const SECTIONS = [
  ['Revenue', 'REVENUE'],
  ['Expenses', 'EXPENSE'],
  ['Assets', 'ASSET'],
  ['Liabilities', 'LIABILITY'],
  ['Equity', 'EQUITY'],
] as const;

export function trialBalance(company: Company, query: Query, context: Context): Answer {
  const date = dayParameter(query, 'date') ?? company.today(context.now);
  const balances = trialBalanceLines(company, ledgerAsked(company, query), date);
  const totals: Totals = [0, 0, 0, 0];
  const sections = SECTIONS.flatMap(([title, name]): ReportRow[] => {
    const rows = balances
      .filter(({ line, month, year }) => line.class === name && (month !== 0 || year !== 0))
      .map(({ line, month, year }): ReportRow => {
        const label = line.code === null ? line.name : `${line.name} (${line.code})`;
        const cells = [...columnsOf(line, month, totals, 0), ...columnsOf(line, year, totals, 2)];
        return { type: 'Row', cells: [{ value: label, attributes: line.attributes }, ...cells] };
      });
    return rows.length > 0 ? [{ type: 'Section', title, rows }] : [];
  });
  return reportAnswer(company, context, {
    id: 'TrialBalance',
    name: 'Trial Balance',
    titles: ['Trial Balance', company.profile.name, `As at ${longDay(date)}`],
    rows: [
      {
        type: 'Header',
        cells: ['Account', 'Debit', 'Credit', 'YTD Debit', 'YTD Credit'].map((value) => ({ value })),
      },
      ...sections,
      {
        type: 'Section',
        title: '',
        rows: [
          { type: 'SummaryRow', cells: ['Total', ...totals.map(moneyText)].map((value) => ({ value })) },
        ],
      },
    ],
  });
}

interface TrialBalanceLine {
  line: ReportLine;
  /** Debit positive, in base cents. */
  month: number;
  year: number;
}

/** The figures behind the report; both columns sum to zero. */
function trialBalanceLines(company: Company, ledger: Ledger, date: Day): TrialBalanceLine[] {
  const yearStart = financialYearStart(company, date);
  const earlierProfit = profitOver(company, ledger, null, yearStart - 1);
  return reportLines(company).map((line) => ({
    line,
    month: sumOver(line, (account) => ledger.movement(account, monthStart(date), date)),
    year: sumOver(line, (account) => {
      if (isResultAccount(company, account)) return ledger.movement(account, yearStart, date);
      const brought = account === company.account('retained') ? earlierProfit : 0;
      return ledger.balance(account, date) - brought;
    }),
  }));
}

type Totals = [number, number, number, number];

/** A figure stands on its account's natural side, on the other when negative; the side not used is an empty text. */
function columnsOf(line: ReportLine, debit: number, totals: Totals, at: 0 | 2): Cell[] {
  const isDebitAccount = line.class === 'ASSET' || line.class === 'EXPENSE';
  const isDebit = debit > 0 || (debit === 0 && isDebitAccount);
  const amount = Math.abs(debit);
  totals[isDebit ? at : ((at + 1) as 1 | 3)] += amount;
  return [
    { value: isDebit ? moneyText(amount) : '', attributes: line.attributes },
    { value: isDebit ? '' : moneyText(amount), attributes: line.attributes },
  ];
}
