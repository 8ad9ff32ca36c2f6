import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { grantLease } from '../../../server/domain/grant.ts';
import { accessTokenOf, googleTokens, grantTokens } from '../../../server/engine/access/access-token.ts';
import { acquireLease, overtake } from '../../../server/engine/leases.ts';
import { RetryError } from '../../../server/errors.ts';
import { type AccessWorld, accessWorld, givenGrant, until } from '../../support/access-world.ts';
import { type RotatingTokens, rotatingTokens } from '../../support/rotating-tokens.ts';
import { seededIds, seededNumbers } from '../../support/seeded-random.ts';

let world: AccessWorld;
let xero: RotatingTokens;
let grantId: string;
const minutes = 60_000;

beforeEach(async () => {
  world = accessWorld();
  xero = rotatingTokens(world.clock);
  world.ports.xeroOAuth = xero.provider();
  grantId = await givenGrant(world, xero.first());
});
afterEach(() => world.store.close());

const grant = async () => {
  const found = (await world.store.get('grants', grantId))?.data;
  if (!found) throw new Error('the grant is gone');
  return found;
};
const token = (ports = world.ports, refused?: string) =>
  until(world.clock, accessTokenOf(ports, grantId, refused));

describe('an access token', () => {
  test('is used until shortly before its end, then renewed and stored before its first use', async () => {
    expect(await token()).toBe('access-0');
    await world.clock.advance(27 * minutes);
    expect(await token()).toBe('access-0');
    await world.clock.advance(2 * minutes);
    expect(await token()).toBe('access-1');
    expect(await token()).toBe('access-1');
    expect(xero.counts.rotations).toBe(1);
    expect(await grant()).toMatchObject({ fencing: 1, refreshFailure: null });
    expect(xero.isValid('access-1')).toBe(true);
  });

  test('is never at rest in clear, and does not open elsewhere', async () => {
    await world.clock.advance(29 * minutes);
    await token();
    const stored = await grant();
    expect(JSON.stringify(stored)).not.toMatch(/access-|refresh-\d/);
    const other = await givenGrant(world, xero.first(), { subject: 'user-2' });
    const theirs = await world.store.get('grants', other);
    if (!theirs) throw new Error('no grant');
    const moved = { ...theirs.data, sealedAccessToken: stored.sealedAccessToken };
    await world.store.replace('grants', other, theirs.revision, moved);
    await expect(accessTokenOf(world.ports, other)).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
  });

  test('that was refused is not answered again', async () => {
    expect(await token(world.ports, 'access-0')).toBe('access-1');
    expect(await token(world.ports, 'access-0')).toBe('access-1');
    expect(xero.counts.rotations).toBe(1);
  });

  test('is renewed once for many callers of one process', async () => {
    await world.clock.advance(29 * minutes);
    const tokens = grantTokens(world.ports);
    const all = await until(
      world.clock,
      Promise.all(Array.from({ length: 50 }, () => tokens.accessToken(grantId))),
    );
    expect(new Set(all)).toEqual(new Set(['access-1']));
  });

  test('of Google keeps the refresh token that Google does not send again', async () => {
    const refresh = async () => ({
      accessToken: 'ya29.new',
      refreshToken: undefined,
      expiresAt: world.clock.now() + 3_600_000,
      scopes: ['openid'],
      person: undefined,
      consentEventId: undefined,
    });
    world.ports.googleOAuth = { ...world.ports.googleOAuth, refresh };
    const id = await givenGrant(
      world,
      { accessToken: 'ya29.old', refreshToken: '1//x', expiresAt: 0 },
      { provider: 'google' },
    );
    const before = (await world.store.get('grants', id))?.data.sealedRefreshToken;
    expect(await googleTokens(world.ports).accessToken(id)).toBe('ya29.new');
    expect((await world.store.get('grants', id))?.data.sealedRefreshToken).toBe(before);
  });

  test('of Google that was refused is never answered again, however fresh it looks', async () => {
    const expiresAt = world.clock.now() + 3_600_000;
    const refresh = async () => ({
      accessToken: 'ya29.new',
      refreshToken: undefined,
      expiresAt,
      scopes: ['openid'],
      person: undefined,
      consentEventId: undefined,
    });
    world.ports.googleOAuth = { ...world.ports.googleOAuth, refresh };
    const id = await givenGrant(
      world,
      { accessToken: 'ya29.old', refreshToken: '1//x', expiresAt },
      { provider: 'google' },
    );
    const tokens = googleTokens(world.ports);
    expect(await tokens.accessToken(id)).toBe('ya29.old');
    expect(await tokens.accessToken(id, 'ya29.old')).toBe('ya29.new');
  });

  test('of no grant is NOT_FOUND', async () => {
    await expect(accessTokenOf(world.ports, 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a lost answer', () => {
  test('is made good at once with the old token', async () => {
    await world.clock.advance(31 * minutes);
    const faults = ['lost-after', 'none'] as const;
    let count = 0;
    world.ports.xeroOAuth = xero.provider({ fault: () => faults[count++] ?? 'none' });
    expect(await token()).toBe('access-2');
    expect(xero.counts).toMatchObject({ rotations: 2, refused: 0 });
  });

  test('over and over pauses longer each time, and is made good within the grace', async () => {
    await world.clock.advance(31 * minutes);
    let isLost = true;
    let asked = 0;
    world.ports.xeroOAuth = xero.provider({
      fault: () => {
        asked += 1;
        return isLost ? 'lost-after' : 'none';
      },
    });
    const until20 = world.clock.now() + 20 * minutes;
    while (world.clock.now() < until20) {
      await expect(token()).rejects.toBeInstanceOf(RetryError);
      await world.clock.advance(1_000);
    }
    // Twice in each attempt; attempts a minute apart at the end.
    expect(asked).toBeLessThan(60);
    isLost = false;
    await world.clock.advance(minutes);
    expect(xero.isValid(await token())).toBe(true);
    expect((await grant()).refreshFailure).toBeNull();
  });

  test('for most of the grace is cried out about', async () => {
    await world.clock.advance(31 * minutes);
    world.ports.xeroOAuth = xero.provider({ fault: () => 'lost-after' });
    for (let minute = 0; minute < 28; minute++) {
      await token().catch(() => undefined);
      await world.clock.advance(minutes + 1);
    }
    expect(
      world.log.entries.some(({ level, message }) => level === 'error' && /may be lost/.test(message)),
    ).toBe(true);
  });

  test('is nobody’s trouble while the present token lives', async () => {
    await world.clock.advance(29 * minutes);
    world.ports.xeroOAuth = xero.provider({ fault: () => 'lost-before' });
    expect(await token()).toBe('access-0');
  });

  test('of a worker that died after the rotation is made good by the next', async () => {
    await world.clock.advance(31 * minutes);
    const dead = { ...world.ports, xeroOAuth: xero.provider({ dies: () => true }) };
    void accessTokenOf(dead, grantId);
    await world.clock.advance(1_000);
    expect(xero.counts.rotations).toBe(1);
    await expect(token()).rejects.toMatchObject({ code: 'LEASE_HELD' });
    await world.clock.advance(3 * minutes);
    expect(xero.isValid(await token())).toBe(true);
  });

  test('of the store does not lose the tokens in hand', async () => {
    await world.clock.advance(31 * minutes);
    let failures = 0;
    const store = {
      ...world.store,
      transaction: ((act) => {
        const isAfterRotation = xero.counts.rotations === 1;
        if (isAfterRotation && failures++ < 4) return Promise.reject(new RetryError('STORE_CONTENDED'));
        return world.store.transaction(act);
      }) as typeof world.store.transaction,
    };
    expect(await token({ ...world.ports, store })).toBe('access-1');
    expect(failures).toBeGreaterThan(4);
    expect(xero.counts.rotations).toBe(1);
  });
});

describe('a late holder', () => {
  test('cannot store what it got, and uses what the next one stored', async () => {
    await world.clock.advance(31 * minutes);
    const slow = accessTokenOf(
      { ...world.ports, xeroOAuth: xero.provider({ delayMs: () => 200_000 }) },
      grantId,
    );
    await world.clock.advance(130_000);
    expect(await token()).toBe('access-2');
    expect(await until(world.clock, slow)).toBe('access-2');
    expect((await grant()).fencing).toBe(2);
  });

  test('does not bring back a grant that was disconnected meanwhile', async () => {
    await world.clock.advance(31 * minutes);
    const slow = accessTokenOf(
      { ...world.ports, xeroOAuth: xero.provider({ delayMs: () => 10_000 }) },
      grantId,
    );
    await world.clock.advance(1_000);
    await world.store.transaction(async (tx) =>
      tx.set('grants', grantId, { ...(await grant()), status: 'revoked' }),
    );
    await expect(until(world.clock, slow)).rejects.toMatchObject({ code: 'NEEDS_RECONNECT' });
    expect((await grant()).status).toBe('revoked');
  });
});

describe('a grant that has ended', () => {
  const givenConnection = (id: string, organisationId: string) =>
    world.store.create('connections', id, {
      v: 1,
      teamId: 'team',
      grantId,
      organisationId,
      xeroConnectionId: `x-${id}`,
      name: organisationId,
      status: 'active',
      countryCode: '',
      baseCurrency: '',
      timeZone: '',
      connectedAt: 0,
    });

  test('is named with its connections, told once, and asked for no more', async () => {
    await givenConnection('c1', 'o1');
    await givenConnection('c2', 'o2');
    await world.clock.advance(31 * minutes);
    xero.revoke();
    for (let count = 0; count < 3; count++)
      await expect(token()).rejects.toMatchObject({ code: 'NEEDS_RECONNECT' });
    expect(xero.counts.refused).toBe(1);
    expect((await grant()).status).toBe('needs-reconnect');
    expect((await grant()).sealedRefreshToken).not.toBe('');
    for (const id of ['c1', 'c2']) {
      expect((await world.store.get('connections', id))?.data.status).toBe('needs-reconnect');
    }
    expect(await world.store.query('notices', { limit: 10 })).toHaveLength(1);
  });

  test('is not ended by a refusal of tokens that a consent has just replaced', async () => {
    await world.clock.advance(31 * minutes);
    const slow = accessTokenOf(
      { ...world.ports, xeroOAuth: xero.provider({ delayMs: () => 10_000 }) },
      grantId,
    );
    await world.clock.advance(1_000);
    xero.revoke();
    const fresh = rotatingTokens(world.clock).first();
    await world.store.transaction((tx) => overtake(tx, { name: grantLease(grantId), teamId: 'team' }));
    await givenGrant(world, fresh);
    expect(await until(world.clock, slow)).toBe(fresh.accessToken);
    expect((await grant()).status).toBe('active');
  });
});

test('while another renews it, callers wait and take what it stored', async () => {
  await world.clock.advance(31 * minutes);
  const first = accessTokenOf(
    { ...world.ports, xeroOAuth: xero.provider({ delayMs: () => 8_000 }) },
    grantId,
  );
  await world.clock.advance(100);
  expect(await token()).toBe('access-1');
  expect(await first).toBe('access-1');
  await expect(
    acquireLease(world.ports, { name: grantLease(grantId), teamId: 'team', holder: 'x', ttlMs: 1 }),
  ).resolves.toMatchObject({ fencing: 2 });
});

test('who read the grant just before another renewed it takes what it stored', async () => {
  await world.clock.advance(31 * minutes);
  let isFirst = true;
  const get: typeof world.store.get = async (collection, id) => {
    const stale = await world.store.get(collection, id);
    if (isFirst) {
      isFirst = false;
      await until(world.clock, accessTokenOf(world.ports, grantId));
    }
    return stale;
  };
  expect(await token({ ...world.ports, store: { ...world.store, get } })).toBe('access-1');
  expect(xero.counts.rotations).toBe(1);
});

/**
 * Workers on one store ask for hours; answers are lost, workers die after the rotation, exchanges take up to 44 s. Never are
 * two exchanges under way, no answer is an invalid token, and the grant, always recoverable, is never lost.
 */
describe('a storm of refreshes', () => {
  test.each(Array.from({ length: 12 }, (_, seed) => [seed]))('with seed %i loses no grant', async (seed) => {
    const next = seededNumbers(seed);
    const lossRate = next() * 0.6;
    const deathRate = next() * 0.1;
    const worker = async (number: number): Promise<void> => {
      const ids = seededIds(world.clock, seed * 100 + number);
      const xeroOAuth = xero.provider({
        delayMs: () => (next() < 0.1 ? next() * 44_000 : next() * 2_000),
        fault: () => {
          if (next() > lossRate) return 'none';
          return next() < 0.5 ? 'lost-before' : 'lost-after';
        },
        dies: () => next() < deathRate,
      });
      const ports = { ...world.ports, ids, xeroOAuth };
      const end = world.clock.now() + 4 * 60 * minutes;
      while (world.clock.now() < end) {
        const restartAt = world.clock.now() + 10 * minutes;
        const outcome = await Promise.race([
          accessTokenOf(ports, grantId).catch((error: unknown) => error),
          world.clock.sleep(10 * minutes),
        ]);
        if (typeof outcome === 'string') expect(xero.isValid(outcome)).toBe(true);
        else if (outcome !== undefined)
          expect(outcome).toHaveProperty(
            'code',
            expect.stringMatching(/NETWORK|UNAVAILABLE|LEASE_HELD|FENCED_OUT/),
          );
        else expect(world.clock.now()).toBeGreaterThanOrEqual(restartAt);
        await world.clock.sleep(Math.round(next() * 5 * minutes));
      }
    };
    const all = Promise.all(Array.from({ length: 6 }, (_, number) => worker(number)));
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    all.then(over, over);
    while (!isOver) await world.clock.advance(minutes);
    await all;
    expect(xero.counts.mostInFlight).toBe(1);
    expect(xero.counts.refused).toBe(0);
    expect(xero.counts.rotations).toBeGreaterThan(6);
    expect((await grant()).status).toBe('active');
  });
});
