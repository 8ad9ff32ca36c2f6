import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { createXeroSandbox } from '../../../server/sandbox/xero/xero-sandbox.ts';
import {
  allow,
  authorizePath,
  basic,
  caller,
  consent,
  ORIGIN,
  REDIRECT,
  read,
  stillClock,
  token,
} from './caller.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const sandboxWith = (clock = stillClock()) => createXeroSandbox({ seed: 1, size: 'small', clock });
const codeForm = (code: string) => ({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
const refreshForm = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token });

describe('consent', () => {
  test('shows user, organisations and scopes in plain words, and goes back with code and state [xero-consent-redirect]', async () => {
    const sandbox = sandboxWith();
    const path = authorizePath(sandbox);
    const page = read(await sandbox.handle({ method: 'GET', url: ORIGIN + path, headers: {} }));
    expect(page.status).toBe(200);
    for (const words of [
      'Rewi Tamatea',
      'Demo Company (NZ)',
      'Harrow &amp; Finch',
      'View your organisation settings',
      'Cancel',
    ]) {
      expect(page.text).toContain(words);
    }
    expect(page.text.match(/type="checkbox"/g)).toHaveLength(sandbox.organisations.length);
    const { location } = await allow(sandbox, path, {
      organisations: [sandbox.organisations[0]?.tenantId ?? ''],
    });
    expect(location?.href.startsWith(`${REDIRECT}?`)).toBe(true);
    expect(location?.searchParams.get('state')).toBe('the state');
  });

  test('can be refused, needs an organisation, and with bulk_connect:false takes one only [xero-consent-denied] [xero-consent-one-organisation]', async () => {
    const sandbox = sandboxWith();
    const all = sandbox.organisations.map(({ tenantId }) => tenantId);
    const cancelled = await allow(sandbox, authorizePath(sandbox), {
      organisations: all,
      decision: 'cancel',
    });
    expect(Object.fromEntries(cancelled.location?.searchParams ?? [])).toEqual({
      error: 'access_denied',
      state: 'the state',
    });
    const none = await allow(sandbox, authorizePath(sandbox), { organisations: [] });
    expect([none.reply.status, none.location]).toEqual([400, null]);
    expect(none.reply.text).toContain('Pick at least one organisation.');
    const single = authorizePath(sandbox, { acr_values: 'bulk_connect:false' });
    expect((await allow(sandbox, single, { organisations: all })).location).toBeNull();
    expect(
      (await allow(sandbox, single, { organisations: all.slice(1, 2) })).location?.searchParams.get('code'),
    ).toBeTruthy();
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['127.0.0.1, which Xero does not take', { redirect_uri: 'http://127.0.0.1:8080/callback' }],
    ['plain http to elsewhere', { redirect_uri: 'http://example.com/callback' }],
  ])('sends nobody back to %s [xero-redirect-localhost]', async (_name, over) => {
    const sandbox = sandboxWith();
    const { reply, location } = await allow(sandbox, authorizePath(sandbox, over), { organisations: [] });
    expect([reply.status, location]).toEqual([400, null]);
    expect(reply.text).toContain('unauthorized_client');
  });

  test('refuses broad and invented scopes, and other response types [xero-scopes-broad-refused]', async () => {
    const sandbox = sandboxWith();
    const errorOf = async (over: Record<string, string>) =>
      (await allow(sandbox, authorizePath(sandbox, over), { organisations: [] })).location?.searchParams.get(
        'error',
      );
    expect(await errorOf({ scope: 'openid accounting.transactions.read' })).toBe('invalid_scope');
    expect(await errorOf({ scope: 'accounting.reports.read' })).toBe('invalid_scope');
    expect(await errorOf({ scope: 'accounting.reports.trialbalance' })).toBe('invalid_scope');
    expect(await errorOf({ response_type: 'token' })).toBe('unsupported_response_type');
  });

  test('keeps to the registered addresses where a list is given', async () => {
    const clients = [{ clientId: 'A', clientSecret: 's', name: 'A', redirectUris: [REDIRECT] }];
    const sandbox = createXeroSandbox({ seed: 1, size: 'small', clock: stillClock(), clients });
    const organisations = [sandbox.organisations[0]?.tenantId ?? ''];
    expect((await allow(sandbox, authorizePath(sandbox), { organisations })).location).not.toBeNull();
    const other = authorizePath(sandbox, { redirect_uri: `${REDIRECT}/2` });
    expect((await allow(sandbox, other, { organisations })).location).toBeNull();
  });
});

