import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Caller, caller, exactJson, NOON } from './caller.ts';

let user: Caller;
beforeAll(async () => {
  user = await caller();
});

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;
const msOf = (text: string) => Number(/-?\d+/.exec(text)?.[0]);
const rowsOf = async (path: string, headers = {}): Promise<Row[]> => {
  const { json } = await user.get(path, headers);
  return json[path.split(/[?/]/)[0] ?? ''];
};

describe('paging', () => {
  test('clamps what is out of range and tells what it gave [xero-paging-clamped] [xero-paging-object]', async () => {
    const pagination = async (query: string) => (await user.get(`Invoices?${query}`)).json.pagination;
    const itemCount = (await pagination('page=1')).itemCount;
    expect(await pagination('page=1')).toEqual({
      page: 1,
      pageSize: 100,
      pageCount: Math.ceil(itemCount / 100),
      itemCount,
    });
    expect(await pagination('page=0&pageSize=0')).toMatchObject({ page: 1, pageSize: 1 });
    expect(await pagination('page=-5&pageSize=5000')).toMatchObject({
      page: 1,
      pageSize: 1000,
      pageCount: 1,
    });
    expect(await pagination('page=x&page_size=7')).toMatchObject({ page: 1, pageSize: 100 });
  });

  test('past the end is an empty page, not an error [xero-paging-past-end]', async () => {
    const { json, status } = await user.get('Invoices?page=99&pageSize=100');
    expect(status).toBe(200);
    expect(json.Invoices).toEqual([]);
    expect(json.pagination).toMatchObject({ page: 99, pageSize: 100 });
  });

  test('shows every record once, whatever the size of the page', async () => {
    const whole = (await rowsOf('Payments?page=1&pageSize=1000')).map((row) => row.PaymentID);
    expect(new Set(whole).size).toBe(whole.length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 7, max: 300 }), async (pageSize) => {
        const seen = [];
        for (let page = 1; page <= Math.ceil(whole.length / pageSize); page++) {
          seen.push(
            ...(await rowsOf(`Payments?page=${page}&pageSize=${pageSize}`)).map((row) => row.PaymentID),
          );
        }
        expect(seen).toEqual(whole);
      }),
      { numRuns: 5 },
    );
  });

  test('is absent without a page: a summary of everything, without lines [xero-unpaged-summary] [xero-paging-object]', async () => {
    const { json } = await user.get('Invoices');
    expect(json.pagination).toBeUndefined();
    expect(json.Invoices.every((row: Row) => row.LineItems.length === 0)).toBe(true);
    const paged = await rowsOf('Invoices?page=1&pageSize=1000');
    expect(json.Invoices).toHaveLength(paged.length);
    expect(paged.every((row) => row.LineItems.length > 0)).toBe(true);
    const byStatus = await rowsOf('Invoices?Statuses=DRAFT,PAID');
    expect(byStatus.every((row) => row.LineItems.length > 0 && /DRAFT|PAID/.test(row.Status))).toBe(true);
    const [unpagedContact] = await rowsOf('Contacts');
    expect(unpagedContact.HasAttachments).toBeUndefined();
  });

  test('is forced by summaryOnly, which leaves whole fields out [xero-summary-only]', async () => {
    const { json } = await user.get('Invoices?summaryOnly=true');
    expect(json.pagination.pageSize).toBe(100);
    for (const field of ['Payments', 'HasAttachments', 'LineItems'])
      expect(json.Invoices[0]).not.toHaveProperty(field);
    const [contact] = await rowsOf('Contacts?summaryOnly=true');
    for (const field of ['Addresses', 'IsCustomer', 'ContactPersons'])
      expect(contact).not.toHaveProperty(field);
  });

  test('does not exist on Accounts and TaxRates [xero-never-paged]', async () => {
    expect((await user.get('Accounts?page=1&pageSize=1')).json.Accounts.length).toBeGreaterThan(40);
    expect((await user.get('TaxRates?page=2')).json.TaxRates.length).toBeGreaterThan(3);
  });

  test('refuses an unbounded list of too many rows [xero-high-volume-400]', async () => {
    const own = await caller();
    own.sandbox.control.setLimits({ highVolumeRows: 100 });
    expect((await own.get('Invoices')).status).toBe(400);
    expect((await own.get('Invoices?page=1&where=Total>0')).status).toBe(400);
    expect((await own.get('Invoices?page=1&where=Date>=DateTime(2000,01,01)')).status).toBe(200);
    expect((await own.get('Invoices?page=1&pageSize=1000')).status).toBe(200);
  });
});

