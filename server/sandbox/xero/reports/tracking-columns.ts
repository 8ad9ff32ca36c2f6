/**
 * The columns of a profit and loss by tracking (DOC:reports, as remembered): with `trackingCategoryID` one for each option, and
 * what is not assigned, and the total; with `trackingOptionID` too, that option alone; with a second category, combinations.
 */
import type { Query } from '../accounting/query.ts';
import { validationRefused } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import type { CreditNote } from '../company/credit-rows.ts';
import { isLive } from '../company/credits.ts';
import type { BankTransaction, Invoice, TrackingChoice } from '../company/rows.ts';
import type { TrackingCategory } from '../company/setting-rows.ts';
import { trackingOf } from '../company/tracking.ts';
import { toBase } from '../json/decimal.ts';
import type { Day } from '../json/wire-dates.ts';

export interface Column {
  label: string;
  /** Base cents of an account, debit positive. */
  movement(account: number): number;
}

/** Null where the query asks for no tracking. */
export function trackingColumns(company: Company, query: Query, from: Day, to: Day): Column[] | null {
  const first = wishOf(company, query, '');
  const second = wishOf(company, query, '2');
  if (!first) {
    if (second) throw validationRefused('The trackingCategoryID2 parameter needs a trackingCategoryID.');
    return null;
  }
  if (query.get('periods') !== undefined || query.isTrue('paymentsOnly'))
    throw validationRefused('The sandbox tracks neither earlier periods nor cash basis.');
  const wishes = second ? [first, second] : [first];
  const sums = sumsByChoice(company, wishes, from, to);
  const combinations = wishes.reduce<Choice[]>(
    (made, { options }) =>
      made.flatMap(({ key, label }) =>
        options.map((option) => ({
          key: [...key, option.id],
          label: [...label, option.name],
        })),
      ),
    [{ key: [], label: [] }],
  );
  const assigned = combinations.map(({ key, label }): Column => {
    const perAccount = sums.get(key.join(' '));
    return { label: label.join(', '), movement: (account) => perAccount?.get(account) ?? 0 };
  });
  if (wishes.every(({ isOneOption }) => isOneOption)) return assigned;
  const total = (account: number) => company.ledger.movement(account, from, to);
  const rest = (account: number) =>
    assigned.reduce((left, { movement }) => left - movement(account), total(account));
  return [...assigned, { label: 'Unassigned', movement: rest }, { label: 'Total', movement: total }];
}

interface Choice {
  key: number[];
  label: string[];
}

interface Wish {
  category: number;
  options: TrackingCategory['options'];
  isOneOption: boolean;
}

function wishOf(company: Company, query: Query, suffix: '' | '2'): Wish | null {
  const categoryId = query.get(`trackingCategoryID${suffix}`);
  const optionId = query.get(`trackingOptionID${suffix}`);
  if (categoryId === undefined) {
    if (optionId !== undefined)
      throw validationRefused(`The trackingOptionID${suffix} parameter needs a trackingCategoryID${suffix}.`);
    return null;
  }
  const index = company.indexOf('trackingCategories', categoryId);
  const category =
    index !== null && company.trackingCategories.has(index) ? company.trackingCategories.at(index) : null;
  if (!category || category.isHidden) throw validationRefused(`No tracking category ${categoryId}.`);
  const options = category.options.filter(
    ({ id }) => optionId === undefined || company.id('trackingOption', id) === optionId.toLowerCase(),
  );
  if (options.length === 0) throw validationRefused(`No tracking option ${optionId} in the category.`);
  return { category: category.index, options, isOneOption: optionId !== undefined };
}

/** Base cents per account by the options that a line has in the wished categories; lines that lack one are in none. */
function sumsByChoice(
  company: Company,
  wishes: Wish[],
  from: Day,
  to: Day,
): Map<string, Map<number, number>> {
  const sums = new Map<string, Map<number, number>>();
  const put = (choices: readonly TrackingChoice[], account: number, cents: number) => {
    const key = wishes.map(({ category }) => choices.find((choice) => choice.category === category)?.option);
    if (key.includes(undefined)) return;
    const name = key.join(' ');
    const perAccount = sums.get(name) ?? new Map<number, number>();
    perAccount.set(account, (perAccount.get(account) ?? 0) + cents);
    sums.set(name, perAccount);
  };
  const isWithin = (day: Day) => day >= from && day <= to;
  const putLines = (document: Invoice | BankTransaction | CreditNote, side: 1 | -1) => {
    if (!isWithin(document.date)) return;
    for (const line of document.lines) {
      if (!line.amounts) continue;
      const { account, amount, tax } = line.amounts;
      const net = document.lineAmountTypes === 'Inclusive' ? amount - tax : amount;
      put(trackingOf(company, line), account, -side * toBase(net, document.rate));
    }
  };
  for (const invoice of company.invoices) {
    if (!invoice.isHidden && (invoice.status === 'AUTHORISED' || invoice.status === 'PAID'))
      putLines(invoice, invoice.type === 'ACCREC' ? 1 : -1);
  }
  for (const note of company.creditNotes)
    if (isLive(note)) putLines(note, note.type === 'ACCRECCREDIT' ? -1 : 1);
  for (const row of company.bankTransactions) {
    if (!row.isHidden && !row.credit && row.status === 'AUTHORISED')
      putLines(row, row.type === 'RECEIVE' ? 1 : -1);
  }
  for (const { isHidden, status, date, lines, lineAmountTypes } of company.manualJournals) {
    if (isHidden || status !== 'POSTED' || !isWithin(date)) continue;
    for (const { tracking, account, amount, tax } of lines)
      put(tracking, account, lineAmountTypes === 'Inclusive' ? amount - tax : amount);
  }
  return sums;
}
