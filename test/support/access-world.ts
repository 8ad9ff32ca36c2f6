/** What grants, connections and budgets need around them in a test: a store in memory, a virtual clock, keys that check their context. */

import { type Grant, grantIdOf, tokenContext } from '../../server/domain/grant.ts';
import { type SqliteStore, sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { FatalError, RetryError } from '../../server/errors.ts';
import type { Keys, OAuthProvider, Ports } from '../../server/ports.ts';
import { sealText } from '../../server/wrappers/seal-text.ts';
import { recordingLog } from './recording-log.ts';
import { seededIds, seededRandom } from './seeded-random.ts';
import { settle, type VirtualClock, virtualClock } from './virtual-clock.ts';

export interface AccessWorld {
  store: SqliteStore;
  clock: VirtualClock;
  log: ReturnType<typeof recordingLog>;
  ports: Pick<Ports, 'store' | 'clock' | 'log' | 'keys' | 'random' | 'ids' | 'xeroOAuth' | 'googleOAuth'>;
}

export const accessWorld = (over: Partial<AccessWorld['ports']> = {}, seed = 1): AccessWorld => {
  const store = sqliteStore(':memory:');
  const clock = virtualClock();
  const log = recordingLog();
  const random = seededRandom(seed);
  const ids = seededIds(clock, seed);
  const ports = {
    store,
    clock,
    log,
    random,
    ids,
    keys: openKeys,
    xeroOAuth: closed,
    googleOAuth: closed,
    ...over,
  };
  return { store, clock, log, ports };
};

/** Hides nothing, but refuses another context as real keys do. */
export const openKeys: Keys = {
  wrap: async (key, context) => Buffer.from(JSON.stringify([context, [...key]])).toString('base64url'),
  async unwrap(wrapped, context) {
    const [own, key] = JSON.parse(Buffer.from(wrapped, 'base64url').toString());
    if (own !== context) throw new FatalError('BLOB_DAMAGED', { path: context });
    return Uint8Array.from(key);
  },
};

const refused = () =>
  Promise.reject(new RetryError('NETWORK', { problem: 'this provider is not part of the test' }));
const closed: OAuthProvider = { authorizeUrl: refused, exchange: refused, refresh: refused, revoke: refused };

/** An active grant of team `team`, its tokens sealed; answers its id. */
export async function givenGrant(
  { ports }: Pick<AccessWorld, 'ports'>,
  tokens: { accessToken: string; refreshToken: string; expiresAt: number },
  over: Partial<Grant> = {},
): Promise<string> {
  const { provider = 'xero', subject = 'user-1', teamId = 'team' } = over;
  const id = grantIdOf(teamId, provider, subject);
  const sealedAccess = await sealText(ports, tokenContext(id, 'accessToken'), tokens.accessToken);
  const sealedRefresh = await sealText(ports, tokenContext(id, 'refreshToken'), tokens.refreshToken);
  await ports.store.transaction(async (tx) =>
    tx.set('grants', id, {
      v: 1,
      teamId,
      provider,
      subject,
      email: 'rewi@example.com',
      name: 'Rewi',
      status: 'active',
      scopes: ['openid'],
      sealedAccessToken: sealedAccess,
      sealedRefreshToken: sealedRefresh,
      accessExpiresAt: tokens.expiresAt,
      refreshedAt: ports.clock.now(),
      fencing: 0,
      ...over,
    }),
  );
  return id;
}

/**
 * Lets time pass until the promise settles; fails after `limitMs` of it. While nobody sleeps there is only work to wait for,
 * and time stands still.
 */
export async function until<T>(clock: VirtualClock, promise: Promise<T>, limitMs = 3_600_000): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  promise.then(done, done);
  const end = clock.now() + limitMs;
  for (await settle(); !isDone; await settle(1)) {
    if (clock.now() > end) throw new Error('it took too long');
    if (clock.sleepers() > 0) await clock.advance(100);
    else await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return promise;
}
