/** Who a Google ID token says it is, once it has proved it. */
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { Identity, Ports } from '../ports.ts';
import { publishedKeys } from './published-keys.ts';

export interface GoogleIdentityConfig {
  /** `https://accounts.google.com`; its tokens may leave the scheme out. */
  issuer: string;
  /** Client ids of ours that tokens may be made for. */
  audiences: string[];
  /** `https://www.googleapis.com/oauth2/v3/certs`. */
  certsUrl: string;
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.string().min(3),
  email_verified: z.literal([true, 'true']),
  name: z.string().optional(),
});

/**
 * Signature (RS256 only), issuer, audience, end, beginning and a verified address, as
 * developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken asks (2026).
 */
export function googleIdentity(
  ports: Pick<Ports, 'network' | 'clock'>,
  config: GoogleIdentityConfig,
): Identity {
  const keys = publishedKeys(ports, config.certsUrl);
  const issuers = [config.issuer, config.issuer.replace(/^https:\/\//, '')];
  return {
    async verify(idToken) {
      try {
        const { payload } = await jwtVerify(idToken, keys, {
          algorithms: ['RS256'],
          issuer: issuers,
          audience: config.audiences,
          currentDate: new Date(ports.clock.now()),
          clockTolerance: 60,
          // Makes jose look at `iat` too: a token from the future is refused.
          maxTokenAge: '1 day',
          requiredClaims: ['exp', 'sub'],
        });
        const { sub, email, name } = claimsSchema.parse(payload);
        return { subject: sub, email, name: name ?? email };
      } catch (error) {
        const isRefused = error instanceof errors.JOSEError || error instanceof z.ZodError;
        // The cause is left out: it holds the claims.
        throw isRefused ? new UserError('CREDENTIAL_REFUSED') : error;
      }
    },
  };
}
