/** How one OpenID provider differs from the next: addresses, names of claims, and which of our errors its refusals are. */
import type { CodeOf } from '../errors.ts';

export interface OpenIdDialect {
  /** Whom its ID tokens must name. */
  issuer: string;
  authorizeUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  /** Its published keys, as a JSON Web Key Set. */
  certsUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  /** Sent with every request for consent. */
  authorizeParameters: Record<string, string>;
  /** The claim of its ID token that names the person for ever. */
  subjectClaim: string;
  /** The claim of its access token, when that is a JWT, that names the consent. */
  consentEventClaim: string | undefined;
  errors: {
    /** The refresh token has ended. */
    ended: Extract<CodeOf<'user'>, 'NEEDS_RECONNECT' | 'NEEDS_GOOGLE'>;
    unavailable: Extract<CodeOf<'retry'>, 'XERO_UNAVAILABLE' | 'GOOGLE_UNAVAILABLE'>;
    refused: Extract<CodeOf<'fatal'>, 'XERO_REFUSED' | 'GOOGLE_REFUSED'>;
    /** The settings that a refused client names. */
    clientField: string;
  };
}
