import { beforeAll, describe, expect, test } from 'vitest';
import { addMonths, isoDay, monthEnd, parseDay } from '../../../server/sandbox/xero/json/wire-dates.ts';
import { type Caller, caller } from './caller.ts';

let user: Caller;
beforeAll(async () => {
  user = await caller();
});

interface Row {
  RowType: string;
  Title?: string;
  Rows?: Row[];
  Cells?: { Value: string; Attributes?: { Id: string; Value: string }[] }[];
}
const report = async (path: string, tenant = 0) =>
  (await user.get(`Reports/${path}`, { 'xero-tenant-id': user.tenantIds[tenant] ?? '' })).json.Reports[0];
const header = (rows: Row[]) => rows[0]?.Cells?.map(({ Value }) => Value);
const labels = (rows: Row[]) => rows.flatMap((row) => row.Rows ?? []).map((row) => row.Cells?.[0]?.Value);

describe('the profit and loss', () => {
  test('is of the current month unless told otherwise, titled with its span [xero-profit-current-month]', async () => {
    const { ReportTitles, Rows, ReportName } = await report('ProfitAndLoss');
    expect(ReportName).toBe('Profit and Loss');
    expect(ReportTitles).toEqual([
      'Profit & Loss',
      'Demo Company (NZ)',
      '1 November 2026 to 30 November 2026',
    ]);
    expect(header(Rows)).toEqual(['', '30 Nov 26']);
  });

  test('goes back by periods with the same dates, clipped as Xero clips them [xero-profit-periods]', async () => {
    const { Rows } = await report(
      'ProfitAndLoss?fromDate=2026-06-01&toDate=2026-06-30&periods=2&timeframe=MONTH',
    );
    expect(header(Rows)).toEqual(['', '30 Jun 26', '30 May 26', '30 Apr 26']);
    const long = await report('ProfitAndLoss?fromDate=2026-03-01&toDate=2026-03-31&periods=11');
    expect(header(long.Rows)).toHaveLength(13);
    expect(header(long.Rows)?.[2]).toBe('28 Feb 26');
    const quarters = await report(
      'ProfitAndLoss?fromDate=2026-07-01&toDate=2026-09-30&periods=1&timeframe=QUARTER',
    );
    expect(header(quarters.Rows)).toEqual(['', '30 Sep 26', '30 Jun 26']);
  });

  test('gives each period what a call for that period alone gives [xero-profit-period-alone]', async () => {
    const nets = async (query: string) => {
      const { Rows } = await report(`ProfitAndLoss?${query}`);
      return Rows.at(-1)
        .Rows[0].Cells.slice(1)
        .map(({ Value }: { Value: string }) => Value);
    };
    const months = ['fromDate=2026-08-01&toDate=2026-08-31', 'fromDate=2026-07-01&toDate=2026-07-31'];
    const quarters = ['fromDate=2026-07-01&toDate=2026-09-30', 'fromDate=2026-04-01&toDate=2026-06-30'];
    for (const [spans, timeframe] of [
      [months, 'MONTH'],
      [quarters, 'QUARTER'],
    ] as const) {
      const alone = await Promise.all(spans.map(async (span) => (await nets(span))[0]));
      expect(await nets(`${spans[0]}&periods=1&timeframe=${timeframe}`)).toEqual(alone);
      expect(new Set(alone).size).toBe(2);
    }
  });

  test.each([
    'fromDate=2025-01-01&toDate=2026-06-30',
    'fromDate=2026-02-30',
    'fromDate=2026-02-02&toDate=2026-02-01',
    'periods=12',
    'periods=0',
    'periods=two',
    'timeframe=WEEK',
  ])('refuses %s with a 400 [xero-profit-365-days]', async (query) => {
    const { status, json } = await user.get(`Reports/ProfitAndLoss?${query}`);
    expect([status, json.ErrorNumber]).toEqual([400, 10]);
  });

  test('folds accounts in the people’s own layout, and names each in the standard one [xero-report-layout]', async () => {
    const year = 'ProfitAndLoss?fromDate=2025-12-01&toDate=2026-11-30';
    const own = (await report(year)).Rows as Row[];
    const standard = (await report(`${year}&standardLayout=true`)).Rows as Row[];
    expect(labels(own)).toContain('Marketing');
    expect(labels(own)).not.toContain('Advertising');
    expect(labels(standard)).toEqual(
      expect.arrayContaining(['Advertising', 'Entertainment', 'Gross Profit', 'Net Profit']),
    );
    const marketing = own
      .flatMap((row) => row.Rows ?? [])
      .find((row) => row.Cells?.[0]?.Value === 'Marketing');
    expect(marketing?.Cells?.[0]?.Attributes?.[0]?.Id).toBe('groupID');
  });

  test('groups currency accounts under FXGROUPID, except in the US [xero-report-fx-group]', async () => {
    const year = 'ProfitAndLoss?fromDate=2025-12-01&toDate=2026-11-30&standardLayout=true';
    const line = (await report(year)).Rows.flatMap((row: Row) => row.Rows ?? []).find(
      (row: Row) => row.Cells?.[0]?.Value === 'Foreign Currency Gains and Losses',
    );
    expect(line.Cells[1].Attributes).toEqual([{ Value: 'FXGROUPID', Id: 'account' }]);
    expect(JSON.stringify(await report(year, 2))).not.toContain('FXGROUPID');
  });
});

