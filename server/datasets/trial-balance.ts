/** Trial balance: one row per account with the month's and the financial year's debits and credits. */
import { subtractDecimals } from '../domain/money.ts';
import type { Cell } from '../mirror/mirror.ts';
import type { Column } from '../resources/resource.ts';
import { trialBalance } from '../resources/trial-balance.ts';
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

const figureKeys = ['debit', 'credit', 'ytd-debit', 'ytd-credit'] as const;

const figure = (key: string, label: string, isDefault = true): Column => ({
  key,
  label,
  type: 'money',
  path: '',
  isDefault,
});

/** Blank figures stay blank; movements are debit less credit, exactly. Another shape than Xero's is `XERO_PAGE_UNREADABLE`. */
export function balanceTable(
  answers: readonly Answer[],
  accounts: ReadonlyMap<string, Account>,
): ReportTable {
  let unreadable = 0;
  const rows = answers.flatMap(({ raw }) => {
    return linesOf(raw, { what: trialBalance.label, columns: figureKeys.length, because: 'expected' }).map(
      ({ key, line }) => {
        const amounts = figureKeys.map((_, at) => figureOf(line.figures[at] ?? ''));
        unreadable += amounts.filter((amount) => amount === undefined).length;
        const [debit, credit, ytdDebit, ytdCredit] = amounts;
        const less = (a: string | undefined, b: string | undefined): Cell =>
          a === undefined || b === undefined ? null : subtractDecimals(a, b);
        const cells: Array<[string, Cell]> = [
          ...accountCells(line, accounts),
          ...figureKeys.map((name, at): [string, Cell] => [
            name,
            (line.figures[at] ?? '') === '' ? null : (amounts[at] ?? null),
          ]),
          ['movement', less(debit, credit)],
          ['ytd-movement', less(ytdDebit, ytdCredit)],
          ['row-key', key],
        ];
        return { key, cells: new Map(cells) };
      },
    );
  });
  return { months: [], rows, unreadable };
}

export const trialBalanceDataset: Dataset = {
  id: 'trial-balance',
  label: 'Trial balance',
  group: 'Reports',
  description: 'Debits and credits of every account, for the month and the financial year.',
  needs: { resources: ['organisation', ...trialBalance.ledger], reports: [trialBalance.name] },
  key: ['row-key'],
  columns: reportColumns([
    figure('debit', 'Debit'),
    figure('credit', 'Credit'),
    figure('ytd-debit', 'YTD debit'),
    figure('ytd-credit', 'YTD credit'),
    figure('movement', 'Movement', false),
    figure('ytd-movement', 'YTD movement'),
  ]),
  params: trialBalance.parameters,
  source: { kind: 'report', report: trialBalance.name, rows: balanceTable },
};
