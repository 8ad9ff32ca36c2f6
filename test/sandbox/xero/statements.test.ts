import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { allow, authorizePath, type Caller, caller, consent, exactJson, REDIRECT, token } from './caller.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;
let user: Caller;
beforeAll(async () => {
  user = await caller();
});
const rowsOf = async (path: string): Promise<Row[]> =>
  (await user.get(path)).json[path.split(/[?/]/)[0] ?? ''];

describe('tokens', () => {
  const tokensFor = async (scope: string) => {
    const code = await consent(user.sandbox, { scope, organisations: user.tenantIds });
    return (await token(user.sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT }))
      .json;
  };

  test('of identity come with openid, for five minutes, with what was asked for [xero-id-token-5-minutes]', async () => {
    const own = await caller({}, ['openid', 'email', 'accounting.settings.read']);
    const { exp = 0, iat = 0, ...claims } = decodeJwt(own.tokens.id_token);
    expect(exp - iat).toBe(300);
    expect(claims).toMatchObject({ email: 'rewi@example.com', xero_userid: own.sandbox.users[0]?.id });
    expect(claims).not.toHaveProperty('given_name');
    expect((await caller({}, ['accounting.settings.read'])).tokens.id_token).toBeUndefined();
  });

  test('to refresh come with offline_access only [xero-refresh-needs-offline]', async () => {
    const without = await caller({}, ['openid', 'accounting.settings.read']);
    expect(without.tokens.refresh_token).toBeUndefined();
    expect((await tokensFor('offline_access accounting.settings.read')).refresh_token).toMatch(/.{20}/);
  });

  test.each([
    'accounting.reports.balancesheets.read',
    'accounting.reports.balancesheet',
    'accounting.reports.read',
    'accounting.transactions.read',
  ])('are not given for %s [xero-scopes-spelled]', async (scope) => {
    const { location } = await allow(user.sandbox, authorizePath(user.sandbox, { scope }), {
      organisations: user.tenantIds,
    });
    expect(location?.searchParams.get('error')).toBe('invalid_scope');
  });
});

