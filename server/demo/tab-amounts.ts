/** Amounts as they stand in the cells of a tab, and what two of them must be to each other. */
import { subtractDecimals } from '../domain/money.ts';
import type { Tab } from './read-tabs.ts';

export interface Check {
  what: string;
  /** Decimal text. */
  expected: string;
  found: string;
  difference: string;
}

export type TabRow = Tab['rows'][number];

export const check = (what: string, expected: string, found: string): Check => ({
  what,
  expected,
  found,
  difference: subtractDecimals(found, expected),
});

export const isZero = (decimal: string): boolean => /^-?0*(\.0*)?$/.test(decimal);

/** A cell holds a double; sums of money up to 13 digits before the point come back to the cent. */
export function centsOf(row: TabRow | undefined, header: string): string {
  const cell = row?.get(header) ?? 0;
  if (cell === '' || cell === 0) return '0.00';
  if (typeof cell !== 'number') throw new Error(`The column ${header} holds text where an amount belongs`);
  return cell.toFixed(2);
}

export const textOf = (row: TabRow, header: string): string => String(row.get(header) ?? '');

/** Rows of accounts, without totals, by the account's name, which is unique in an organisation. */
export const accountsOf = (tab: Tab): Map<string, TabRow> =>
  new Map(
    tab.rows
      .filter((row) => textOf(row, 'Kind of row') === 'account')
      .map((row) => [textOf(row, 'Account'), row]),
  );

/** What an account stands at in the trial balance, debit positive; nought where it has no row. */
export const balanceOf = (row: TabRow | undefined): string =>
  subtractDecimals(centsOf(row, 'YTD debit'), centsOf(row, 'YTD credit'));

/**
 * A foreign document is kept in the control account at its own rate, rounded document by document: amount / rate to two places,
 * half away from zero. Rates have up to ten places: both are counted as whole numbers.
 */
export function inBase(amount: string, rate: unknown): string {
  if (typeof rate !== 'number' || rate === 0) throw new Error('A document has no currency rate');
  const scaledRate = BigInt(Math.round(rate * 1e10));
  const cents = BigInt(amount.replace('.', ''));
  const doubled = (2n * cents * 10_000_000_000n) / scaledRate;
  const rounded = (doubled + (doubled < 0n ? -1n : 1n)) / 2n;
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(3, '0');
  return `${rounded < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