describe('order', () => {
  test('is by change and then id where nothing is asked [xero-order-standard]', async () => {
    const own = await caller();
    // Many rows with one stamp, so that the id decides.
    own.sandbox.control.change({ fraction: 0.5 });
    const rows: Row[] = (await own.get('BankTransactions?page=1&pageSize=1000')).json.BankTransactions;
    const keys = rows.map((row) => [msOf(row.UpdatedDateUTC), row.BankTransactionID] as const);
    const sorted = [...keys].sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
    expect(keys).toEqual(sorted);
  });

  test.each([
    ['Invoices?page=1&pageSize=1000&order=InvoiceID', (row: Row) => row.InvoiceID, 1],
    ['Invoices?page=1&pageSize=1000&order=InvoiceID%20DESC', (row: Row) => row.InvoiceID, -1],
    ['Invoices?page=1&pageSize=1000&order=Date+DESC', (row: Row) => msOf(row.Date), -1],
    ['Payments?page=1&pageSize=1000&order=UpdatedDateUTC%20DESC', (row: Row) => msOf(row.UpdatedDateUTC), -1],
    ['Contacts?page=1&pageSize=1000&order=Name', (row: Row) => row.Name, 1],
  ])('%s [xero-order-optimised]', async (path, keyOf, sign) => {
    const keys = (await rowsOf(path)).map(keyOf);
    for (let at = 1; at < keys.length; at++) {
      expect(sign * (keys[at] < keys[at - 1] ? -1 : keys[at] > keys[at - 1] ? 1 : 0)).toBeGreaterThanOrEqual(
        0,
      );
    }
  });

  test.each(['Nonsense', 'Date SIDEWAYS', 'Date DESC, InvoiceID'])('refuses %s', async (order) => {
    const { status, json } = await user.get(`Invoices?page=1&order=${encodeURIComponent(order)}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ ErrorNumber: 10, Type: 'ValidationException' });
  });
});

describe('where', () => {
  const count = async (where: string, plural = 'Invoices') =>
    (await rowsOf(`${plural}?page=1&pageSize=1000&where=${encodeURIComponent(where)}`)).length;

  test('narrows by equality, ranges, dates, ids, text and both connectives [xero-where-equality-and-ranges]', async () => {
    const rows = await rowsOf('Invoices?page=1&pageSize=1000');
    const of = (test: (row: Row) => boolean) => rows.filter(test).length;
    const [some] = rows;
    expect(await count('Status=="AUTHORISED"')).toBe(of((row) => row.Status === 'AUTHORISED'));
    expect(await count('Status = "PAID" && Type != "ACCREC"')).toBe(
      of((r) => r.Status === 'PAID' && r.Type !== 'ACCREC'),
    );
    expect(await count('(Status=="DRAFT" OR Status=="VOIDED") AND Type=="ACCREC"')).toBe(
      of((row) => /DRAFT|VOIDED/.test(row.Status) && row.Type === 'ACCREC'),
    );
    expect(await count('Date>=DateTime(2026, 10, 01) AND Date<DateTime(2026,11,01)')).toBe(
      of((row) => row.DateString >= '2026-10-01' && row.DateString < '2026-11-01'),
    );
    expect(await count(`InvoiceID==guid("${some.InvoiceID}")`)).toBe(1);
    expect(await count(`Contact.ContactID==Guid("${some.Contact.ContactID.toUpperCase()}")`)).toBe(
      of((row) => row.Contact.ContactID === some.Contact.ContactID),
    );
    expect(await count('AmountDue>100.50')).toBe(of((row) => row.AmountDue > 100.5));
    expect(await count('InvoiceNumber.StartsWith("inv-000")')).toBe(
      of((r) => /^INV-000/.test(r.InvoiceNumber ?? '')),
    );
    expect(await count('Reference!=null AND Reference.Contains("PO")')).toBe(
      of((r) => /PO/.test(r.Reference ?? '')),
    );
    expect(await count('IsReconciled', 'BankTransactions')).toBeGreaterThan(50);
  });

  test.each([
    'Nope=="x"',
    'Status==',
    'Status=="A" AND',
    'Status',
    '(Status=="A"',
    'Date>="2026-01-01"',
    'Total=="12"',
    'Status=="A" garbage',
    'DateTime(2026,13,45)==Date',
    'Date==DateTime(2026,13,45)',
    '#',
    '',
  ])('answers %j with QueryParseException, ErrorNumber 16 [xero-where-unreadable-16]', async (where) => {
    const { status, json } = await user.get(`Invoices?page=1&where=${encodeURIComponent(where || ' ')}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ ErrorNumber: 16, Type: 'QueryParseException' });
  });
});

