import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { type Connected, connected } from '../../fidelity/xero-node/connected.ts';

/** Its reads are proved method by method in test/fidelity/xero-node/. */
let world: Connected;
let tenantId: string;

beforeAll(async () => {
  world = await connected(sandboxClock(Date.now));
  tenantId = world.sandbox.organisations[0]?.tenantId ?? '';
});
afterAll(() => world[Symbol.asyncDispose]());

describe('the real xero-node client', () => {
  test('gets tokens, checks the signed id token, and reads its claims', () => {
    const tokens = world.xero.readTokenSet();
    expect(tokens.expires_in).toBeGreaterThan(1790);
    expect(tokens.refresh_token).toBeTruthy();
    expect(tokens.claims()).toMatchObject({ email: 'rewi@example.com', given_name: 'Rewi' });
  });

  test('refreshes, and uses what it got', async () => {
    const other = await world.connectAgain();
    const before = other.readTokenSet();
    const after = await other.refreshToken();
    expect(after.refresh_token).not.toBe(before.refresh_token);
    const { body } = await other.accountingApi.getOrganisations(tenantId);
    expect(body.organisations?.[0]).toMatchObject({ name: 'Demo Company (NZ)', baseCurrency: 'NZD' });
  });

  test('asks for changes since an instant', async () => {
    const since = new Date(Date.now() - 30 * 86_400_000);
    const { body } = await world.xero.accountingApi.getInvoices(tenantId, since);
    const all = (await world.xero.accountingApi.getInvoices(tenantId)).body.invoices ?? [];
    expect(body.invoices?.length).toBe(all.filter((each) => (each.updatedDateUTC ?? 0) >= since).length);
    expect(body.invoices?.length).toBeLessThan(all.length);
  });

  test('is refused in text that it rejects with', async () => {
    const failed = await world.xero.accountingApi
      .getInvoices('not-a-tenant')
      .catch((error: unknown) => error);
    expect(JSON.parse(String(failed)).response).toMatchObject({ statusCode: 403 });
    world.sandbox.control.fault({ kind: 'minute-limit', retryAfter: 7 });
    const limited = JSON.parse(
      String(await world.xero.accountingApi.getInvoices(tenantId).catch((error: unknown) => error)),
    );
    expect(limited.response.statusCode).toBe(429);
    expect(limited.response.headers).toMatchObject({ 'retry-after': '7', 'x-rate-limit-problem': 'minute' });
  });

  test('revokes its grant, after which nothing works', async () => {
    const other = await world.connectAgain();
    await other.revokeToken();
    await expect(other.refreshToken()).rejects.toThrow();
    const again = await world.connectAgain();
    expect((await again.accountingApi.getOrganisations(tenantId)).body.organisations).toHaveLength(1);
  });
});
