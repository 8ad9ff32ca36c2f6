/** Balance sheet: one row per account and per total, one column for each date, the newest first. */
import { dayLabel } from '../domain/calendar.ts';
import { balanceSheet } from '../resources/balance-sheet.ts';
import type { Dataset } from './dataset.ts';
import { type MonthTableForm, monthTable } from './month-table.ts';
import { monthsColumn, reportColumns } from './report-rows.ts';

const form: MonthTableForm = {
  what: balanceSheet.label,
  nameOf: ({ to }) => ({ key: `at-${to}`, label: dayLabel(to) }),
  first: 'newest',
};

export const balanceSheetDataset: Dataset = {
  id: 'balance-sheet',
  label: 'Balance sheet',
  group: 'Reports',
  description: 'Assets, liabilities and equity by account, beside the dates they are compared with.',
  needs: { resources: ['organisation', ...balanceSheet.ledger], reports: [balanceSheet.name] },
  key: ['row-key'],
  columns: reportColumns([monthsColumn('One column per date')]),
  params: balanceSheet.parameters,
  source: {
    kind: 'report',
    report: balanceSheet.name,
    rows: (answers, accounts) => monthTable(form, answers, accounts),
  },
};