describe('parameters', () => {
  test('narrow by IDs, numbers, contacts and archive state [xero-list-filters] [xero-archived-contacts-asked]', async () => {
    const [a, b] = await rowsOf('Invoices?page=1');
    expect(await rowsOf(`Invoices?IDs=${a.InvoiceID},${b.InvoiceID}`)).toHaveLength(2);
    expect(await rowsOf(`Invoices?page=1&IDs=${a.InvoiceID}%2C${b.InvoiceID.toUpperCase()}`)).toHaveLength(2);
    expect(await rowsOf('Invoices?page=1&InvoiceNumbers=OLD-1,OLD-2')).toHaveLength(2);
    const own = await rowsOf(`Invoices?page=1&ContactIDs=${a.Contact.ContactID}`);
    expect(own.every((row) => row.Contact.ContactID === a.Contact.ContactID)).toBe(true);
    const active = await rowsOf('Contacts?page=1&pageSize=1000');
    const all = await rowsOf('Contacts?page=1&pageSize=1000&includeArchived=true');
    expect(active.every((row) => row.ContactStatus === 'ACTIVE')).toBe(true);
    expect(all.length).toBeGreaterThan(active.length);
    const archived = all.find((row) => row.ContactStatus === 'ARCHIVED');
    expect((await user.get(`Contacts/${archived.ContactID}`)).status).toBe(200);
    const statuses = new Set((await rowsOf('Invoices?page=1&pageSize=1000')).map((row) => row.Status));
    expect(statuses).toEqual(new Set(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']));
    expect(new Set((await rowsOf('Payments?page=1&pageSize=1000')).map((row) => row.Status)).size).toBe(2);
  });

  test('round unit prices to two places unless four are asked for [xero-unit-places]', async () => {
    const lines = async (query: string): Promise<Row[]> =>
      exactJson(await user.get(`Invoices?page=1&pageSize=1000${query}`)).Invoices.flatMap(
        (row: Row) => row.LineItems,
      );
    const [two, four] = [await lines(''), await lines('&unitdp=4')];
    expect(two.filter((line) => line.UnitAmount && !/\.\d\d$/.test(line.UnitAmount))).toEqual([]);
    expect(four.filter((line) => line.UnitAmount && !/\.\d{4}$/.test(line.UnitAmount))).toEqual([]);
    const at = four.findIndex((line) => line.UnitAmount === '1.0050');
    expect(two[at].UnitAmount).toBe('1.01');
    expect(two.map((line) => line.LineAmount)).toEqual(four.map((line) => line.LineAmount));
  });

  test('find a record by number too, and 404 in plain text for what is not there [xero-by-number] [xero-not-found-text]', async () => {
    expect((await user.get('Invoices/OLD-1')).json.Invoices[0].InvoiceNumber).toBe('OLD-1');
    for (const path of [
      'Invoices/nope',
      'Invoices/6f9619ff-8b86-d011-b42d-00cf4fc964ff',
      'Nope',
      'Invoices/a/b',
    ]) {
      const { status, text, headers } = await user.get(path);
      expect([status, text]).toEqual([404, "The resource you're looking for cannot be found"]);
      expect(headers['content-type']).toMatch(/^text\/plain/);
    }
    const [invoice] = await rowsOf('Invoices?page=1');
    const foreign = await user.get(`Invoices/${invoice.InvoiceID}`, {
      'xero-tenant-id': user.tenantIds[1] ?? '',
    });
    expect(foreign.status).toBe(404);
  });
});

describe('If-Modified-Since', () => {
  test('is inclusive to the second, in every form the header comes in [xero-since-inclusive] [xero-since-forms]', async () => {
    const rows = await rowsOf('Invoices?page=1&pageSize=1000');
    const ms = msOf(rows[100].UpdatedDateUTC);
    const second = Math.floor(ms / 1000) * 1000;
    const since = (value: string) => rowsOf('Invoices?page=1&pageSize=1000', { 'if-modified-since': value });
    const iso = new Date(second).toISOString();
    const expected = rows.filter((row) => msOf(row.UpdatedDateUTC) >= second).map((row) => row.InvoiceID);
    for (const value of [iso, iso.slice(0, 19), `${iso.slice(0, 19)}.999Z`, new Date(second).toUTCString()]) {
      expect((await since(value)).map((row) => row.InvoiceID)).toEqual(expected);
    }
    const later = new Date(second + 1000).toISOString();
    expect((await since(later)).map((row) => row.InvoiceID)).not.toContain(rows[100].InvoiceID);
  });

  test('gives back what changed in the very second asked for [xero-since-inclusive]', async () => {
    const own = await caller();
    const [{ ContactID }] = (await own.get('Contacts?page=1')).json.Contacts;
    own.clock.advance(60_000);
    own.sandbox.control.edit({ resource: 'contacts', id: ContactID, fields: { FirstName: 'New' } });
    const since = { 'if-modified-since': new Date(own.clock.now()).toISOString() };
    const { Contacts } = (await own.get('Contacts?page=1', since)).json;
    expect(Contacts.map((row: Row) => row.ContactID)).toEqual([ContactID]);
  });

  test('is ignored as a query parameter and by TaxRates, honoured by Accounts, and 412 when it is no date [xero-since-header-only] [xero-since-unreadable-412]', async () => {
    const future = '2030-01-01T00:00:00';
    expect((await rowsOf(`Invoices?page=1&If-Modified-Since=${future}`)).length).toBe(100);
    expect((await rowsOf('TaxRates', { 'if-modified-since': future })).length).toBeGreaterThan(3);
    expect(await rowsOf('Accounts', { 'if-modified-since': future })).toEqual([]);
    expect((await user.get('Invoices?page=1', { 'if-modified-since': 'yesterday' })).status).toBe(412);
  });

  test('does not show what changes without a stamp: a due date on a part-paid invoice, a contact’s balance [xero-unstamped-changes]', async () => {
    const own = await caller();
    const invoices = (await own.get('Invoices?page=1&pageSize=1000')).json.Invoices as Row[];
    const partPaid = invoices.find((row) => row.Status === 'AUTHORISED' && row.AmountPaid > 0);
    const unpaid = invoices.find(
      (row) => row.Status === 'AUTHORISED' && row.AmountPaid === 0 && row.AmountDue > 0,
    );
    own.clock.advance(60_000);
    const changed = async (plural: string, id: string) => {
      const headers = { 'if-modified-since': new Date(NOON + 30_000).toISOString() };
      return (await own.get(`${plural}?page=1`, headers)).json[plural].map((row: Row) => row[id]);
    };
    const { control } = own.sandbox;
    control.edit({ resource: 'invoices', id: partPaid.InvoiceID, fields: { DueDate: '2027-01-01' } });
    expect(await changed('Invoices', 'InvoiceID')).toEqual([]);
    control.create({ resource: 'payments', fields: { InvoiceID: unpaid.InvoiceID } });
    expect(await changed('Invoices', 'InvoiceID')).toEqual([unpaid.InvoiceID]);
    expect(await changed('Payments', 'PaymentID')).toHaveLength(1);
    expect(await changed('Contacts', 'ContactID')).toEqual([]);
  });
});
