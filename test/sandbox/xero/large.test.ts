import { beforeAll, describe, expect, it } from 'vitest';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import { remainingOf, sideOf } from '../../../server/sandbox/xero/company/credits.ts';
import { dueOf } from '../../../server/sandbox/xero/company/documents.ts';
import { KINDS, type KindOfRecord, RECORD_KINDS } from '../../../server/sandbox/xero/company/kinds.ts';
import { emptyLedger } from '../../../server/sandbox/xero/company/ledger.ts';
import type { Row } from '../../../server/sandbox/xero/company/rows.ts';
import { type Caller, caller } from './caller.ts';

let user: Caller;
let company: Company;
beforeAll(async () => {
  user = await caller({ size: 'large', organisations: ['Demo Company (NZ)'] });
  [company] = user.sandbox.companies as [Company];
}, 120_000);

const EVER = Number.MAX_SAFE_INTEGER;

/** Foreign cents in base cents, half away from zero, with nothing of the sandbox's own arithmetic. */
function inBase(cents: number, rate: number): bigint {
  const dividend = BigInt(cents) * 10n ** 10n;
  const half = BigInt(rate) / 2n + (BigInt(rate) % 2n);
  const absolute = dividend < 0n ? -dividend : dividend;
  const rounded = absolute / BigInt(rate) + (absolute % BigInt(rate) >= half ? 1n : 0n);
  return dividend < 0n ? -rounded : rounded;
}

/** To the cent: the ledger is what all documents post, it sums to nothing, and the control accounts are what is due. */
function expectBooksToAgree() {
  const fresh = emptyLedger();
  for (const kind of RECORD_KINDS) {
    const { post } = KINDS[kind] as unknown as KindOfRecord<Row>;
    if (post) for (const row of company[kind] as Iterable<Row>) post(company, row, fresh.post);
  }
  let sum = 0;
  for (const { index } of company.accounts) {
    expect(company.ledger.balance(index, EVER)).toBe(fresh.balance(index, EVER));
    sum += fresh.balance(index, EVER);
  }
  expect(sum).toBe(0);

  const due = { ACCREC: 0n, ACCPAY: 0n };
  for (const invoice of company.invoices) {
    if (invoice.status === 'AUTHORISED') due[invoice.type] += inBase(dueOf(company, invoice), invoice.rate);
  }
  for (const kind of ['creditNotes', 'prepayments', 'overpayments'] as const) {
    for (const credit of company[kind]) {
      if (credit.status !== 'AUTHORISED') continue;
      due[sideOf(credit) === 1 ? 'ACCREC' : 'ACCPAY'] -= inBase(remainingOf(company, credit), credit.rate);
    }
  }
  expect(BigInt(company.ledger.balance(company.account('receivable'), EVER))).toBe(due.ACCREC);
  expect(-BigInt(company.ledger.balance(company.account('payable'), EVER))).toBe(due.ACCPAY);
}

describe('a large organisation', () => {
  it('has the records of the model organisation, and books that agree to the cent', () => {
    expect(company.invoices.length).toBeGreaterThanOrEqual(250_000);
    expect(company.payments.length).toBeGreaterThanOrEqual(250_000);
    expect(company.bankTransactions.length).toBeGreaterThanOrEqual(300_000);
    expect(company.contacts.length).toBeGreaterThanOrEqual(50_000);
    expect(company.creditNotes.length).toBeGreaterThanOrEqual(5000);
    expect(new Set([...company.contacts].map(({ name }) => name)).size).toBe(company.contacts.length);
    expectBooksToAgree();
  }, 120_000);

  it('shows in its trial balance what its ledger holds', async () => {
    const { Rows } = (await user.get('Reports/TrialBalance')).json.Reports[0];
    const cells = Rows.at(-1).Rows[0].Cells.map(({ Value }: { Value: string }) => Value);
    expect(cells[1]).toBe(cells[2]);
    expect(cells[3]).toBe(cells[4]);
    expect(cells[3]).toMatch(/^\d{8,}\.\d\d$/);
  });

  it('is paged to the end, in order, and by change since any instant', async () => {
    const page = async (query: string, since?: number) => {
      const headers = since === undefined ? {} : { 'if-modified-since': new Date(since).toISOString() };
      return (await user.get(`Invoices?pageSize=1000&${query}`, headers)).json;
    };
    const stampOf = (row: { UpdatedDateUTC: string }) => Number(/\d+/.exec(row.UpdatedDateUTC)?.[0]);
    const { pagination } = await page('page=1');
    expect(pagination.itemCount).toBe(company.invoices.length);
    const last = (await page(`page=${pagination.pageCount}`)).Invoices;
    const before = (await page(`page=${pagination.pageCount - 1}`)).Invoices;
    expect(before).toHaveLength(1000);
    expect(stampOf(last[0])).toBeGreaterThanOrEqual(stampOf(before.at(-1)));
    const since = Math.floor(stampOf(before[500]) / 1000) * 1000;
    const recent = (await page('page=1', since)).Invoices;
    expect(recent.every((row: { UpdatedDateUTC: string }) => stampOf(row) >= since)).toBe(true);
    expect(
      [...before, ...last].filter((row) => stampOf(row) >= since).map(({ InvoiceID }) => InvoiceID),
    ).toEqual(recent.map(({ InvoiceID }: { InvoiceID: string }) => InvoiceID));
  }, 60_000);

  it('is worked in for a day, one record in a hundred, and agrees again', async () => {
    user.clock.advance(60_000);
    const [done] = user.sandbox.control.change({ fraction: 0.01 }).organisations;
    const { created, edited } = done?.ids.invoices ?? { created: [], edited: [] };
    const changed = new Set([...created, ...edited]);
    expect(changed.size).toBeGreaterThan(4000);
    const headers = { 'if-modified-since': new Date(user.clock.now()).toISOString() };
    const { pagination } = (await user.get('Invoices?page=1&pageSize=1000', headers)).json;
    expect(pagination.itemCount).toBe(changed.size);
    expectBooksToAgree();
  }, 120_000);
});
