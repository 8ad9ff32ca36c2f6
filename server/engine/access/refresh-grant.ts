/**
 * The one place where a token is renewed (design.md section 7; reliability-security.md 3.1b).
 *
 * Under a fenced lease on the grant: read again, because another may have renewed it; ask with a long timeout; store both
 * tokens before the first use; release by number. An answer that was lost leaves the stored refresh token as it was: Xero
 * takes it again for 30 minutes, so the next attempt, here or after a crash, makes it good. A holder that was overtaken
 * cannot store what it got, and uses what the other stored.
 */
import {
  type Grant,
  grantLease,
  isAlive,
  nextRefreshAt,
  refreshGraceMs,
  refreshTimeoutMs,
  tokenContext,
} from '../../domain/grant.ts';
import { FoliokeepError, RetryError, UserError } from '../../errors.ts';
import type { OAuthProvider, Ports, TokenSet } from '../../ports.ts';
import { openText, sealText } from '../../wrappers/seal-text.ts';
import { acquireLease, assertFencing, type HeldLease, releaseLease } from '../leases.ts';
import { endedError, endGrant } from './end-access.ts';

export type GrantPorts = Pick<
  Ports,
  'store' | 'clock' | 'keys' | 'random' | 'ids' | 'log' | 'xeroOAuth' | 'googleOAuth'
>;

/** Two exchanges and the storing fit into it. */
const leaseMs = 2 * refreshTimeoutMs + 30_000;
/**
 * Clocks may differ so much without anybody being hurried. Xero's half hour of grace does not wait for the end that a worker wrote
 * whose clock was an hour ahead, and who is dead: and two exchanges at once are harmless, for only the newer lease may store.
 */
const slackMs = 5 * 60_000;

/**
 * A new access token, or what `stillGood` makes of the grant as it is once the lease is held. WaitError `LEASE_HELD` while
 * another renews it; UserError `NEEDS_RECONNECT` or `NEEDS_GOOGLE` when the provider has ended it; RetryError when the outcome
 * is not known, and for a while after that without asking.
 */
export async function refreshGrant(
  ports: GrantPorts,
  grantId: string,
  teamId: string,
  stillGood: (grant: Grant) => Promise<string | undefined>,
): Promise<string> {
  const name = grantLease(grantId);
  const what = 'the renewal of access';
  const request = { name, teamId, holder: ports.ids.next(), ttlMs: leaseMs, slackMs, what };
  const lease = await acquireLease(ports, request);
  try {
    const grant = (await ports.store.get('grants', grantId))?.data;
    if (grant === undefined) throw new UserError('NOT_FOUND', { what: 'grant' });
    if (grant.status !== 'active') throw endedError(grant);
    const present = await stillGood(grant);
    if (present !== undefined) return present;
    const now = ports.clock.now();
    if (now < nextRefreshAt(grant, now)) throw unavailable(grant);
    await noteIntent(ports, grantId, lease);
    const tokens = await ask(ports, grantId, grant, lease);
    await storeTokens(ports, grantId, lease, tokens);
    return tokens.accessToken;
  } finally {
    await release(ports, grantId, lease);
  }
}

async function ask(ports: GrantPorts, grantId: string, grant: Grant, lease: HeldLease): Promise<TokenSet> {
  const provider = grant.provider === 'xero' ? ports.xeroOAuth : ports.googleOAuth;
  const refreshToken = await openText(ports, tokenContext(grantId, 'refreshToken'), grant.sealedRefreshToken);
  // Nobody else may begin before this exchange has surely ended.
  const hasTime = () => ports.clock.now() + refreshTimeoutMs < lease.until;
  try {
    return await askTwice(provider, refreshToken, hasTime);
  } catch (error) {
    if (error instanceof UserError) {
      await endGrant(ports, grantId, lease.fencing);
      throw endedError(grant);
    }
    if (error instanceof RetryError) await noteFailure(ports, grantId, lease.fencing);
    throw error;
  }
}

/** An answer was lost, not the grant: the same token again. */
async function askTwice(
  provider: OAuthProvider,
  refreshToken: string,
  hasTime: () => boolean,
): Promise<TokenSet> {
  if (!hasTime()) throw new RetryError('FENCED_OUT');
  try {
    return await provider.refresh(refreshToken);
  } catch (error) {
    if (!(error instanceof RetryError) || !hasTime()) throw error;
    return provider.refresh(refreshToken);
  }
}

