/** Rows: exact values, dates without zones, gaps by name, filters, a total order; and SQL over the same typed columns. */
import { describe, expect, it } from 'vitest';
import { cutRecord } from '../support/cut-record.ts';
import { collect, cutOf, mirrorIn, mirrorWorlds, put, requestOf, tombstoneOf } from './world.ts';

const worlds = mirrorWorlds();

describe('typed rows', () => {
  it('carries money, quantities and rates exactly', async () => {
    const mirror = await mirrorIn(worlds.ports());
    await put(mirror, 'invoices', [
      ...cutOf(
        'invoices',
        '{"InvoiceID":"1","Total":9999999999999999.99,"SubTotal":1.005,"AmountDue":-0.00,"AmountPaid":"12.50","TotalTax":1E2,"CurrencyRate":1.0000000000,"LineItems":[{"LineItemID":"l","Quantity":1.0000,"UnitAmount":0.1234,"LineAmount":90071992547409.93}]}',
      ),
    ]);
    const keys = ['total', 'subtotal', 'due', 'paid', 'tax', 'currency-rate'];
    expect(await collect(mirror, requestOf('invoices', keys))).toEqual({
      rows: [['9999999999999999.99', '1.005', '0', '12.5', '100', '1.0000000000']],
      gaps: [],
    });
    const lines = requestOf('invoices', ['quantity', 'unit-amount', 'line-amount'], {}, 'lines');
    expect((await collect(mirror, lines)).rows).toEqual([['1.0000', '0.1234', '90071992547409.93']]);
  });

  it('names what is there but cannot be read as a gap', async () => {
    const mirror = await mirrorIn(worlds.ports());
    await put(mirror, 'invoices', [
      ...cutOf(
        'invoices',
        '{"InvoiceID":"1","Total":"much","SubTotal":1.12345678901,"AmountDue":123456789012345678901234567890,"TotalTax":null,"Date":"soon","SentToContact":"maybe","Reference":"a\\ud800b","CurrencyRate":{"x":1},"LineItems":{"odd":1}}',
        '{"InvoiceID":"2","Total":}',
      ),
    ]);
    const { rows, gaps } = await collect(
      mirror,
      requestOf('invoices', [
        'total',
        'subtotal',
        'due',
        'tax',
        'date',
        'sent',
        'reference',
        'currency-rate',
      ]),
    );
    expect(rows).toEqual([[null, null, null, null, null, null, 'a\ufffdb', null]]);
    const valueGap = (label: string) => ({
      what: `invoices 1: ${label}`,
      reason: 'unreadable-value',
      count: 1,
    });
    expect(gaps.slice(0, -1).sort((a, b) => (a.what < b.what ? -1 : 1))).toEqual(
      ['Currency rate', 'Date', 'Due', 'Reference', 'Sent to contact', 'Subtotal', 'Total'].map(valueGap),
    );
    expect(gaps.at(-1)).toEqual({
      what: 'invoices 2',
      reason: 'unreadable-record',
      count: 1,
    });
    expect((await mirror.index()).resources['invoices']?.count).toBe(2);
    const lines = await collect(mirror, requestOf('invoices', ['description'], {}, 'lines'));
    expect(lines.rows).toEqual([]);
    expect(lines.gaps[0]).toEqual(valueGap('LineItems'));
  });

  it('counts gaps of one column together beyond the first twenty', async () => {
    const mirror = await mirrorIn(worlds.ports());
    const records = Array.from({ length: 30 }, (_, at) => ({
      InvoiceID: `i${String(at).padStart(2, '0')}`,
      Total: 'x',
    }));
    await put(mirror, 'invoices', cutOf('invoices', ...records));
    const { gaps } = await collect(mirror, requestOf('invoices', ['total']));
    expect(gaps).toHaveLength(21);
    expect(gaps.at(-1)).toEqual({ what: 'invoices: Total', reason: 'unreadable-value', count: 10 });
  });

  it.each([
    ['/Date(1439434356790+0000)/', '2015-08-13', '2015-08-13T02:52:36.790Z'],
    ['/Date(1439434356790+1300)/', '2015-08-13', '2015-08-13T02:52:36.790Z'],
    ['/Date(0)/', '1970-01-01', '1970-01-01T00:00:00.000Z'],
    ['/Date(-1)/', '1969-12-31', '1969-12-31T23:59:59.999Z'],
    ['/Date(-62135596800000+0000)/', '0001-01-01', '0001-01-01T00:00:00.000Z'],
    ['2026-02-28T23:59:59.9999999', '2026-02-28', '2026-02-28T23:59:59.999Z'],
    ['2026-02-28T00:00:00', '2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2026-02-28 13:14:15', '2026-02-28', '2026-02-28T13:14:15.000Z'],
    ['2026-02-28T00:30:00+13:00', '2026-02-27', '2026-02-27T11:30:00.000Z'],
    ['2026-02-28T01:02:03Z', '2026-02-28', '2026-02-28T01:02:03.000Z'],
    ['2026-02-28', '2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2026-02-30', null, null],
    ['/Date(99999999999999999)/', null, null],
    ['28/02/2026', null, null],
  ])('reads %s as the date %s', async (text, date, instant) => {
    const mirror = await mirrorIn(worlds.ports());
    await put(mirror, 'invoices', cutOf('invoices', { InvoiceID: '1', Date: text, UpdatedDateUTC: text }));
    const { rows, gaps } = await collect(mirror, requestOf('invoices', ['date', 'updated']));
    expect(rows).toEqual([[date, instant]]);
    expect(gaps).toHaveLength(date === null ? 2 : 0);
  });

  it('reads booleans, integers, nested fields and numbered array places', async () => {
    const mirror = await mirrorIn(worlds.ports());
    await put(
      mirror,
      'contacts',
      cutOf('contacts', {
        ContactID: 'c',
        IsCustomer: true,
        IsSupplier: false,
        PaymentTerms: { Sales: { Day: 20 } },
        Balances: [],
      }),
    );
    const keys = ['is-customer', 'is-supplier', 'sales-terms-day', 'receivable'];
    expect(await collect(mirror, requestOf('contacts', keys))).toEqual({
      rows: [[true, false, 20, null]],
      gaps: [],
    });
    const line = {
      LineItemID: 'l',
      Tracking: [
        { Name: 'Region', Option: 'North' },
        { Name: 'Dept', Option: 'East' },
      ],
    };
    await put(
      mirror,
      'invoices',
      cutOf('invoices', {
        InvoiceID: '1',
        Contact: { Name: "O'Hara \u0000 \u{1f600}" },
        LineItems: [line, { LineItemID: 'm' }],
      }),
    );
    const lines = requestOf(
      'invoices',
      ['contact', 'tracking-1-option', 'tracking-2-name', 'line-id'],
      {},
      'lines',
    );
    const contact = "O'Hara \u0000 \u{1f600}";
    expect((await collect(mirror, lines)).rows).toEqual([
      [contact, 'North', 'Dept', 'l'],
      [contact, null, null, 'm'],
    ]);
  });

  it('orders by the wanted columns, then by id, and lines by their place', async () => {
    const mirror = await mirrorIn(worlds.ports());
    const lines = (count: number) => Array.from({ length: count }, (_, at) => ({ LineItemID: `l${at}` }));
    await put(
      mirror,
      'invoices',
      cutOf(
        'invoices',
        { InvoiceID: 'b', Total: 10, LineItems: lines(12) },
        { InvoiceID: 'c', Total: 9 },
        { InvoiceID: 'a', Total: 10, LineItems: lines(1) },
        { InvoiceID: 'd' },
      ),
    );
    const request = requestOf('invoices', ['invoice-id'], { orderBy: ['total'] });
    expect((await collect(mirror, request)).rows.flat()).toEqual(['c', 'a', 'b', 'd']);
    const ordered = await collect(
      mirror,
      requestOf('invoices', ['invoice-id', 'line-id'], { orderBy: ['type'] }, 'lines'),
    );
    expect(ordered.rows.map(([id, line]) => `${id}${line}`)).toEqual([
      'al0',
      ...lines(12).map(({ LineItemID }) => `b${LineItemID}`),
    ]);
  });

  it('filters by type, and keeps a row whose filtered value cannot be read as a gap', async () => {
    const mirror = await mirrorIn(worlds.ports());
    await put(
      mirror,
      'invoices',
      cutOf(
        'invoices',
        { InvoiceID: '1', Total: 9.5, Date: '2026-01-31', Status: 'PAID', Reference: "It's" },
        { InvoiceID: '2', Total: 10, Date: '2026-02-01', Status: 'VOIDED' },
        { InvoiceID: '3', Total: 100, Date: '2026-02-28', Status: 'DRAFT', Reference: '' },
        { InvoiceID: '4', Total: 'x', Date: '2026-03-01', Status: 'PAID' },
      ),
    );
    const found = async (...filters: Array<[string, string, ...string[]]>) =>
      (
        await collect(
          mirror,
          requestOf('invoices', ['invoice-id'], {
            filters: filters.map(([column, op, ...values]) => ({ column, op: op as 'is', values })),
          }),
        )
      ).rows
        .flat()
        .join('');
    expect(await found(['total', 'from', '10'])).toBe('234');
    expect(await found(['total', 'is', '10.00'])).toBe('24');
    expect(await found(['date', 'from', '2026-02-01'], ['date', 'to', '2026-02-28'])).toBe('23');
    expect(await found(['status', 'one-of', 'PAID', 'DRAFT'])).toBe('134');
    expect(await found(['status', 'is-not', 'PAID'])).toBe('23');
    expect(await found(['reference', 'is', ''])).toBe('234');
    expect(await found(['reference', 'contains', "T'S"])).toBe('1');
    expect(await found(['updated', 'to', '2026-01-01'])).toBe('');
    for (const filter of [
      ['total', 'from', 'ten'],
      ['date', 'is', '2026-02-30'],
      ['sent', 'is', 'yes'],
      ['nothing', 'is', '1'],
      ['status', 'is', '\0'],
    ] as Array<[string, string, string]>)
      await expect(found(filter)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(
      collect(mirror, requestOf('invoices', ['total'], { orderBy: ['nothing'] })),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('shows the newest version of each record, and none that vanished', async () => {
    const mirror = await mirrorIn(worlds.ports());
    await put(
      mirror,
      'accounts',
      cutOf(
        'accounts',
        { AccountID: 'a', Name: 'old' },
        { AccountID: 'b', Name: 'kept' },
        { AccountID: 'c', Name: 'gone' },
      ),
    );
    await put(mirror, 'accounts', [...cutOf('accounts', { AccountID: 'a', Name: 'new' }), tombstoneOf('c')]);
    const request = requestOf('accounts', ['name']);
    expect((await collect(mirror, request)).rows.flat()).toEqual(['new', 'kept']);
    expect((await collect(mirror, request, 1)).rows.flat()).toEqual(['old', 'kept', 'gone']);
    expect((await mirror.index()).resources['accounts']?.count).toBe(2);
    expect(await mirror.record('accounts', 'a')).toBe('{"AccountID":"a","Name":"new"}');
    expect(await mirror.record('accounts', 'c')).toBeUndefined();
    expect(await mirror.record('invoices', "it's")).toBeUndefined();
    await expect(collect(mirror, request, 7)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('SQL datasets', () => {
  const column = (key: string, type: 'text' | 'money' | 'date' | 'integer' | 'instant' | 'boolean') => ({
    key,
    label: key,
    type,
    path: '',
    isDefault: true,
  });

  it('reads the typed views of resources, their lines and reports', async () => {
    const mirror = await mirrorIn(worlds.ports());
    await put(
      mirror,
      'invoices',
      cutOf(
        'invoices',
        '{"InvoiceID":"1","Date":"2026-01-31","Total":0.1,"LineItems":[{"AccountCode":"200","LineAmount":0.1},{"AccountCode":"090","LineAmount":0.2}]}',
        '{"InvoiceID":"2","Date":"2026-01-01","Total":0.2,"LineItems":[{"AccountCode":"200","LineAmount":0.3}]}',
      ),
    );
    await put(mirror, 'reports', [
      cutRecord('r?date=1', '{"n":1.50}', { updatedAt: 5, typed: '{"n":"1.50"}' }),
    ]);
    const lines = await collect(mirror, {
      source: {
        kind: 'sql',
        sql: 'select account_code, sum(line_amount) as line_amount, count(*) as lines, max(date) as latest, bool_or(line = 2) as is_second from invoices_lines group by account_code',
        resources: ['invoices'],
      },
      columns: [
        column('account-code', 'text'),
        column('line-amount', 'money'),
        column('lines', 'integer'),
        column('latest', 'date'),
        column('is-second', 'boolean'),
      ],
      filters: [],
      orderBy: ['line-amount'],
    });
    expect(lines).toEqual({
      rows: [
        ['090', '0.2', 1, '2026-01-31', true],
        ['200', '0.4', 2, '2026-01-31', false],
      ],
      gaps: [],
    });
    const both = await collect(mirror, {
      source: {
        kind: 'sql',
        sql: "select r.id as id, cast(r.report->>'$.n' as decimal(38,10)) + i.total as total, make_timestamp(r.fetched_at) as at from reports r, invoices i where i.id = '1'",
        resources: ['invoices', 'reports'],
      },
      columns: [column('id', 'text'), column('total', 'money'), column('at', 'instant')],
      filters: [{ column: 'total', op: 'from', values: ['1'] }],
      orderBy: [],
    });
    expect(both.rows).toEqual([['r?date=1', '1.6', '1970-01-01T00:00:00.000Z']]);
  });

  it('names what the columns that it mentions could not read', async () => {
    const mirror = await mirrorIn(worlds.ports());
    await put(
      mirror,
      'invoices',
      cutOf('invoices', { InvoiceID: '1', Total: 'x', AmountDue: 'y', LineItems: [{ LineAmount: 'z' }] }),
    );
    const gapsOf = async (sql: string) =>
      (
        await collect(mirror, {
          source: { kind: 'sql', sql, resources: ['invoices'] },
          columns: [column('n', 'money')],
          filters: [],
          orderBy: [],
        })
      ).gaps.map(({ what }) => what);
    expect(await gapsOf('select sum(total) as n from invoices')).toEqual(['invoices 1: Total']);
    expect(await gapsOf('select sum(line_amount) as n from invoices_lines')).toEqual([
      'invoices 1 line 1: Line amount',
    ]);
    expect(await gapsOf('select count(*) as n from (select * from invoices)')).toEqual([
      'invoices 1: Total',
      'invoices 1: Due',
    ]);
  });

  it('gives views without rows for resources that were never pulled', async () => {
    const mirror = await mirrorIn(worlds.ports());
    const sql = 'select count(*) as n from bank_transactions_lines, reports';
    const request = {
      source: { kind: 'sql' as const, sql, resources: ['bank-transactions', 'reports'] },
      columns: [column('n', 'integer')],
      filters: [],
      orderBy: [],
    };
    expect((await collect(mirror, request)).rows).toEqual([[0]]);
    expect((await collect(mirror, requestOf('invoices', ['total'], {}))).rows).toEqual([]);
  });
});
