import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { calculatePKCECodeChallenge } from 'openid-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { RetryError } from '../../server/errors.ts';
import { googleOpenId } from '../../server/google/oauth.ts';
import { openIdProvider } from '../../server/wrappers/openid-provider.ts';
import { xeroOpenId } from '../../server/xero/oauth.ts';
import { json, scriptedNetwork } from '../support/scripted-network.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const origin = 'http://127.0.0.1:9';
const clock = virtualClock();
const seconds = Math.floor(clock.now() / 1000);
const xero = xeroOpenId({
  loginUrl: 'http://localhost:8',
  identityUrl: origin,
  clientId: 'client',
  clientSecret: 'sec:ret',
  redirectUri: 'http://localhost:7/oauth/xero/callback',
});
const google = googleOpenId({
  issuer: 'https://accounts.google.com',
  authUrl: `${origin}/auth`,
  tokenUrl: `${origin}/token`,
  revokeUrl: `${origin}/revoke`,
  certsUrl: `${origin}/certs`,
  clientId: 'client',
  clientSecret: 'secret',
  redirectUri: 'http://localhost:7/oauth/google/callback',
});
const codeVerifier = 'v'.repeat(43);

let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let keys: unknown;
beforeAll(async () => {
  pair = await generateKeyPair('RS256', { extractable: true });
  keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] };
});
const sign = (claims: Record<string, unknown>, privateKey = pair.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey);
const idClaims = async () => ({
  iss: origin,
  aud: 'client',
  sub: 'hash',
  xero_userid: 'user-1',
  email: 'rewi@example.com',
  given_name: 'Rewi',
  family_name: 'Tamatea',
  iat: seconds,
  exp: seconds + 300,
  nonce: await calculatePKCECodeChallenge(codeVerifier),
});
const answerWith = async (idToken: string | undefined, over = {}) =>
  json({
    access_token: await sign({
      authentication_event_id: 'event-1',
      scope: ['openid', 'accounting.contacts.read'],
    }),
    refresh_token: 'refresh-1',
    token_type: 'Bearer',
    expires_in: 1800,
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...over,
  });
const provider = (dialect: typeof xero, network: ReturnType<typeof scriptedNetwork>) =>
  openIdProvider({ network, clock }, dialect);
const exchange = (network: ReturnType<typeof scriptedNetwork>) =>
  provider(xero, network).exchange({ code: 'the-code', codeVerifier });

describe('a request for consent', () => {
  test('goes to the login host with state, nonce and challenge', async () => {
    const url = new URL(
      await provider(xero, scriptedNetwork()).authorizeUrl({
        state: 's',
        scopes: ['openid', 'offline_access'],
        codeChallenge: 'ch',
      }),
    );
    expect(`${url.origin}${url.pathname}`).toBe('http://localhost:8/identity/connect/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'http://localhost:7/oauth/xero/callback',
      scope: 'openid offline_access',
      state: 's',
      nonce: 'ch',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    });
  });

  test('asks Google for access while the person is away', async () => {
    const ask = {
      state: 's',
      scopes: ['openid'],
      codeChallenge: 'ch',
      loginHint: 'a@b.c',
      prompt: 'consent' as const,
    };
    const url = new URL(await provider(google, scriptedNetwork()).authorizeUrl(ask));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      login_hint: 'a@b.c',
    });
  });
});

describe('an exchange', () => {
  test('proves itself with secret and verifier, and answers tokens and person', async () => {
    const network = scriptedNetwork(await answerWith(await sign(await idClaims())), json(keys));
    expect(await exchange(network)).toEqual({
      accessToken: expect.any(String),
      refreshToken: 'refresh-1',
      expiresAt: clock.now() + 1_800_000,
      scopes: ['openid', 'accounting.contacts.read'],
      person: { subject: 'user-1', email: 'rewi@example.com', name: 'Rewi Tamatea' },
      consentEventId: 'event-1',
    });
    const { request, options } = network.asked[0] ?? {};
    expect(request?.url).toBe(`${origin}/connect/token`);
    expect(request?.headers['authorization']).toBe(`Basic ${btoa('client:sec%3Aret')}`);
    expect(Object.fromEntries(new URLSearchParams(String(request?.body)))).toMatchObject({
      grant_type: 'authorization_code',
      code: 'the-code',
      code_verifier: codeVerifier,
      redirect_uri: 'http://localhost:7/oauth/xero/callback',
    });
    expect(options?.timeoutMs).toBeGreaterThanOrEqual(30_000);
  });

  test.each([
    ['another nonce', { nonce: 'other' }],
    ['no nonce', { nonce: undefined }],
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'http://127.0.0.1:1' }],
    ['an end in the past', { exp: seconds - 120 }],
    ['no subject', { xero_userid: undefined }],
  ])('is refused for an ID token with %s', async (_name, change) => {
    const idToken = await sign({ ...(await idClaims()), ...change });
    const network = scriptedNetwork(await answerWith(idToken), json(keys));
    await expect(exchange(network)).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
  });

  test('is refused for an ID token signed by another key, by none, or missing', async () => {
    const other = (await generateKeyPair('RS256')).privateKey;
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const idToken of [
      await sign(await idClaims(), other),
      `${encoded({ alg: 'none' })}.${encoded(await idClaims())}.`,
      undefined,
    ]) {
      const network = scriptedNetwork(await answerWith(idToken), json(keys));
      await expect(exchange(network)).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    }
  });

  test('of a used code asks for a new consent', async () => {
    await expect(exchange(scriptedNetwork(json({ error: 'invalid_grant' }, 400)))).rejects.toMatchObject({
      code: 'CONSENT_STATE_INVALID',
    });
  });
});

