import { beforeEach, describe, expect, test } from 'vitest';
import type { RoleName } from '../../../server/sandbox/xero/oauth/roles.ts';
import { SCOPE_WORDS } from '../../../server/sandbox/xero/oauth/scopes.ts';
import { type Caller, caller } from './caller.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;
let user: Caller;
beforeEach(async () => {
  user = await caller();
});
const statusOf = async (path: string) => (await user.get(path)).status;
const REPORTS = [
  'Reports/TrialBalance',
  'Reports/ProfitAndLoss',
  'Reports/BalanceSheet',
  'Reports/BankSummary',
  'Reports/ExecutiveSummary',
  'Reports/AgedReceivablesByContact',
  'Reports/AgedPayablesByContact',
];

describe('the role of the connecting user', () => {
  test('without reports is refused every report [xero-role-reports-403]', async () => {
    user.sandbox.control.setRole({ role: 'standard-without-reports' });
    for (const path of REPORTS) {
      const reply = await user.get(path);
      expect([path, reply.status, reply.json.Detail]).toEqual([path, 403, 'AuthenticationUnsuccessful']);
    }
    expect(await statusOf('Invoices?page=1')).toBe(200);
    user.sandbox.control.setRole({ role: 'standard' });
    expect(await statusOf('Reports/TrialBalance')).toBe(200);
  });

  test.each([
    ['adviser', 200],
    ['standard', 200],
    ['standard-without-reports', 403],
    ['invoice-only', 403],
    ['read-only', 200],
  ] as [RoleName, number][])(
    '%s gets manual journals as %i [xero-role-journals-403]',
    async (role, status) => {
      user.sandbox.control.setRole({ role });
      expect(await statusOf('ManualJournals?page=1')).toBe(status);
    },
  );

  test('for invoices only sees invoices and contacts, not the bank [xero-role-invoice-only]', async () => {
    user.sandbox.control.setRole({ role: 'invoice-only' });
    for (const [path, status] of [
      ['Invoices?page=1', 200],
      ['Contacts?page=1', 200],
      ['Accounts', 200],
      ['BankTransactions?page=1', 403],
      ['BankTransfers', 403],
      ['Reports/BankSummary', 403],
    ] as const)
      expect([path, await statusOf(path)]).toEqual([path, status]);
  });

  test('shows bank details of contacts to bank account administrators only [xero-role-bank-details]', async () => {
    const details = async () =>
      (await user.get('Contacts?page=1&pageSize=1000')).json.Contacts.map(
        (row: Row) => row.BankAccountDetails,
      );
    const whole: string[] = await details();
    expect(whole.filter(Boolean).length).toBeGreaterThan(3);
    user.sandbox.control.setRole({ role: 'standard' });
    expect((await details()).every((text: string) => text === '')).toBe(true);
    user.sandbox.control.setRole({ role: 'standard', isBankAccountAdmin: true });
    expect(await details()).toEqual(whole);
  });

  test('masks US tax numbers but for four characters, and nobody else’s [xero-role-us-tax-number]', async () => {
    const [first = '', , us = ''] = user.tenantIds;
    const numbers = async (tenantId: string): Promise<string[]> =>
      (await user.get('Contacts?page=1&pageSize=1000', { 'xero-tenant-id': tenantId })).json.Contacts.flatMap(
        (row: Row) => row.TaxNumber ?? [],
      );
    const [whole, foreign] = [await numbers(us), await numbers(first)];
    expect(whole.length).toBeGreaterThan(5);
    user.sandbox.control.setRole({ organisation: 'all', role: 'standard' });
    expect(await numbers(first)).toEqual(foreign);
    const masked = await numbers(us);
    expect(masked).not.toEqual(whole);
    expect(masked.map((text) => text.slice(-4))).toEqual(whole.map((text) => text.slice(-4)));
    for (const text of masked) expect(text.slice(0, -4)).toMatch(/^[*-]*$/);
    const embedded = (await user.get('Invoices?page=1', { 'xero-tenant-id': us })).json.Invoices[0].InvoiceID;
    const { TaxNumber } = (await user.get(`Invoices/${embedded}`, { 'xero-tenant-id': us })).json.Invoices[0]
      .Contact;
    expect(TaxNumber ?? '').not.toMatch(/^\d.*-.*\d{4}$/);
  });

  test('holds from the next call on, per user and organisation; who is taken out is refused everywhere [xero-role-at-any-moment]', async () => {
    const [first = '', second = ''] = user.tenantIds;
    const { control, users } = user.sandbox;
    control.setRole({ user: users[1]?.email ?? '', role: 'none' });
    expect(await statusOf('Accounts')).toBe(200);
    control.setRole({ organisation: first, user: users[0]?.id ?? '', role: 'none' });
    const reply = await user.get('Accounts');
    expect([reply.status, reply.json.Detail]).toEqual([403, 'AuthenticationUnsuccessful']);
    expect((await user.get('Accounts', { 'xero-tenant-id': second })).status).toBe(200);
    const headers = { authorization: `Bearer ${user.tokens.access_token}` };
    expect((await user.send({ path: '/connections', headers })).json).toHaveLength(user.tenantIds.length);
    control.setRole({ role: 'adviser' });
    expect(await statusOf('Accounts')).toBe(200);
    expect(() => control.setRole({ user: 'nobody', role: 'none' })).toThrow('no user nobody');
  });
});

describe('journals', () => {
  test.each(['starter', 'core', 'plus'] as const)(
    'are 401 on the %s tier [xero-premium-401]',
    async (tier) => {
      user.sandbox.control.setTier({ tier });
      const reply = await user.get('Journals?offset=0');
      expect([reply.status, reply.json.Detail]).toEqual([401, 'AuthorizationUnsuccessful']);
      expect(reply.headers['x-daylimit-remaining']).toBeDefined();
    },
  );

  test('are 401 without their scope on the Advanced tier, too [xero-scope-missing-401]', async () => {
    const scopes = [...SCOPE_WORDS.keys()].filter((scope) => scope !== 'accounting.journals.read');
    const without = await caller({}, scopes);
    without.sandbox.control.setTier({ tier: 'advanced' });
    expect((await without.get('Journals')).json.Detail).toBe('AuthorizationUnsuccessful');
  });
});