/** Kept trying while the lease lasts: the tokens exist nowhere else. RetryError `FENCED_OUT` when they are no longer wanted. */
async function storeTokens(
  ports: GrantPorts,
  grantId: string,
  lease: HeldLease,
  tokens: TokenSet,
): Promise<void> {
  for (let pauseMs = 100; ; pauseMs *= 2) {
    try {
      return await storeOnce(ports, grantId, lease, tokens);
    } catch (error) {
      const isPassing = error instanceof RetryError && error.code !== 'FENCED_OUT';
      if (!isPassing || ports.clock.now() + pauseMs > lease.until) throw error;
      await ports.clock.sleep(pauseMs);
    }
  }
}

async function storeOnce(
  ports: GrantPorts,
  grantId: string,
  lease: HeldLease,
  tokens: TokenSet,
): Promise<void> {
  const now = ports.clock.now();
  const sealedAccessToken = await sealText(ports, tokenContext(grantId, 'accessToken'), tokens.accessToken);
  // Google sends none with a refresh: the old one stays good.
  const sealedRefreshToken =
    tokens.refreshToken &&
    (await sealText(ports, tokenContext(grantId, 'refreshToken'), tokens.refreshToken));
  await ports.store.transaction(async (tx) => {
    await assertFencing(tx, { name: grantLease(grantId), fencing: lease.fencing });
    const grant = (await tx.get('grants', grantId))?.data;
    // Disconnected or deleted while we asked: new tokens must not bring it back.
    if (grant?.status !== 'active') throw new RetryError('FENCED_OUT');
    tx.set('grants', grantId, {
      ...grant,
      sealedAccessToken,
      sealedRefreshToken: sealedRefreshToken || grant.sealedRefreshToken,
      scopes: tokens.scopes.length > 0 ? tokens.scopes : grant.scopes,
      accessExpiresAt: tokens.expiresAt,
      refreshedAt: now,
      ...(tokens.refreshEndsAt === undefined ? {} : { endsAt: tokens.refreshEndsAt }),
      fencing: lease.fencing,
      refreshFailure: null,
      refreshOwedAt: null,
    });
  });
}

/**
 * Before the exchange, because it is the one that cannot be looked up: whoever dies in it, or never hears its answer, leaves
 * word that the tokens may be superseded, and the tick has them renewed within the grace though no run needs them by then.
 */
async function noteIntent(ports: GrantPorts, grantId: string, lease: HeldLease): Promise<void> {
  const now = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    await assertFencing(tx, { name: grantLease(grantId), fencing: lease.fencing });
    const grant = (await tx.get('grants', grantId))?.data;
    if (grant?.status !== 'active' || typeof grant.refreshOwedAt === 'number') return;
    tx.set('grants', grantId, { ...grant, refreshOwedAt: now });
  });
}

async function noteFailure(ports: GrantPorts, grantId: string, fencing: number): Promise<void> {
  const at = ports.clock.now();
  const failure = await ports.store.transaction(async (tx) => {
    await assertFencing(tx, { name: grantLease(grantId), fencing });
    const grant = (await tx.get('grants', grantId))?.data;
    if (grant?.status !== 'active') return undefined;
    const before = grant.refreshFailure;
    // The same act applied twice counts once.
    if (before?.at === at) return before;
    const refreshFailure = { count: (before?.count ?? 0) + 1, firstAt: before?.firstAt ?? at, at };
    tx.set('grants', grantId, { ...grant, refreshFailure });
    return refreshFailure;
  });
  if (failure && at - failure.firstAt > refreshGraceMs - 5 * 60_000) {
    ports.log.error('a grant may be lost: its refresh has had no answer for most of the grace', {
      grantId,
      failures: failure.count,
    });
  }
}

/** Not given back is not lost: the lease ends by itself. */
async function release(ports: GrantPorts, grantId: string, lease: HeldLease): Promise<void> {
  try {
    await releaseLease(ports, { name: grantLease(grantId), fencing: lease.fencing });
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    ports.log.warn('a lease was left to end by itself', { grantId, code: error.code });
  }
}

const unavailable = ({ provider }: Grant): RetryError =>
  new RetryError(provider === 'xero' ? 'XERO_UNAVAILABLE' : 'GOOGLE_UNAVAILABLE');

/** The token as it is, when it is good enough and not the one that was refused. */
export async function usableToken(
  ports: Pick<Ports, 'clock' | 'keys'>,
  grantId: string,
  grant: Grant,
  isGood: (grant: Grant, now: number) => boolean = isAlive,
  refused?: string,
): Promise<string | undefined> {
  if (!isGood(grant, ports.clock.now())) return undefined;
  const token = await openText(ports, tokenContext(grantId, 'accessToken'), grant.sealedAccessToken);
  return token === refused ? undefined : token;
}
