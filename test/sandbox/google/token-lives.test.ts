/** How long Google's tokens live, and what ends them before that. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../../../server/sandbox/google/seeded-people.ts';
import { AMELIA, DRIVE_FILE, type Started, startGoogle } from './start-google.ts';

const DAY_MS = 86_400_000;

const form = (fields: Record<string, string>) =>
  ({ method: 'POST', body: new URLSearchParams(fields) }) as const;

const refresh = async (google: Started, refreshToken: string) => {
  const answer = await fetch(
    `${google.origin}/token`,
    form({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: DEFAULT_CLIENT_ID,
      client_secret: DEFAULT_CLIENT_SECRET,
    }),
  );
  return { status: answer.status, ...((await answer.json()) as { error?: string; access_token?: string }) };
};

/** Through the consent page, all boxes ticked that `granted` names. */
const consent = async (google: Started, granted: string[], more: Record<string, string> = {}) => {
  const redirectUri = 'http://127.0.0.1:9/back';
  const params = new URLSearchParams({
    client_id: DEFAULT_CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: `openid email ${granted.join(' ')}`,
    access_type: 'offline',
    prompt: 'consent',
    decision: 'allow',
    account: AMELIA,
    ...more,
  });
  for (const scope of granted) params.append('granted', scope);
  const decided = await fetch(`${google.origin}/o/oauth2/v2/auth`, {
    method: 'POST',
    body: params,
    redirect: 'manual',
  });
  const code = new URL(decided.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const answer = await fetch(
    `${google.origin}/token`,
    form({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: DEFAULT_CLIENT_ID,
      client_secret: DEFAULT_CLIENT_SECRET,
    }),
  );
  return (await answer.json()) as { refresh_token: string; refresh_token_expires_in?: number; scope: string };
};

describe('a refresh token', () => {
  it('of an app in testing lives seven days, also when the app is published since [google-testing-week]', async () => {
    await using google = await startGoogle();
    await google.control.run({ action: 'setClient', isInTesting: true });
    const given = await consent(google, [DRIVE_FILE]);
    expect(given.refresh_token_expires_in).toBe(7 * 86_400 - 1);
    await google.control.run({ action: 'setClient', isInTesting: false });
    google.clock.advance(7 * DAY_MS - 1000);
    expect((await refresh(google, given.refresh_token)).status).toBe(200);
    google.clock.advance(1000);
    expect(await refresh(google, given.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
    const published = await consent(google, [DRIVE_FILE]);
    expect(published.refresh_token_expires_in).toBeUndefined();
    google.clock.advance(30 * DAY_MS);
    expect((await refresh(google, published.refresh_token)).status).toBe(200);
  });

  it('for access that was given for a time says when it ends [google-time-based-access]', async () => {
    await using google = await startGoogle();
    await google.control.run({ action: 'setClient', grantedHours: 24 });
    const given = await consent(google, [DRIVE_FILE]);
    expect(given.refresh_token_expires_in).toBe(86_399);
    google.clock.advance(DAY_MS);
    expect((await refresh(google, given.refresh_token)).error).toBe('invalid_grant');
  });

  it('is no use when an administrator shuts the app out or the client is deleted [google-admin-policy]', async () => {
    await using google = await startGoogle();
    const given = await consent(google, [DRIVE_FILE]);
    await google.control.run({ action: 'setClient', isBlockedByAdmin: true });
    expect(await refresh(google, given.refresh_token)).toMatchObject({
      status: 400,
      error: 'admin_policy_enforced',
    });
    const page = await fetch(
      `${google.origin}/o/oauth2/v2/auth?client_id=${DEFAULT_CLIENT_ID}&response_type=code`,
    );
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('admin_policy_enforced')]);
    await google.control.run({ action: 'setClient', isBlockedByAdmin: false });
    expect((await refresh(google, given.refresh_token)).status).toBe(200);
    await google.control.run({ action: 'setClient', isDeleted: true });
    expect(await refresh(google, given.refresh_token)).toMatchObject({
      status: 401,
      error: 'deleted_client',
    });
  });
});

describe('scopes', () => {
  it('given before come along when the app asks to include them, not else [google-incremental-scopes]', async () => {
    await using google = await startGoogle();
    const sheets = 'https://www.googleapis.com/auth/spreadsheets.readonly';
    await consent(google, [sheets]);
    expect((await consent(google, [DRIVE_FILE])).scope).not.toContain(sheets);
    const both = await consent(google, [DRIVE_FILE], { include_granted_scopes: 'true' });
    expect(both.scope.split(' ')).toEqual(expect.arrayContaining([sheets, DRIVE_FILE]));
  });
});
