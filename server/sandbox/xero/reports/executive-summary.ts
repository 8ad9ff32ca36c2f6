/**
 * `/Reports/ExecutiveSummary` (the published example, OAS 16.1): the month of `date`, the month before, and the change between
 * them. How its ratios come about is read off the example's own figures, which they reproduce digit for digit.
 */
import type { Context } from '../accounting/envelope.ts';
import type { Query } from '../accounting/query.ts';
import type { Answer } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import { decimalText, moneyText, mulDiv } from '../json/decimal.ts';
import { addMonths, monthName, monthStart } from '../json/wire-dates.ts';
import { dotnetQuotient } from './dotnet-quotient.ts';
import { type MonthFigures, monthFigures } from './month-figures.ts';
import { dayParameter } from './report-query.ts';
import { type ReportRow, reportAnswer } from './report-text.ts';

export function executiveSummary(company: Company, query: Query, context: Context): Answer {
  const month = monthStart(dayParameter(query, 'date') ?? company.today(context.now));
  const before = addMonths(month, -1);
  const [now, then] = [monthFigures(company, month), monthFigures(company, before)];
  return reportAnswer(company, context, {
    id: 'ExecutiveSummary',
    name: 'Executive Summary',
    titles: ['Executive Summary', company.profile.name, `For the month of ${monthName(month, true)}`],
    rows: [
      {
        type: 'Header',
        cells: ['', monthName(month), monthName(before), 'Variance'].map((value) => ({ value })),
      },
      ...SECTIONS.map(
        ([title, lines]): ReportRow => ({
          type: 'Section',
          title,
          rows: lines.map((line) => ({
            type: 'Row',
            cells: [line.name, line.text(now), line.text(then), varianceText(line, now, then)].map(
              (value) => ({
                value,
              }),
            ),
          })),
        }),
      ),
    ],
  });
}

interface SummaryLine {
  name: string;
  text(figures: MonthFigures): string;
  /** As a fraction of whole numbers, for the variance. Null where there is none. */
  value(figures: MonthFigures): [numerator: number, denominator: number] | null;
}

const grossProfit = ({ income, directCosts }: MonthFigures) => income - directCosts;
const profit = (figures: MonthFigures) => grossProfit(figures) + figures.otherIncome - figures.expenses;
const costs = ({ directCosts, expenses }: MonthFigures) => directCosts + expenses;

const money = (name: string, of: (figures: MonthFigures) => number): SummaryLine => ({
  name,
  text: (figures) => moneyText(of(figures)),
  value: (figures) => [of(figures), 1],
});

/** "-413.5%"; `without` where there is nothing to divide by. */
const percent = (
  name: string,
  without: string,
  of: (figures: MonthFigures) => [number, number],
): SummaryLine => ({
  name,
  text(figures) {
    const [numerator, denominator] = of(figures);
    return denominator === 0 ? without : percentText(numerator, denominator);
  },
  value: (figures) => fraction(of(figures)),
});

const ratio = (
  name: string,
  without: string,
  of: (figures: MonthFigures) => [number, number],
  factorOf: (figures: MonthFigures) => number = () => 1,
): SummaryLine => ({
  name,
  text(figures) {
    const [numerator, denominator] = of(figures);
    return denominator === 0 ? without : dotnetQuotient(numerator, denominator, factorOf(figures));
  },
  value(figures) {
    const [numerator, denominator] = of(figures);
    return fraction([numerator * factorOf(figures), denominator]);
  },
});

const fraction = ([numerator, denominator]: [number, number]): [number, number] | null =>
  denominator === 0 ? null : [numerator, denominator];

const SECTIONS: [title: string, lines: SummaryLine[]][] = [
  [
    'Cash',
    [
      money('Cash received', ({ received }) => received),
      money('Cash spent', ({ spent }) => spent),
      money('Cash surplus (deficit)', ({ received, spent }) => received - spent),
      money('Closing bank balance', ({ bank }) => bank),
    ],
  ],
  [
    'Profitability',
    [
      money('Income', ({ income }) => income),
      money('Direct costs', ({ directCosts }) => directCosts),
      money('Gross profit (loss)', grossProfit),
      money('Other Income', ({ otherIncome }) => otherIncome),
      money('Expenses', ({ expenses }) => expenses),
      money('Profit (loss)', profit),
    ],
  ],
  [
    'Balance Sheet',
    [
      money('Debtors', ({ debtors }) => debtors),
      money('Creditors', ({ creditors }) => creditors),
      money('Net assets', ({ netAssets }) => netAssets),
    ],
  ],
  [
    'Income',
    [
      {
        name: 'Number of invoices issued',
        text: ({ invoices }) => String(invoices),
        value: ({ invoices }) => [invoices, 1],
      },
      money('Average value of invoices', ({ invoiced, invoices }) =>
        invoices === 0 ? 0 : mulDiv(invoiced, 1, invoices),
      ),
    ],
  ],
  [
    'Performance',
    [
      percent('Gross profit margin', '', (figures) => [grossProfit(figures), figures.income]),
      percent('Net profit margin', '', (figures) => [profit(figures), figures.income]),
      percent('Return on investment (p.a.)', '0.0%', (figures) => [12 * profit(figures), figures.netAssets]),
    ],
  ],
  [
    'Position',
    [
      ratio(
        'Average debtors days',
        '0',
        ({ debtors, income }) => [debtors, income],
        ({ days }) => days,
      ),
      ratio(
        'Average creditors days',
        '0',
        (figures) => [figures.creditors, costs(figures)],
        ({ days }) => days,
      ),
      money('Short term cash forecast', ({ debtors, creditors }) => debtors - creditors),
      ratio('Current assets to liabilities', '', (figures) => [
        figures.currentAssets,
        figures.currentLiabilities,
      ]),
      ratio('Term assets to liabilities', '', (figures) => [figures.termAssets, figures.termLiabilities]),
    ],
  ],
];

/** The change against what it was before, its sign left aside; "0.0%" where there was nothing before. */
function varianceText(line: SummaryLine, now: MonthFigures, then: MonthFigures): string {
  const [to, from] = [line.value(now), line.value(then)];
  if (!to || !from || from[0] === 0) return '0.0%';
  const cross = (a: [number, number], b: [number, number]) => BigInt(a[0]) * BigInt(b[1]);
  // (to - from) / |from|, over one denominator.
  const sign = BigInt(Math.sign(to[1]) * Math.sign(from[1]));
  const numerator = (cross(to, from) - cross(from, to)) * sign;
  const base = cross(from, to);
  return percentOf(numerator, base < 0n ? -base : base);
}

const percentText = (numerator: number, denominator: number): string =>
  percentOf(BigInt(numerator) * BigInt(Math.sign(denominator)), BigInt(Math.abs(denominator)));

/** One place, half away from zero. The denominator is positive. */
function percentOf(numerator: bigint, denominator: bigint): string {
  const size = numerator < 0n ? -numerator : numerator;
  const tenths = (2000n * size + denominator) / (2n * denominator);
  return `${decimalText(Number(numerator < 0n ? -tenths : tenths), 1)}%`;
}
