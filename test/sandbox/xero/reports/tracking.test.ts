import { beforeAll, describe, expect, test } from 'vitest';
import { type Caller, caller, exactJson } from '../caller.ts';
import { inBase, scaled } from '../exact.ts';
import { amountsOf, readReport, valuesOf } from './read-report.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;
const SPAN = 'fromDate=2026-01-01&toDate=2026-10-31&standardLayout=true';
let user: Caller;
let categories: Row[];
beforeAll(async () => {
  user = await caller();
  categories = (await user.get('TrackingCategories')).json.TrackingCategories;
});
const profit = (query: string) => readReport(user, `ProfitAndLoss?${SPAN}&${query}`);

describe('the profit and loss by tracking', () => {
  test('has a column for each option, what is not assigned, and a total that is the whole [xero-profit-tracking]', async () => {
    const whole = await profit('');
    for (const { TrackingCategoryID, Options } of categories) {
      const report = await profit(`trackingCategoryID=${TrackingCategoryID}`);
      const header = valuesOf(report.Rows[0]);
      expect(header.slice(1, -2)).toEqual(expect.arrayContaining(Options.map(({ Name }: Row) => Name)));
      expect(header.slice(-2)).toEqual(['Unassigned', 'Total']);
      for (const name of ['Sales', 'Total Income', 'Net Profit']) {
        const amounts = amountsOf(report, name);
        expect(amounts.at(-1)).toBe(amountsOf(whole, name)[0]);
        expect(amounts.slice(0, -1).reduce((sum, cents) => sum + cents, 0n)).toBe(amounts.at(-1));
      }
      expect(amountsOf(report, 'Sales')[0]).not.toBe(0n);
    }
  });

  test('of one option is what the lines of the documents say [xero-profit-tracking]', async () => {
    const [{ TrackingCategoryID, Options }] = categories;
    const [{ TrackingOptionID, Name }] = Options;
    const report = await profit(
      `trackingCategoryID=${TrackingCategoryID}&trackingOptionID=${TrackingOptionID}`,
    );
    expect(valuesOf(report.Rows[0])).toEqual(['', Name]);
    const sales = (await user.get('Accounts')).json.Accounts.find(
      (row: Row) => row.Name === 'Sales',
    ).AccountID;
    let sum = 0n;
    for (const [plural, credit] of [
      ['Invoices', (row: Row) => row.Type === 'ACCREC'],
      ['CreditNotes', (row: Row) => row.Type === 'ACCPAYCREDIT'],
      ['BankTransactions', (row: Row) => row.Type === 'RECEIVE'],
    ] as const) {
      for (const row of exactJson(await user.get(`${plural}?page=1&pageSize=1000`))[plural]) {
        const day = row.DateString.slice(0, 10);
        if (!/^(AUTHORISED|PAID)$/.test(row.Status) || day < '2026-01-01' || day > '2026-10-31') continue;
        if (/PAYMENT$/.test(row.Type)) continue;
        for (const line of row.LineItems) {
          if (line.AccountID !== sales) continue;
          if (!line.Tracking.some((choice: Row) => choice.TrackingOptionID === TrackingOptionID)) continue;
          const tax = row.LineAmountTypes === 'Inclusive' ? scaled(line.TaxAmount, 2) : 0n;
          const net = scaled(line.LineAmount, 2) - tax;
          const text = `${net < 0n ? '-' : ''}${String(net < 0n ? -net : net).padStart(3, '0')}`.replace(
            /(\d\d)$/,
            '.$1',
          );
          sum += (credit(row) ? 1n : -1n) * inBase(text, row.CurrencyRate ?? '1.0000000000');
        }
      }
    }
    expect(amountsOf(report, 'Sales')[0]).toBe(sum);
    expect(sum).not.toBe(0n);
  });

  test('of two categories has their combinations [xero-profit-tracking]', async () => {
    const [first, second] = categories;
    const query = `trackingCategoryID=${first.TrackingCategoryID}&trackingCategoryID2=${second.TrackingCategoryID}`;
    const report = await profit(query);
    const header = valuesOf(report.Rows[0]);
    expect(header).toContain(`${first.Options[0].Name}, ${second.Options[0].Name}`);
    const amounts = amountsOf(report, 'Total Income');
    expect(amounts.slice(0, -1).reduce((sum, cents) => sum + cents, 0n)).toBe(amounts.at(-1));
  });

  test.each([
    'trackingCategoryID=00000000-0000-4000-8000-000000000000',
    'trackingOptionID=00000000-0000-4000-8000-000000000000',
    'trackingCategoryID2=00000000-0000-4000-8000-000000000000',
  ])('refuses %s', async (query) => {
    expect((await user.get(`Reports/ProfitAndLoss?${query}`)).status).toBe(400);
  });
});
