import { beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../server/sandbox/xero/company/hostile-texts.ts';
import { PROFILES } from '../../../server/sandbox/xero/company/profiles.ts';
import { type Caller, caller } from './caller.ts';

let user: Caller;
beforeAll(async () => {
  user = await caller();
});

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;
const tenantOf = (part: string) =>
  user.sandbox.organisations.find(({ name }) => name.includes(part))?.tenantId ?? '';
async function rowsOf(part: string, plural: string, query = 'page=1&pageSize=1000'): Promise<Row[]> {
  return (await user.get(`${plural}?${query}`, { 'xero-tenant-id': tenantOf(part) })).json[plural];
}

describe('the reference organisations', () => {
  it('are six, of five countries, each with its own id, currency or clock', () => {
    expect(user.sandbox.organisations.map(({ name }) => name)).toEqual(PROFILES.map(({ name }) => name));
    expect(new Set(user.tenantIds).size).toBe(6);
    expect(new Set(PROFILES.map(({ countryCode }) => countryCode)).size).toBe(5);
    expect(new Set(PROFILES.map(({ timeZone }) => timeZone)).size).toBe(6);
  });

  it('have voided, deleted and archived records wherever they have any', async () => {
    for (const { name, isEmpty } of PROFILES) {
      if (isEmpty) continue;
      const invoices = await rowsOf(name, 'Invoices');
      const statuses = new Set(invoices.map(({ Status }) => Status));
      expect([...statuses]).toEqual(
        expect.arrayContaining(['AUTHORISED', 'DELETED', 'DRAFT', 'PAID', 'VOIDED']),
      );
      for (const plural of ['Payments', 'BankTransactions']) {
        expect((await rowsOf(name, plural)).some(({ Status }) => Status === 'DELETED')).toBe(true);
      }
      const contacts = await rowsOf(name, 'Contacts', 'page=1&pageSize=1000&includeArchived=true');
      expect(contacts.some(({ ContactStatus }) => ContactStatus === 'ARCHIVED')).toBe(true);
    }
  });

  it('keep every id through a day of work, and no two records share one [xero-id-for-ever]', async () => {
    const own = await caller();
    const idsOf = async () => {
      const { Invoices } = (await own.get('Invoices?page=1&pageSize=1000')).json;
      return Invoices.map(({ InvoiceID }: Row) => InvoiceID) as string[];
    };
    const before = await idsOf();
    expect(new Set(before).size).toBe(before.length);
    own.sandbox.control.change({ fraction: 0.3 });
    const after = await idsOf();
    expect(new Set(after).size).toBe(after.length);
    expect(before.filter((id) => !after.includes(id))).toEqual([]);
    for (const { InvoiceID } of (await own.get(`Invoices?IDs=${before.slice(0, 20).join(',')}`)).json
      .Invoices)
      expect((await own.get(`Invoices/${InvoiceID}`)).json.Invoices[0].InvoiceID).toBe(InvoiceID);
  });

  it('trade in many currencies in Australia, each with an account of its own, at rates of foreign for one of theirs [xero-rate-foreign-per-base]', async () => {
    const accounts = await rowsOf('Banksia', 'Accounts', '');
    const currencies = accounts.filter(({ Type }) => Type === 'BANK').map(({ CurrencyCode }) => CurrencyCode);
    expect([...new Set(currencies)].sort()).toEqual(['AUD', 'EUR', 'GBP', 'IDR', 'JPY', 'NZD', 'USD']);
    const spent = await rowsOf('Banksia', 'BankTransactions');
    expect(new Set(spent.map(({ CurrencyCode }) => CurrencyCode)).size).toBe(7);
    const invoices = await rowsOf('Banksia', 'Invoices');
    const foreign = invoices.filter(({ CurrencyCode }) => CurrencyCode !== 'AUD');
    expect(foreign.length).toBeGreaterThan(invoices.length / 2);
    for (const { CurrencyCode, CurrencyRate } of invoices) {
      if (CurrencyCode === 'AUD') expect(CurrencyRate).toBe(1);
      if (CurrencyCode === 'IDR') expect(CurrencyRate).toBeGreaterThan(10_000);
      if (CurrencyCode === 'GBP') expect(CurrencyRate).toBeLessThan(0.6);
    }
  });

  it('bring hostile texts through whole, in every kind of field [xero-names-as-typed]', async () => {
    const contacts = await rowsOf('Nōmad', 'Contacts', 'page=1&pageSize=1000&includeArchived=true');
    const names = contacts.map(({ Name }) => Name);
    for (const text of HOSTILE_TEXTS) expect(names).toContain(text);
    expect(new Set(names).size).toBe(names.length);
    const fold = (text: string) => text.normalize('NFC').toLowerCase();
    expect(new Set(HOSTILE_TEXTS.map(fold)).size).toBeLessThan(HOSTILE_TEXTS.length - 2);
    const invoices = await rowsOf('Nōmad', 'Invoices');
    const numbers = invoices.map(({ InvoiceNumber }) => InvoiceNumber);
    for (const text of HOSTILE_TEXTS) expect(numbers).toContain(text);
    expect(invoices.filter(({ Reference }) => Reference?.length === 255).length).toBe(HOSTILE_TEXTS.length);
    const descriptions = invoices.flatMap(({ LineItems }) => LineItems.map((line: Row) => line.Description));
    for (const text of HOSTILE_TEXTS) expect(descriptions).toContain(text);
    expect(descriptions.filter((text) => text.length === 4000).length).toBeGreaterThan(40);
    const lone = /[\ud800-\udbff](?![\udc00-\udfff])/;
    expect(HOSTILE_TEXTS.some((text) => lone.test(text))).toBe(true);
  });

  it('can have nothing in them: every list is empty, every report there [xero-empty-organisation]', async () => {
    const headers = { 'xero-tenant-id': tenantOf('Blank Slate') };
    const lists =
      'Invoices Contacts Payments BankTransactions CreditNotes ManualJournals Prepayments Overpayments';
    for (const plural of lists.split(' ')) {
      const { status, json } = await user.get(`${plural}?page=1`, headers);
      expect([status, json[plural]]).toEqual([200, []]);
      expect(json.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 0, itemCount: 0 });
    }
    for (const plural of ['BankTransfers', 'Items', 'TrackingCategories', 'ContactGroups'])
      expect((await user.get(plural, headers)).json[plural]).toEqual([]);
    expect((await rowsOf('Blank Slate', 'Accounts', '')).length).toBeGreaterThan(40);
    expect((await rowsOf('Blank Slate', 'Users', '')).length).toBeGreaterThan(0);
    for (const report of ['TrialBalance', 'ProfitAndLoss', 'BalanceSheet', 'BankSummary', 'ExecutiveSummary'])
      expect((await user.get(`Reports/${report}`, headers)).status).toBe(200);
  });

  it('begin to have something with the first work in them', async () => {
    const own = await caller({ organisations: ['Blank Slate Trust'] });
    expect(own.sandbox.organisations).toHaveLength(1);
    own.sandbox.control.change({ fraction: 1 });
    expect((await own.get('Contacts?page=1')).json.Contacts).toHaveLength(1);
    expect(own.sandbox.control.state().organisations[0]?.ledgerSum).toBe('0.00');
  });

  it('are offered by name, sized in their order, and keep their ids whichever are offered', async () => {
    const own = await caller({ organisations: [PROFILES[1]?.name ?? ''], size: ['small', 'medium'] });
    expect(own.tenantIds).toEqual([user.tenantIds[1]]);
    expect(own.sandbox.control.state().organisations[0]?.records['invoices']).toBeGreaterThan(40_000);
    await expect(caller({ organisations: ['Nobody Ltd'] })).rejects.toThrow('no organisation Nobody Ltd');
  });
});
