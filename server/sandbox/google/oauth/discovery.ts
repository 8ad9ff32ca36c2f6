/** OpenID discovery, the published keys, and the two endpoints that describe a token. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { bearer, bodyForm, type Call, json } from '../respond.ts';
import type { World } from '../world.ts';
import { hasScope } from './scopes.ts';

/** As accounts.google.com serves it, with the sandbox's own addresses. */
export const discovery = (world: World, { url: { origin } }: Call): HttpResponse =>
  json(200, {
    issuer: world.issuer,
    authorization_endpoint: `${origin}/o/oauth2/v2/auth`,
    token_endpoint: `${origin}/token`,
    userinfo_endpoint: `${origin}/v1/userinfo`,
    revocation_endpoint: `${origin}/revoke`,
    jwks_uri: `${origin}/oauth2/v3/certs`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: [
      'aud',
      'email',
      'email_verified',
      'exp',
      'family_name',
      'given_name',
      'iat',
      'iss',
      'name',
      'sub',
    ],
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    authorization_response_iss_parameter_supported: true,
  });

const CACHED = { 'cache-control': 'public, max-age=21600, must-revalidate, no-transform' };

export const jwks = async (world: World): Promise<HttpResponse> => json(200, await world.keys.jwks(), CACHED);

export const pemCerts = async (world: World): Promise<HttpResponse> =>
  json(200, await world.keys.certificates(), CACHED);

/** `/tokeninfo` of an access token: what it may do and how long yet. */
export const tokenInfo = (world: World, call: Call): HttpResponse => {
  const value =
    call.url.searchParams.get('access_token') ?? bodyForm(call).get('access_token') ?? bearer(call);
  const session = value ? world.tokens.readAccessToken(value) : undefined;
  const account = world.accounts.find(({ sub }) => sub === session?.sub);
  if (!session || !account) return json(400, { error: 'invalid_token', error_description: 'Invalid Value' });
  const left = Math.floor((session.expiresAtMs - world.clock.now()) / 1000);
  return json(200, {
    azp: session.clientId,
    aud: session.clientId,
    sub: session.sub,
    scope: session.scopes.join(' '),
    exp: String(Math.floor(session.expiresAtMs / 1000)),
    expires_in: String(left),
    ...(hasScope(session.scopes, 'userinfo.email') && { email: account.email, email_verified: 'true' }),
    access_type: 'offline',
  });
};

export const userInfo = (world: World, call: Call): HttpResponse => {
  const value = bearer(call);
  const session = value ? world.tokens.readAccessToken(value) : undefined;
  const account = world.accounts.find(({ sub }) => sub === session?.sub);
  if (!session || !account) {
    return json(401, { error: 'invalid_request', error_description: 'Invalid Credentials' });
  }
  return json(200, {
    sub: account.sub,
    ...(hasScope(session.scopes, 'userinfo.profile') && { name: account.name }),
    ...(hasScope(session.scopes, 'userinfo.email') && { email: account.email, email_verified: true }),
  });
};
