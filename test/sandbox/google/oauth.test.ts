/** Consent, codes, tokens and their ends, through the real google-auth-library and openid-client. */
import { CodeChallengeMethod, OAuth2Client } from 'google-auth-library';
import { allowInsecureRequests, authorizationCodeGrant, discovery, type ServerMetadata } from 'openid-client';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../../../server/sandbox/google/seeded-people.ts';
import { AMELIA, BEN, DRIVE_FILE, type Started, startGoogle } from './start-google.ts';

const REDIRECT = 'http://localhost:4321/google/callback';

const clientOf = ({ origin }: Started, secret = DEFAULT_CLIENT_SECRET) =>
  new OAuth2Client({
    clientId: DEFAULT_CLIENT_ID,
    clientSecret: secret,
    redirectUri: REDIRECT,
    endpoints: {
      oauth2AuthBaseUrl: `${origin}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${origin}/token`,
      oauth2RevokeUrl: `${origin}/revoke`,
      tokenInfoUrl: `${origin}/tokeninfo`,
    },
  });

/** Fills in the consent page's form as a browser would and follows the redirect's address. */
const consent = async (pageUrl: string, choice: Record<string, string | string[]>): Promise<URL> => {
  const page = await fetch(pageUrl);
  expect(page.status).toBe(200);
  const text = await page.text();
  const form = new URLSearchParams();
  for (const [, name = '', value = ''] of text.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
  )) {
    form.append(
      name,
      value.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    );
  }
  for (const [name, value] of Object.entries(choice)) {
    for (const one of [value].flat()) form.append(name, one);
  }
  const answer = await fetch(new URL('/o/oauth2/v2/auth', pageUrl), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
};

const allow = (user: string, ...granted: string[]) => ({ decision: 'allow', account: user, granted });

const fullConsent = async (google: Started, user = AMELIA, extra: object = {}) => {
  const client = clientOf(google);
  const { codeVerifier, codeChallenge = '' } = await client.generateCodeVerifierAsync();
  const url = client.generateAuthUrl({
    access_type: 'offline',
    prompt: 'consent',
    scope: ['openid', 'email', DRIVE_FILE],
    state: 'the-state',
    code_challenge: codeChallenge,
    code_challenge_method: CodeChallengeMethod.S256,
    ...extra,
  });
  const back = await consent(url, allow(user, DRIVE_FILE));
  return { client, back, codeVerifier, code: back.searchParams.get('code') ?? '' };
};

describe('consent', () => {
  test('Allow sends code and state back, and the code buys tokens for what was asked [google-consent-redirect]', async () => {
    await using google = await startGoogle({ base: Date.now });
    const { client, back, code, codeVerifier } = await fullConsent(google);
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('the-state');
    const { tokens } = await client.getToken({ code, codeVerifier });
    expect(tokens.refresh_token).toBeTruthy();
    expect(tokens.scope?.split(' ')).toEqual([
      'openid',
      'https://www.googleapis.com/auth/userinfo.email',
      DRIVE_FILE,
    ]);
    expect(tokens.id_token?.split('.')).toHaveLength(3);
    const info = await client.getTokenInfo(tokens.access_token ?? '');
    expect(info.email).toBe(AMELIA);
    expect(info.scopes).toContain(DRIVE_FILE);
  });

  test('Cancel sends access_denied and the state back [google-consent-denied]', async () => {
    await using google = await startGoogle();
    const url = clientOf(google).generateAuthUrl({ scope: DRIVE_FILE, state: 's' });
    const back = await consent(url, { decision: 'cancel', account: AMELIA });
    expect(Object.fromEntries(back.searchParams)).toEqual({ state: 's', error: 'access_denied' });
  });

  test('a scope left unticked is not granted [google-consent-granular]', async () => {
    await using google = await startGoogle({ base: Date.now });
    const client = clientOf(google);
    const url = client.generateAuthUrl({ scope: ['openid', DRIVE_FILE] });
    const back = await consent(url, allow(BEN));
    const { tokens } = await client.getToken(back.searchParams.get('code') ?? '');
    expect(tokens.scope).toBe('openid');
  });

  test('login_hint chooses the account beforehand and the page names the scopes in plain words', async () => {
    await using google = await startGoogle();
    const url = clientOf(google).generateAuthUrl({ scope: DRIVE_FILE, login_hint: BEN });
    const text = await (await fetch(url)).text();
    expect(text).toMatch(new RegExp(`value="${BEN}" checked`));
    expect(text).toContain('only the Google Drive files that you use with this app');
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['a redirect elsewhere', { redirect_uri: 'https://evil.example/cb' }, 400, 'redirect_uri_mismatch'],
    ['an unknown scope', { scope: 'https://www.googleapis.com/auth/nothing' }, 400, 'invalid_scope'],
    ['another response type', { response_type: 'token' }, 400, 'invalid_request'],
  ])('%s gets an error page and no redirect', async (_, change, status, code) => {
    await using google = await startGoogle();
    const url = new URL(clientOf(google).generateAuthUrl({ scope: DRIVE_FILE }));
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
    const answer = await fetch(url, { redirect: 'manual' });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(code);
  });

  test('what an app sends is shown as text, never as markup', async () => {
    await using google = await startGoogle();
    const url = clientOf(google).generateAuthUrl({ scope: DRIVE_FILE, state: '"><script>alert(1)</script>' });
    expect(await (await fetch(url)).text()).not.toContain('<script>alert(1)');
  });
});