describe('a refresh', () => {
  const refresh = (dialect: typeof xero, ...answers: Parameters<typeof scriptedNetwork>) =>
    provider(dialect, scriptedNetwork(...answers)).refresh('old');

  test('answers the new pair without looking at keys', async () => {
    const network = scriptedNetwork(await answerWith(await sign(await idClaims())));
    expect(await provider(xero, network).refresh('old')).toMatchObject({
      refreshToken: 'refresh-1',
      person: undefined,
    });
    expect(network.asked).toHaveLength(1);
    expect(String(network.asked[0]?.request.body)).toContain('refresh_token=old');
  });

  test('keeps what Google leaves out as absent', async () => {
    const answer = json({
      access_token: 'opaque',
      token_type: 'Bearer',
      expires_in: 3599,
      scope: 'openid email',
    });
    expect(await refresh(google, answer)).toMatchObject({
      refreshToken: undefined,
      scopes: ['openid', 'email'],
    });
  });

  test.each([
    ['xero', json({ error: 'invalid_grant' }, 400), 'NEEDS_RECONNECT'],
    ['google', json({ error: 'invalid_grant', error_description: 'secret' }, 400), 'NEEDS_GOOGLE'],
    ['xero', json({ error: 'invalid_client' }, 400), 'CONFIG_INVALID'],
    ['xero', json({ error: 'invalid_client' }, 401, { 'www-authenticate': 'Basic' }), 'CONFIG_INVALID'],
    ['xero', json({ error: 'invalid_scope' }, 400), 'XERO_REFUSED'],
    ['xero', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'XERO_UNAVAILABLE'],
    ['google', { status: 429, body: 'slow' }, 'GOOGLE_UNAVAILABLE'],
    ['xero', json({ error: 'server_error' }, 500), 'XERO_UNAVAILABLE'],
    [
      'xero',
      { headers: { 'content-type': 'application/json' }, body: '{"access_token":"secret' },
      'XERO_UNAVAILABLE',
    ],
    ['xero', json({ access_token: 'secret-token', refresh_token: 7 }), 'XERO_UNAVAILABLE'],
    ['xero', { status: 302, headers: { location: 'https://elsewhere.example' } }, 'XERO_UNAVAILABLE'],
    ['xero', new RetryError('NETWORK', { problem: 'timeout' }), 'NETWORK'],
    ['xero', { headers: { 'content-encoding': 'gzip' } }, 'NETWORK'],
  ] as const)('of %s that fails as %j is %s, and tells no secret', async (who, answer, code) => {
    const error = await refresh(who === 'xero' ? xero : google, answer).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code });
    const { cause } = error as Error;
    expect(`${(error as Error).stack}${JSON.stringify(error)}${JSON.stringify(cause)}${cause}`).not.toMatch(
      /secret/,
    );
  });
});

describe('a revocation', () => {
  test.each([
    [{ status: 200 }],
    [json({ error: 'invalid_token' }, 400)],
    [json({ error: 'invalid_grant' }, 400)],
  ])('is done after %j', async (answer) => {
    const network = scriptedNetwork(answer);
    await provider(xero, network).revoke('old');
    expect(network.asked[0]?.request.url).toBe(`${origin}/connect/revocation`);
    expect(String(network.asked[0]?.request.body)).toContain('token=old');
  });

  test('that Xero could not do is to be repeated', async () => {
    await expect(provider(xero, scriptedNetwork({ status: 503 })).revoke('old')).rejects.toMatchObject({
      code: 'XERO_UNAVAILABLE',
    });
  });
});
