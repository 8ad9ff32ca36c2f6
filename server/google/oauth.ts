/** Google's side of OpenID Connect: where it answers and how it names things. */
import type { OpenIdDialect } from '../domain/openid-dialect.ts';

export interface GoogleOAuthConfig {
  /** `https://accounts.google.com`. */
  issuer: string;
  authUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  certsUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/**
 * For `openIdProvider`. `access_type=offline` asks for a refresh token, which Google sends with the first consent only, or
 * again when `prompt=consent` shows the question anew (developers.google.com/identity/protocols/oauth2/web-server, 2026).
 */
export const googleOpenId = (config: GoogleOAuthConfig): OpenIdDialect => ({
  issuer: config.issuer,
  authorizeUrl: config.authUrl,
  tokenUrl: config.tokenUrl,
  revokeUrl: config.revokeUrl,
  certsUrl: config.certsUrl,
  clientId: config.clientId,
  clientSecret: config.clientSecret,
  redirectUri: config.redirectUri,
  authorizeParameters: { access_type: 'offline' },
  subjectClaim: 'sub',
  consentEventClaim: undefined,
  errors: {
    ended: 'NEEDS_GOOGLE',
    unavailable: 'GOOGLE_UNAVAILABLE',
    refused: 'GOOGLE_REFUSED',
    clientField: 'GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET',
  },
});
