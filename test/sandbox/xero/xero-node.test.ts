import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XeroClient } from 'xero-node';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import type { ServedSandbox } from '../../../server/sandbox/serve.ts';
import {
  createXeroSandbox,
  serveXeroSandbox,
  type XeroSandbox,
} from '../../../server/sandbox/xero/xero-sandbox.ts';

/** The SDK's own OAuth library: a client made by another version would not be accepted. */
const { Issuer } = createRequire(createRequire(import.meta.url).resolve('xero-node'))('openid-client');
const REDIRECT = 'http://localhost:8080/callback';
const SCOPES = [
  'openid profile email offline_access accounting.settings.read accounting.contacts.read accounting.invoices.read',
  'accounting.payments.read accounting.banktransactions.read accounting.reports.trialbalance.read',
  'accounting.reports.profitandloss.read',
].flatMap((text) => text.split(' '));

let sandbox: XeroSandbox;
let served: ServedSandbox;
let xero: XeroClient;
let tenantId: string;

beforeAll(async () => {
  sandbox = createXeroSandbox({ seed: 3, size: 'small', clock: sandboxClock(Date.now), rateLimits: false });
  served = await serveXeroSandbox(sandbox);
  tenantId = sandbox.organisations[0]?.tenantId ?? '';
  xero = await connected();
});
afterAll(() => served.close());

/** Through the SDK's consent address, the consent page's form and the SDK's own exchange of the code. */
async function connected(): Promise<XeroClient> {
  const [client] = sandbox.clients;
  const config = { clientId: client?.clientId ?? '', clientSecret: client?.clientSecret ?? '' };
  const made = new XeroClient({ ...config, redirectUris: [REDIRECT], scopes: SCOPES, state: 'mine' });
  const issuer = await Issuer.discover(served.origin);
  // `initialize()` would ask identity.xero.com (toolchain.md section 6).
  (made as unknown as { openIdClient: unknown }).openIdClient = new issuer.Client({
    client_id: config.clientId,
    client_secret: config.clientSecret,
    redirect_uris: [REDIRECT],
  });
  made.accountingApi.basePath = `${served.origin}/api.xro/2.0`;
  const consentUrl = await made.buildConsentUrl();
  const body = new URLSearchParams({ decision: 'allow', user: sandbox.users[0]?.id ?? '' });
  for (const organisation of sandbox.organisations) body.append('organisation', organisation.tenantId);
  const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
  await made.apiCallback(answer.headers.get('location') ?? '');
  return made;
}