describe('tokens', () => {
  test('a code works once, and only with its verifier [google-code-once]', async () => {
    await using google = await startGoogle();
    const first = await fullConsent(google);
    await expect(first.client.getToken({ code: first.code, codeVerifier: 'x'.repeat(43) })).rejects.toThrow(
      'invalid_grant',
    );
    const second = await fullConsent(google);
    await second.client.getToken({ code: second.code, codeVerifier: second.codeVerifier });
    await expect(
      second.client.getToken({ code: second.code, codeVerifier: second.codeVerifier }),
    ).rejects.toThrow('invalid_grant');
  });

  test('a code is dead after ten minutes [google-code-ten-minutes]', async () => {
    await using google = await startGoogle();
    const { client, code, codeVerifier } = await fullConsent(google);
    google.clock.advance(600_001);
    await expect(client.getToken({ code, codeVerifier })).rejects.toThrow('invalid_grant');
  });

  test('a refresh token comes only with offline access, and again only when consent is asked again [google-refresh-offline]', async () => {
    await using google = await startGoogle({ base: Date.now });
    const get = async (extra: object) => {
      const { client, code, codeVerifier } = await fullConsent(google, AMELIA, extra);
      return (await client.getToken({ code, codeVerifier })).tokens.refresh_token;
    };
    expect(await get({ access_type: 'online' })).toBeUndefined();
    expect(await get({ prompt: 'select_account' })).toBeUndefined();
    expect(await get({ prompt: 'consent' })).toBeTruthy();
  });

  test('an access token ends after an hour; the refresh token gets another [google-access-one-hour]', async () => {
    await using google = await startGoogle();
    const granted = await google.control.run({ action: 'grantTokens', user: AMELIA });
    const userInfo = (token: unknown) =>
      fetch(`${google.origin}/v1/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    expect((await userInfo(granted['accessToken'])).status).toBe(200);
    google.clock.advance(3_600_000);
    expect((await userInfo(granted['accessToken'])).status).toBe(401);
    const client = clientOf(google);
    client.setCredentials({ refresh_token: String(granted['refreshToken']) });
    const { token } = await client.getAccessToken();
    expect((await userInfo(token)).status).toBe(200);
  });

  test('a wrong secret is invalid_client [google-client-refused]', async () => {
    await using google = await startGoogle();
    const granted = await google.control.run({ action: 'grantTokens', user: AMELIA });
    const client = clientOf(google, 'wrong');
    client.setCredentials({ refresh_token: String(granted['refreshToken']) });
    await expect(client.getAccessToken()).rejects.toThrow('invalid_client');
  });

  test.each(['revoke endpoint', 'the user’s own account page'])(
    'a grant ended by the %s is invalid_grant [google-revoke-ends-all]',
    async (how) => {
      await using google = await startGoogle();
      const granted = await google.control.run({ action: 'grantTokens', user: AMELIA });
      const client = clientOf(google);
      client.setCredentials({ refresh_token: String(granted['refreshToken']) });
      if (how === 'revoke endpoint') await client.revokeToken(String(granted['accessToken']));
      else await google.control.run({ action: 'revokeGrant', user: AMELIA });
      await expect(client.getAccessToken()).rejects.toThrow('invalid_grant');
      const sheets = await fetch(`${google.origin}/v4/spreadsheets/x`, {
        headers: { authorization: `Bearer ${granted['accessToken']}` },
      });
      expect(sheets.status).toBe(401);
    },
  );

  test('the hundred-and-first refresh token ends the oldest [google-refresh-hundred]', async () => {
    await using google = await startGoogle();
    const first = await google.control.run({ action: 'grantTokens', user: AMELIA });
    for (let count = 0; count < 100; count += 1)
      await google.control.run({ action: 'grantTokens', user: AMELIA });
    const client = clientOf(google);
    client.setCredentials({ refresh_token: String(first['refreshToken']) });
    await expect(client.getAccessToken()).rejects.toThrow('invalid_grant');
  });

  test('six months unused, and the refresh token is dead [google-refresh-six-months]', async () => {
    await using google = await startGoogle();
    const granted = await google.control.run({ action: 'grantTokens', user: AMELIA });
    google.clock.advance(184 * 86_400_000);
    const client = clientOf(google);
    client.setCredentials({ refresh_token: String(granted['refreshToken']) });
    await expect(client.getAccessToken()).rejects.toThrow('invalid_grant');
  });
});

describe('openid-client', () => {
  test('discovers the sandbox, exchanges a code and verifies the ID token', async () => {
    await using google = await startGoogle({ base: Date.now });
    const issuer = google.origin;
    await google.control.run({ action: 'setIssuer', issuer });
    const config = await discovery(new URL(issuer), DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, undefined, {
      execute: [allowInsecureRequests],
    });
    const metadata: Readonly<ServerMetadata> = config.serverMetadata();
    const url = new URL(String(metadata.authorization_endpoint));
    url.search = String(
      new URLSearchParams({
        client_id: DEFAULT_CLIENT_ID,
        redirect_uri: REDIRECT,
        response_type: 'code',
        scope: 'openid email',
        state: 's',
        nonce: 'n',
      }),
    );
    const back = await consent(url.href, allow(BEN));
    const tokens = await authorizationCodeGrant(config, back, { expectedState: 's', expectedNonce: 'n' });
    expect(tokens.claims()).toMatchObject({ iss: issuer, email: BEN, nonce: 'n', aud: DEFAULT_CLIENT_ID });
  });
});
