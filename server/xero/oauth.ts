/** Xero's side of OpenID Connect: where it answers and how it names things. */
import type { OpenIdDialect } from '../domain/openid-dialect.ts';

export interface XeroOAuthConfig {
  /** `https://login.xero.com`: where people consent. */
  loginUrl: string;
  /** `https://identity.xero.com`: tokens, keys, and the issuer's name. */
  identityUrl: string;
  clientId: string;
  clientSecret: string;
  /** Registered with Xero: https, or `http://localhost:PORT`; `http://127.0.0.1` is refused. */
  redirectUri: string;
}

/** For `openIdProvider`. Addresses and claims of xero-api.md sections 1.1 and 1.2 (2026-11-20). */
export const xeroOpenId = (config: XeroOAuthConfig): OpenIdDialect => ({
  issuer: config.identityUrl,
  authorizeUrl: `${config.loginUrl}/identity/connect/authorize`,
  tokenUrl: `${config.identityUrl}/connect/token`,
  revokeUrl: `${config.identityUrl}/connect/revocation`,
  certsUrl: `${config.identityUrl}/.well-known/openid-configuration/jwks`,
  clientId: config.clientId,
  clientSecret: config.clientSecret,
  redirectUri: config.redirectUri,
  authorizeParameters: {},
  subjectClaim: 'xero_userid',
  consentEventClaim: 'authentication_event_id',
  errors: {
    ended: 'NEEDS_RECONNECT',
    unavailable: 'XERO_UNAVAILABLE',
    refused: 'XERO_REFUSED',
    clientField: 'XERO_CLIENT_ID, XERO_CLIENT_SECRET',
  },
});
