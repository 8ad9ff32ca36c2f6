import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import { type Caller, caller, exactJson, NOON, stillClock, token } from './caller.ts';
import { inBase, scaled } from './exact.ts';
import { freshLedger } from './fresh-ledger.ts';

/** Every page of a list, numbers as text. */
// biome-ignore lint/suspicious/noExplicitAny: records of every shape
async function all(user: Caller, plural: string, tenantId: string): Promise<any[]> {
  const records = [];
  for (let page = 1; ; page++) {
    const answer = exactJson(
      await user.get(`${plural}?page=${page}&pageSize=1000`, { 'xero-tenant-id': tenantId }),
    );
    records.push(...answer[plural]);
    if (page >= Number(answer.pagination.pageCount)) return records;
  }
}

interface Line {
  attribute: string;
  name: string;
  values: string[];
}

/** The rows of a report that stand for accounts. */
async function reportLines(user: Caller, path: string, tenantId: string): Promise<Line[]> {
  const answer = (await user.get(`Reports/${path}`, { 'xero-tenant-id': tenantId })).json;
  const lines: Line[] = [];
  for (const section of answer.Reports[0].Rows) {
    for (const row of section.Rows ?? []) {
      const [name, ...cells] = row.Cells;
      const attribute = name.Attributes?.find((each: { Id: string }) => each.Id === 'account')?.Value;
      const values = cells.map((cell: { Value: string }) => cell.Value);
      if (attribute) lines.push({ attribute, name: name.Value, values });
    }
  }
  return lines;
}

const cents = (text: string | undefined) => (text ? scaled(text, 2) : 0n);

/** The invoices that a credit can be set against. */
const invoiceTypeOf = (type: string) => (/^(ACCREC|RECEIVE)/.test(type) ? 'ACCREC' : 'ACCPAY');

/** Everything the demo's reconciliation relies on, read over the API only. */
async function expectBooksToAgree(user: Caller, tenantId: string, company: Company) {
  const invoices = await all(user, 'Invoices', tenantId);
  const accounts = exactJson(await user.get('Accounts', { 'xero-tenant-id': tenantId })).Accounts;
  const trialBalance = await reportLines(user, 'TrialBalance', tenantId);
  const credits = [
    ...(await all(user, 'CreditNotes', tenantId)),
    ...(await all(user, 'Prepayments', tenantId)),
    ...(await all(user, 'Overpayments', tenantId)),
  ];
  const due = (type: string) =>
    invoices
      .filter((invoice) => invoice.Type === type && invoice.Status === 'AUTHORISED')
      .reduce((sum, invoice) => sum + inBase(invoice.AmountDue, invoice.CurrencyRate), 0n) -
    credits
      .filter((credit) => invoiceTypeOf(credit.Type) === type && credit.Status === 'AUTHORISED')
      .reduce((sum, credit) => sum + inBase(credit.RemainingCredit, credit.CurrencyRate), 0n);
  const control = (system: string) => {
    const id = accounts.find(
      (account: { SystemAccount: string }) => account.SystemAccount === system,
    ).AccountID;
    const line = trialBalance.find(({ attribute }) => attribute === id);
    return cents(line?.values[2]) - cents(line?.values[3]);
  };
  expect(control('DEBTORS')).toBe(due('ACCREC'));
  expect(-control('CREDITORS')).toBe(due('ACCPAY'));

  for (const at of [0, 2]) {
    const [debits, credits] = [at, at + 1].map((column) =>
      trialBalance.reduce((sum, { values }) => sum + cents(values[column]), 0n),
    );
    expect(debits).toBe(credits);
  }
  for (const invoice of invoices) {
    expect(scaled(invoice.SubTotal, 2) + scaled(invoice.TotalTax, 2)).toBe(scaled(invoice.Total, 2));
    const parts = invoice.LineItems.reduce(
      (sum: bigint, line: { LineAmount?: string; TaxAmount?: string }) =>
        sum + cents(line.LineAmount) + (invoice.LineAmountTypes === 'Inclusive' ? 0n : cents(line.TaxAmount)),
      0n,
    );
    expect(parts).toBe(scaled(invoice.Total, 2));
    const paid = invoice.Payments.reduce(
      (sum: bigint, payment: { Amount: string }) => sum + cents(payment.Amount),
      0n,
    );
    expect(scaled(invoice.AmountPaid, 2)).toBe(paid);
    const credited = [...invoice.CreditNotes, ...invoice.Prepayments, ...invoice.Overpayments].reduce(
      (sum: bigint, credit: { AppliedAmount: string }) => sum + cents(credit.AppliedAmount),
      0n,
    );
    expect(scaled(invoice.AmountCredited, 2)).toBe(credited);
    if (['AUTHORISED', 'PAID', 'DRAFT', 'SUBMITTED'].includes(invoice.Status)) {
      expect(scaled(invoice.AmountDue, 2)).toBe(scaled(invoice.Total, 2) - paid - credited);
    }
    if (invoice.Status === 'AUTHORISED') expect(scaled(invoice.AmountDue, 2)).not.toBe(0n);
    expect(invoice.Status === 'PAID').toBe('FullyPaidOnDate' in invoice);
  }
  for (const credit of credits) {
    const used = [...credit.Allocations, ...credit.Payments].reduce(
      (sum: bigint, { Amount }: { Amount: string }) => sum + cents(Amount),
      0n,
    );
    const isOver = credit.Status === 'VOIDED' || credit.Status === 'DELETED';
    expect(cents(credit.RemainingCredit)).toBe(isOver ? 0n : cents(credit.Total) - used);
    if (credit.Status === 'AUTHORISED') expect(cents(credit.RemainingCredit)).not.toBe(0n);
    if (credit.Status === 'PAID') expect(cents(credit.RemainingCredit)).toBe(0n);
  }
  expectLedgerToBeWhatDocumentsPost(company);
}

