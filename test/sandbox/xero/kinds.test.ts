import { beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import { type Caller, caller, exactJson, NOON } from './caller.ts';
import { recordText } from './record-text.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;

let user: Caller;
let company: Company;
beforeAll(async () => {
  user = await caller();
  company = user.sandbox.companies[0] as Company;
});

const rowsOf = async (path: string, headers = {}, of = user): Promise<Row[]> =>
  (await of.get(path, headers)).json[path.split(/[?/]/)[0] ?? ''];
const namesOf = (rows: Row[]) => rows.map(({ Name }) => Name);
const later = { 'if-modified-since': new Date(NOON + 1000).toISOString() };

describe('tracking categories', () => {
  test('are the active ones with active options, and all but deleted ones when asked [xero-tracking-archived]', async () => {
    const active = await rowsOf('TrackingCategories');
    expect(namesOf(active)).toEqual(['Department', 'Region']);
    expect(active.every(({ Options }) => Options.every(({ IsActive }: Row) => IsActive))).toBe(true);
    const all = await rowsOf('TrackingCategories?includeArchived=true');
    expect(namesOf(all)).toEqual(['Department', 'Project (old)', 'Region']);
    expect(namesOf(all[2].Options)).toEqual([
      'North',
      'South',
      '=East',
      'West Coast, & Isles',
      'Old Harbour',
    ]);
    expect(all[2].Options.at(-1)).toMatchObject({ Status: 'ARCHIVED', IsArchived: true, IsActive: false });
    const own = await caller();
    const [{ TrackingCategoryID, Options }] = await rowsOf('TrackingCategories', {}, own);
    const { control } = own.sandbox;
    control.edit({
      resource: 'trackingCategories',
      id: TrackingCategoryID,
      fields: { Options: [{ TrackingOptionID: Options[0].TrackingOptionID, Status: 'DELETED' }] },
    });
    const [changed] = await rowsOf('TrackingCategories?includeArchived=true', {}, own);
    expect(namesOf(changed.Options)).not.toContain(Options[0].Name);
    control.delete({ resource: 'trackingCategories', id: TrackingCategoryID });
    expect(namesOf(await rowsOf('TrackingCategories?includeArchived=true', {}, own))).not.toContain(
      changed.Name,
    );
  });

  test('are found by id whatever their status, archived options with them [xero-tracking-by-id]', async () => {
    const [archived] = (await rowsOf('TrackingCategories?includeArchived=true')).filter(
      ({ Status }) => Status === 'ARCHIVED',
    );
    const [alone] = await rowsOf(`TrackingCategories/${archived.TrackingCategoryID}`);
    expect(alone).toEqual(archived);
    expect(namesOf(alone.Options)).toContain('Gamma');
  });

  test('are two active and four in all at most [xero-tracking-limits]', async () => {
    const { control } = (await caller()).sandbox;
    const add = (Name: string) => control.create({ resource: 'trackingCategories', fields: { Name } }).id;
    expect(() => add('Third')).toThrow(/two active/);
    const region =
      control.listRecords({ resource: 'trackingCategories', search: 'Region' }).rows[0]?.id ?? '';
    control.archive({ resource: 'trackingCategories', id: region });
    const third = add('Third');
    expect(() => control.restore({ resource: 'trackingCategories', id: region })).toThrow(/two active/);
    control.archive({ resource: 'trackingCategories', id: third });
    expect(() => add('Fifth')).toThrow(/four/);
  });

  test('are on lines with names as they are now, archived options too [xero-tracking-on-lines]', async () => {
    const own = await caller();
    const tracked = async () =>
      (await rowsOf('Invoices?page=1&pageSize=1000', {}, own)).flatMap(({ LineItems }) =>
        LineItems.flatMap(({ Tracking }: Row) => Tracking),
      );
    const before = await tracked();
    expect(new Set(before.map(({ Name }: Row) => Name))).toEqual(
      new Set(['Region', 'Department', 'Project (old)']),
    );
    expect(before.map(({ Option }: Row) => Option)).toContain('Old Harbour');
    expect(Object.keys(before[0])).toEqual(['Name', 'Option', 'TrackingCategoryID', 'TrackingOptionID']);
    const north = before.find(({ Option }: Row) => Option === 'North');
    own.sandbox.control.edit({
      resource: 'trackingCategories',
      id: north.TrackingCategoryID,
      fields: { Options: [{ TrackingOptionID: north.TrackingOptionID, Name: 'Far North' }] },
    });
    const after = await tracked();
    expect(after.map(({ TrackingOptionID }: Row) => TrackingOptionID)).toEqual(
      before.map(({ TrackingOptionID }: Row) => TrackingOptionID),
    );
    expect(after.map(({ Option }: Row) => Option)).toContain('Far North');
    const fields = { LineItems: [{ UnitAmount: '5', Tracking: [north.TrackingOptionID] }] };
    const { id } = own.sandbox.control.create({ resource: 'invoices', fields });
    const [made] = await rowsOf(`Invoices/${id}`, {}, own);
    expect(made.LineItems[0].Tracking).toEqual([{ ...north, Option: 'Far North' }]);
  });

  test('have this text', async () => {
    const own = await caller();
    const { control } = own.sandbox;
    for (const { id } of control.listRecords({ resource: 'trackingCategories', status: 'ACTIVE' }).rows)
      control.delete({ resource: 'trackingCategories', id });
    control.create({ resource: 'trackingCategories', fields: { Name: 'A/B', Options: ['1'] } });
    expect(recordText((await own.get('TrackingCategories')).text, 'TrackingCategories')).toBe(`{
  "Name": "A\\/B",
  "Status": "ACTIVE",
  "TrackingCategoryID": "ID",
  "Options": [
    {
      "TrackingOptionID": "ID",
      "Name": "1",
      "Status": "ACTIVE",
      "HasValidationErrors": false,
      "IsDeleted": false,
      "IsArchived": false,
      "IsActive": true
    }
  ]
}`);
  });
});

describe('contact groups', () => {
  test('have members by id only, and deleted ones are hidden [xero-groups-empty-list] [xero-groups-deleted-hidden]', async () => {
    const groups = await rowsOf('ContactGroups');
    expect(namesOf(groups)).toEqual([
      '@Newsletter & offers',
      'Nobody yet',
      'Preferred customers',
      'Suppliers',
    ]);
    expect(groups.every(({ Contacts }) => Contacts.length === 0)).toBe(true);
    const [group] = await rowsOf(`ContactGroups/${groups[3].ContactGroupID}`);
    expect(group.Contacts.length).toBeGreaterThan(3);
    expect(Object.keys(group.Contacts[0])).toEqual([
      'ContactID',
      'Name',
      'Addresses',
      'Phones',
      'ContactGroups',
      'ContactPersons',
      'HasValidationErrors',
    ]);
  });

  test('are named by their members in pages of contacts [xero-groups-of-contact]', async () => {
    const paged = await rowsOf('Contacts?page=1&pageSize=1000&includeArchived=true');
    for (const { ContactGroupID, Name } of await rowsOf('ContactGroups')) {
      const [{ Contacts }] = await rowsOf(`ContactGroups/${ContactGroupID}`);
      const members = paged.filter(({ ContactGroups }) =>
        ContactGroups.some((group: Row) => group.Name === Name),
      );
      expect(members.map(({ ContactID }) => ContactID).sort()).toEqual(
        Contacts.map(({ ContactID }: Row) => ContactID).sort(),
      );
    }
    const unpaged = await rowsOf('Contacts?includeArchived=true');
    expect(unpaged.every(({ ContactGroups }) => ContactGroups.length === 0)).toBe(true);
  });
});

describe('settings', () => {
  test('look at If-Modified-Since or do not, each in its way [xero-no-modified-since]', async () => {
    for (const path of ['TrackingCategories', 'ContactGroups', 'BrandingThemes', 'Currencies'])
      expect([path, (await rowsOf(path, later)).length > 1]).toEqual([path, true]);
    for (const path of ['Users', 'Items', 'BankTransfers', 'ManualJournals'])
      expect([path, await rowsOf(path, later)]).toEqual([path, []]);
  });

  test('are currencies by code and description, of which none is looked up [xero-currency-by-code]', async () => {
    expect(await rowsOf('Currencies?order=Code DESC')).toEqual([
      { Code: 'USD', Description: 'US Dollar' },
      { Code: 'NZD', Description: 'New Zealand Dollar' },
      { Code: 'AUD', Description: 'Australian Dollar' },
    ]);
    expect(await rowsOf('Currencies?where=Code=="AUD"')).toHaveLength(1);
    expect((await user.get('Currencies/NZD')).status).toBe(404);
  });

  test('are users with the ids that their tokens have', async () => {
    const users = await rowsOf('Users');
    expect(users[0]).toMatchObject({ EmailAddress: 'rewi@example.com', IsSubscriber: true });
    expect(users.map(({ GlobalUserID }) => GlobalUserID)).toEqual(
      expect.arrayContaining(user.sandbox.users.map(({ id }) => id)),
    );
    const [subscriber, ...others] = await rowsOf('Users?where=IsSubscriber==true');
    expect([subscriber.FirstName, others]).toEqual(['Rewi', []]);
  });

  test('are themes, which sales invoices and credit notes name and bills do not [xero-theme-of-sales]', async () => {
    const themes = (await rowsOf('BrandingThemes')).map(({ BrandingThemeID }) => BrandingThemeID);
    expect(themes).toHaveLength(3);
    const named = new Set<string>();
    for (const row of [
      ...(await rowsOf('Invoices?page=1&pageSize=1000')),
      ...(await rowsOf('CreditNotes?page=1&pageSize=1000')),
    ]) {
      expect('BrandingThemeID' in row).toBe(row.Type.startsWith('ACCREC'));
      if (row.BrandingThemeID) named.add(row.BrandingThemeID);
    }
    expect([...named].sort()).toEqual(themes.sort());
  });

  test('are what may be done, without currencies where there are none [xero-organisation-actions]', async () => {
    const status = async (tenantId: string) => {
      const { Actions } = (await user.get('Organisation/Actions', { 'xero-tenant-id': tenantId })).json;
      expect(Actions).toHaveLength(13);
      return Actions.find(({ Name }: Row) => Name === 'UseMulticurrency').Status;
    };
    for (const { tenantId, profile } of user.sandbox.companies)
      expect(await status(tenantId)).toBe(profile.foreign.length > 0 ? 'ALLOWED' : 'NOT-ALLOWED');
    expect(user.sandbox.control.state().organisations[0]?.callsByPath['Organisation/Actions']).toBe(1);
  });
});

describe('the order of fields', () => {
  test.each([
    [
      'Users',
      'UserID GlobalUserID EmailAddress FirstName LastName UpdatedDateUTC IsSubscriber OrganisationRole',
    ],
    ['BrandingThemes', 'BrandingThemeID Name Type SortOrder CreatedDateUTC'],
    ['ContactGroups', 'ContactGroupID Name Status Contacts HasValidationErrors'],
    ['Currencies', 'Code Description'],
  ])('of %s is that of Xero’s examples', async (path, expected) => {
    for (const row of await rowsOf(path)) expect(Object.keys(row)).toEqual(expected.split(' '));
  });

  test('of a tracked item has what is on hand before what it is for', async () => {
    const stocked = user.sandbox.companies.find(({ profile }) => profile.keepsStock) as Company;
    const answer = await user.get('Items/STK-001', { 'xero-tenant-id': stocked.tenantId });
    expect(Object.keys(answer.json.Items[0])).toEqual(
      'ItemID Code Description PurchaseDescription UpdatedDateUTC PurchaseDetails SalesDetails Name IsTrackedAsInventory InventoryAssetAccountCode TotalCostPool QuantityOnHand IsSold IsPurchased'.split(
        ' ',
      ),
    );
    expect(answer.text).toMatch(/"TotalCostPool": \d+\.\d{2},\r\n/);
    expect(answer.text).toMatch(/"QuantityOnHand": \d+\.\d{4},\r\n/);
    expect(answer.text).toContain('"COGSAccountCode": "300"');
  });
});

describe('items', () => {
  test('open with either scope [xero-items-scopes]', async () => {
    for (const [scope, status] of [
      ['accounting.settings.read', 200],
      ['accounting.invoices.read', 200],
      ['accounting.contacts.read', 401],
    ] as const) {
      expect((await (await caller({}, ['openid', 'offline_access', scope])).get('Items')).status).toBe(
        status,
      );
    }
  });

  test('have prices of two places, of four when asked, and {} for a side that is not [xero-items-prices]', async () => {
    const own = await caller();
    const fields = {
      Code: 'A/1',
      Name: 'Bolt',
      SalesDetails: { UnitPrice: '1.0050', AccountCode: '200', TaxType: 'OUTPUT2' },
    };
    const { id } = own.sandbox.control.create({ resource: 'items', fields });
    const text = async (query: string) => recordText((await own.get(`Items/${id}${query}`)).text, 'Items');
    const expected = `{
  "ItemID": "ID",
  "Code": "A\\/1",
  "UpdatedDateUTC": "\\/Date(${NOON}+0000)\\/",
  "PurchaseDetails": {},
  "SalesDetails": {
    "UnitPrice": 1.0050,
    "AccountCode": "200",
    "TaxType": "OUTPUT2"
  },
  "Name": "Bolt",
  "IsTrackedAsInventory": false,
  "IsSold": true,
  "IsPurchased": false
}`;
    expect(await text('?unitdp=4')).toBe(expected);
    expect(await text('')).toBe(expected.replace('1.0050', '1.01'));
    expect((await own.get('Items/A%2F1')).json.Items[0].ItemID).toBe(id);
  });

  test('are on lines by code, id and name; deleted ones leave the code behind [xero-items-on-lines] [xero-items-gone]', async () => {
    const own = await caller();
    const lines = async () =>
      (await rowsOf('Invoices?page=1&pageSize=1000', {}, own)).flatMap(({ LineItems }) => LineItems);
    const items = new Map((await rowsOf('Items', {}, own)).map((item) => [item.ItemID, item]));
    const named = (await lines()).filter(({ ItemCode }: Row) => ItemCode !== undefined);
    expect(named.length).toBeGreaterThan(50);
    for (const { ItemCode, Item } of named) {
      expect(Item).toEqual({ ItemID: Item.ItemID, Name: items.get(Item.ItemID).Name, Code: ItemCode });
    }
    const [{ Item, LineItemID }] = named;
    own.sandbox.control.delete({ resource: 'items', id: Item.ItemID });
    expect((await own.get(`Items/${Item.ItemID}`)).status).toBe(404);
    expect((await rowsOf('Items', {}, own)).map(({ ItemID }) => ItemID)).not.toContain(Item.ItemID);
    const line = (await lines()).find((each: Row) => each.LineItemID === LineItemID);
    expect([line.ItemCode, line.Item]).toEqual([Item.Code, undefined]);
  });

  test('keep their codes apart', async () => {
    const { control } = (await caller()).sandbox;
    expect(() => control.create({ resource: 'items', fields: { Code: '00123' } })).toThrow(/already exists/);
  });
});

describe('bank transfers', () => {
  test('have this text [xero-transfers-dates]', async () => {
    const own = await caller();
    const fields = {
      FromAccountCode: '090',
      ToAccountCode: '091',
      Amount: '12.3',
      Reference: 'To/fro',
      Date: '2026-11-18',
    };
    const { id } = own.sandbox.control.create({ resource: 'bankTransfers', fields });
    expect(recordText((await own.get(`BankTransfers/${id}`)).text, 'BankTransfers')).toBe(`{
  "BankTransferID": "ID",
  "CreatedDateUTCString": "2026-11-20 00:30:00",
  "CreatedDateUTC": "\\/Date(${NOON}+0000)\\/",
  "DateString": "2026-11-18 00:00:00",
  "Date": "\\/Date(1794960000000+0000)\\/",
  "Status": "AUTHORISED",
  "FromBankAccount": {
    "AccountID": "ID",
    "Name": "Business Cheque Account"
  },
  "ToBankAccount": {
    "AccountID": "ID",
    "Name": "Business Savings Account"
  },
  "Amount": 12.30,
  "FromBankTransactionID": "ID",
  "ToBankTransactionID": "ID",
  "FromIsReconciled": false,
  "ToIsReconciled": false,
  "Reference": "To\\/fro",
  "HasAttachments": false,
  "FromTracking": [],
  "ToTracking": [],
  "CurrencyRate": 1.0000000000
}`);
  });

  test('that are deleted come when asked for, and nothing stamps them [xero-transfers-deleted] [xero-transfers-unstamped]', async () => {
    const own = await caller();
    const before = await rowsOf('BankTransfers?includeDeleted=true', {}, own);
    expect(before.some(({ Status }) => Status === 'DELETED')).toBe(true);
    const listed = await rowsOf('BankTransfers', {}, own);
    expect(listed.every(({ Status }) => Status === 'AUTHORISED')).toBe(true);
    own.clock.advance(60_000);
    const [{ BankTransferID: id }] = listed;
    own.sandbox.control.delete({ resource: 'bankTransfers', id });
    const after = await rowsOf('BankTransfers?includeDeleted=true', {}, own);
    expect(after.map((row) => ({ ...row, Status: '' }))).toEqual(
      before.map((row) => ({ ...row, Status: '' })),
    );
    expect(after.find(({ BankTransferID }) => BankTransferID === id)).toMatchObject({ Status: 'DELETED' });
    expect(await rowsOf('BankTransfers?includeDeleted=true', later, own)).toEqual([]);
    expect(before[0]).not.toHaveProperty('UpdatedDateUTC');
    expect(own.sandbox.control.state().organisations[0]?.ledgerSum).toBe('0.00');
  });

  test('have two bank transactions that only their ids find [xero-transfers-apart]', async () => {
    const listed = await rowsOf('BankTransactions?page=1&pageSize=1000');
    expect(listed.some(({ Type }) => Type.endsWith('TRANSFER'))).toBe(false);
    for (const transfer of await rowsOf('BankTransfers')) {
      const [out] = await rowsOf(`BankTransactions/${transfer.FromBankTransactionID}`);
      const [into] = await rowsOf(`BankTransactions/${transfer.ToBankTransactionID}`);
      expect(out).toMatchObject({ Type: 'SPEND-TRANSFER', Total: transfer.Amount, Date: transfer.Date });
      expect(into).toMatchObject({ Type: 'RECEIVE-TRANSFER', Date: transfer.Date });
      expect(out.BankAccount.AccountID).toBe(transfer.FromBankAccount.AccountID);
      expect(into.BankAccount.AccountID).toBe(transfer.ToBankAccount.AccountID);
    }
  });

  test('between currencies say the rate that leads from one amount to the other [xero-transfers-currency]', async () => {
    const transfers = exactJson(await user.get('BankTransfers')).BankTransfers.filter(
      ({ CurrencyRate }: Row) => CurrencyRate !== '1.0000000000',
    );
    expect(transfers.length).toBeGreaterThan(2);
    for (const { Amount, CurrencyRate, ToBankTransactionID } of transfers) {
      const { Total } = exactJson(await user.get(`BankTransactions/${ToBankTransactionID}`))
        .BankTransactions[0];
      const product = BigInt(Amount.replace('.', '')) * BigInt(CurrencyRate.replace('.', ''));
      const arrived = (product * 2n + 10n ** 10n) / (2n * 10n ** 10n);
      expect(BigInt(Total.replace('.', ''))).toBe(arrived);
    }
  });
});

describe('manual journals', () => {
  const line = (AccountCode: string, LineAmount: string, more = {}) => ({ AccountCode, LineAmount, ...more });

  test('have lines when paged and by id, and this text [xero-journals-lines]', async () => {
    const own = await caller();
    const fields = {
      Narration: 'Accrual',
      Date: '2026-11-18',
      LineAmountTypes: 'Exclusive',
      JournalLines: [line('433', '100', { TaxType: 'INPUT2', Description: 'a' }), line('620', '-115')],
    };
    const { id } = own.sandbox.control.create({ resource: 'manualJournals', fields });
    expect(recordText((await own.get(`ManualJournals/${id}`)).text, 'ManualJournals')).toBe(`{
  "Date": "\\/Date(1794960000000+0000)\\/",
  "Status": "POSTED",
  "LineAmountTypes": "Exclusive",
  "UpdatedDateUTC": "\\/Date(${NOON}+0000)\\/",
  "ManualJournalID": "ID",
  "Narration": "Accrual",
  "JournalLines": [
    {
      "Description": "a",
      "TaxType": "INPUT2",
      "TaxAmount": 15.00,
      "LineAmount": 100.00,
      "AccountCode": "433",
      "Tracking": [],
      "AccountID": "ID",
      "IsBlank": false
    },
    {
      "TaxType": "NONE",
      "TaxAmount": 0.00,
      "LineAmount": -115.00,
      "AccountCode": "620",
      "Tracking": [],
      "AccountID": "ID",
      "IsBlank": false
    }
  ],
  "ShowOnCashBasisReports": true,
  "HasAttachments": false
}`);
    const [alone] = await rowsOf(`ManualJournals/${id}`, {}, own);
    const paged = await rowsOf('ManualJournals?page=1&pageSize=1000', {}, own);
    expect(paged.find(({ ManualJournalID }) => ManualJournalID === id)).toEqual(alone);
    const unpaged = await rowsOf('ManualJournals', {}, own);
    expect(unpaged.map(({ JournalLines }) => JournalLines.length)).toEqual(paged.map(() => 0));
  });

  test('all come at once where an order is asked for [xero-journals-order]', async () => {
    const all = (await user.get('ManualJournals?page=1&pageSize=2')).json.pagination.itemCount;
    const { json } = await user.get('ManualJournals?page=2&pageSize=2&order=Date DESC');
    expect([json.pagination, json.ManualJournals.length]).toEqual([undefined, all]);
    expect(json.ManualJournals.every(({ JournalLines }: Row) => JournalLines.length > 1)).toBe(true);
    const dates = json.ManualJournals.map(({ Date: text }: Row) => Number(/-?\d+/.exec(text)?.[0]));
    expect(dates).toEqual([...dates].sort((a: number, b: number) => b - a));
  });

  test('sum to nothing with their tax where they are posted [xero-journals-balance]', async () => {
    const { control } = (await caller()).sandbox;
    const create = (Status: string, JournalLines: object[]) =>
      control.create({ resource: 'manualJournals', fields: { Narration: 'x', Status, JournalLines } }).id;
    expect(() => create('POSTED', [line('433', '1'), line('620', '-2')])).toThrow(/must equal/);
    expect(() => create('POSTED', [line('433', '0')])).toThrow();
    const draft = create('DRAFT', [line('433', '1'), line('620', '-2')]);
    expect(() =>
      control.edit({ resource: 'manualJournals', id: draft, fields: { Status: 'POSTED' } }),
    ).toThrow(/must equal/);
    for (const { tenantId, profile } of user.sandbox.companies) {
      const { ManualJournals } = exactJson(
        await user.get('ManualJournals?page=1&pageSize=1000', { 'xero-tenant-id': tenantId }),
      );
      const kinds = new Set(ManualJournals.map(({ LineAmountTypes }: Row) => LineAmountTypes));
      expect(kinds.size).toBe(profile.isEmpty ? 0 : 3);
      for (const { LineAmountTypes, JournalLines } of ManualJournals) {
        const cents = (text: string) => BigInt(text.replace('.', ''));
        const sum = JournalLines.reduce(
          (total: bigint, { LineAmount, TaxAmount }: Row) =>
            total + cents(LineAmount) + (LineAmountTypes === 'Exclusive' ? cents(TaxAmount) : 0n),
          0n,
        );
        expect(sum).toBe(0n);
      }
    }
  });

  test('cannot touch the accounts of bank, customers, suppliers, stock and results [xero-journals-accounts]', async () => {
    const { control } = (await caller()).sandbox;
    for (const code of ['090', '610', '630', '800', '960']) {
      const fields = { Narration: 'x', JournalLines: [line(code, '1'), line('620', '-1')] };
      expect(() => control.create({ resource: 'manualJournals', fields })).toThrow(/not a valid code/);
    }
  });

  test('are in the ledger while they are posted, and not otherwise [xero-journals-posted-only]', async () => {
    const own = await caller();
    const { control } = own.sandbox;
    const [books] = own.sandbox.companies as [Company];
    const balance = () => books.ledger.balance(books.account('insurance'), Number.MAX_SAFE_INTEGER);
    const before = balance();
    const fields = { Narration: 'x', Status: 'DRAFT', JournalLines: [line('433', '7'), line('620', '-7')] };
    const { id } = control.create({ resource: 'manualJournals', fields });
    const become = (Status: string) => {
      control.edit({ resource: 'manualJournals', id, fields: { Status } });
      return balance() - before;
    };
    expect([balance() - before, become('ARCHIVED'), become('DRAFT'), become('POSTED')]).toEqual([
      0, 0, 0, 700,
    ]);
    expect(() => become('DELETED')).toThrow(/not of valid status/);
    control.void({ resource: 'manualJournals', id });
    expect(balance()).toBe(before);
    const statuses = new Set((await rowsOf('ManualJournals', {}, own)).map(({ Status }) => Status));
    expect(statuses).toContain('VOIDED');
    expect(company.manualJournals.length).toBeGreaterThan(11);
  });
});
