import { describe, expect, test } from 'vitest';
import { caller } from '../caller.ts';
import { amountsOf, cents, readReport, rowNamed, trialBalances, valuesOf } from './read-report.ts';

describe('the balance sheet', () => {
  test('is as at the end of the month [xero-balance-sheet-month-end]', async () => {
    const user = await caller();
    const { ReportName, ReportTitles, Rows } = await readReport(user, 'BalanceSheet?date=2026-10-05');
    expect(ReportName).toBe('Balance Sheet');
    expect(ReportTitles).toEqual(['Balance Sheet', 'Demo Company (NZ)', 'As at 31 October 2026']);
    expect(valuesOf(Rows[0])[1]).toBe('31 Oct 2026');
    const today = await readReport(user, 'BalanceSheet');
    expect(today.ReportTitles[2]).toBe('As at 30 November 2026');
    expect((await user.get('Reports/BalanceSheet?date=2026-13-01')).status).toBe(400);
  });

  test('has a year before beside it, or the periods asked for [xero-balance-sheet-comparative]', async () => {
    const user = await caller();
    const header = async (query: string) =>
      valuesOf((await readReport(user, `BalanceSheet?${query}`)).Rows[0]);
    expect(await header('date=2026-02-01')).toEqual(['', '28 Feb 2026', '28 Feb 2025']);
    expect(await header('date=2026-05-31&periods=2&timeframe=MONTH')).toEqual([
      '',
      '31 May 2026',
      '30 Apr 2026',
      '31 Mar 2026',
    ]);
    expect(await header('date=2026-05-31&periods=1&timeframe=QUARTER')).toEqual([
      '',
      '31 May 2026',
      '28 Feb 2026',
    ]);
    expect(await header('date=2026-05-31&periods=11&timeframe=YEAR')).toHaveLength(13);
    for (const query of ['periods=12', 'periods=0', 'timeframe=WEEK&periods=1'])
      expect((await user.get(`Reports/BalanceSheet?${query}`)).status).toBe(400);
  });

  test('has the published shape [xero-balance-sheet-shape]', async () => {
    const user = await caller();
    const sheet = await readReport(
      user,
      'BalanceSheet?date=2026-10-31&periods=1&timeframe=MONTH&standardLayout=true',
    );
    const titles = sheet.Rows.map(({ Title }) => Title);
    expect(titles.slice(0, 3)).toEqual([undefined, 'Assets', 'Bank']);
    expect(sheet.Rows[1]?.Rows).toEqual([]);
    expect(titles).toContain('Current Liabilities');
    expect(rowNamed(sheet, 'Net Assets')?.RowType).toBe('Row');
    expect(rowNamed(sheet, 'Total Bank')?.RowType).toBe('SummaryRow');
    const earnings = rowNamed(sheet, 'Current Year Earnings')?.Cells;
    expect(earnings?.[1]?.Attributes).toEqual([
      { Value: '00000000-0000-0000-0000-000000000000', Id: 'account' },
      { Value: '4/1/2026', Id: 'fromDate' },
      { Value: '10/31/2026', Id: 'toDate' },
    ]);
    expect(earnings?.[2]?.Attributes?.at(-1)?.Value).toBe('9/30/2026');
    const retained = rowNamed(sheet, 'Retained Earnings')?.Cells?.[1]?.Attributes;
    expect(retained?.slice(1)).toEqual([
      { Value: '', Id: 'fromDate' },
      { Value: '10/31/2026', Id: 'toDate' },
    ]);
    const own = await readReport(user, 'BalanceSheet?date=2026-10-31&periods=1&timeframe=MONTH');
    expect(rowNamed(own, 'Owner’s Funds')?.Cells?.[0]?.Attributes?.[0]?.Id).toBe('groupID');
    expect(amountsOf(own, 'Total Equity')).toEqual(amountsOf(sheet, 'Total Equity'));
    expect(rowNamed(sheet, 'Owner’s Funds')).toBeUndefined();
  });

  test('balances, and agrees with the trial balance to the cent, over the end of a year too [xero-net-assets-are-equity]', async () => {
    const user = await caller();
    user.sandbox.control.change({ organisation: 'all', fraction: 0.2 });
    for (const { tenantId } of user.sandbox.companies) {
      for (const date of ['2026-11-30', '2026-04-30', '2026-03-31', '2025-12-31', '2024-01-31']) {
        const sheet = await readReport(
          user,
          `BalanceSheet?date=${date}&periods=11&standardLayout=true`,
          tenantId,
        );
        expect(amountsOf(sheet, 'Net Assets')).toEqual(amountsOf(sheet, 'Total Equity'));
        const trial = await trialBalances(user, date, tenantId);
        let seen = 0n;
        for (const section of sheet.Rows) {
          const isAsset = /Bank|Assets/.test(section.Title ?? '');
          for (const { RowType, Cells } of section.Rows ?? []) {
            const account = Cells?.[0]?.Attributes?.[0]?.Value ?? '';
            if (RowType !== 'Row' || !trial.has(account)) continue;
            const shown = cents(Cells?.[1]?.Value) * (isAsset ? 1n : -1n);
            expect([account, shown]).toEqual([account, trial.get(account)]);
            seen += shown;
          }
        }
        // What the sheet lacks of the trial balance is the result of the year.
        const [earnings = 0n] = amountsOf(sheet, 'Current Year Earnings');
        expect(seen).toBe(earnings);
      }
    }
  });
});
