/**
 * Whether the tabs agree with each other, counted in cents from what stands in the cells.
 *
 * 1. Each account of the profit and loss tab against its movement of the year to date in the trial balance tab.
 * 2. Amounts due of the invoices tab against the control accounts. Xero keeps a foreign document in the control account at
 *    the document's own rate, rounded document by document: due / rate to two places, half away from zero.
 */
import { absoluteDecimal, subtractDecimals, sumDecimals } from '../domain/money.ts';
import type { Tab } from './read-tab.ts';

export interface Check {
  what: string;
  /** Decimal text. */
  expected: string;
  found: string;
  difference: string;
}

export interface Reconciled {
  checks: Check[];
  /** Sum of absolute differences, decimal text. */
  difference: string;
  /** False when anything differs, or when there was nothing to check. */
  reconciled: boolean;
}

/** Where a run did not succeed there is nothing to compare. */
export const nothingReconciled: Reconciled = { checks: [], difference: '0', reconciled: false };

export function reconcileTabs(tabs: { invoices: Tab; profitAndLoss: Tab; trialBalance: Tab }): Reconciled {
  const checks = [
    ...profitChecks(tabs.profitAndLoss, tabs.trialBalance),
    ...controlChecks(tabs.invoices, tabs.trialBalance),
  ];
  const difference = sumDecimals(checks.map((check) => absoluteDecimal(check.difference)));
  return { checks, difference, reconciled: checks.length > 0 && isZero(difference) };
}

const isZero = (decimal: string): boolean => /^-?0*(\.0*)?$/.test(decimal);
const check = (what: string, expected: string, found: string): Check => ({
  what,
  expected,
  found,
  difference: subtractDecimals(found, expected),
});

/** A cell holds a double; sums of money up to 13 digits before the point come back to the cent. */
function centsOf(row: Map<string, unknown> | undefined, header: string): string {
  const cell = row?.get(header) ?? 0;
  if (cell === '' || cell === 0) return '0.00';
  if (typeof cell !== 'number') throw new Error(`The column ${header} holds text where an amount belongs`);
  return cell.toFixed(2);
}

const textOf = (row: Map<string, unknown>, header: string): string => String(row.get(header) ?? '');

/**
 * Income stands as credit in the trial balance and as a positive figure in the profit and loss; costs and expenses as debit.
 * Their sections are titled "Less Cost of Sales", "Less Operating Expenses" (xero-api.md 4.3).
 */
function profitChecks(profitAndLoss: Tab, trialBalance: Tab): Check[] {
  const balances = new Map(trialBalance.rows.map((row) => [textOf(row, 'Account'), row]));
  return profitAndLoss.rows
    .filter((row) => textOf(row, 'Account code') !== '')
    .map((row) => {
      const account = textOf(row, 'Account');
      const balance = balances.get(account);
      const movement = subtractDecimals(centsOf(balance, 'YTD debit'), centsOf(balance, 'YTD credit'));
      const found = centsOf(row, 'Total');
      const isIncome = !/^less\b/i.test(textOf(row, 'Section'));
      return check(
        `Profit and loss: ${account}`,
        isIncome ? subtractDecimals('0', movement) : movement,
        found,
      );
    });
}

function controlChecks(invoices: Tab, trialBalance: Tab): Check[] {
  const balanceOf = (account: string): string => {
    const row = trialBalance.rows.find((one) => textOf(one, 'Account') === account);
    return subtractDecimals(centsOf(row, 'YTD debit'), centsOf(row, 'YTD credit'));
  };
  const dueOf = (type: string): string =>
    sumDecimals(
      invoices.rows
        .filter((row) => textOf(row, 'Type') === type && textOf(row, 'Status') === 'AUTHORISED')
        .map((row) => inBase(centsOf(row, 'Due'), row.get('Currency rate'))),
    );
  return [
    check('Accounts receivable', balanceOf('Accounts Receivable'), dueOf('ACCREC')),
    check('Accounts payable', balanceOf('Accounts Payable'), subtractDecimals('0', dueOf('ACCPAY'))),
  ];
}

/** Rates have up to ten places: both are counted as whole numbers, and the quotient is rounded half away from zero. */
function inBase(due: string, rate: unknown): string {
  if (typeof rate !== 'number' || rate === 0) throw new Error('An invoice has no currency rate');
  const scaledRate = BigInt(Math.round(rate * 1e10));
  const cents = BigInt(due.replace('.', ''));
  const doubled = (2n * cents * 10_000_000_000n) / scaledRate;
  const rounded = (doubled + (doubled < 0n ? -1n : 1n)) / 2n;
  const digits = (rounded < 0n ? -rounded : rounded).toString().padStart(3, '0');
  return `${rounded < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
