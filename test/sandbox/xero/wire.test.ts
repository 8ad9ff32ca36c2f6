import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE_NAMES } from '../../../server/sandbox/xero/company/hostile-records.ts';
import { type Caller, caller, NOON, ORIGIN } from './caller.ts';

let user: Caller;
beforeAll(async () => {
  user = await caller();
});

describe('the text on the wire', () => {
  test('is indented with CRLF, escapes slashes, keeps trailing zeros and says the time without an offset [xero-json-text] [xero-trailing-zeros] [xero-envelope] [xero-stamp-without-offset]', async () => {
    const { text, headers } = await user.get('Invoices?page=1&pageSize=1&unitdp=4');
    expect(text.startsWith('{\r\n  "Id": "')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain(`"DateTimeUTC": "\\/Date(${NOON})\\/"`);
    expect(text).toMatch(/"CurrencyRate": 1\.0000000000,\r\n/);
    expect(text).toMatch(/"Quantity": \d+\.\d{4},\r\n/);
    expect(text).toMatch(/"AmountCredited": 0\.00,\r\n/);
    expect(text).not.toMatch(/[^\\]\//);
    expect(text).not.toContain('null');
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', server: 'nginx' });
    expect(headers['xero-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['date']).toBe(new Date(NOON).toUTCString());
  });

  test('has the field order that Xero’s own answers were seen to have [xero-field-order]', async () => {
    const { Invoices } = (await user.get('Invoices?page=1&pageSize=1000&where=Status=="PAID"')).json;
    const order = Object.keys(Invoices.find((row: { CurrencyCode: string }) => row.CurrencyCode === 'NZD'));
    const expected =
      'Type InvoiceID InvoiceNumber Reference Payments CreditNotes Prepayments Overpayments AmountDue AmountPaid AmountCredited CurrencyRate IsDiscounted HasAttachments InvoiceAddresses HasErrors InvoicePaymentServices Contact DateString Date DueDateString DueDate Status LineAmountTypes LineItems SubTotal TotalTax Total UpdatedDateUTC CurrencyCode FullyPaidOnDate';
    expect(order.filter((name) => expected.split(' ').includes(name))).toEqual(
      expected.split(' ').filter((name) => order.includes(name)),
    );
    expect(order).toContain('FullyPaidOnDate');
  });

  test('carries calendar dates as midnight UTC with a twin, before 1970 too [xero-days-are-midnight]', async () => {
    const [old] = (await user.get('Invoices/OLD-1')).json.Invoices;
    expect([old.Date, old.DateString]).toEqual(['/Date(-86400000+0000)/', '1969-12-31T00:00:00']);
    const [zero] = (await user.get('Invoices/OLD-2')).json.Invoices;
    expect([zero.Date, zero.DateString]).toEqual(['/Date(0+0000)/', '1970-01-01T00:00:00']);
    const { Invoices } = (await user.get('Invoices?page=1&pageSize=1000')).json;
    for (const row of Invoices) {
      const ms = Number(/-?\d+/.exec(row.Date)?.[0]);
      expect(new Date(ms).toISOString().slice(0, 19)).toBe(row.DateString);
    }
  });

  test('brings hostile names through whole [xero-any-text]', async () => {
    const { text, json } = await user.get('Contacts?page=1&pageSize=1000&includeArchived=true');
    const { Contacts } = json;
    const names = Contacts.map((row: { Name: string }) => row.Name);
    for (const name of HOSTILE_NAMES) expect(names).toContain(name);
    expect(text).toContain('2026\\/Q1');
    expect(HOSTILE_NAMES.some((name) => name.length === 255)).toBe(true);
    const { Accounts } = (await user.get('Accounts')).json;
    expect(Accounts.map((row: { Code?: string }) => row.Code)).toEqual(
      expect.arrayContaining(['0001', '090', '48E5', undefined]),
    );
  });

  test('has lines of words only, zero totals, numberless invoices and 4,000 characters [xero-lines-of-words] [xero-any-text]', async () => {
    const { Invoices } = (await user.get('Invoices?page=1&pageSize=1000')).json;
    // biome-ignore lint/suspicious/noExplicitAny: records of every shape
    const some = (test: (row: any) => boolean) => expect(Invoices.some(test)).toBe(true);
    some((row) => row.LineItems.some((line: object) => !('UnitAmount' in line) && !('AccountCode' in line)));
    some((row) => row.Total === 0 && row.Status === 'PAID');
    some((row) => row.InvoiceNumber === undefined && row.Status === 'DRAFT');
    some((row) => row.LineItems.some((line: { Description: string }) => line.Description.length === 4000));
    some((row) => row.LineItems.some((line: { Quantity?: number }) => (line.Quantity ?? 0) < 0));
  });

  test('is gzip only when asked, and the same inside [xero-gzip-asked]', async () => {
    const url = `${ORIGIN}/api.xro/2.0/TaxRates`;
    const headers = {
      authorization: `Bearer ${user.tokens.access_token}`,
      accept: 'application/json',
      'xero-tenant-id': user.tenantIds[0] ?? '',
    };
    const plain = await user.sandbox.handle({ method: 'GET', url, headers });
    const zipped = await user.sandbox.handle({
      method: 'GET',
      url,
      headers: { ...headers, 'accept-encoding': 'gzip, br' },
    });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(zipped.headers['content-encoding']).toBe('gzip');
    const withoutId = (body: Uint8Array) =>
      Buffer.from(body)
        .toString()
        .replace(/"Id": "[^"]*"/, '');
    expect(withoutId(gunzipSync(zipped.body))).toBe(withoutId(plain.body));
  });

  test('takes a GET with a JSON body, refuses a broken one, other methods and callers that want no JSON [xero-get-with-body] [xero-malformed-body-17] [xero-not-implemented-501]', async () => {
    const path = '/api.xro/2.0/TaxRates';
    const headers = {
      authorization: `Bearer ${user.tokens.access_token}`,
      accept: 'application/json',
      'xero-tenant-id': user.tenantIds[0] ?? '',
    };
    expect((await user.send({ path, headers, body: '{}' })).status).toBe(200);
    const broken = await user.send({ path, headers, body: '{' });
    expect([broken.status, broken.json.ErrorNumber]).toEqual([400, 17]);
    expect((await user.send({ path, headers, method: 'POST', body: '{}' })).status).toBe(501);
    expect((await user.send({ path, headers: { ...headers, accept: '*/*' } })).status).toBe(406);
  });

  test('of a record can be replaced byte for byte, in lists and by id', async () => {
    const own = await caller();
    const [{ InvoiceID }] = (await own.get('Invoices?page=1')).json.Invoices;
    const raw = `{"InvoiceID":"${InvoiceID}","Total":9999999999999999.99,"Reference":"\\ud800","SubTotal":NaN}`;
    own.sandbox.control.setRaw({ resource: 'invoices', id: InvoiceID, raw });
    expect((await own.get('Invoices?page=1&pageSize=1000')).text).toContain(raw);
    expect((await own.get(`Invoices/${InvoiceID}`)).text).toContain(raw);
    own.sandbox.control.setRaw({ resource: 'invoices', id: InvoiceID, raw: null });
    expect((await own.get(`Invoices/${InvoiceID}`)).json.Invoices[0].InvoiceID).toBe(InvoiceID);
  });
});
