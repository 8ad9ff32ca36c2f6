import { beforeAll, describe, expect, test } from 'vitest';
import { type Caller, caller } from './caller.ts';

let user: Caller;
const of = (path: string) => user.get(path);

describe('in an organisation of very high volume', () => {
  beforeAll(async () => {
    user = await caller();
    user.sandbox.control.setLimits({ highVolumeRows: 20 });
  });

  test('a list that is not paged is refused in the words of Xero [xero-high-volume-51]', async () => {
    const { status, json } = await of('Contacts?includeArchived=true');
    expect(status).toBe(400);
    expect(json).toEqual({
      ErrorNumber: 51,
      Type: 'HighVolumeException',
      Message:
        'Your request is not filtering Contacts efficiently, given the extremely high volume for this organisation. Please check https://developer.xero.com/documentation/api/efficient-data-retrieval for tips on making Contact retrieval more efficient.',
    });
  });

  test.each([
    ['Invoices', 400],
    ['Contacts', 400],
    ['BankTransactions', 400],
    ['Payments', 400],
    ['Accounts', 200],
    ['Items', 200],
    ['BankTransfers', 200],
  ])('%s without a page is %i [xero-high-volume-endpoints]', async (path, status) => {
    expect((await of(path)).status).toBe(status);
  });

  test.each([
    // One record would be shown; hundreds are looked through.
    ['Invoices?page=1&where=Total==100000', 400],
    ['Invoices?page=1&where=InvoiceNumber.Contains("ODD-10")', 400],
    ['Invoices?page=1&where=InvoiceNumber=="ODD-10"', 200],
    ['Invoices?page=1&where=InvoiceNumber=="ODD-10" AND Total>0', 200],
    ['Invoices?page=1&where=AmountPaid>0', 400],
    ['Invoices?page=1&where=AmountPaid==0', 200],
    ['Invoices?page=1&where=AmountDue>0', 200],
    ['Invoices?page=1&where=Date>=DateTime(2026,11,19) AND Reference!="x"', 200],
    ['Invoices?page=1&where=UpdatedDateUTC>=DateTime(2020,1,1)', 400],
    ['Payments?page=1&where=Amount>0', 400],
    ['Payments?page=1&where=PaymentType=="ACCRECPAYMENT" AND Date>DateTime(2020,1,1)', 200],
    ['Contacts?page=1&where=IsSupplier==true', 400],
    ['Contacts?page=1&where=Name=="TRUE"', 200],
    ['Contacts?page=1&where=ContactNumber=="0001"', 400],
    ['Invoices?page=1&order=Total', 400],
    ['Invoices?page=1&order=Date DESC', 200],
    ['Contacts?page=1&order=Name', 200],
    ['Contacts?page=1&order=EmailAddress', 400],
    ['Invoices?page=1&pageSize=1000', 200],
    ['Items?where=Name!="x"&order=Name', 200],
  ])('%s is %i [xero-high-volume-unoptimised]', async (path, status) => {
    expect([path, (await of(path.replaceAll('"', '%22').replaceAll(' ', '%20'))).status]).toEqual([
      path,
      status,
    ]);
  });

  test('what few records are left by other means is searched through [xero-high-volume-unoptimised]', async () => {
    expect((await of('Invoices?where=Total>0&IDs=6f9619ff-8b86-d011-b42d-00cf4fc964ff')).status).toBe(200);
    const since = new Date(user.clock.now()).toISOString();
    expect((await user.get('Invoices?where=Total>0', { 'if-modified-since': since })).status).toBe(200);
  });

  test('OR stays optimised between ids only [xero-where-or-of-ids]', async () => {
    const [a, b] = (await of('Invoices?page=1')).json.Invoices;
    const ids = `InvoiceID==guid("${a.InvoiceID}") OR InvoiceID==guid("${b.InvoiceID}")`;
    const asked = (where: string) => of(`Invoices?page=1&where=${encodeURIComponent(where)}`);
    const found = await asked(ids);
    expect([found.status, found.json.Invoices.length]).toEqual([200, 2]);
    expect((await asked(`(${ids}) AND Status!="x"`)).status).toBe(200);
    expect((await asked('Status=="PAID" OR Status=="DRAFT"')).status).toBe(400);
    expect((await asked(`${ids} OR InvoiceNumber=="ODD-10"`)).status).toBe(400);
  });
});

describe('a query', () => {
  test('of over 2,048 characters is not found [xero-query-2048]', async () => {
    const own = await caller();
    const { InvoiceID } = (await own.get('Invoices?page=1')).json.Invoices[0];
    const ids = (count: number, comma: string) => Array.from({ length: count }, () => InvoiceID).join(comma);
    expect((await own.get(`Invoices?IDs=${ids(52, '%2C')}`)).json.Invoices).toHaveLength(1);
    expect((await own.get(`Invoices?IDs=${ids(55, ',')}`)).json.Invoices).toHaveLength(1);
    for (const path of [`Invoices?IDs=${ids(53, '%2C')}`, `Invoices?IDs=${ids(56, ',')}`]) {
      const reply = await own.get(path);
      expect([reply.status, reply.text]).toEqual([404, "The resource you're looking for cannot be found"]);
      expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
    }
    const padded = (length: number) => own.get(`TaxRates?x=${'a'.repeat(length - 2)}`);
    expect([(await padded(2048)).status, (await padded(2049)).status]).toEqual([200, 404]);
  });
});