describe('the trial balance', () => {
  test('labels accounts with their codes, uses one side of each pair, and balances [xero-trial-balance-shape]', async () => {
    const { Rows, ReportTitles } = await report('TrialBalance?date=2026-10-31');
    expect(ReportTitles).toEqual(['Trial Balance', 'Demo Company (NZ)', 'As at 31 October 2026']);
    expect(header(Rows)).toEqual(['Account', 'Debit', 'Credit', 'YTD Debit', 'YTD Credit']);
    expect(labels(Rows)).toContain('Sales (200)');
    const totals = Rows.at(-1).Rows[0];
    expect(totals.RowType).toBe('SummaryRow');
    const [name, ...values] = totals.Cells.map(({ Value }: { Value: string }) => Value);
    expect([name, values[0] === values[1], values[2] === values[3]]).toEqual(['Total', true, true]);
    for (const row of Rows.slice(1, -1).flatMap((section: Row) => section.Rows ?? [])) {
      const cells = row.Cells.slice(1).map(({ Value }: { Value: string }) => Value);
      expect([cells[0] === '', cells[2] === '']).toEqual([cells[1] !== '', cells[3] !== '']);
    }
  });

  test('starts revenue and expenses afresh with the financial year and moves the profit to retained earnings [xero-trial-balance-year]', async () => {
    for (const [tenant, end] of [
      [0, '2026-03-31'],
      [1, '2026-04-05'],
    ] as const) {
      const year = async (date: string) => {
        const rows = (await report(`TrialBalance?date=${date}`, tenant)).Rows.flatMap(
          (row: Row) => row.Rows ?? [],
        );
        return new Map<string, string[]>(
          rows.map((row: Row) => [row.Cells?.[0]?.Value, row.Cells?.slice(3).map(({ Value }) => Value)]),
        );
      };
      const next = isoDay((parseDay(end) as number) + 1);
      const [last, first] = [await year(end), await year(next)];
      const retained = (book: Map<string, string[]>) => Number(book.get('Retained Earnings (960)')?.[1] || 0);
      expect(Number(last.get('Sales (200)')?.[1])).toBeGreaterThan(1000);
      expect(Number(first.get('Sales (200)')?.[1] ?? 0)).toBeLessThan(Number(last.get('Sales (200)')?.[1]));
      expect(retained(first)).not.toBe(retained(last));
    }
  });

  test('refuses a date that is none [xero-report-date-400]', async () => {
    expect((await user.get('Reports/TrialBalance?date=soon')).status).toBe(400);
  });
});

test('months are added with the date clipped to the month’s end', () => {
  const add = (text: string, months: number) => isoDay(addMonths(parseDay(text) as number, months));
  expect(add('2026-01-31', 1)).toBe('2026-02-28');
  expect(add('2024-01-31', 1)).toBe('2024-02-29');
  expect(add('2026-03-30', -1)).toBe('2026-02-28');
  expect(add('2026-12-31', 1)).toBe('2027-01-31');
  expect(add('2026-07-31', -1)).toBe('2026-06-30');
  expect(isoDay(monthEnd(parseDay('2026-12-05') as number))).toBe('2026-12-31');
});
