/**
 * What Xero remembers of consents: codes, tokens, connections (xero-api.md 1.1 to 1.3, 2026-11-20).
 * A code lives 5 minutes and works once. An access token lives 30 minutes. A refresh token lives 60 days unused and rotates on
 * every refresh; the one before keeps working for 30 minutes, until its successor has been used. Scopes add up per user and app.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';

const CODE_LIFE_MS = 5 * 60_000;
export const ACCESS_LIFE_MS = 30 * 60_000;
const REFRESH_LIFE_MS = 60 * 86_400_000;
const GRACE_MS = 30 * 60_000;

/** One user's consent to one app. */
export interface Grant {
  userId: string;
  clientId: string;
  scopes: Set<string>;
  isRevoked: boolean;
}

export interface Connection {
  id: string;
  authEventId: string;
  tenantId: string;
  createdAt: number;
  updatedAt: number;
  isActive: boolean;
  grant: Grant;
}

export interface Code {
  grant: Grant;
  redirectUri: string;
  authEventId: string;
  scopes: string[];
  nonce: string | null;
  challenge: { value: string; method: string } | null;
  expiresAt: number;
}

export interface AccessToken {
  grant: Grant;
  scopes: Set<string>;
  expiresAt: number;
}

export interface RefreshToken {
  grant: Grant;
  authEventId: string;
  issuedAt: number;
  usedAt: number | null;
  /** Tokens made from this one; one of them used ends the grace. */
  successors: RefreshToken[];
}

export interface Grants {
  consent(input: { userId: string; clientId: string; scopes: string[]; tenantIds: string[] }): {
    grant: Grant;
    authEventId: string;
  };
  putCode(code: Omit<Code, 'expiresAt'>): string;
  /** Null when unknown, used or too old. */
  takeCode(text: string): Code | null;
  putAccess(text: string, token: AccessToken): void;
  access(text: string): AccessToken | undefined;
  putRefresh(grant: Grant, authEventId: string, from: RefreshToken | null): string;
  /** Marks the token used; `isReuse` when the grace was needed. Null when it is not good any more. */
  takeRefresh(text: string): { token: RefreshToken; isReuse: boolean } | null;
  grantOfRefresh(text: string): Grant | undefined;
  /** Active connections of a grant. */
  connections(grant: Grant): Connection[];
  isConnected(grant: Grant, tenantId: string): boolean;
  disconnect(where: (connection: Connection) => boolean): number;
  /** Ends the grant with all its tokens and connections. */
  revoke(grant: Grant): void;
  grants(): Grant[];
  expireAccessTokens(): number;
}

export function grantStore(clock: SandboxClock): Grants {
  const grants: Grant[] = [];
  const connections: Connection[] = [];
  const codes = new Map<string, Code>();
  const accessTokens = new Map<string, AccessToken>();
  const refreshTokens = new Map<string, RefreshToken>();

  const disconnect: Grants['disconnect'] = (where) => {
    const ended = connections.filter((connection) => connection.isActive && where(connection));
    for (const connection of ended) connection.isActive = false;
    return ended.length;
  };

  return {
    consent({ userId, clientId, scopes, tenantIds }) {
      let grant = grants.find(
        (each) => each.userId === userId && each.clientId === clientId && !each.isRevoked,
      );
      if (!grant) {
        grant = { userId, clientId, scopes: new Set(), isRevoked: false };
        grants.push(grant);
      }
      for (const scope of scopes) grant.scopes.add(scope);
      const authEventId = randomUUID();
      for (const tenantId of tenantIds) connect(connections, grant, tenantId, authEventId, clock.now());
      return { grant, authEventId };
    },
    putCode(code) {
      const text = randomBytes(32).toString('base64url');
      codes.set(text, { ...code, expiresAt: clock.now() + CODE_LIFE_MS });
      return text;
    },
    takeCode(text) {
      const code = codes.get(text);
      codes.delete(text);
      return code && code.expiresAt > clock.now() && !code.grant.isRevoked ? code : null;
    },
    putAccess(text, token) {
      for (const [old, { expiresAt }] of accessTokens) {
        if (expiresAt < clock.now() - ACCESS_LIFE_MS) accessTokens.delete(old);
      }
      accessTokens.set(text, token);
    },
    access: (text) => accessTokens.get(text),
    putRefresh(grant, authEventId, from) {
      const text = randomBytes(32).toString('base64url');
      const token: RefreshToken = { grant, authEventId, issuedAt: clock.now(), usedAt: null, successors: [] };
      refreshTokens.set(text, token);
      from?.successors.push(token);
      return text;
    },
    takeRefresh(text) {
      const token = refreshTokens.get(text);
      const now = clock.now();
      if (!token || token.grant.isRevoked) return null;
      if (token.usedAt === null) {
        if (now - token.issuedAt > REFRESH_LIFE_MS) return null;
        token.usedAt = now;
        return { token, isReuse: false };
      }
      const isOver = now - token.usedAt > GRACE_MS || token.successors.some(({ usedAt }) => usedAt !== null);
      return isOver ? null : { token, isReuse: true };
    },
    grantOfRefresh: (text) => refreshTokens.get(text)?.grant,
    connections: (grant) => connections.filter((each) => each.isActive && each.grant === grant),
    isConnected: (grant, tenantId) =>
      connections.some((each) => each.isActive && each.grant === grant && each.tenantId === tenantId),
    disconnect,
    revoke(grant) {
      grant.isRevoked = true;
      disconnect((connection) => connection.grant === grant);
    },
    grants: () => grants.filter((grant) => !grant.isRevoked),
    expireAccessTokens() {
      let count = 0;
      for (const token of accessTokens.values()) {
        if (token.expiresAt <= clock.now()) continue;
        token.expiresAt = clock.now();
        count++;
      }
      return count;
    },
  };
}

/** One connection per user, app and organisation for ever; created before updated tells of a reconnect (xero-api.md 1.3). */
function connect(all: Connection[], grant: Grant, tenantId: string, authEventId: string, now: number) {
  const known = all.find(
    (each) =>
      each.tenantId === tenantId &&
      each.grant.userId === grant.userId &&
      each.grant.clientId === grant.clientId,
  );
  if (known) Object.assign(known, { authEventId, updatedAt: now, isActive: true, grant });
  else {
    all.push({
      id: randomUUID(),
      authEventId,
      tenantId,
      createdAt: now,
      updatedAt: now,
      isActive: true,
      grant,
    });
  }
}
