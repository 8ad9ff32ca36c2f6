import { beforeEach, describe, expect, test } from 'vitest';
import { type Caller, caller, exactJson, NOON } from './caller.ts';
import { scaled } from './exact.ts';

interface Journal {
  JournalID: string;
  JournalNumber: string;
  JournalDate: string;
  CreatedDateUTC: string;
  Reference: string;
  SourceID?: string;
  SourceType?: string;
  JournalLines: { AccountID: string; NetAmount: string; GrossAmount: string }[];
}

let user: Caller;
beforeEach(async () => {
  user = await caller();
  for (const organisation of user.tenantIds) user.sandbox.control.setTier({ organisation, tier: 'advanced' });
});

const page = async (offset: number | string, tenantId = user.tenantIds[0] ?? ''): Promise<Journal[]> =>
  exactJson(await user.get(`Journals?offset=${offset}`, { 'xero-tenant-id': tenantId })).Journals;

/** From the first to an empty page, as the documentation says to. */
async function pages(tenantId?: string, from = 0): Promise<Journal[][]> {
  const found: Journal[][] = [];
  for (let offset: number | string = from; ; offset = found.at(-1)?.at(-1)?.JournalNumber ?? 0) {
    const next = await page(offset, tenantId);
    if (next.length === 0) return found;
    found.push(next);
  }
}
const sumOf = (journal: Journal) =>
  journal.JournalLines.reduce((sum, line) => sum + scaled(line.NetAmount, 2), 0n);

describe('journals', () => {
  test('come by number after an offset, a hundred at most, with gaps, and a partial page is not the end [xero-journals-cursor]', async () => {
    const found = await pages();
    const numbers = found.flat().map(({ JournalNumber }) => Number(JournalNumber));
    expect(numbers.length).toBeGreaterThan(300);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBeGreaterThan(numbers.length);
    expect(Math.max(...found.map(({ length }) => length))).toBe(100);
    expect(found.slice(0, -1).some(({ length }) => length < 100)).toBe(true);
    // Exclusive.
    const [first] = await page(numbers[4] ?? 0);
    expect(Number(first?.JournalNumber)).toBe(numbers[5]);
    expect((await user.get('Journals?offset=x')).status).toBe(400);
  });

  test('sum to zero each, and together to the trial balance of every account, after any work too [xero-journals-are-ledger]', async () => {
    for (const [at, company] of user.sandbox.companies.entries()) {
      for (const fraction of [0, 0.3]) {
        if (fraction > 0) user.sandbox.control.change({ organisation: company.tenantId, fraction, seed: at });
        const all = (await pages(company.tenantId)).flat();
        const balances = new Map<string, bigint>();
        for (const journal of all) {
          expect(sumOf(journal)).toBe(0n);
          for (const { AccountID, NetAmount } of journal.JournalLines)
            balances.set(AccountID, (balances.get(AccountID) ?? 0n) + scaled(NetAmount, 2));
        }
        for (const { index } of company.accounts) {
          const id = company.id('accounts', index);
          expect([id, balances.get(id) ?? 0n]).toEqual([
            id,
            BigInt(company.ledger.balance(index, Number.MAX_SAFE_INTEGER)),
          ]);
        }
      }
    }
  });

  test('are never changed: an edit is a reverse and a new one, a void the reverse alone [xero-journals-immutable]', async () => {
    const { control } = user.sandbox;
    const LineItems = [{ Description: 'x', UnitAmount: '10.00', AccountCode: '200', TaxType: 'NONE' }];
    const id = control.create({ resource: 'invoices', fields: { LineItems } }).id;
    const before = (await pages()).flat();
    const of = (journals: Journal[]) => journals.filter(({ SourceID }) => SourceID === id);
    expect(of(before).map(({ SourceType }) => SourceType)).toEqual(['ACCREC']);
    user.clock.advance(60_000);
    control.edit({
      resource: 'invoices',
      id,
      fields: { LineItems: [{ ...LineItems[0], UnitAmount: '12.00' }] },
    });
    const edited = (await pages()).flat();
    expect(edited.slice(0, before.length)).toEqual(before);
    const amounts = (journals: Journal[]) =>
      of(journals).map(({ JournalLines }) => JournalLines[0]?.NetAmount);
    expect(amounts(edited)).toEqual(['10.00', '-10.00', '12.00']);
    expect(of(edited).at(-1)?.CreatedDateUTC).toBe(`/Date(${NOON + 60_000}+0000)/`);
    control.void({ resource: 'invoices', id });
    expect(amounts((await pages()).flat())).toEqual(['10.00', '-10.00', '12.00', '-12.00']);
  });

  test('say what they came from in the list only, and answer to id and number [xero-journals-source]', async () => {
    const all = (await pages()).flat();
    const types = new Set(all.map(({ SourceType }) => SourceType));
    for (const type of [
      'ACCREC',
      'ACCPAY',
      'ACCRECPAYMENT',
      'ACCPAYPAYMENT',
      'CASHREC',
      'CASHPAID',
      'TRANSFER',
      'MANJOURNAL',
    ])
      expect(types).toContain(type);
    const [journal] = all;
    for (const name of [journal?.JournalID, journal?.JournalNumber]) {
      const [alone] = exactJson(await user.get(`Journals/${name}`)).Journals;
      expect(alone.JournalNumber).toBe(journal?.JournalNumber);
      expect(alone).not.toHaveProperty('SourceID');
      expect(alone).not.toHaveProperty('SourceType');
    }
    expect((await user.get('Journals/0')).status).toBe(404);
  });
});
