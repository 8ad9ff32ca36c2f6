/** Codes, consents and tokens, with the lifecycle of google-platform.md section 4.4. */
import type { SandboxClock } from '../../clock.ts';
import type { Random } from '../random.ts';

export interface PendingCode {
  clientId: string;
  sub: string;
  scopes: readonly string[];
  redirectUri: string;
  nonce?: string;
  challenge?: { value: string; method: 'S256' | 'plain' };
  isOffline: boolean;
  /** A refresh token comes with it: first consent, or `prompt=consent`. */
  givesRefreshToken: boolean;
  expiresAtMs: number;
}

export interface Session {
  clientId: string;
  sub: string;
  scopes: readonly string[];
}

interface AccessToken extends Session {
  expiresAtMs: number;
}

interface RefreshToken extends Session {
  issuedAtMs: number;
  lastUsedAtMs: number;
  /** When access that was given for a time ends. */
  expiresAtMs?: number;
}

export interface TokenStore {
  addCode(code: Omit<PendingCode, 'expiresAtMs'>): string;
  /** The code's facts once; undefined when unknown, used or ten minutes old. */
  useCode(code: string): PendingCode | undefined;
  hasConsent(clientId: string, sub: string): boolean;
  /** All scopes that the user has given the client and not taken back. */
  consentedScopes(clientId: string, sub: string): string[];
  addAccessToken(session: Session): { token: string; expiresInSeconds: number };
  /** `lifeMs` for access given for a time: an app in testing has seven days. */
  addRefreshToken(session: Session, lifeMs?: number): string;
  /** The session behind a live access token. */
  readAccessToken(token: string): (Session & { expiresAtMs: number }) | undefined;
  /** The session behind a live refresh token; counts as a use. */
  useRefreshToken(token: string): Session | undefined;
  /** Ends the whole grant that the token belongs to; false when it is unknown. */
  revokeByToken(token: string): boolean;
  /** Ends every token of a user, for one client or all. */
  revokeGrant(sub: string, clientId?: string): number;
  expireAccessTokens(sub?: string): number;
  counts(): { accessTokens: number; refreshTokens: number };
}

const CODE_LIFE_MS = 600_000;
/** Google says 3599 for an hour less the moment it took. */
export const ACCESS_LIFE_SECONDS = 3599;
const IDLE_LIFE_MS = 183 * 86_400_000;
/** More live refresh tokens than this per account and client: the oldest dies silently (section 4.4). */
const MOST_REFRESH_TOKENS = 100;

export const createTokenStore = (clock: SandboxClock, random: Random): TokenStore => {
  const codes = new Map<string, PendingCode>();
  const access = new Map<string, AccessToken>();
  const refresh = new Map<string, RefreshToken>();
  const consents = new Map<string, Set<string>>();
  const isOf = (session: Session, sub: string, clientId?: string): boolean =>
    session.sub === sub && (clientId === undefined || session.clientId === clientId);

  const revokeGrant = (sub: string, clientId?: string): number => {
    let ended = 0;
    for (const store of [access, refresh, codes]) {
      for (const [token, session] of store) {
        if (isOf(session, sub, clientId) && store.delete(token)) ended += 1;
      }
    }
    for (const consent of consents.keys()) {
      const [ofClient, ofSub] = consent.split('|');
      if (ofSub === sub && (clientId === undefined || ofClient === clientId)) consents.delete(consent);
    }
    return ended;
  };

  return {
    addCode(code) {
      const value = `4/0A${random.token(70)}`;
      codes.set(value, { ...code, expiresAtMs: clock.now() + CODE_LIFE_MS });
      const key = `${code.clientId}|${code.sub}`;
      consents.set(key, new Set([...(consents.get(key) ?? []), ...code.scopes]));
      return value;
    },
    useCode(code) {
      const found = codes.get(code);
      codes.delete(code);
      return found && found.expiresAtMs > clock.now() ? found : undefined;
    },
    hasConsent: (clientId, sub) => consents.has(`${clientId}|${sub}`),
    consentedScopes: (clientId, sub) => [...(consents.get(`${clientId}|${sub}`) ?? [])],
    addAccessToken(session) {
      const token = `ya29.a0${random.token(160)}`;
      access.set(token, { ...session, expiresAtMs: clock.now() + ACCESS_LIFE_SECONDS * 1000 });
      return { token, expiresInSeconds: ACCESS_LIFE_SECONDS };
    },
    addRefreshToken(session, lifeMs) {
      const token = `1//0${random.token(95)}`;
      const now = clock.now();
      const end = lifeMs === undefined ? {} : { expiresAtMs: now + lifeMs };
      refresh.set(token, { ...session, issuedAtMs: now, lastUsedAtMs: now, ...end });
      const own = [...refresh].filter(([, other]) => isOf(other, session.sub, session.clientId));
      for (const [old] of own.slice(0, Math.max(0, own.length - MOST_REFRESH_TOKENS))) refresh.delete(old);
      return token;
    },
    readAccessToken(token) {
      const found = access.get(token);
      if (!found) return undefined;
      if (found.expiresAtMs > clock.now()) return found;
      access.delete(token);
      return undefined;
    },
    useRefreshToken(token) {
      const found = refresh.get(token);
      if (!found) return undefined;
      const isOver = found.expiresAtMs !== undefined && clock.now() >= found.expiresAtMs;
      if (isOver || clock.now() - found.lastUsedAtMs > IDLE_LIFE_MS) {
        refresh.delete(token);
        return undefined;
      }
      found.lastUsedAtMs = clock.now();
      return found;
    },
    revokeByToken(token) {
      const session = access.get(token) ?? refresh.get(token);
      if (!session) return false;
      revokeGrant(session.sub, session.clientId);
      return true;
    },
    revokeGrant,
    expireAccessTokens(sub) {
      let ended = 0;
      for (const [token, session] of access) {
        if ((sub === undefined || session.sub === sub) && access.delete(token)) ended += 1;
      }
      return ended;
    },
    counts: () => ({ accessTokens: access.size, refreshTokens: refresh.size }),
  };
};
