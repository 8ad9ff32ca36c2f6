import { describe, expect, test } from 'vitest';
import { dotnetQuotient } from '../../../../server/sandbox/xero/reports/dotnet-quotient.ts';
import { caller } from '../caller.ts';
import { amountsOf, cents, readReport, rowNamed, valuesOf } from './read-report.ts';

describe('the executive summary', () => {
  test('has the published sections and lines, a month beside the month before [xero-executive-summary-shape]', async () => {
    const user = await caller();
    const summary = await readReport(user, 'ExecutiveSummary?date=2026-10-31');
    expect(summary.ReportTitles).toEqual([
      'Executive Summary',
      'Demo Company (NZ)',
      'For the month of October 2026',
    ]);
    expect(valuesOf(summary.Rows[0])).toEqual(['', 'Oct 2026', 'Sep 2026', 'Variance']);
    expect(
      summary.Rows.slice(1).map(({ Title, Rows }) => [Title, (Rows ?? []).map((row) => valuesOf(row)[0])]),
    ).toEqual([
      ['Cash', ['Cash received', 'Cash spent', 'Cash surplus (deficit)', 'Closing bank balance']],
      [
        'Profitability',
        ['Income', 'Direct costs', 'Gross profit (loss)', 'Other Income', 'Expenses', 'Profit (loss)'],
      ],
      ['Balance Sheet', ['Debtors', 'Creditors', 'Net assets']],
      ['Income', ['Number of invoices issued', 'Average value of invoices']],
      ['Performance', ['Gross profit margin', 'Net profit margin', 'Return on investment (p.a.)']],
      [
        'Position',
        [
          'Average debtors days',
          'Average creditors days',
          'Short term cash forecast',
          'Current assets to liabilities',
          'Term assets to liabilities',
        ],
      ],
    ]);
  });

  test('divides as .NET does: the quotients of the published example, digit for digit [xero-executive-summary-ratios]', () => {
    expect(dotnetQuotient(59_000, 4_000, 30)).toBe('442.50');
    expect(dotnetQuotient(-4_400, 20_540, 30)).toBe('-6.426484907497565725413826680');
    expect(dotnetQuotient(1, 3)).toBe('0.3333333333333333333333333333');
    expect(dotnetQuotient(-2, 3)).toBe('-0.6666666666666666666666666667');
    expect(dotnetQuotient(200, 3)).toBe('66.666666666666666666666666667');
    expect(dotnetQuotient(0, 5, 30)).toBe('0');
    expect(dotnetQuotient(10, 5)).toBe('2');
  });

  test('shows percentages and ratios of its own figures, and nothing where there is nothing to divide by [xero-executive-summary-ratios]', async () => {
    const user = await caller();
    const summary = await readReport(user, 'ExecutiveSummary?date=2026-10-31');
    const value = (name: string, column = 1) => valuesOf(rowNamed(summary, name))[column] ?? '';
    const income = cents(value('Income'));
    const profit = cents(value('Profit (loss)'));
    const tenths = (2000n * profit + (profit < 0n ? -income : income)) / (2n * income);
    expect(value('Net profit margin')).toBe(`${Number(tenths) / 10}`.replace(/^(-?\d+)$/, '$1.0') + '%');
    const [debtors, before] = [cents(value('Debtors')), cents(value('Debtors', 2))];
    expect(value('Average debtors days')).toBe(dotnetQuotient(Number(debtors), Number(income), 31));
    expect(Number.parseFloat(value('Debtors', 3))).toBeCloseTo(
      (100 * Number(debtors - before)) / Number(before),
      1,
    );
    const { json } = await user.get('Invoices?page=1&pageSize=1000');
    const issued = json.Invoices.filter(
      (row: { Type: string; Status: string; DateString: string }) =>
        row.Type === 'ACCREC' && /AUTHORISED|PAID/.test(row.Status) && row.DateString.startsWith('2026-10'),
    );
    expect(value('Number of invoices issued')).toBe(String(issued.length));
    expect(issued.length).toBeGreaterThan(2);
    const empty = await readReport(user, 'ExecutiveSummary?date=2021-10-31');
    const emptyValues = (name: string) => valuesOf(rowNamed(empty, name)).slice(1);
    expect(emptyValues('Gross profit margin')).toEqual(['', '', '0.0%']);
    expect(emptyValues('Average debtors days')).toEqual(['0', '0', '0.0%']);
    expect(emptyValues('Return on investment (p.a.)')[0]).toBe('0.0%');
  });

  test('agrees with the other reports to the cent', async () => {
    const user = await caller();
    for (const { tenantId, profile } of user.sandbox.companies) {
      // Nothing to agree on.
      if (profile.isEmpty) continue;
      for (const [from, to] of [
        ['2026-10-01', '2026-10-31'],
        ['2026-02-01', '2026-02-28'],
      ] as const) {
        const summary = await readReport(user, `ExecutiveSummary?date=${to}`, tenantId);
        const first = (name: string) => cents(valuesOf(rowNamed(summary, name))[1]);
        const bank = await readReport(user, `BankSummary?fromDate=${from}&toDate=${to}`, tenantId);
        const profit = await readReport(user, `ProfitAndLoss?fromDate=${from}&toDate=${to}`, tenantId);
        const sheet = await readReport(user, `BalanceSheet?date=${to}`, tenantId);
        const [, received, spent, closing] = amountsOf(bank, 'Total');
        expect([first('Cash received'), first('Cash spent'), first('Closing bank balance')]).toEqual([
          received,
          spent,
          closing,
        ]);
        expect(first('Profit (loss)')).toBe(amountsOf(profit, 'Net Profit')[0]);
        expect(first('Gross profit (loss)')).toBe(amountsOf(profit, 'Gross Profit')[0]);
        expect(first('Net assets')).toBe(amountsOf(sheet, 'Net Assets')[0]);
        expect(first('Debtors')).toBe(amountsOf(sheet, 'Accounts Receivable')[0]);
        expect(first('Creditors')).toBe(amountsOf(sheet, 'Accounts Payable')[0]);
      }
    }
  });
});
