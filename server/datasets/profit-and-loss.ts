/** Profit and loss by month: one row per account and per total, one column per month, oldest first. */
import { monthLabel } from '../domain/calendar.ts';
import { sumDecimals } from '../domain/money.ts';
import { FatalError } from '../errors.ts';
import type { Cell } from '../mirror/mirror.ts';
import { profitAndLoss } from '../resources/profit-and-loss.ts';
import type { Column } from '../resources/resource.ts';
import type { Dataset } from './dataset.ts';
import {
  type Account,
  type Answer,
  accountCells,
  figureColumns,
  figureOf,
  linesOf,
  type ReportLine,
  type ReportTable,
  reportColumns,
} from './report-rows.ts';

interface MonthRow {
  line: ReportLine;
  /** By the first day of the month; null for one that is no number. */
  figures: Map<string, string | null>;
}

/**
 * The table of all answers together. A row that an answer does not have is nought in its months. Totals of months are
 * exact sums. An answer with another number of columns than was asked is FatalError `XERO_PAGE_UNREADABLE`.
 */
export function monthTable(answers: readonly Answer[], accounts: ReadonlyMap<string, Account>): ReportTable {
  let unreadable = 0;
  const order: string[] = [];
  const rows = new Map<string, MonthRow>();
  for (const { call, raw } of answers) {
    const found = figureColumns(raw);
    if (found !== call.months.length)
      throw new FatalError('XERO_PAGE_UNREADABLE', {
        what: profitAndLoss.label,
        problem: `${call.months.length} columns were asked for, ${found} came`,
      });
    let place = 0;
    for (const { key, line } of linesOf(raw)) {
      const row = rows.get(key) ?? { line, figures: new Map<string, string | null>() };
      if (!rows.has(key)) {
        rows.set(key, row);
        order.splice(place, 0, key);
      }
      place = order.indexOf(key) + 1;
      call.months.forEach((month, at) => {
        if (month === null) return;
        const figure = figureOf(line.figures[at] ?? '');
        if (figure === undefined) unreadable += 1;
        row.figures.set(month.from, figure ?? null);
      });
    }
  }
  const months = answers.flatMap(({ call }) => call.months.flatMap((month) => month?.from ?? [])).sort();
  return {
    months: months.map(monthColumn),
    unreadable,
    rows: order.flatMap((key) => {
      const row = rows.get(key);
      if (row === undefined) return [];
      const figures = months.map((month): [string, Cell] => [
        monthKey(month),
        row.figures.has(month) ? (row.figures.get(month) ?? null) : '0',
      ]);
      const cells: Array<[string, Cell]> = [
        ...accountCells(row.line, accounts),
        ...figures,
        ['total', totalOf([...row.figures.values()])],
        ['row-key', key],
      ];
      return [{ key, cells: new Map(cells) }];
    }),
  };
}

/** A sum with a hole in it is no sum. */
const totalOf = (figures: ReadonlyArray<string | null>): Cell =>
  figures.includes(null) ? null : sumDecimals(figures.filter((figure) => figure !== null));

const monthKey = (from: string): string => `month-${from.slice(0, 7)}`;
const monthColumn = (from: string): Column => ({
  key: monthKey(from),
  label: monthLabel(from),
  type: 'money',
  path: '',
  isDefault: true,
});

export const profitAndLossDataset: Dataset = {
  id: 'profit-and-loss',
  label: 'Profit and loss by month',
  group: 'Reports',
  description: 'Income and expenses by account, one column per month and their total.',
  needs: { resources: ['organisation', ...profitAndLoss.ledger], reports: [profitAndLoss.name] },
  key: ['row-key'],
  columns: reportColumns([
    { key: 'months', label: 'One column per month', type: 'money', path: '', isDefault: true },
    { key: 'total', label: 'Total', type: 'money', path: '', isDefault: true },
  ]),
  params: profitAndLoss.parameters,
  source: { kind: 'report', report: profitAndLoss.name, rows: monthTable },
};
