/** Grants (a token set that one Xero or Google user gave us), connections, and consents under way. */
import { z } from 'zod';

export const providerSchema = z.enum(['xero', 'google']);
export type Provider = z.infer<typeof providerSchema>;

export const grantSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  provider: providerSchema,
  /** `xero_userid` or Google's `sub`. */
  subject: z.string(),
  email: z.string(),
  name: z.string(),
  status: z.enum(['active', 'needs-reconnect', 'revoked']),
  scopes: z.array(z.string()),
  /** Sealed by Keys with associated data naming the owner and the field; never in clear at rest. */
  sealedAccessToken: z.string(),
  sealedRefreshToken: z.string(),
  accessExpiresAt: z.number(),
  refreshedAt: z.number(),
  /** The fencing number of the refresh that wrote these tokens. */
  fencing: z.int(),
});
export type Grant = z.infer<typeof grantSchema>;

export const connectionSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  grantId: z.string(),
  /** Xero's `tenantId`. */
  organisationId: z.string(),
  /** The id that DELETE /connections/{id} takes. */
  xeroConnectionId: z.string(),
  name: z.string(),
  status: z.enum(['active', 'needs-reconnect', 'disconnected']),
  /** Known after the first read of Organisation; empty until then. */
  countryCode: z.string(),
  baseCurrency: z.string(),
  timeZone: z.string(),
  connectedAt: z.number(),
});
export type Connection = z.infer<typeof connectionSchema>;

export const consentSchema = z.object({
  v: z.literal(1),
  /** Null while a person signs in for the first time. */
  teamId: z.string().nullable(),
  userId: z.string().nullable(),
  /** Hash of the session that began it; a callback from another session is refused. */
  sessionId: z.string(),
  provider: providerSchema,
  purpose: z.enum(['sign-in', 'connect', 'reconnect']),
  /** The organisation or grant to be reconnected. */
  expected: z.string().nullable(),
  scopes: z.array(z.string()),
  codeVerifier: z.string(),
  returnTo: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  usedAt: z.number().nullable(),
});
export type Consent = z.infer<typeof consentSchema>;
