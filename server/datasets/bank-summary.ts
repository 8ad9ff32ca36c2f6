/** Bank summary: one row per bank account, in the organisation's own currency, and their total. */
import type { Cell } from '../mirror/mirror.ts';
import { bankSummary } from '../resources/bank-summary.ts';
import type { Column } from '../resources/resource.ts';
import type { Dataset } from './dataset.ts';
import {
  type Account,
  type Answer,
  accountCells,
  figureOf,
  linesOf,
  type ReportTable,
  reportColumns,
} from './report-rows.ts';

const figures: readonly Column[] = [
  { key: 'opening', label: 'Opening balance', type: 'money', path: '', isDefault: true },
  { key: 'received', label: 'Received', type: 'money', path: '', isDefault: true },
  { key: 'spent', label: 'Spent', type: 'money', path: '', isDefault: true },
  { key: 'closing', label: 'Closing balance', type: 'money', path: '', isDefault: true },
];

/** Another shape than Xero's is FatalError `XERO_PAGE_UNREADABLE`. */
export function bankTable(answers: readonly Answer[], accounts: ReadonlyMap<string, Account>): ReportTable {
  let unreadable = 0;
  const rows = answers.flatMap(({ raw }) => {
    return linesOf(raw, { what: bankSummary.label, columns: figures.length, because: 'expected' }).map(
      ({ key, line }) => {
        const amounts = figures.map((column, at): [string, Cell] => {
          const amount = figureOf(line.figures[at] ?? '');
          if (amount === undefined) unreadable += 1;
          return [column.key, amount ?? null];
        });
        return {
          key,
          cells: new Map([...accountCells(line, accounts), ...amounts, ['row-key', key] as const]),
        };
      },
    );
  });
  return { months: [], rows, unreadable };
}

export const bankSummaryDataset: Dataset = {
  id: 'bank-summary',
  label: 'Bank summary',
  group: 'Reports',
  description: 'Opening balance, money received and spent, and closing balance of every bank account.',
  needs: { resources: ['organisation', ...bankSummary.ledger], reports: [bankSummary.name] },
  key: ['row-key'],
  // All of its rows stand in one section without a title.
  columns: reportColumns(figures).filter(({ key }) => key !== 'section'),
  params: bankSummary.parameters,
  source: { kind: 'report', report: bankSummary.name, rows: bankTable },
};
