/** `/connect/token` and `/connect/revocation` (xero-api.md 1.1 and 1.2, 2026-11-20). */
import { createHash, randomUUID } from 'node:crypto';
import { type Answer, jsonAnswer } from '../accounting/refusal.ts';
import { ACCESS_LIFE_MS, type Code, type Grant } from './grants.ts';
import type { OAuthWorld } from './oauth-world.ts';
import type { XeroClient } from './registration.ts';

/** Authorization codes and refresh tokens for tokens. Every failure is 400 with `error`, as Xero's identity server answers. */
export async function tokenAnswer(
  world: OAuthWorld,
  origin: string,
  headers: Record<string, string>,
  form: URLSearchParams,
): Promise<Answer> {
  const client = clientOf(world, headers, form);
  const refuse = (error: string) => {
    world.tally.countToken(error);
    return jsonAnswer(400, { error });
  };
  if (!client) return refuse('invalid_client');
  const grantType = form.get('grant_type');

  if (grantType === 'authorization_code') {
    const code = world.grants.takeCode(form.get('code') ?? '');
    if (!code || code.grant.clientId !== client.clientId || code.redirectUri !== form.get('redirect_uri')) {
      return refuse('invalid_grant');
    }
    if (!isVerified(code, form.get('code_verifier'))) return refuse('invalid_grant');
    world.tally.countToken('authorization_code');
    const refreshToken = code.grant.scopes.has('offline_access')
      ? world.grants.putRefresh(code.grant, code.authEventId, null)
      : null;
    return tokens(world, origin, code.grant, code.authEventId, refreshToken, code.nonce);
  }

  if (grantType === 'refresh_token') {
    const text = form.get('refresh_token') ?? '';
    // Somebody else's token must not be spent by trying it.
    if (world.grants.grantOfRefresh(text)?.clientId !== client.clientId) return refuse('invalid_grant');
    const taken = world.grants.takeRefresh(text);
    if (!taken) return refuse('invalid_grant');
    world.tally.countToken(taken.isReuse ? 'refresh_token reused' : 'refresh_token');
    const { grant, authEventId } = taken.token;
    return tokens(
      world,
      origin,
      grant,
      authEventId,
      world.grants.putRefresh(grant, authEventId, taken.token),
      null,
    );
  }
  return refuse('unsupported_grant_type');
}

/** Ends the whole grant of the user to the app: tokens and all connections. 200 with nothing, known token or not. */
export function revocationAnswer(
  world: OAuthWorld,
  headers: Record<string, string>,
  form: URLSearchParams,
): Answer {
  const client = clientOf(world, headers, form);
  if (!client) return jsonAnswer(400, { error: 'invalid_client' });
  const grant = world.grants.grantOfRefresh(form.get('token') ?? '');
  if (grant?.clientId === client.clientId) world.grants.revoke(grant);
  return { status: 200, contentType: 'text/plain', body: '' };
}

async function tokens(
  world: OAuthWorld,
  origin: string,
  grant: Grant,
  authEventId: string,
  refreshToken: string | null,
  nonce: string | null,
): Promise<Answer> {
  const now = world.clock.now();
  const seconds = Math.floor(now / 1000);
  const user = world.users.find(({ id }) => id === grant.userId);
  const subject = createHash('sha256').update(grant.userId).digest('hex').slice(0, 32);
  // Claims as the SDK types them, plus authentication_event_id (xero-api.md 1.2).
  const accessToken = await world.signer.sign({
    nbf: seconds,
    exp: seconds + ACCESS_LIFE_MS / 1000,
    iss: origin,
    aud: `${origin}/resources`,
    client_id: grant.clientId,
    sub: subject,
    auth_time: seconds,
    xero_userid: grant.userId,
    global_session_id: createHash('sha256').update(authEventId).digest('hex').slice(0, 32),
    jti: randomUUID().replaceAll('-', ''),
    authentication_event_id: authEventId,
    scope: [...grant.scopes],
    amr: ['pwd'],
  });
  world.grants.putAccess(accessToken, {
    grant,
    scopes: new Set(grant.scopes),
    expiresAt: now + ACCESS_LIFE_MS,
  });
  // No nbf: a caller on real time must accept it after the sandbox clock was moved on.
  const idToken = grant.scopes.has('openid')
    ? await world.signer.sign({
        iss: origin,
        aud: grant.clientId,
        iat: seconds,
        exp: seconds + 300,
        auth_time: seconds,
        sub: subject,
        at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
        xero_userid: grant.userId,
        ...(nonce === null ? {} : { nonce }),
        ...(grant.scopes.has('email') ? { email: user?.email } : {}),
        ...(grant.scopes.has('profile')
          ? {
              preferred_username: user?.email,
              name: `${user?.givenName} ${user?.familyName}`,
              given_name: user?.givenName,
              family_name: user?.familyName,
            }
          : {}),
      })
    : undefined;
  return {
    ...jsonAnswer(200, {
      id_token: idToken,
      access_token: accessToken,
      expires_in: ACCESS_LIFE_MS / 1000,
      token_type: 'Bearer',
      refresh_token: refreshToken ?? undefined,
      scope: [...grant.scopes].join(' '),
    }),
    headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  };
}

/** Basic, with both parts form-encoded (RFC 6749 section 2.3.1), or id and secret in the form. */
function clientOf(
  world: OAuthWorld,
  headers: Record<string, string>,
  form: URLSearchParams,
): XeroClient | undefined {
  const basic = /^basic (.+)$/i.exec(headers['authorization'] ?? '');
  let id = form.get('client_id');
  let secret = form.get('client_secret');
  if (basic) {
    const [name = '', ...rest] = Buffer.from(basic[1] as string, 'base64')
      .toString()
      .split(':');
    [id, secret] = [formDecoded(name), formDecoded(rest.join(':'))];
  }
  return world.clients.find(({ clientId, clientSecret }) => clientId === id && clientSecret === secret);
}

function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
}

/** A code asked for with a challenge needs its verifier of 43 to 128 characters; one without needs none. */
function isVerified({ challenge }: Code, verifier: string | null): boolean {
  if (challenge === null) return true;
  if (verifier === null || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const made =
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return made === challenge.value;
}
