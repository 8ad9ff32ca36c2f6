/** Executive summary: one row per measure, the month beside the one before. Amounts, counts and shares stand in one column, told apart by their unit. */
import { addMonths, firstOfMonth, monthLabel } from '../domain/calendar.ts';
import type { Cell } from '../mirror/mirror.ts';
import { executiveSummary } from '../resources/executive-summary.ts';
import type { Column } from '../resources/resource.ts';
import type { Dataset } from './dataset.ts';
import { type Answer, figureOf, linesOf, monthsColumn, type ReportTable } from './report-rows.ts';

/** Month, month before, variance. */
const expected = 3;

/** `12.5%` is 12.5 of the unit `%`; blank stays blank. Another shape than Xero's is FatalError `XERO_PAGE_UNREADABLE`. */
export function summaryTable(answers: readonly Answer[]): ReportTable {
  let unreadable = 0;
  const numberOf = (text: string): Cell => {
    if (text === '') return null;
    const figure = figureOf(text.replace(/\s*%$/, ''));
    if (figure === undefined) unreadable += 1;
    return figure ?? null;
  };
  const tables = answers.map(({ call, raw }) => {
    const month = firstOfMonth(call.through);
    const months = [month, addMonths(month, -1)].map(
      (from): Column => ({
        key: `month-${from.slice(0, 7)}`,
        label: monthLabel(from),
        type: 'quantity',
        path: '',
        isDefault: true,
      }),
    );
    const rows = linesOf(raw, { what: executiveSummary.label, columns: expected, because: 'expected' }).map(
      ({ key, line }) => {
        const [now = '', before = '', variance = ''] = line.figures;
        const cells: Array<[string, Cell]> = [
          ['section', line.section],
          ['measure', line.label],
          ...months.map(({ key: at }, place): [string, Cell] => [at, numberOf(place === 0 ? now : before)]),
          ['variance', numberOf(variance)],
          ['unit', [now, before].some((text) => text.endsWith('%')) ? '%' : ''],
          ['row-key', key],
        ];
        return { key, cells: new Map(cells) };
      },
    );
    return { months, rows };
  });
  return {
    months: tables.flatMap(({ months }) => months),
    rows: tables.flatMap(({ rows }) => rows),
    unreadable,
  };
}

export const executiveSummaryDataset: Dataset = {
  id: 'executive-summary',
  label: 'Executive summary',
  group: 'Reports',
  description: 'Cash, profit, balance sheet and ratios of a month beside the month before.',
  needs: { resources: ['organisation', ...executiveSummary.ledger], reports: [executiveSummary.name] },
  key: ['row-key'],
  columns: [
    { key: 'section', label: 'Section', type: 'text', path: '', isDefault: true },
    { key: 'measure', label: 'Measure', type: 'text', path: '', isDefault: true },
    { ...monthsColumn('The month and the month before'), type: 'quantity' },
    { key: 'unit', label: 'Unit', type: 'text', path: '', isDefault: true },
    { key: 'variance', label: 'Variance %', type: 'quantity', path: '', isDefault: true },
    { key: 'row-key', label: 'Row key', type: 'text', path: '', isDefault: false },
  ],
  params: executiveSummary.parameters,
  source: { kind: 'report', report: executiveSummary.name, rows: summaryTable },
};