test('answers name their server, themselves and their type [xero-answer-headers]', async () => {
  const [a, b] = [await user.get('TaxRates'), await user.get('TaxRates')];
  expect(a.headers).toMatchObject({ server: 'nginx', 'content-type': 'application/json; charset=utf-8' });
  expect(a.headers['xero-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(a.headers['xero-correlation-id']).not.toBe(b.headers['xero-correlation-id']);
});

describe('records', () => {
  test('trim the contact of a document to id, name and empty lists [xero-trimmed-children-empty]', async () => {
    for (const path of ['Invoices', 'BankTransactions', 'CreditNotes', 'Prepayments', 'Overpayments']) {
      for (const { Contact } of await rowsOf(`${path}?page=1`)) {
        expect(Object.keys(Contact)).toEqual([
          'ContactID',
          'Name',
          'Addresses',
          'Phones',
          'ContactGroups',
          'ContactPersons',
          'HasValidationErrors',
        ]);
        expect([...Contact.Addresses, ...Contact.Phones]).toEqual([]);
      }
    }
  });

  test('of invoices are listed in every status, with lines where Statuses is asked for [xero-invoices-all-statuses] [xero-lines-by-statuses]', async () => {
    const all = await rowsOf('Invoices?page=1&pageSize=1000');
    expect(new Set(all.map(({ Status }) => Status))).toEqual(
      new Set(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']),
    );
    expect((await rowsOf('Invoices?Statuses=VOIDED')).every(({ LineItems }) => LineItems.length > 0)).toBe(
      true,
    );
    expect((await rowsOf('Invoices')).every(({ LineItems }) => LineItems.length === 0)).toBe(true);
  });

  test('of payments are listed when deleted, stubs of their invoices, without a twin of the date [xero-payments-deleted-listed] [xero-payment-shape]', async () => {
    const payments = await rowsOf('Payments?page=1&pageSize=1000');
    expect(payments.some(({ Status }) => Status === 'DELETED')).toBe(true);
    for (const payment of payments) {
      expect(payment).not.toHaveProperty('DateString');
      expect(Object.keys(payment.Account).filter((name) => name !== 'Code')).toEqual(['AccountID']);
      expect(payment.Invoice).not.toHaveProperty('Total');
    }
    const { PaymentID } = payments[0];
    expect((await user.get(`Payments/${PaymentID}`)).json.Payments[0].Invoice).toHaveProperty('Total');
  });

  test('of the bank are neither payments nor transfers [xero-bank-transactions-alone]', async () => {
    const ids = (await rowsOf('BankTransactions?page=1&pageSize=1000')).map(
      ({ BankTransactionID }) => BankTransactionID,
    );
    const others = [
      ...(await rowsOf('Payments?page=1&pageSize=1000')).map(({ PaymentID }) => PaymentID),
      ...(await rowsOf('BankTransfers')).flatMap((row) => [
        row.FromBankTransactionID,
        row.ToBankTransactionID,
      ]),
    ];
    expect(others.length).toBeGreaterThan(100);
    expect(others.filter((id) => ids.includes(id))).toEqual([]);
  });

  test('of tax rates go by their type [xero-tax-rate-by-type]', async () => {
    const [first] = await rowsOf('TaxRates');
    expect(Object.keys(first).filter((name) => name.endsWith('ID'))).toEqual([]);
    expect((await user.get(`TaxRates/${first.TaxType}`)).json.TaxRates).toEqual([first]);
  });

  test('have ids in lower case, found in any [xero-ids-lower-case]', async () => {
    for (const [path, field] of [
      ['Accounts', 'AccountID'],
      ['Contacts', 'ContactID'],
      ['Invoices', 'InvoiceID'],
    ] as const) {
      for (const row of await rowsOf(`${path}?page=1`))
        expect(row[field]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      const [{ [field]: id }] = await rowsOf(`${path}?page=1`);
      expect((await user.get(`${path}/${id.toUpperCase()}`)).json[path][0][field]).toBe(id);
    }
  });

  test.each(['Invoices', 'CreditNotes', 'Payments', 'Prepayments', 'Overpayments'])(
    'of %s have the instant of their change as text with Z [xero-updated-twin]',
    async (path) => {
      for (const { UpdatedDateUTC, UpdatedDateUTCString } of await rowsOf(`${path}?page=1`)) {
        expect(UpdatedDateUTCString).toMatch(/Z$/);
        expect(UpdatedDateUTC).toBe(`/Date(${Date.parse(UpdatedDateUTCString)}+0000)/`);
      }
    },
  );

  test('of the organisation are one [xero-organisation-one-record]', async () => {
    const { Organisations } = (await user.get('Organisation')).json;
    expect(Organisations).toHaveLength(1);
    expect(Organisations[0]).toMatchObject({
      BaseCurrency: 'NZD',
      FinancialYearEndDay: 31,
      FinancialYearEndMonth: 3,
      Timezone: 'NEWZEALANDSTANDARDTIME',
      OrganisationID: user.tenantIds[0],
      ShortCode: expect.stringMatching(/^!\w{5}$/),
    });
  });

  test('of accounts say what Xero made, and may lack a code [xero-account-system-empty]', async () => {
    const accounts = await rowsOf('Accounts');
    expect(accounts.every(({ SystemAccount }) => typeof SystemAccount === 'string')).toBe(true);
    expect(accounts.filter(({ SystemAccount }) => SystemAccount === '').length).toBeGreaterThan(20);
    const codeless = accounts.filter((account) => !('Code' in account));
    expect(codeless.map(({ Type }) => Type)).toEqual(['BANK']);
  });
});

test('parameters come literal or encoded, in any case, with + for a space [xero-list-parameters-any-case]', async () => {
  const [a, b] = await rowsOf('Invoices?page=1');
  const count = async (query: string) => (await rowsOf(`Invoices?${query}`)).length;
  expect(await count(`ids=${a.InvoiceID},${b.InvoiceID}`)).toBe(2);
  expect(await count(`IDS=${a.InvoiceID}%2C+${b.InvoiceID}&PAGE=1`)).toBe(2);
  expect(await count('page=1&where=InvoiceNumber%3D%3D%22OLD-1%22+AND+Status%3D%3D%22AUTHORISED%22')).toBe(1);
});

test('reports are rows of texts, one level deep [xero-report-shape]', async () => {
  for (const path of [
    'TrialBalance',
    'ProfitAndLoss',
    'BalanceSheet',
    'BankSummary',
    'ExecutiveSummary',
    `AgedReceivablesByContact?contactID=${(await rowsOf('Contacts?page=1'))[0].ContactID}`,
  ]) {
    const [report] = exactJson(await user.get(`Reports/${path}`)).Reports;
    expect(report).toMatchObject({
      ReportID: expect.any(String),
      ReportName: expect.any(String),
      ReportType: report.ReportID,
      ReportDate: '20 November 2026',
      Fields: [],
    });
    expect(report.ReportTitles.length).toBeGreaterThanOrEqual(3);
    expect(report.Rows[0].RowType).toBe('Header');
    for (const row of report.Rows.slice(1)) {
      expect([row.RowType, typeof row.Title]).toEqual(['Section', 'string']);
      for (const inner of row.Rows) {
        expect(inner.RowType).toMatch(/^(Row|SummaryRow)$/);
        expect(inner.Cells).toHaveLength(report.Rows[0].Cells.length);
        for (const { Value } of inner.Cells) expect(typeof Value).toBe('string');
      }
    }
  }
});
