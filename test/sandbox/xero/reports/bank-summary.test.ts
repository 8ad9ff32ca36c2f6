import { describe, expect, test } from 'vitest';
import { caller, exactJson } from '../caller.ts';
import { scaled } from '../exact.ts';
import { cents, readReport, rowsIn, trialBalances, valuesOf } from './read-report.ts';

describe('the bank summary', () => {
  test('has the published shape [xero-bank-summary-shape]', async () => {
    const user = await caller();
    const summary = await readReport(user, 'BankSummary?fromDate=2026-10-01&toDate=2026-10-31');
    expect(summary.ReportTitles).toEqual([
      'Bank Summary',
      'Demo Company (NZ)',
      'From 1 October 2026 to 31 October 2026',
    ]);
    expect(valuesOf(summary.Rows[0])).toEqual([
      'Bank Accounts',
      'Opening Balance',
      'Cash Received',
      'Cash Spent',
      'Closing Balance',
    ]);
    const [first] = rowsIn(summary);
    expect(first?.Cells?.map(({ Attributes }) => Attributes?.[0]?.Id)).toEqual([
      'accountID',
      undefined,
      'account',
      'account',
      undefined,
    ]);
    expect(valuesOf(rowsIn(summary).at(-1))[0]).toBe('Total');
  });

  test('is of the current month unless told otherwise [xero-bank-summary-current-month]', async () => {
    const user = await caller();
    const title = async (query: string) => (await readReport(user, `BankSummary?${query}`)).ReportTitles[2];
    expect(await title('')).toBe('From 1 November 2026 to 30 November 2026');
    expect(await title('fromDate=2026-02-10')).toBe('From 10 February 2026 to 28 February 2026');
    expect((await user.get('Reports/BankSummary?fromDate=2026-02-10&toDate=2026-02-09')).status).toBe(400);
  });

  test('adds up to the ledger, in base currency [xero-bank-summary-adds-up] [xero-bank-summary-base-currency]', async () => {
    const user = await caller();
    user.sandbox.control.change({ organisation: 'all', fraction: 0.2 });
    for (const { tenantId } of user.sandbox.companies) {
      for (const [from, to] of [
        ['2026-10-01', '2026-10-31'],
        ['2026-11-01', '2026-11-20'],
        ['2020-01-01', '2026-12-31'],
      ] as const) {
        const summary = await readReport(user, `BankSummary?fromDate=${from}&toDate=${to}`, tenantId);
        const closing = await trialBalances(user, to, tenantId);
        const totals = [0n, 0n, 0n, 0n];
        for (const row of rowsIn(summary)) {
          const figures = valuesOf(row).slice(1).map(cents);
          const [opened = 0n, received = 0n, spent = 0n, closed = 0n] = figures;
          expect(opened + received - spent).toBe(closed);
          const account = row.Cells?.[0]?.Attributes?.[0]?.Value;
          if (account === undefined) {
            expect(figures).toEqual(totals);
            continue;
          }
          expect(closed).toBe(closing.get(account) ?? 0n);
          figures.forEach((figure, at) => {
            totals[at] = (totals[at] ?? 0n) + figure;
          });
        }
      }
    }
  });

  test('tells received from spent where both happened on one day', async () => {
    const user = await caller();
    const before = await readReport(user, 'BankSummary');
    const line = (amount: string) => [{ Description: 'x', UnitAmount: amount, TaxType: 'NONE' }];
    for (const [Type, amount] of [
      ['RECEIVE', '100.00'],
      ['SPEND', '100.00'],
    ] as const) {
      user.sandbox.control.create({
        resource: 'bankTransactions',
        fields: { Type, LineItems: line(amount) },
      });
    }
    const after = await readReport(user, 'BankSummary');
    const figures = (summary: typeof before) =>
      rowsIn(summary)
        .map(valuesOf)
        .find(([name]) => name === 'Business Cheque Account')
        ?.slice(1)
        .map(cents) ?? [];
    const moved = figures(after).map((figure, at) => figure - (figures(before)[at] ?? 0n));
    expect(moved).toEqual([0n, scaled('100.00', 2), scaled('100.00', 2), 0n]);
    expect(exactJson(await user.get('Reports/BankSummary')).Status).toBe('OK');
  });
});
