/** `/Reports/BankSummary` (xero-api.md 4.2 and the published example, OAS 16.1): each bank account's month, in base currency. */
import type { Context } from '../accounting/envelope.ts';
import type { Query } from '../accounting/query.ts';
import { type Answer, validationRefused } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import type { Account } from '../company/rows.ts';
import { moneyText } from '../json/decimal.ts';
import { type Day, longDay, monthEnd, monthStart } from '../json/wire-dates.ts';
import { cashBook } from './cash-book.ts';
import { dayParameter } from './report-query.ts';
import { type ReportRow, reportAnswer } from './report-text.ts';

const COLUMNS = ['Bank Accounts', 'Opening Balance', 'Cash Received', 'Cash Spent', 'Closing Balance'];

export function bankSummary(company: Company, query: Query, context: Context): Answer {
  const today = company.today(context.now);
  const from = dayParameter(query, 'fromDate') ?? monthStart(dayParameter(query, 'toDate') ?? today);
  const to = dayParameter(query, 'toDate') ?? monthEnd(from);
  if (to < from) throw validationRefused('The toDate must be on or after the fromDate.');
  const totals = [0, 0, 0, 0];
  const rows = bankAccounts(company).map((account): ReportRow => {
    const figures = bankFigures(company, account.index, from, to);
    figures.forEach((cents, at) => {
      totals[at] = (totals[at] ?? 0) + cents;
    });
    const id = company.id('accounts', account.index);
    const plain = (cents: number) => ({ value: moneyText(cents) });
    const named = (cents: number) => ({ ...plain(cents), attributes: [{ value: id, id: 'account' }] });
    const [opening, received, spent, closing] = figures;
    return {
      type: 'Row',
      cells: [
        { value: account.name, attributes: [{ value: id, id: 'accountID' }] },
        plain(opening),
        named(received),
        named(spent),
        plain(closing),
      ],
    };
  });
  return reportAnswer(company, context, {
    id: 'BankSummary',
    name: 'Bank Summary',
    titles: ['Bank Summary', company.profile.name, `From ${longDay(from)} to ${longDay(to)}`],
    rows: [
      { type: 'Header', cells: COLUMNS.map((value) => ({ value })) },
      {
        type: 'Section',
        title: '',
        rows: [
          ...rows,
          { type: 'SummaryRow', cells: ['Total', ...totals.map(moneyText)].map((value) => ({ value })) },
        ],
      },
    ],
  });
}

/** Opening balance, received, spent and closing balance in base cents. */
export function bankFigures(
  company: Company,
  account: number,
  from: Day,
  to: Day,
): [number, number, number, number] {
  const { received, spent } = cashBook(company).over(account, from, to);
  const { ledger } = company;
  return [ledger.balance(account, from - 1), received, spent, ledger.balance(account, to)];
}

/** Those in use, and archived ones that something was booked to; by name. */
export const bankAccounts = (company: Company): Account[] =>
  company.accounts
    .filter(
      ({ index, bank, status, isHidden }) =>
        bank !== null &&
        !isHidden &&
        (status === 'ACTIVE' || company.ledger.balance(index, Number.MAX_SAFE_INTEGER) !== 0),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
