/** A report whose figure columns are months: one row per account and per total, over all of its answers. */
import type { DateRange } from '../domain/calendar.ts';
import { sumDecimals } from '../domain/money.ts';
import type { Cell } from '../mirror/mirror.ts';
import type { Column } from '../resources/resource.ts';
import {
  type Account,
  type Answer,
  accountCells,
  figureOf,
  linesOf,
  type ReportLine,
  type ReportTable,
} from './report-rows.ts';

export interface MonthTableForm {
  /** The report's label. */
  what: string;
  /** Key and label of a month's column. */
  nameOf(month: DateRange): Pick<Column, 'key' | 'label'>;
  /** Months from the left: the oldest or the newest first. */
  first: 'oldest' | 'newest';
}

interface MonthRow {
  line: ReportLine;
  /** By the first day of the month; null for one that is no number. */
  figures: Map<string, string | null>;
}

/**
 * The table of all answers together. A row that an answer does not have is nought in its months. `total` is the exact sum of a
 * row's months. An answer with another number of columns than was asked is FatalError `XERO_PAGE_UNREADABLE`.
 */
export function monthTable(
  { what, nameOf, first }: MonthTableForm,
  answers: readonly Answer[],
  accounts: ReadonlyMap<string, Account>,
): ReportTable {
  let unreadable = 0;
  const order: string[] = [];
  const rows = new Map<string, MonthRow>();
  for (const { call, raw } of answers) {
    let place = 0;
    for (const { key, line } of linesOf(raw, { what, columns: call.months.length, because: 'asked for' })) {
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
  const sign = first === 'oldest' ? 1 : -1;
  const months = answers
    .flatMap(({ call }) => call.months.filter((month) => month !== null))
    .sort((a, b) => (a.from < b.from ? -sign : sign));
  return {
    months: months.map((month) => ({ ...nameOf(month), type: 'money', path: '', isDefault: true })),
    unreadable,
    rows: order.flatMap((key) => {
      const row = rows.get(key);
      if (row === undefined) return [];
      const figures = months.map((month): [string, Cell] => [
        nameOf(month).key,
        row.figures.has(month.from) ? (row.figures.get(month.from) ?? null) : '0',
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
