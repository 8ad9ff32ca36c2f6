/**
 * `/Reports/BalanceSheet` (xero-api.md 4.2 and the published example, OAS 16.1): as at the end of the month of `date`, beside
 * `periods` earlier ends of months, or the same month a year before where no periods are asked for.
 * Net assets equal equity in every column: this year's earnings so far and those of all earlier years stand in it.
 */
import type { Context } from '../accounting/envelope.ts';
import type { Query } from '../accounting/query.ts';
import { type Answer, validationRefused } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import type { Ledger } from '../company/ledger.ts';
import { moneyText } from '../json/decimal.ts';
import {
  addMonths,
  type Day,
  longDay,
  monthDay,
  monthEnd,
  monthStart,
  slashedDay,
} from '../json/wire-dates.ts';
import { type BalancePart, customBalanceLayout, standardBalanceLayout } from './balance-sheet-layout.ts';
import { financialYearStart, profitOver } from './financial-year.ts';
import { ledgerAsked } from './report-basis.ts';
import { type ReportLine, sumOver } from './report-lines.ts';
import { dayParameter, monthsPerPeriod, periodsParameter } from './report-query.ts';
import { type Cell, type ReportRow, reportAnswer } from './report-text.ts';

export function balanceSheet(company: Company, query: Query, context: Context): Answer {
  for (const name of ['trackingOptionID1', 'trackingOptionID2']) {
    if (query.get(name))
      throw validationRefused(`The sandbox keeps no balances by tracking: leave ${name} out.`);
  }
  const columns = columnsOf(query, company.today(context.now));
  const [asAt] = columns as [Day];
  const ledger = ledgerAsked(company, query);
  const layout = query.isTrue('standardLayout')
    ? standardBalanceLayout(company)
    : customBalanceLayout(company);
  return reportAnswer(company, context, {
    id: 'BalanceSheet',
    name: 'Balance Sheet',
    titles: ['Balance Sheet', company.profile.name, `As at ${longDay(asAt)}`],
    rows: [
      { type: 'Header', cells: [{ value: '' }, ...columns.map((day) => ({ value: monthDay(day) }))] },
      ...balanceRows(company, ledger, layout, columns),
    ],
  });
}

/** The end asked for first, then the earlier ones. */
function columnsOf(query: Query, today: Day): Day[] {
  const asAt = monthEnd(dayParameter(query, 'date') ?? today);
  const periods = periodsParameter(query);
  const months = periods === undefined ? 12 : monthsPerPeriod(query);
  return Array.from({ length: (periods ?? 1) + 1 }, (_, at) =>
    monthEnd(addMonths(monthStart(asAt), -months * at)),
  );
}

function balanceRows(company: Company, ledger: Ledger, layout: BalancePart[], columns: Day[]): ReportRow[] {
  const totals = new Map<string, number[]>();
  const totalOf = (titles: string[]) =>
    columns.map((_, at) => titles.reduce((sum, title) => sum + (totals.get(title)?.[at] ?? 0), 0));
  const rowsOf = (part: BalancePart): ReportRow[] => {
    switch (part.kind) {
      case 'heading':
        return [{ type: 'Section', title: part.title, rows: [] }];
      case 'section': {
        const shown = part.lines
          .map((line) => ({ line, amounts: balances(ledger, line, columns, part.side) }))
          .filter(({ amounts }) => amounts.some((cents) => cents !== 0));
        const sums = sumsOf(columns, shown);
        totals.set(part.title, sums);
        return shown.length === 0 ? [] : [sectionOf(part.title, shown.map(lineRow), sums)];
      }
      case 'total': {
        const sums = totalOf(part.titles);
        totals.set(part.name, sums);
        return [untitled('SummaryRow', part.name, sums)];
      }
      case 'net-assets': {
        const [assets, liabilities] = [totalOf(['Total Assets']), totalOf(['Total Liabilities'])];
        const net = assets.map((cents, at) => cents - (liabilities[at] ?? 0));
        return [untitled('Row', 'Net Assets', net)];
      }
      case 'equity':
        return equityRows(company, ledger, part.lines, columns);
    }
  };
  return layout.flatMap(rowsOf);
}

interface Line {
  line: Pick<ReportLine, 'name' | 'attributes'>;
  amounts: number[];
  /** On the amount of each column besides the line's own. */
  more?: NonNullable<Cell['attributes']>[];
}

/** Retained earnings take in what all earlier years earned; the year in progress has a line that is no account. */
function equityRows(company: Company, ledger: Ledger, lines: ReportLine[], columns: Day[]): ReportRow[] {
  const starts = columns.map((day) => financialYearStart(company, day));
  const retained = company.account('retained');
  const accounts = lines.map((line): Line => {
    const amounts = balances(ledger, line, columns, -1);
    if (!line.accounts.includes(retained)) return { line, amounts };
    return {
      line,
      amounts: amounts.map((cents, at) => cents + profitOver(company, ledger, null, (starts[at] as Day) - 1)),
      more: columns.map((day) => dateAttributes('', slashedDay(day))),
    };
  });
  const earnings: Line = {
    line: {
      name: 'Current Year Earnings',
      attributes: [{ value: '00000000-0000-0000-0000-000000000000', id: 'account' }],
    },
    amounts: columns.map((day, at) => profitOver(company, ledger, starts[at] as Day, day)),
    more: columns.map((day, at) => dateAttributes(slashedDay(starts[at] as Day), slashedDay(day))),
  };
  const shown = [earnings, ...accounts]
    .filter(({ amounts }) => amounts.some((cents) => cents !== 0))
    .sort((a, b) => (a.line.name < b.line.name ? -1 : 1));
  return [sectionOf('Equity', shown.map(lineRow), sumsOf(columns, shown))];
}

const dateAttributes = (from: string, to: string) => [
  { value: from, id: 'fromDate' },
  { value: to, id: 'toDate' },
];

const balances = (ledger: Ledger, line: ReportLine, columns: Day[], side: 1 | -1): number[] =>
  columns.map((day) => sumOver(line, (account) => side * ledger.balance(account, day)));

const sumsOf = (columns: Day[], lines: { amounts: number[] }[]): number[] =>
  columns.map((_, at) => lines.reduce((sum, { amounts }) => sum + (amounts[at] ?? 0), 0));

const lineRow = ({ line, amounts, more }: Line): ReportRow => ({
  type: 'Row',
  cells: [
    { value: line.name, attributes: line.attributes },
    ...amounts.map(
      (cents, at): Cell => ({
        value: moneyText(cents),
        attributes: [...line.attributes, ...(more?.[at] ?? [])],
      }),
    ),
  ],
});

const amountCells = (name: string, amounts: number[]): Cell[] => [
  { value: name },
  ...amounts.map((cents) => ({ value: moneyText(cents) })),
];

const sectionOf = (title: string, rows: ReportRow[], totals: number[]): ReportRow => ({
  type: 'Section',
  title,
  rows: [...rows, { type: 'SummaryRow', cells: amountCells(`Total ${title}`, totals) }],
});

const untitled = (type: 'Row' | 'SummaryRow', name: string, amounts: number[]): ReportRow => ({
  type: 'Section',
  title: '',
  rows: [{ type, cells: amountCells(name, amounts) }],
});
