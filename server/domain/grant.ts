/** Grants (a token set that one Xero or Google user gave us), connections, and consents under way. */
import { createHash } from 'node:crypto';
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
  /** When its person last agreed, and when the provider said it ends whatever is done; since 2026-11-21. */
  consentedAt: z.number().optional(),
  endsAt: z.number().optional(),
  /** The fencing number of the refresh that wrote these tokens. */
  fencing: z.int(),
  /** Refreshes without an outcome since the last one that had one. */
  refreshFailure: z.object({ count: z.int(), firstAt: z.number(), at: z.number() }).nullable().optional(),
  /** When a refresh was begun whose tokens are not stored yet: the old ones may be superseded. Since 2026-11-21. */
  refreshOwedAt: z.number().nullable().optional(),
  /** The user of ours who gave it; unknown for a grant of before 2026-11-21 that was not given again. */
  givenBy: z.string().optional(),
  /** When that person left the team: the grant ended with it. Since 2026-11-21. */
  leftAt: z.number().optional(),
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
  /** When a person last gave it: what was seen of it before says nothing any more. */
  connectedAt: z.number(),
  /** When it is looked at again without being asked; null: not planned yet, as in a connection of before 2026-11-21. */
  checkAt: z.number().nullable().optional(),
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
  /** Sealed, as tokens are. */
  codeVerifier: z.string(),
  returnTo: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  usedAt: z.number().nullable(),
  /** The act that used it: a repeated commit of the same act is harmless. */
  usedBy: z.string().nullable(),
});
export type Consent = z.infer<typeof consentSchema>;

/** The exchange of a refresh token is given up after this; long, because the server may have rotated it (xero-node#614). */
export const refreshTimeoutMs = 45_000;
/** A lost answer is made good with the old token within 30 minutes (xero-api.md section 1.2, 2026-11-20). */
export const refreshGraceMs = 30 * 60_000;

/** One grant per person and team: the same person again finds it. */
export const grantIdOf = (teamId: string, provider: Provider, subject: string): string =>
  createHash('sha256')
    .update(JSON.stringify([teamId, provider, subject]))
    .digest('hex')
    .slice(0, 32);

export const grantLease = (grantId: string): string => `grant:${grantId}`;

/** Where the sealed tokens belong: one moved to another grant or field does not open. */
export const tokenContext = (grantId: string, field: 'accessToken' | 'refreshToken'): string =>
  `grants/${grantId}/${field}`;

/** Renewed this long before it ends, so that no call is sent with a token about to end. */
const renewBeforeMs = 2 * 60_000;
export const isFresh = (grant: Grant, now: number): boolean => now < grant.accessExpiresAt - renewBeforeMs;
/** Still good for a call that begins now, though it is time to renew it. */
export const isAlive = (grant: Grant, now: number): boolean => now < grant.accessExpiresAt - 15_000;

const longestPauseMs = 60_000;
/**
 * When a refresh may be tried again after failures: a second, doubled each time, a minute at most. At once after one that was noted
 * by a clock far ahead: Xero’s half hour of grace does not wait for our clocks.
 */
export const nextRefreshAt = ({ refreshFailure }: Grant, now: number): number =>
  refreshFailure && refreshFailure.at <= now + longestPauseMs
    ? refreshFailure.at + Math.min(longestPauseMs, 1_000 * 2 ** (refreshFailure.count - 1))
    : 0;
