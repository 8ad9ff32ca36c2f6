import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Caller, caller } from '../caller.ts';
import { amountsOf, readReport, rowsIn, trialBalances, valuesOf } from './read-report.ts';

const CASH = '&paymentsOnly=true';
type Balances = Map<string, bigint>;

/** What moved between two trial balances, accounts that did not move left out. */
const moved = (before: Balances, after: Balances): Balances => {
  const accounts = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...accounts]
      .map((id) => [id, (after.get(id) ?? 0n) - (before.get(id) ?? 0n)] as const)
      .filter(([, cents]) => cents !== 0n),
  );
};
const sumOf = (balances: Balances) => [...balances.values()].reduce((sum, cents) => sum + cents, 0n);

async function accountIds(user: Caller): Promise<(code: string) => string> {
  const { json } = await user.get('Accounts');
  const byCode = new Map<string, string>(
    json.Accounts.map(({ Code, AccountID }: { Code: string; AccountID: string }) => [Code, AccountID]),
  );
  return (code) => byCode.get(code) ?? '';
}

describe('reports on cash basis', () => {
  test('count a document by what was paid of it, on the days of the payments [xero-cash-basis-proportional]', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const of = await accountIds(user);
    const before = await trialBalances(user, '2026-11-30', undefined, CASH);
    const invoice = control.create({
      resource: 'invoices',
      fields: {
        Date: '2026-08-10',
        LineItems: [
          { Description: 'a', UnitAmount: '100.00', AccountCode: '200', TaxType: 'OUTPUT2' },
          { Description: 'b', UnitAmount: '33.33', AccountCode: '210', TaxType: 'OUTPUT2' },
        ],
      },
    }).id;
    const at = async (date: string) =>
      moved(before, await trialBalances(user, date, undefined, CASH)).get(of('200')) ?? 0n;
    // An unpaid invoice is nothing, and receivable has nothing of it.
    expect(moved(before, await trialBalances(user, '2026-11-30', undefined, CASH))).toEqual(new Map());
    // 153.33 in all: 100.00 + 33.33 + 20.00 of tax. A third of it is paid in September, the rest in November.
    for (const [date, Amount] of [
      ['2026-09-15', '51.11'],
      ['2026-11-05', '102.22'],
    ] as const)
      control.create({
        resource: 'payments',
        fields: { InvoiceID: invoice, Date: date, Amount, AccountCode: '090' },
      });
    const after = await trialBalances(user, '2026-11-30', undefined, CASH);
    expect(moved(before, after)).toEqual(
      new Map([
        [of('090'), 15333n],
        [of('200'), -10000n],
        [of('210'), -3333n],
        [of('820'), -2000n],
      ]),
    );
    const month = async (from: string, to: string, basis = CASH) =>
      amountsOf(
        await readReport(user, `ProfitAndLoss?fromDate=${from}&toDate=${to}&standardLayout=true${basis}`),
        'Sales',
      )[0] ?? 0n;
    const own = await caller();
    const monthBefore = async (from: string, to: string) =>
      amountsOf(
        await readReport(own, `ProfitAndLoss?fromDate=${from}&toDate=${to}&standardLayout=true${CASH}`),
        'Sales',
      )[0] ?? 0n;
    const gained = async (from: string, to: string) =>
      (await month(from, to)) - (await monthBefore(from, to));
    expect(await gained('2026-08-01', '2026-08-31')).toBe(0n);
    // A third of 100.00, to the cent, and the rest of it.
    expect(await gained('2026-09-01', '2026-09-30')).toBe(3333n);
    expect(await gained('2026-11-01', '2026-11-30')).toBe(6667n);
    expect(await at('2026-11-30')).toBe(-10000n);
  });

  test('leave manual journals out that are not for them [xero-cash-basis-journals]', async () => {
    const user = await caller();
    const of = await accountIds(user);
    const JournalLines = [
      { LineAmount: '70.00', AccountCode: '429' },
      { LineAmount: '-70.00', AccountCode: '200' },
    ];
    const before = await trialBalances(user, '2026-11-30', undefined, CASH);
    for (const ShowOnCashBasisReports of [false, true]) {
      user.sandbox.control.create({
        resource: 'manualJournals',
        fields: {
          Narration: 'x',
          Date: '2026-11-02',
          Status: 'POSTED',
          JournalLines,
          ShowOnCashBasisReports,
        },
      });
      const change = moved(before, await trialBalances(user, '2026-11-30', undefined, CASH));
      expect(change.get(of('429')) ?? 0n).toBe(ShowOnCashBasisReports ? 7000n : 0n);
    }
  });

  test('share every payment out to the cent, whatever the lines and parts [xero-cash-basis-exact]', async () => {
    const cents = (value: number) => (value / 100).toFixed(2);
    const user = await caller();
    const { control } = user.sandbox;
    const of = await accountIds(user);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -3_000, max: 90_000 }), fc.constantFrom('200', '210', '260')), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
        async (lines, parts) => {
          const LineItems = lines.map(([amount, AccountCode]) => ({
            Description: 'x',
            UnitAmount: cents(amount),
            AccountCode,
            TaxType: 'OUTPUT2',
          }));
          const accrualBefore = await trialBalances(user, '2026-11-30');
          const before = await trialBalances(user, '2026-11-30', undefined, CASH);
          const id = control.create({ resource: 'invoices', fields: { Date: '2026-11-01', LineItems } }).id;
          const total = (await user.get(`Invoices/${id}`)).json.Invoices[0].Total * 100;
          fc.pre(total > parts.length);
          let left = Math.round(total);
          for (const [at, share] of parts.entries()) {
            const isLast = at === parts.length - 1;
            const amount = isLast ? left : Math.min(Math.ceil((total * share) / 100), left - 1);
            if (amount <= 0) continue;
            left -= amount;
            control.create({
              resource: 'payments',
              fields: { InvoiceID: id, Amount: cents(amount), AccountCode: '090', Date: '2026-11-02' },
            });
            const change = moved(before, await trialBalances(user, '2026-11-30', undefined, CASH));
            expect(sumOf(change)).toBe(0n);
            expect(change.get(of('090'))).toBe(BigInt(Math.round(total) - left));
          }
          const accrual = moved(accrualBefore, await trialBalances(user, '2026-11-30'));
          expect(moved(before, await trialBalances(user, '2026-11-30', undefined, CASH))).toEqual(accrual);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('balance, and agree with each other and with the bank, in all organisations [xero-cash-basis-balances]', async () => {
    const user = await caller();
    user.sandbox.control.change({ organisation: 'all', fraction: 0.2 });
    for (const { tenantId, accounts, id } of user.sandbox.companies.map((company) => ({
      tenantId: company.tenantId,
      accounts: [...company.accounts],
      id: (index: number) => company.id('accounts', index),
    }))) {
      for (const date of ['2026-11-30', '2026-06-30']) {
        const trial = await readReport(user, `TrialBalance?date=${date}${CASH}`, tenantId);
        const [, ...totals] = valuesOf(rowsIn(trial).at(-1));
        expect([totals[0], totals[2]]).toEqual([totals[1], totals[3]]);
        const cash = await trialBalances(user, date, tenantId, CASH);
        const books = await trialBalances(user, date, tenantId);
        for (const { bank, index } of accounts)
          if (bank) expect(cash.get(id(index)) ?? 0n).toBe(books.get(id(index)) ?? 0n);
        const sheet = await readReport(user, `BalanceSheet?date=${date}&periods=3${CASH}`, tenantId);
        expect(amountsOf(sheet, 'Net Assets')).toEqual(amountsOf(sheet, 'Total Equity'));
        const from = `${date.slice(0, 8)}01`;
        const profit = await readReport(
          user,
          `ProfitAndLoss?fromDate=${from}&toDate=${date}${CASH}`,
          tenantId,
        );
        const results = accounts.filter((account) => /REVENUE|EXPENSE/.test(account.class));
        const dayBefore = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10);
        const earlier = await trialBalances(user, dayBefore, tenantId, CASH);
        expect(results.length).toBeGreaterThan(20);
        // Within one financial year, what the year to date grew by is the month's profit.
        if (date === '2026-11-30') {
          const grown = results.reduce(
            (sum, { index }) => sum + (cash.get(id(index)) ?? 0n) - (earlier.get(id(index)) ?? 0n),
            (cash.get('FXGROUPID') ?? 0n) - (earlier.get('FXGROUPID') ?? 0n),
          );
          expect(amountsOf(profit, 'Net Profit')[0]).toBe(-grown);
        }
      }
    }
  });
});
