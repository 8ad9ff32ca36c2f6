/** `/Reports/ProfitAndLoss` from the ledger (xero-api.md 4.2 and 4.3, 2026-11-20): a column for each period, or for each tracking option. */
import type { Context } from '../accounting/envelope.ts';
import type { Query } from '../accounting/query.ts';
import { type Answer, validationRefused } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import { moneyText } from '../json/decimal.ts';
import { addMonths, type Day, longDay, monthEnd, monthStart, shortDay } from '../json/wire-dates.ts';
import { customLayout, type LayoutSection, standardLayout } from './profit-and-loss-layout.ts';
import { ledgerAsked } from './report-basis.ts';
import { sumOver } from './report-lines.ts';
import { dayParameter, monthsPerPeriod, periodsParameter } from './report-query.ts';
import { type Cell, type ReportRow, reportAnswer } from './report-text.ts';
import { type Column, trackingColumns } from './tracking-columns.ts';

interface Span {
  from: Day;
  to: Day;
}

export function profitAndLoss(company: Company, query: Query, context: Context): Answer {
  const ledger = ledgerAsked(company, query);
  const spans = spansOf(query, company.today(context.now));
  const [current] = spans as [Span];
  const columns =
    trackingColumns(company, query, current.from, current.to) ??
    spans.map(
      ({ from, to }): Column => ({
        label: shortDay(to),
        movement: (account) => ledger.movement(account, from, to),
      }),
    );
  const layout = query.isTrue('standardLayout') ? standardLayout(company) : customLayout(company);
  const results = columns.map(() => 0);
  const rows: ReportRow[] = [];
  for (const part of layout) {
    if (part.kind === 'result') rows.push(resultRow(part.name, results));
    else rows.push(...sectionRows(part, columns, results));
  }
  return reportAnswer(company, context, {
    id: 'ProfitAndLoss',
    name: 'Profit and Loss',
    titles: ['Profit & Loss', company.profile.name, `${longDay(current.from)} to ${longDay(current.to)}`],
    rows: [
      { type: 'Header', cells: [{ value: '' }, ...columns.map(({ label }) => ({ value: label }))] },
      ...rows,
    ],
  });
}

/**
 * The asked-for span first, then the earlier ones. Xero reuses the same dates in each earlier period, so that
 * 1 to 30 June gives 1 to 30 May and leaves out the 31st (xero-api.md 4.2).
 */
function spansOf(query: Query, today: Day): Span[] {
  const from = dayParameter(query, 'fromDate');
  const to = dayParameter(query, 'toDate');
  const start = from ?? monthStart(to ?? today);
  const end = to ?? monthEnd(from ?? today);
  if (end < start) throw validationRefused('The toDate must be on or after the fromDate.');
  if (end - start > 365) throw validationRefused('The date range must not exceed 365 days.');
  const periods = periodsParameter(query) ?? 0;
  const months = monthsPerPeriod(query);
  return Array.from({ length: periods + 1 }, (_, at) => ({
    from: addMonths(start, -months * at),
    to: addMonths(end, -months * at),
  }));
}

/** Lines without any movement in any column are left out, and sections without lines with them. */
function sectionRows(section: LayoutSection, columns: Column[], results: number[]): ReportRow[] {
  const totals = columns.map(() => 0);
  const rows: ReportRow[] = [];
  for (const line of section.lines) {
    const amounts = columns.map(({ movement }) =>
      sumOver(line, (account) => section.sign * movement(account)),
    );
    if (amounts.every((amount) => amount === 0)) continue;
    amounts.forEach((amount, at) => {
      totals[at] = (totals[at] ?? 0) + amount;
    });
    rows.push({
      type: 'Row',
      cells: [
        { value: line.name, attributes: line.attributes },
        ...amounts.map((amount): Cell => ({ value: moneyText(amount), attributes: line.attributes })),
      ],
    });
  }
  if (rows.length === 0) return [];
  // Income adds to the result, costs take from it.
  totals.forEach((total, at) => {
    results[at] = (results[at] ?? 0) - section.sign * total;
  });
  rows.push({
    type: 'SummaryRow',
    cells: [{ value: section.totalName }, ...totals.map((total) => ({ value: moneyText(total) }))],
  });
  return [{ type: 'Section', title: section.title, rows }];
}

const resultRow = (name: string, results: number[]): ReportRow => ({
  type: 'Section',
  title: '',
  rows: [
    { type: 'Row', cells: [{ value: name }, ...results.map((result) => ({ value: moneyText(result) }))] },
  ],
});
