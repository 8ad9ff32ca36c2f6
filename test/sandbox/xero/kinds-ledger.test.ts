import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import type { Credit } from '../../../server/sandbox/xero/company/credit-rows.ts';
import { invoiceTypeFor, usesOf } from '../../../server/sandbox/xero/company/credits.ts';
import { settlementsOf } from '../../../server/sandbox/xero/company/postings.ts';
import { WORK_NAMES } from '../../../server/sandbox/xero/control/change-work.ts';
import { caller } from './caller.ts';
import { inBase } from './exact.ts';
import { freshLedger } from './fresh-ledger.ts';

const text = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const rateText = (rate: number) => `${Math.floor(rate / 1e10)}.${String(rate % 1e10).padStart(10, '0')}`;

interface Open {
  date: number;
  total: number;
  rate: number;
  settled: readonly { date: number; amount: number }[];
}

/** What is open of documents on a day, each rounded by itself, by arithmetic that shares nothing with the sandbox's. */
const openOn = (day: number, documents: Open[]) =>
  documents
    .filter(({ date }) => date <= day)
    .reduce((sum, { total, rate, settled }) => {
      const left = settled.reduce((rest, use) => (use.date <= day ? rest - use.amount : rest), total);
      return sum + inBase(text(left), rateText(rate));
    }, 0n);

function expectControlAccountsToAgree(company: Company) {
  const isLive = (row: { status: string; isHidden?: true | undefined }) =>
    !row.isHidden && (row.status === 'AUTHORISED' || row.status === 'PAID');
  const invoices = company.invoices.filter(isLive);
  const credits: Credit[] = [...company.creditNotes, ...company.prepayments, ...company.overpayments].filter(
    isLive,
  );
  const today = company.today(Date.UTC(2027, 0, 1));
  for (const [type, key, sign] of [
    ['ACCREC', 'receivable', 1],
    ['ACCPAY', 'payable', -1],
  ] as const) {
    const owed = invoices
      .filter((row) => row.type === type)
      .map((row) => ({
        date: row.date,
        total: row.total,
        rate: row.rate,
        settled: settlementsOf(company, row),
      }));
    const owing = credits
      .filter((row) => invoiceTypeFor(row) === type)
      .map((row) => ({ date: row.date, total: row.total, rate: row.rate, settled: usesOf(company, row) }));
    for (const day of [
      -20_000,
      0,
      today - 400,
      today - 100,
      today - 61,
      today - 30,
      today - 7,
      today - 1,
      today,
    ]) {
      const balance = company.ledger.balance(company.account(key), day);
      expect(BigInt(sign * balance), `${company.profile.name} ${key} on ${day}`).toBe(
        openOn(day, owed) - openOn(day, owing),
      );
    }
  }
  const fresh = freshLedger(company);
  let sum = 0;
  for (const { index } of company.accounts) {
    const balance = company.ledger.balance(index, today);
    expect(balance).toBe(fresh.balance(index, today));
    sum += company.ledger.balance(index, Number.MAX_SAFE_INTEGER);
  }
  expect(sum).toBe(0);
  for (const row of [...invoices, ...credits]) {
    const settled = 'due' in row ? settlementsOf(company, row) : usesOf(company, row);
    const left = settled.reduce((rest, { amount }) => rest - amount, row.total);
    expect(row.status).toBe(left === 0 ? 'PAID' : 'AUTHORISED');
  }
}

describe('the control accounts', () => {
  test('are what is open of invoices less what is left of credits, on every day, as made [xero-credits-in-control]', async () => {
    for (const seed of [1, 2, 3]) {
      const { sandbox } = await caller({ seed });
      for (const company of sandbox.companies) expectControlAccountsToAgree(company);
    }
  });

  test('stay so through any sequence of work in the books [xero-credits-in-control]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ work: fc.constantFrom(...WORK_NAMES), seed: fc.nat(1000) }), {
          minLength: 5,
          maxLength: 25,
        }),
        fc.nat(1),
        async (steps, at) => {
          const { sandbox, clock, tenantIds } = await caller({ seed: 9 });
          for (const { work, seed } of steps) {
            clock.advance(3_600_000);
            sandbox.control.change({
              organisation: tenantIds[at] ?? '',
              fraction: 0.004,
              seed,
              works: [work],
            });
          }
          expectControlAccountsToAgree(sandbox.companies[at] as Company);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('stay so when documents of every kind vanish with what hangs on them', async () => {
    const { sandbox } = await caller({ seed: 4 });
    const [company] = sandbox.companies as [Company];
    for (const kind of [
      'creditNotes',
      'prepayments',
      'overpayments',
      'invoices',
      'bankTransactions',
    ] as const) {
      const rows = company[kind].filter((row) => !row.isHidden);
      for (const { index } of rows.filter((_, at) => at % 4 === 0)) {
        if (company[kind].at(index).isHidden) continue;
        sandbox.control.vanish({ resource: kind, id: company.id(kind, index) });
      }
      expectControlAccountsToAgree(company);
    }
    for (const { index } of company.payments.filter((row) => !row.isHidden && row.credit !== undefined))
      sandbox.control.vanish({ resource: 'payments', id: company.id('payments', index) });
    expectControlAccountsToAgree(company);
  });
});
