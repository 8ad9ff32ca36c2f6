import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import type { Credit } from '../../../server/sandbox/xero/company/credit-rows.ts';
import { invoiceTypeFor, usesOf } from '../../../server/sandbox/xero/company/credits.ts';
import { generateCompany } from '../../../server/sandbox/xero/company/generate.ts';
import { settlementsOf } from '../../../server/sandbox/xero/company/postings.ts';
import { PROFILES, type Profile } from '../../../server/sandbox/xero/company/profiles.ts';
import { stockDocuments, stockOf } from '../../../server/sandbox/xero/company/stock.ts';
import { changeBooks } from '../../../server/sandbox/xero/control/change-books.ts';
import { WORK_NAMES } from '../../../server/sandbox/xero/control/change-work.ts';
import { caller, exactJson, NOON, stillClock } from './caller.ts';
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
  const stocked = company.items.filter(({ stock }) => stock !== null);
  const pools = stocked.reduce((total, { index }) => total + stockOf(company, index).costPool, 0);
  expect(company.ledger.balance(company.account('inventory'), Number.MAX_SAFE_INTEGER)).toBe(pools);
  for (const row of [...invoices, ...credits]) {
    const settled = 'due' in row ? settlementsOf(company, row) : usesOf(company, row);
    const left = settled.reduce((rest, { amount }) => rest - amount, row.total);
    expect(row.status).toBe(left === 0 ? 'PAID' : 'AUTHORISED');
  }
}

/** The organisation that counts its stock. */
const STOCKED = PROFILES.findIndex(({ keepsStock }) => keepsStock);

const made = (number: number, seed: number) =>
  generateCompany(PROFILES[number] as Profile, { seed, number, size: 'small', now: NOON });

describe('the control accounts', () => {
  test('are what is open of invoices less what is left of credits, on every day, as made [xero-credits-in-control]', () => {
    for (const seed of [1, 2, 3])
      for (const number of PROFILES.keys()) expectControlAccountsToAgree(made(number, seed));
  });

  test('stay so through any sequence of work in the books [xero-credits-in-control]', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ work: fc.constantFrom(...WORK_NAMES), seed: fc.nat(1000) }), {
          minLength: 5,
          maxLength: 25,
        }),
        fc.constantFrom(0, 1, STOCKED),
        (steps, number) => {
          const company = made(number, 9);
          const clock = stillClock();
          for (const { work, seed } of steps) {
            clock.advance(3_600_000);
            changeBooks(company, clock, 0.004, seed, [work]);
          }
          expectControlAccountsToAgree(company);
        },
      ),
      { numRuns: 40 },
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

describe('tracked items', () => {
  test('cost what was paid for them on average, and sales take their share out of the asset account [xero-stock-average]', async () => {
    const user = await caller();
    const company = user.sandbox.companies[STOCKED] as Company;
    const organisation = company.tenantId;
    const { control } = user.sandbox;
    const item = company.items.find(({ stock }) => stock !== null)?.index ?? -1;
    const ItemCode = company.items.at(item).code;
    const read = async () => {
      const answer = await user.get(`Items/${ItemCode}`, { 'xero-tenant-id': organisation });
      const [row] = exactJson(answer).Items;
      return [row.QuantityOnHand, row.TotalCostPool, row.IsTrackedAsInventory, row.InventoryAssetAccountCode];
    };
    // Everything that trade left is voided or sent back first.
    for (const { kind, index } of [...stockDocuments(company)].reverse())
      control.vanish({ organisation, resource: kind as 'invoices', id: company.id(kind, index) });
    expect(await read()).toEqual(['0.0000', '0.00', true, '630']);
    const trade = (Type: string, on: string, Quantity: string, UnitAmount: string) =>
      control.create({
        organisation,
        resource: 'invoices',
        fields: { Type, Date: on, LineItems: [{ ItemCode, Quantity, UnitAmount, TaxType: 'NONE' }] },
      }).id;
    const cost = () => company.ledger.balance(company.account('purchases'), Number.MAX_SAFE_INTEGER);
    const before = cost();
    trade('ACCPAY', '2026-11-01', '10', '4.00');
    trade('ACCPAY', '2026-11-02', '5', '7.00');
    expect(await read()).toEqual(['15.0000', '75.00', true, '630']);
    trade('ACCREC', '2026-11-10', '4', '20.00');
    expect([await read(), cost() - before]).toEqual([['11.0000', '55.00', true, '630'], 2_000]);
    // An earlier bill that is entered late moves what the sale has cost.
    const late = trade('ACCPAY', '2026-11-05', '5', '13.00');
    expect([await read(), cost() - before]).toEqual([['16.0000', '112.00', true, '630'], 2_800]);
    control.void({ organisation, resource: 'invoices', id: late });
    expect([await read(), cost() - before]).toEqual([['11.0000', '55.00', true, '630'], 2_000]);
    expectControlAccountsToAgree(company);
  });

  test('are in the organisation that counts its stock, and in no other', async () => {
    const { sandbox } = await caller();
    for (const [at, company] of sandbox.companies.entries()) {
      const stocked = company.items.filter(({ stock }) => stock !== null);
      expect(stocked.length > 0).toBe(at === STOCKED);
      for (const { index } of stocked) expect(stockOf(company, index).quantity).toBeGreaterThan(0);
    }
  });
});
