import { describe, expect, test } from 'vitest';
import { serveXeroSandbox } from '../../../server/sandbox/xero/xero-sandbox.ts';
import { type Caller, caller, NOON } from './caller.ts';

const post = async (user: Caller, body: unknown) =>
  user.send({
    path: '/sandbox/control',
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('control over HTTP', () => {
  test.each([
    ['not JSON', '{', ''],
    ['not an object', '[]', ''],
    ['an unknown action', { action: 'explode' }, 'action'],
    ['a name from the prototype', { action: 'constructor' }, 'action'],
    ['a wrong type', { action: 'change', fraction: 'much' }, 'fraction'],
    ['an unknown field', { action: 'change', speed: 1 }, 'speed'],
    ['an unknown organisation', { action: 'change', organisation: 'Nobody' }, 'organisation'],
    ['an unknown record', { action: 'vanish', resource: 'invoices', id: 'x' }, 'id'],
    ['a wrong nested field', { action: 'fault', kind: 'delay', match: { method: 'LOOK' } }, 'match.method'],
  ])('refuses %s and names the field', async (_name, body, field) => {
    const user = await caller();
    const reply = await post(user, body);
    expect([reply.status, reply.json.field]).toEqual([400, field]);
  });

  test('refuses wrong record fields and leaves the books alone', async () => {
    const user = await caller();
    const before = (await user.get('Invoices?page=1&pageSize=1000')).text.replace(/"Id": "[^"]*"/, '');
    const id = (await user.get('Invoices?page=1&where=Status=="PAID"')).json.Invoices[0].InvoiceID;
    for (const [fields, field] of [
      [{ Nope: 1 }, 'fields'],
      [{ LineItems: [{ UnitAmount: '1.23456' }] }, 'fields.LineItems.0.UnitAmount'],
      [{ DueDate: '2026-02-30' }, 'fields.DueDate'],
      [{ Status: 'VOIDED' }, 'fields.Status'],
      [{ ContactID: 'x' }, 'fields.ContactID'],
    ] as const) {
      const reply = await post(user, { action: 'edit', resource: 'invoices', id, fields });
      expect([reply.status, reply.json.field]).toEqual([400, field]);
    }
    const after = (await user.get('Invoices?page=1&pageSize=1000')).text.replace(/"Id": "[^"]*"/, '');
    expect(after).toBe(before);
  });

  test('answers state, and the typed functions do the same as the endpoint', async () => {
    const user = await caller();
    await user.get('Invoices?page=1');
    const state = (await user.send({ path: '/sandbox/state' })).json;
    expect(state).toEqual(user.sandbox.control.state());
    expect(state.organisations[0]).toMatchObject({
      calls: 1,
      callsByPath: { Invoices: 1 },
      ledgerSum: '0.00',
    });
    expect(state.organisations[0].bytes).toBeGreaterThan(10_000);
  });
});

describe('changing the books', () => {
  test('touches about the fraction asked for, stamps what it touched, and nothing else', async () => {
    const user = await caller();
    const before = new Map(await rows(user));
    user.clock.advance(60_000);
    const [change] = user.sandbox.control.change({ fraction: 0.1, seed: 4 }).organisations;
    const after = await rows(user);
    const touched = new Set(after.filter(([id, row]) => before.get(id) !== row).map(([id]) => id));
    const listed = new Set(
      Object.values(change?.ids ?? {}).flatMap(({ created, edited }) => [...created, ...edited]),
    );
    // Renaming a contact shows in its documents without stamping them, and balances move with documents.
    const stamped = new Set(
      after
        .filter(([, row]) => {
          const { UpdatedDateUTC, CreatedDateUTC } = JSON.parse(row);
          return (UpdatedDateUTC ?? CreatedDateUTC).includes(String(NOON + 60_000));
        })
        .map(([id]) => id),
    );
    expect(stamped).toEqual(listed);
    for (const id of listed) expect(touched).toContain(id);
    const total = Object.values(change?.counts ?? {}).reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(40);
    expect(total).toBeLessThan(70);
    expect(Object.keys(change?.counts ?? {}).length).toBeGreaterThan(4);
  });

  test('is the same for the same seed', async () => {
    const once = (await caller()).sandbox.control.change({ fraction: 0.05, seed: 9 });
    const again = (await caller()).sandbox.control.change({ fraction: 0.05, seed: 9 });
    expect(again).toEqual(once);
  });

  test('makes, edits, pays, voids, deletes, archives and vanishes one record at a time', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const contact = control.create({ resource: 'contacts', fields: { Name: 'Fresh & Co' } }).id;
    const lines = [
      { Description: 'A', Quantity: '2', UnitAmount: '50.0050', AccountCode: '200', TaxType: 'OUTPUT2' },
    ];
    const id = control.create({ resource: 'invoices', fields: { ContactID: contact, LineItems: lines } }).id;
    const read = async () => (await user.get(`Invoices/${id}?unitdp=4`)).json.Invoices[0];
    expect(await read()).toMatchObject({
      Status: 'AUTHORISED',
      SubTotal: 100.01,
      TotalTax: 15,
      Total: 115.01,
    });
    const lineId = (await read()).LineItems[0].LineItemID;
    control.edit({
      resource: 'invoices',
      id,
      fields: { LineItems: [{ ...lines[0], LineItemID: lineId, Quantity: 1 }] },
    });
    expect(await read()).toMatchObject({
      Total: 57.51,
      LineItems: [{ LineItemID: lineId, LineAmount: 50.01 }],
    });
    const payment = control.create({ resource: 'payments', fields: { InvoiceID: id, Amount: '57.51' } }).id;
    expect(await read()).toMatchObject({ Status: 'PAID', AmountDue: 0 });
    control.delete({ resource: 'payments', id: payment });
    expect(await read()).toMatchObject({ Status: 'AUTHORISED', AmountDue: 57.51, Payments: [] });
    expect((await user.get(`Payments/${payment}`)).json.Payments[0].Status).toBe('DELETED');
    control.void({ resource: 'invoices', id });
    expect(await read()).toMatchObject({ Status: 'VOIDED', AmountDue: 0, Total: 57.51 });
    control.archive({ resource: 'contacts', id: contact });
    expect((await user.get(`Contacts/${contact}`)).json.Contacts[0].ContactStatus).toBe('ARCHIVED');
    const bank = control.create({ resource: 'bankTransactions', fields: { LineItems: lines } }).id;
    control.vanish({ resource: 'bankTransactions', id: bank });
    control.vanish({ resource: 'invoices', id });
    expect((await user.get(`BankTransactions/${bank}`)).status).toBe(404);
    expect((await user.get(`Invoices/${id}`)).status).toBe(404);
    expect((await user.get(`Payments/${payment}`)).status).toBe(404);
    expect(control.state().organisations[0]?.ledgerSum).toBe('0.00');
  });

  test('refuses a payment beyond what is due, a taken name and an archived system account', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const { rows: unpaid } = control.listRecords({ resource: 'invoices', status: 'AUTHORISED' });
    const InvoiceID = unpaid[0]?.id ?? '';
    expect(() =>
      control.create({ resource: 'payments', fields: { InvoiceID, Amount: '99999999.00' } }),
    ).toThrow(/exceeds/);
    expect(() => control.create({ resource: 'contacts', fields: { Name: 'TRUE' } })).toThrow(
      'Please enter a unique Name.',
    );
    const debtors = control.listRecords({ resource: 'accounts', search: 'Receivable' }).rows[0]?.id ?? '';
    expect(() => control.archive({ resource: 'accounts', id: debtors })).toThrow(/System accounts/);
  });

  test('lists records for a screen, newest first, searched and paged', async () => {
    const { control } = (await caller()).sandbox;
    const found = control.listRecords({ resource: 'invoices', search: 'odd-', pageSize: 5 });
    expect(found.rows).toHaveLength(5);
    expect(found.total).toBeGreaterThan(5);
    expect(found.rows[0]).toMatchObject({
      label: expect.stringMatching(/^ODD-/),
      currency: 'NZD',
      amount: expect.stringMatching(/\.\d\d$/),
    });
    for (const resource of ['accounts', 'contacts', 'payments', 'bankTransactions'] as const) {
      expect(control.listRecords({ resource }).rows).toHaveLength(20);
    }
  });
});