/** The ledger kept along the way is the one that posting everything afresh gives, and it sums to nothing. */
function expectLedgerToBeWhatDocumentsPost(company: Company) {
  const fresh = freshLedger(company);
  const last = Number.MAX_SAFE_INTEGER;
  let sum = 0;
  for (const { index } of company.accounts) {
    expect(company.ledger.balance(index, last)).toBe(fresh.balance(index, last));
    sum += fresh.balance(index, last);
  }
  expect(sum).toBe(0);
}

describe('the books of the sandbox', () => {
  test('agree with their documents in every organisation, as made and after work was done in them [xero-books-balance]', async () => {
    const user = await caller();
    for (const company of user.sandbox.companies) await expectBooksToAgree(user, company.tenantId, company);
    user.clock.advance(3 * 86_400_000);
    user.tokens.access_token = (await refreshed(user)).access_token;
    user.sandbox.control.change({ organisation: 'all', fraction: 0.3 });
    for (const company of user.sandbox.companies) await expectBooksToAgree(user, company.tenantId, company);
  });

  test('agree after any sequence of changes [xero-books-balance]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(fc.tuple(fc.integer(), fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 4 }),
        async (seed, changes) => {
          const user = await caller({ seed });
          for (const [changeSeed, percent] of changes) {
            user.sandbox.control.change({ organisation: 'all', fraction: percent / 100, seed: changeSeed });
          }
          for (const company of user.sandbox.companies)
            await expectBooksToAgree(user, company.tenantId, company);
        },
      ),
      { numRuns: 6 },
    );
  });

  test('give each profit and loss account the movement that the trial balance shows, for any month and for the year', async () => {
    const user = await caller();
    for (const { tenantId, profile } of user.sandbox.companies) {
      if (profile.isEmpty) continue;
      for (const end of ['2026-10-31', '2026-11-20', '2026-02-28', '2025-12-31']) {
        const month = `${end.slice(0, 8)}01`;
        const trial = await reportLines(user, `TrialBalance?date=${end}`, tenantId);
        const profit = await reportLines(
          user,
          `ProfitAndLoss?fromDate=${month}&toDate=${end}&standardLayout=true`,
          tenantId,
        );
        const results = resultAccounts(user, tenantId);
        expect(profit.length).toBeGreaterThan(5);
        for (const line of profit) {
          const match = trial.find(({ attribute }) => attribute === line.attribute);
          const movement = cents(match?.values[0]) - cents(match?.values[1]);
          // Income is shown as credits, costs as debits.
          const shown = cents(line.values[0]) * (results.get(line.attribute) === 'REVENUE' ? -1n : 1n);
          expect(shown, `${profile.name} ${end} ${line.name}`).toBe(movement);
        }
        // And back: an account that moved is in the profit and loss.
        const ids = new Set(profit.map(({ attribute }) => attribute));
        for (const line of trial) {
          const isMoved = cents(line.values[0]) !== cents(line.values[1]);
          if (results.has(line.attribute) && isMoved) expect(ids).toContain(line.attribute);
        }
      }
    }
  });

  test('sum to the same profit in the standard layout, the custom one and month by month', async () => {
    const user = await caller();
    const net = async (query: string) => {
      const { Rows } = (await user.get(`Reports/ProfitAndLoss?${query}`)).json.Reports[0];
      return Rows.at(-1)
        .Rows[0].Cells.slice(1)
        .map((cell: { Value: string }) => cents(cell.Value));
    };
    const year = 'fromDate=2025-12-01&toDate=2026-11-30';
    const [standard] = await net(`${year}&standardLayout=true`);
    expect(await net(year)).toEqual([standard]);
    // December has 31 days, so no month is clipped (xero-api.md 4.2).
    let sum = 0n;
    for (let month = 0; month < 12; month++) {
      const from = new Date(Date.UTC(2025, 11 + month, 1)).toISOString().slice(0, 10);
      const to = new Date(Date.UTC(2025, 12 + month, 0)).toISOString().slice(0, 10);
      sum += (await net(`fromDate=${from}&toDate=${to}`))[0] as bigint;
    }
    expect(sum).toBe(standard);
  });

  test('say what an account was on any day: yesterday plus today’s movement', async () => {
    const user = await caller();
    const [company] = user.sandbox.companies as [Company];
    for (const { index } of company.accounts) {
      const today = company.today(NOON);
      const { ledger } = company;
      expect(ledger.balance(index, today)).toBe(
        ledger.balance(index, today - 40) + ledger.movement(index, today - 39, today),
      );
    }
  });

  test('are the same for the same seed and day, and others for another seed', async () => {
    const books = async (seed: number) => (await caller({ seed })).sandbox.control.state().organisations;
    const [once, again, other] = [await books(5), await books(5), await books(6)];
    expect(again).toEqual(once);
    expect(other[0]?.trialBalance).not.toEqual(once[0]?.trialBalance);
  });

  test('hold 40,000 invoices, 40,000 bank transactions and 10,000 contacts in medium, and still agree', async () => {
    const user = await caller({ size: 'medium', clock: stillClock() });
    const [state, second] = user.sandbox.control.state().organisations;
    expect(state?.records['invoices']).toBeGreaterThanOrEqual(40_000);
    expect(state?.records['bankTransactions']).toBeGreaterThanOrEqual(40_000);
    expect(state?.records['contacts']).toBeGreaterThanOrEqual(10_000);
    expect(state?.records['payments']).toBeGreaterThan(35_000);
    expect(second?.records['invoices']).toBeLessThan(400);
    user.sandbox.control.change({ fraction: 0.01 });
    const [company] = user.sandbox.companies as [Company];
    expectLedgerToBeWhatDocumentsPost(company);
    const page = (await user.get('Invoices?page=41&pageSize=1000&unitdp=4')).json;
    expect(page.pagination.itemCount).toBe(
      user.sandbox.control.state().organisations[0]?.records['invoices'],
    );
  });
});

/** Revenue and expense accounts by the attribute that report cells carry. */
function resultAccounts(user: Caller, tenantId: string): Map<string, string> {
  const company = user.sandbox.companies.find((each) => each.tenantId === tenantId) as Company;
  const results = company.accounts.filter(
    (account) => account.class === 'REVENUE' || account.class === 'EXPENSE',
  );
  return new Map([
    ['FXGROUPID', 'EXPENSE'],
    ...results.map((account): [string, string] => [company.id('accounts', account.index), account.class]),
  ]);
}

async function refreshed(user: Caller) {
  const form = { grant_type: 'refresh_token', refresh_token: user.tokens.refresh_token };
  return (await token(user.sandbox, form)).json;
}
