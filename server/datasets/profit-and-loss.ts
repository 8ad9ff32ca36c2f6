/** Profit and loss by month: one row per account and per total, one column per month, oldest first. */
import { monthLabel } from '../domain/calendar.ts';
import { profitAndLoss } from '../resources/profit-and-loss.ts';
import type { Dataset } from './dataset.ts';
import { type MonthTableForm, monthTable } from './month-table.ts';
import { monthsColumn, reportColumns } from './report-rows.ts';

const form: MonthTableForm = {
  what: profitAndLoss.label,
  nameOf: ({ from }) => ({ key: `month-${from.slice(0, 7)}`, label: monthLabel(from) }),
  first: 'oldest',
};

export const profitAndLossDataset: Dataset = {
  id: 'profit-and-loss',
  label: 'Profit and loss by month',
  group: 'Reports',
  description: 'Income and expenses by account, one column per month and their total.',
  needs: { resources: ['organisation', ...profitAndLoss.ledger], reports: [profitAndLoss.name] },
  key: ['row-key'],
  columns: reportColumns([
    monthsColumn('One column per month'),
    { key: 'total', label: 'Total', type: 'money', path: '', isDefault: true },
  ]),
  params: profitAndLoss.parameters,
  source: {
    kind: 'report',
    report: profitAndLoss.name,
    rows: (answers, accounts) => monthTable(form, answers, accounts),
  },
};
