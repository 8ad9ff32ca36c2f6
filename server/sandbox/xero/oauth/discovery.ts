/** `/.well-known/openid-configuration`; the issuer is whatever origin the caller used. */
import { type Answer, jsonAnswer } from '../accounting/refusal.ts';
import { SCOPE_WORDS } from './scopes.ts';

export const discoveryAnswer = (origin: string): Answer =>
  jsonAnswer(200, {
    issuer: origin,
    jwks_uri: `${origin}/.well-known/openid-configuration/jwks`,
    authorization_endpoint: `${origin}/identity/connect/authorize`,
    token_endpoint: `${origin}/connect/token`,
    revocation_endpoint: `${origin}/connect/revocation`,
    scopes_supported: [...SCOPE_WORDS.keys()],
    claims_supported: [
      'sub',
      'name',
      'email',
      'given_name',
      'family_name',
      'preferred_username',
      'xero_userid',
    ],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['plain', 'S256'],
  });