describe('faults', () => {
  test.each([
    ['minute-limit', 429, ''],
    ['day-limit', 429, ''],
    ['concurrent-limit', 429, ''],
    ['app-minute-limit', 429, ''],
    ['json-500', 500, 'An error occurred'],
    ['html-502', 502, '<center>nginx</center>'],
    ['html-503', 503, 'Service Temporarily Unavailable'],
    ['html-504', 504, 'Gateway Time-out'],
    ['maintenance', 503, 'The Xero API is currently offline for maintenance'],
    ['unavailable', 503, 'The Xero API is temporarily unavailable'],
    ['organisation-offline', 503, 'The Organisation is offline'],
    ['expired-token', 401, 'TokenExpired'],
    ['forbidden', 403, 'AuthenticationUnsuccessful'],
  ] as const)('%s [xero-error-dialects]', async (kind, status, text) => {
    const user = await caller();
    user.sandbox.control.fault({ kind });
    const reply = await user.get('TaxRates');
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(text);
    expect('retry-after' in reply.headers).toBe(/^(minute|day)/.test(kind));
    expect((await user.get('TaxRates')).status).toBe(200);
  });

  test('hit the requests they match, so often, after so many, and can be cleared', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const [, second] = user.tenantIds;
    control.fault({
      kind: 'unavailable',
      count: 2,
      skip: 1,
      match: { path: '/Invoices', organisation: second ?? '' },
    });
    const of = async (path: string, tenantId = '') =>
      (await user.get(path, tenantId ? { 'xero-tenant-id': tenantId } : {})).status;
    expect([await of('Invoices?page=1'), await of('TaxRates', second)]).toEqual([200, 200]);
    const statuses = [];
    for (let call = 0; call < 4; call++) statuses.push(await of('Invoices?page=1', second));
    expect(statuses).toEqual([200, 503, 503, 200]);
    control.fault({
      kind: 'respond',
      status: 418,
      body: 'tea',
      headers: { 'x-pot': '1', 'content-type': 'text/tea' },
    });
    const reply = await user.get('TaxRates');
    expect([reply.status, reply.text, reply.headers['x-pot'], reply.headers['content-type']]).toEqual([
      418,
      'tea',
      '1',
      'text/tea',
    ]);
    control.fault({ kind: 'unavailable', count: 99 });
    expect(control.state().faultsPending).toBe(99);
    control.clearFaults({});
    expect(await of('TaxRates')).toBe(200);
  });

  test('spoil bodies: cut gzip, broken JSON, wrong type, far too much', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const zipped = { 'accept-encoding': 'gzip' };
    control.fault({ kind: 'truncated-gzip' });
    await expect(user.get('TaxRates', zipped)).rejects.toThrow('unexpected end of file');
    control.fault({ kind: 'malformed-json' });
    const malformed = await user.get('TaxRates', zipped);
    expect(() => malformed.json).toThrow();
    control.fault({ kind: 'wrong-content-type' });
    expect((await user.get('TaxRates')).headers['content-type']).toBe('text/html');
    control.fault({ kind: 'oversize', bytes: 3_000_000 });
    expect((await user.get('TaxRates', zipped)).text).toHaveLength(3_000_000);
  });

  test('break the connection before or after the work, or in the middle of the body', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const served = await serveXeroSandbox(user.sandbox);
    const calls = () => control.state().organisations[0]?.calls;
    const headers = {
      authorization: `Bearer ${user.tokens.access_token}`,
      accept: 'application/json',
      'xero-tenant-id': user.tenantIds[0] ?? '',
    };
    const get = () =>
      fetch(`${served.origin}/api.xro/2.0/Invoices`, { headers }).then((reply) => reply.text());
    try {
      expect((await get()).length).toBeGreaterThan(100_000);
      for (const [kind, counted] of [
        ['drop-before', 1],
        ['drop-after', 2],
        ['drop-mid-body', 3],
      ] as const) {
        control.fault({ kind });
        await expect(get()).rejects.toThrow();
        expect(calls()).toBe(counted);
      }
      control.fault({ kind: 'delay', ms: 50 });
      const started = performance.now();
      await get();
      expect(performance.now() - started).toBeGreaterThan(45);
    } finally {
      await served.close();
    }
  });

  test('expire tokens, revoke a user’s grant and move the clock', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    expect(control.expireAccessTokens({})).toEqual({ tokens: 1 });
    expect((await user.get('TaxRates')).json.Detail).toMatch(/^TokenExpired/);
    expect(control.revokeGrant({ user: 'ada@example.com' })).toEqual({ grants: 0 });
    expect(control.revokeGrant({})).toEqual({ grants: 1 });
    expect((await user.get('TaxRates')).json.Detail).toBe('AuthenticationUnsuccessful');
    expect(control.advanceClock({ ms: 5000 })).toEqual({ now: NOON + 5000 });
  });
});

/** Every record of the lists that change touches, as text by id. */
async function rows(user: Caller): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const [plural, id] of [
    ['Contacts', 'ContactID'],
    ['Invoices', 'InvoiceID'],
    ['Payments', 'PaymentID'],
    ['BankTransactions', 'BankTransactionID'],
    ['CreditNotes', 'CreditNoteID'],
    ['Prepayments', 'PrepaymentID'],
    ['Overpayments', 'OverpaymentID'],
    ['ManualJournals', 'ManualJournalID'],
    ['BankTransfers', 'BankTransferID'],
    ['Items', 'ItemID'],
  ] as const) {
    const answer = (await user.get(`${plural}?page=1&pageSize=1000&includeArchived=true`)).json[plural];
    for (const row of answer) found.push([row[id], JSON.stringify(row)]);
  }
  return found;
}