describe('tokens', () => {
  test('are signed, last 30 minutes, and carry the consent they came from [xero-access-30-minutes] [xero-access-claims] [xero-connections-of-consent]', async () => {
    const user = await caller();
    const keys = (await user.send({ path: '/.well-known/openid-configuration/jwks' })).json;
    const discovery = (await user.send({ path: '/.well-known/openid-configuration' })).json;
    expect(discovery).toMatchObject({ issuer: ORIGIN, token_endpoint: `${ORIGIN}/connect/token` });
    const currentDate = new Date(user.clock.now());
    const access = await jwtVerify(user.tokens.access_token, createLocalJWKSet(keys), {
      issuer: ORIGIN,
      currentDate,
    });
    const id = await jwtVerify(user.tokens.id_token, createLocalJWKSet(keys), {
      audience: user.sandbox.clients[0]?.clientId ?? '',
      currentDate,
    });
    expect(id.payload).toMatchObject({ email: 'rewi@example.com', name: 'Rewi Tamatea' });
    expect(user.tokens.expires_in).toBe(1800);
    const headers = { authorization: `Bearer ${user.tokens.access_token}` };
    const event = access.payload['authentication_event_id'];
    expect((await user.send({ path: `/connections?authEventId=${event}`, headers })).json).toHaveLength(
      user.tenantIds.length,
    );
    expect((await user.send({ path: '/connections?authEventId=other', headers })).json).toEqual([]);
    user.clock.advance(30 * MINUTE);
    const late = await user.get('TaxRates');
    expect(late.status).toBe(401);
    expect(late.json).toMatchObject({ Title: 'Unauthorized', Status: 401, Extensions: {} });
    expect(late.json.Detail).toMatch(/^TokenExpired: token expired at 11\/20\/2026 \d\d:\d\d:\d\d$/);
  });

  test('come for a code once, within five minutes, to the same address and client [xero-code-once]', async () => {
    const clock = stillClock();
    const sandbox = sandboxWith(clock);
    const organisations = [sandbox.organisations[0]?.tenantId ?? ''];
    const code = await consent(sandbox, { organisations });
    expect((await token(sandbox, codeForm(code), { authorization: 'Basic eDp5' })).json).toEqual({
      error: 'invalid_client',
    });
    expect((await token(sandbox, codeForm(code))).status).toBe(200);
    expect((await token(sandbox, codeForm(code))).json).toEqual({ error: 'invalid_grant' });
    const late = await consent(sandbox, { organisations });
    clock.advance(5 * MINUTE);
    expect((await token(sandbox, codeForm(late))).json).toEqual({ error: 'invalid_grant' });
    const elsewhere = await consent(sandbox, { organisations });
    const form = { ...codeForm(elsewhere), redirect_uri: `${REDIRECT}2` };
    expect((await token(sandbox, form)).json).toEqual({ error: 'invalid_grant' });
    expect((await token(sandbox, { grant_type: 'password' })).json).toEqual({
      error: 'unsupported_grant_type',
    });
  });

  test('come for a secret in the form as well, and for a verifier where a challenge was given [xero-client-authentication]', async () => {
    const sandbox = sandboxWith();
    const organisations = [sandbox.organisations[0]?.tenantId ?? ''];
    const verifier = 'v'.repeat(43);
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = { organisations, code_challenge, code_challenge_method: 'S256' };
    const secret = {
      client_id: sandbox.clients[0]?.clientId ?? '',
      client_secret: sandbox.clients[0]?.clientSecret ?? '',
    };
    const good = await consent(sandbox, asked);
    expect((await token(sandbox, { ...codeForm(good), ...secret, code_verifier: verifier }, {})).status).toBe(
      200,
    );
    const bad = await consent(sandbox, asked);
    const form = { ...codeForm(bad), code_verifier: 'w'.repeat(43) };
    expect((await token(sandbox, form)).json).toEqual({ error: 'invalid_grant' });
    // Scopes add up: only a user's first consent can be without them.
    const answer = (await caller({}, ['accounting.settings.read'])).tokens;
    expect(answer).not.toHaveProperty('refresh_token');
    expect(answer).not.toHaveProperty('id_token');
  });
});