describe('the real xero-node client', () => {
  test('gets tokens, checks the signed id token, and reads its claims', () => {
    const tokens = xero.readTokenSet();
    expect(tokens.expires_in).toBeGreaterThan(1790);
    expect(tokens.refresh_token).toBeTruthy();
    expect(tokens.claims()).toMatchObject({ email: 'rewi@example.com', given_name: 'Rewi' });
  });

  test('refreshes, and uses what it got', async () => {
    const other = await connected();
    const before = other.readTokenSet();
    const after = await other.refreshToken();
    expect(after.refresh_token).not.toBe(before.refresh_token);
    const { body } = await other.accountingApi.getOrganisations(tenantId);
    expect(body.organisations?.[0]).toMatchObject({ name: 'Demo Company (NZ)', baseCurrency: 'NZD' });
  });

  test('reads every list, paged and narrowed, as the sandbox counts them', async () => {
    const { records } = sandbox.control.state().organisations[0] ?? { records: {} as Record<string, number> };
    const api = xero.accountingApi;
    const accounts =
      (await api.getAccounts(tenantId, undefined, 'Status=="ACTIVE"', 'Name ASC')).body.accounts ?? [];
    expect(accounts.length).toBe((records['accounts'] ?? 0) - 1);
    expect((await api.getTaxRates(tenantId)).body.taxRates).toHaveLength(records['taxRates'] ?? -1);
    const contacts = await api.getContacts(
      tenantId,
      undefined,
      undefined,
      'ContactID',
      undefined,
      1,
      true,
      undefined,
      undefined,
      1000,
    );
    expect(contacts.body.contacts).toHaveLength(records['contacts'] ?? -1);
    const invoices = await api.getInvoices(
      tenantId,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      1,
      undefined,
      undefined,
      4,
      undefined,
      1000,
    );
    expect(invoices.body.invoices).toHaveLength(records['invoices'] ?? -1);
    expect(invoices.body.pagination).toMatchObject({ page: 1, pageSize: 1000, pageCount: 1 });
    const payments = await api.getPayments(tenantId, undefined, undefined, undefined, 1, 1000);
    expect(payments.body.payments).toHaveLength(records['payments'] ?? -1);
    const spent = await api.getBankTransactions(
      tenantId,
      undefined,
      'Type=="SPEND"',
      'Date DESC',
      1,
      4,
      1000,
    );
    expect(spent.body.bankTransactions?.every(({ type }) => String(type) === 'SPEND')).toBe(true);
  });

  test('reads records by id, with their lines and dates', async () => {
    const api = xero.accountingApi;
    const [listed] = (await api.getInvoices(tenantId)).body.invoices ?? [];
    const [invoice] = (await api.getInvoice(tenantId, listed?.invoiceID ?? '', 4)).body.invoices ?? [];
    expect(invoice?.lineItems?.length).toBeGreaterThan(0);
    expect(invoice?.updatedDateUTC).toBeInstanceOf(Date);
    const [payment] = (await api.getPayments(tenantId)).body.payments ?? [];
    expect((await api.getPayment(tenantId, payment?.paymentID ?? '')).body.payments).toHaveLength(1);
    const [transaction] = (await api.getBankTransactions(tenantId)).body.bankTransactions ?? [];
    const bankTransaction = await api.getBankTransaction(tenantId, transaction?.bankTransactionID ?? '');
    expect(bankTransaction.body.bankTransactions?.[0]?.lineItems?.length).toBeGreaterThan(0);
    const [contact] = (await api.getContacts(tenantId)).body.contacts ?? [];
    expect((await api.getContact(tenantId, contact?.contactID ?? '')).body.contacts).toHaveLength(1);
    const [account] = (await api.getAccounts(tenantId)).body.accounts ?? [];
    expect((await api.getAccount(tenantId, account?.accountID ?? '')).body.accounts).toHaveLength(1);
    expect((await api.getTaxRateByTaxType(tenantId, 'INPUT2')).body.taxRates).toHaveLength(1);
  });

  test('asks for changes since an instant', async () => {
    const since = new Date(Date.now() - 30 * 86_400_000);
    const { body } = await xero.accountingApi.getInvoices(tenantId, since);
    const all = (await xero.accountingApi.getInvoices(tenantId)).body.invoices ?? [];
    expect(body.invoices?.length).toBe(all.filter((each) => (each.updatedDateUTC ?? 0) >= since).length);
    expect(body.invoices?.length).toBeLessThan(all.length);
  });

  test('reads both reports', async () => {
    const trial = (await xero.accountingApi.getReportTrialBalance(tenantId)).body.reports?.[0];
    expect(trial?.reportTitles?.[0]).toBe('Trial Balance');
    const profit = await xero.accountingApi.getReportProfitAndLoss(
      tenantId,
      '2026-10-01',
      '2026-10-31',
      2,
      'MONTH',
      undefined,
      undefined,
      undefined,
      undefined,
      true,
    );
    expect(profit.body.reports?.[0]?.rows?.[0]?.cells).toHaveLength(4);
  });

  test('is refused in text that it rejects with', async () => {
    const failed = await xero.accountingApi.getInvoices('not-a-tenant').catch((error: unknown) => error);
    expect(JSON.parse(String(failed)).response).toMatchObject({ statusCode: 403 });
    sandbox.control.fault({ kind: 'minute-limit', retryAfter: 7 });
    const limited = JSON.parse(
      String(await xero.accountingApi.getInvoices(tenantId).catch((error: unknown) => error)),
    );
    expect(limited.response.statusCode).toBe(429);
    expect(limited.response.headers).toMatchObject({ 'retry-after': '7', 'x-rate-limit-problem': 'minute' });
  });

  test('revokes its grant, after which nothing works', async () => {
    const other = await connected();
    await other.revokeToken();
    await expect(other.refreshToken()).rejects.toThrow();
    xero = await connected();
    expect((await xero.accountingApi.getOrganisations(tenantId)).body.organisations).toHaveLength(1);
  });
});
