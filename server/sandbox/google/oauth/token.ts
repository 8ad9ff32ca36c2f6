/** `/token`: codes and refresh tokens become access tokens; `/revoke` ends a grant. */
import { createHash } from 'node:crypto';
import type { HttpResponse } from '../../../domain/http-message.ts';
import { bodyForm, bodyText, type Call, decodePart, json } from '../respond.ts';
import type { OAuthClient, World } from '../world.ts';
import { mintIdToken } from './id-token.ts';
import { hasScope } from './scopes.ts';
import type { PendingCode, Session } from './token-store.ts';

const refuse = (status: number, error: string, description: string): HttpResponse =>
  json(status, { error, error_description: description });

/** Form or JSON: Google takes both. */
const readFields = (call: Call): URLSearchParams => {
  if (!call.headers['content-type']?.includes('application/json')) return bodyForm(call);
  try {
    return new URLSearchParams(JSON.parse(bodyText(call)) as Record<string, string>);
  } catch {
    // A body that is no JSON has no fields: the answer below says which one is missing.
    return new URLSearchParams();
  }
};

const basicCredentials = (call: Call): [string, string] | undefined => {
  const encoded = /^Basic +(.+)$/i.exec(call.headers['authorization'] ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return [decodePart(id), decodePart(secret)];
};

/** The app, proved by its secret; or the 401 that Google sends. */
const readClient = (world: World, call: Call, fields: URLSearchParams): OAuthClient | HttpResponse => {
  const [id, secret] = basicCredentials(call) ?? [fields.get('client_id'), fields.get('client_secret')];
  if (!id) return refuse(400, 'invalid_request', 'Could not determine client ID from request.');
  const client = world.clients.find(({ clientId }) => clientId === id);
  if (!client) return refuse(401, 'invalid_client', 'The OAuth client was not found.');
  if (client.isDeleted) return refuse(401, 'deleted_client', 'The OAuth client was deleted.');
  if (!secret) return refuse(400, 'invalid_request', 'client_secret is missing.');
  if (client.clientSecret === undefined || secret !== client.clientSecret) {
    return refuse(401, 'invalid_client', 'The provided client secret is invalid.');
  }
  return client;
};

export const token = async (world: World, call: Call): Promise<HttpResponse> => {
  const fields = readFields(call);
  const client = readClient(world, call, fields);
  if ('status' in client) return client;
  switch (fields.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(world, client, fields);
    case 'refresh_token':
      return refreshAccess(world, client, fields);
    case null:
      return refuse(400, 'invalid_request', 'Required parameter is missing: grant_type');
    default:
      return refuse(400, 'unsupported_grant_type', `Invalid grant_type: ${fields.get('grant_type')}`);
  }
};

const passesChallenge = ({ challenge }: PendingCode, verifier: string | null): string | undefined => {
  if (!challenge) return verifier === null ? undefined : 'code_verifier or verifier is not needed.';
  if (verifier === null) return 'Missing code verifier.';
  const answer =
    challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return answer === challenge.value ? undefined : 'Invalid code verifier.';
};

const exchangeCode = async (
  world: World,
  client: OAuthClient,
  fields: URLSearchParams,
): Promise<HttpResponse> => {
  const value = fields.get('code');
  if (!value) return refuse(400, 'invalid_request', 'Missing required parameter: code');
  const code = world.tokens.useCode(value);
  if (!code) return refuse(400, 'invalid_grant', 'Malformed auth code.');
  if (code.clientId !== client.clientId) return refuse(400, 'invalid_grant', 'Bad Request');
  if (code.redirectUri !== fields.get('redirect_uri'))
    return refuse(400, 'redirect_uri_mismatch', 'Bad Request');
  const fault = passesChallenge(code, fields.get('code_verifier'));
  if (fault !== undefined) return refuse(400, 'invalid_grant', fault);
  const session: Session = { clientId: code.clientId, sub: code.sub, scopes: code.scopes };
  const lifeMs = refreshLifeMs(client);
  const refreshToken = code.givesRefreshToken ? world.tokens.addRefreshToken(session, lifeMs) : undefined;
  return answer(world, session, { refreshToken, lifeMs, nonce: code.nonce });
};

const WEEK_MS = 7 * 86_400_000;

/** How long a refresh token lives that is made now: a week while the app is in testing, or as long as the person chose. */
export const refreshLifeMs = ({ isInTesting, grantedHours }: OAuthClient): number | undefined => {
  if (grantedHours !== undefined) return grantedHours * 3_600_000;
  return isInTesting ? WEEK_MS : undefined;
};

const refreshAccess = (
  world: World,
  client: OAuthClient,
  fields: URLSearchParams,
): Promise<HttpResponse> | HttpResponse => {
  const value = fields.get('refresh_token');
  if (!value) return refuse(400, 'invalid_request', 'Missing required parameter: refresh_token');
  const session = world.tokens.useRefreshToken(value);
  if (!session) return refuse(400, 'invalid_grant', 'Token has been expired or revoked.');
  if (client.isBlockedByAdmin) {
    return refuse(
      400,
      'admin_policy_enforced',
      'Access is restricted by the administrator of your organization.',
    );
  }
  if (session.clientId !== client.clientId) return refuse(401, 'unauthorized_client', 'Unauthorized');
  return answer(world, session);
};

const answer = async (
  world: World,
  session: Session,
  more: { refreshToken?: string | undefined; lifeMs?: number | undefined; nonce?: string | undefined } = {},
): Promise<HttpResponse> => {
  const { refreshToken, lifeMs, nonce } = more;
  const account = world.accounts.find(({ sub }) => sub === session.sub);
  if (!account) return refuse(400, 'invalid_grant', 'Account has been deleted');
  const { token: accessToken, expiresInSeconds } = world.tokens.addAccessToken(session);
  const idToken = hasScope(session.scopes, 'openid')
    ? await mintIdToken(world, {
        account,
        audience: session.clientId,
        accessToken,
        withEmail: hasScope(session.scopes, 'userinfo.email'),
        withProfile: hasScope(session.scopes, 'userinfo.profile'),
        ...(nonce !== undefined && { nonce }),
      })
    : undefined;
  return json(
    200,
    {
      access_token: accessToken,
      expires_in: expiresInSeconds,
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      ...(refreshToken !== undefined &&
        lifeMs !== undefined && { refresh_token_expires_in: Math.floor(lifeMs / 1000) - 1 }),
      scope: session.scopes.join(' '),
      token_type: 'Bearer',
      ...(idToken !== undefined && { id_token: idToken }),
    },
    { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate', pragma: 'no-cache' },
  );
};

/** Ends the user's whole grant to the app, whichever of its tokens is given. */
export const revoke = (world: World, call: Call): HttpResponse => {
  const value = call.url.searchParams.get('token') ?? bodyForm(call).get('token');
  if (!value) return refuse(400, 'invalid_request', 'Missing required parameter: token');
  return world.tokens.revokeByToken(value)
    ? json(200, {})
    : refuse(400, 'invalid_token', 'Token expired or revoked');
};