describe('refreshing', () => {
  test('rotates; the token before works again for 30 minutes, then no more [xero-refresh-rotates] [xero-refresh-grace]', async () => {
    const user = await caller();
    const refresh = async (text: string) => token(user.sandbox, refreshForm(text));
    const first = user.tokens.refresh_token;
    const second = (await refresh(first)).json;
    expect(second.refresh_token).not.toBe(first);
    user.clock.advance(29 * MINUTE);
    const again = await refresh(first);
    expect(again.status).toBe(200);
    user.clock.advance(2 * MINUTE);
    expect((await refresh(first)).json).toEqual({ error: 'invalid_grant' });
    expect((await refresh(again.json.refresh_token)).status).toBe(200);
    const { tokens } = user.sandbox.control.state();
    expect(tokens).toEqual({
      authorization_code: 1,
      refresh_token: 2,
      'refresh_token reused': 1,
      invalid_grant: 1,
    });
  });

  test('ends the grace of a token as soon as its successor is used [xero-refresh-grace-ends]', async () => {
    const user = await caller();
    const second = (await token(user.sandbox, refreshForm(user.tokens.refresh_token))).json;
    await token(user.sandbox, refreshForm(second.refresh_token));
    const again = await token(user.sandbox, refreshForm(user.tokens.refresh_token));
    expect([again.status, again.json]).toEqual([400, { error: 'invalid_grant' }]);
  });

  test('is over after 60 days without use [xero-refresh-60-days]', async () => {
    const user = await caller();
    user.clock.advance(59 * DAY);
    const next = (await token(user.sandbox, refreshForm(user.tokens.refresh_token))).json;
    user.clock.advance(60 * DAY + MINUTE);
    expect((await token(user.sandbox, refreshForm(next.refresh_token))).json).toEqual({
      error: 'invalid_grant',
    });
  });

  test('survives an answer that was lost after the rotation [xero-refresh-grace]', async () => {
    const user = await caller();
    user.sandbox.control.fault({ kind: 'drop-after', match: { path: '/connect/token' } });
    await expect(token(user.sandbox, refreshForm(user.tokens.refresh_token))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect((await token(user.sandbox, refreshForm(user.tokens.refresh_token))).status).toBe(200);
    expect(user.sandbox.control.state().tokens['refresh_token reused']).toBe(1);
  });
});

describe('scopes', () => {
  test.each([
    ['Organisation', 'accounting.settings.read'],
    ['Accounts', 'accounting.settings.read'],
    ['TaxRates', 'accounting.settings'],
    ['Contacts', 'accounting.contacts.read'],
    ['Invoices', 'accounting.invoices.read'],
    ['Payments', 'accounting.payments.read'],
    ['BankTransactions', 'accounting.banktransactions'],
    ['Reports/TrialBalance', 'accounting.reports.trialbalance.read'],
    ['Reports/ProfitAndLoss', 'accounting.reports.profitandloss.read'],
  ])('%s needs %s [xero-scope-per-endpoint] [xero-scope-missing-401]', async (path, scope) => {
    const withIt = await caller({}, [scope]);
    expect((await withIt.get(path)).status).toBe(200);
    const without = await caller({}, ['accounting.attachments.read']);
    const refused = await without.get(path);
    expect(refused.status).toBe(401);
    expect(refused.json.Detail).toBe('AuthorizationUnsuccessful');
  });

  test('add up over consents of one user, and a refresh has them all [xero-scopes-add-up]', async () => {
    const user = await caller({}, ['offline_access', 'accounting.contacts.read']);
    const code = await consent(user.sandbox, {
      organisations: user.tenantIds,
      scope: 'offline_access accounting.invoices.read',
    });
    const both = (await token(user.sandbox, codeForm(code))).json;
    expect(both.scope.split(' ').sort()).toEqual([
      'accounting.contacts.read',
      'accounting.invoices.read',
      'offline_access',
    ]);
    expect((await user.get('Invoices')).status).toBe(401);
    expect((await user.get('Invoices', { authorization: `Bearer ${both.access_token}` })).status).toBe(200);
  });
});

describe('connections', () => {
  test('are per user, keep their id, and tell a reconnect by their dates [xero-connections-shape] [xero-disconnect-by-connection] [xero-reconnect-keeps-id]', async () => {
    const user = await caller();
    const headers = { authorization: `Bearer ${user.tokens.access_token}` };
    const list = async () => (await user.send({ path: '/connections', headers })).json;
    const [first] = await list();
    expect((await user.send({ path: `/connections/${first.id}`, method: 'DELETE', headers })).status).toBe(
      204,
    );
    expect((await user.send({ path: `/connections/${first.id}`, method: 'DELETE', headers })).status).toBe(
      404,
    );
    expect(await list()).toHaveLength(user.tenantIds.length - 1);
    const refused = await user.get('Organisation');
    expect([refused.status, refused.json.Detail]).toEqual([403, 'AuthenticationUnsuccessful']);
    user.clock.advance(MINUTE);
    await consent(user.sandbox, { organisations: [first.tenantId] });
    const again = (await list()).find((each: { tenantId: string }) => each.tenantId === first.tenantId);
    expect(again.id).toBe(first.id);
    expect(again.createdDateUtc).toBe(first.createdDateUtc);
    expect(again.updatedDateUtc > first.updatedDateUtc).toBe(true);
  });

  test('removed inside Xero are 403 on business calls, with a token that still refreshes [xero-disconnected-403]', async () => {
    const user = await caller();
    expect(user.sandbox.control.disconnect({})).toEqual({ connections: 1 });
    expect((await user.get('Organisation')).status).toBe(403);
    expect((await user.get('Organisation', { 'xero-tenant-id': user.tenantIds[1] ?? '' })).status).toBe(200);
    expect((await token(user.sandbox, refreshForm(user.tokens.refresh_token))).status).toBe(200);
  });

  test('of two users are two, and one revoking leaves the other [xero-revocation-ends-all]', async () => {
    const user = await caller();
    const code = await consent(user.sandbox, {
      organisations: user.tenantIds,
      user: user.sandbox.users[1]?.id ?? '',
      scope: 'offline_access accounting.settings.read',
    });
    const other = (await token(user.sandbox, codeForm(code))).json;
    const revoked = await token(
      user.sandbox,
      { token: user.tokens.refresh_token },
      { authorization: basic(user.sandbox) },
      '/connect/revocation',
    );
    expect([revoked.status, revoked.text]).toEqual([200, '']);
    expect((await user.get('Organisation')).status).toBe(401);
    expect((await token(user.sandbox, refreshForm(user.tokens.refresh_token))).json).toEqual({
      error: 'invalid_grant',
    });
    expect((await user.get('Organisation', { authorization: `Bearer ${other.access_token}` })).status).toBe(
      200,
    );
  });

  test('are needed, named and by a good token [xero-organisation-header] [xero-token-unknown-401]', async () => {
    const user = await caller();
    expect((await user.get('Organisation', { 'xero-tenant-id': '' })).status).toBe(403);
    expect((await user.get('Organisation', { 'xero-tenant-id': crypto.randomUUID() })).status).toBe(403);
    const forged = await user.get('Organisation', { authorization: 'Bearer forged' });
    expect([forged.status, forged.json.Detail]).toEqual([401, 'AuthenticationUnsuccessful']);
  });
});
