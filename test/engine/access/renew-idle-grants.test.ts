import { afterEach, beforeEach, expect, test } from 'vitest';
import { accessTokenOf } from '../../../server/engine/access/access-token.ts';
import { renewIdleGrants } from '../../../server/engine/access/renew-idle-grants.ts';
import { RetryError } from '../../../server/errors.ts';
import { type AccessWorld, accessWorld, givenGrant, until } from '../../support/access-world.ts';
import { rotatingTokens } from '../../support/rotating-tokens.ts';

let world: AccessWorld;
beforeEach(() => {
  world = accessWorld();
});
afterEach(() => world.store.close());
const day = 24 * 60 * 60_000;

test('grants idle for a week are renewed, so that they outlive the sixty days; others are left alone', async () => {
  const xero = rotatingTokens(world.clock);
  world.ports.xeroOAuth = xero.provider();
  const idle = await givenGrant(world, xero.first());
  await givenGrant(world, xero.first(), { subject: 'gone', status: 'needs-reconnect' });
  await world.clock.advance(6 * day);
  await givenGrant(world, xero.first(), { subject: 'busy' });
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(0);
  await world.clock.advance(2 * day);
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(1);
  expect((await world.store.get('grants', idle))?.data.refreshedAt).toBeGreaterThan(world.clock.now() - day);
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(0);
});

test('one that has ended does not keep the next from being renewed', async () => {
  const xero = rotatingTokens(world.clock);
  const refresh = xero.provider().refresh;
  world.ports.xeroOAuth = {
    ...world.ports.xeroOAuth,
    refresh: (token) => refresh(token === 'dead' ? 'unknown' : token),
  };
  await givenGrant(world, { ...xero.first(), refreshToken: 'dead' }, { subject: 'dead', refreshedAt: 0 });
  await givenGrant(world, xero.first(), { subject: 'living', refreshedAt: 1 });
  await world.clock.advance(8 * day);
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(1);
  expect(await world.store.query('notices', { limit: 5 })).toHaveLength(1);
});

test('many that cannot be renewed now do not keep the others from it', async () => {
  const xero = rotatingTokens(world.clock);
  const refresh = xero.provider().refresh;
  world.ports.xeroOAuth = {
    ...world.ports.xeroOAuth,
    refresh: (token) =>
      token === 'stuck' ? Promise.reject(new RetryError('XERO_UNAVAILABLE')) : refresh(token),
  };
  for (let at = 0; at < 4; at += 1)
    await givenGrant(
      world,
      { ...xero.first(), refreshToken: 'stuck' },
      { subject: `stuck${at}`, refreshedAt: at },
    );
  await givenGrant(world, xero.first(), { subject: 'living', refreshedAt: 10 });
  await world.clock.advance(8 * day);
  const renewals = [];
  for (let tick = 0; tick < 3; tick += 1) {
    renewals.push(await until(world.clock, renewIdleGrants(world.ports, 2)));
    await world.clock.advance(60_000);
  }
  expect(renewals).toEqual([0, 0, 1]);
});

test('a refresh whose answer was lost is made good within the grace, though nobody needs the grant by then', async () => {
  const xero = rotatingTokens(world.clock);
  let losses = 2;
  world.ports.xeroOAuth = xero.provider({
    fault: () => {
      losses -= 1;
      return losses >= 0 ? 'lost-after' : 'none';
    },
  });
  const grantId = await givenGrant(world, xero.first());
  // Still alive, but to be renewed: the run goes on with what there is, and ends.
  await world.clock.advance(28.5 * 60_000);
  const used = await until(world.clock, accessTokenOf(world.ports, grantId));
  expect(xero.isValid(used)).toBe(true);
  expect(losses).toBe(0);
  await world.clock.advance(60_000);
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(1);
  expect((await world.store.get('grants', grantId))?.data.refreshOwedAt).toBeNull();
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(0);
  await world.clock.advance(2 * day);
  expect(xero.isValid(await until(world.clock, accessTokenOf(world.ports, grantId)))).toBe(true);
});

test('a refresh that a clock an hour ahead noted as owed is made good within the grace of the real half hour', async () => {
  const xero = rotatingTokens(world.clock);
  let losses = 2;
  world.ports.xeroOAuth = xero.provider({
    fault: () => {
      losses -= 1;
      return losses >= 0 ? 'lost-after' : 'none';
    },
  });
  const grantId = await givenGrant(world, xero.first());
  const { clock } = world.ports;
  const ahead = { ...world.ports, clock: { ...clock, now: () => clock.now() + 3_600_000 } };
  await until(world.clock, accessTokenOf(ahead, grantId)).catch(() => undefined);
  expect(losses).toBe(0);
  await world.clock.advance(5 * 60_000);
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(1);
  expect((await world.store.get('grants', grantId))?.data).toMatchObject({
    refreshOwedAt: null,
    status: 'active',
  });
});

test('a refresh whose worker died after the rotation is made good too', async () => {
  const xero = rotatingTokens(world.clock);
  const grantId = await givenGrant(world, xero.first());
  await world.clock.advance(28.5 * 60_000);
  const dying = { ...world.ports, xeroOAuth: xero.provider({ dies: () => true }) };
  void accessTokenOf(dying, grantId);
  await world.clock.advance(5 * 60_000);
  world.ports.xeroOAuth = xero.provider();
  expect(await until(world.clock, renewIdleGrants(world.ports))).toBe(1);
  await world.clock.advance(2 * day);
  expect(xero.isValid(await until(world.clock, accessTokenOf(world.ports, grantId)))).toBe(true);
});

test('a refresh whose worker died with a clock an hour ahead is made good within the grace of the real half hour', async () => {
  const xero = rotatingTokens(world.clock);
  const grantId = await givenGrant(world, xero.first());
  const { clock } = world.ports;
  const ahead = { ...clock, now: () => clock.now() + 3_600_000 };
  void accessTokenOf(
    { ...world.ports, clock: ahead, xeroOAuth: xero.provider({ dies: () => true }) },
    grantId,
  );
  await world.clock.advance(5_000);
  expect(xero.counts.rotations).toBe(1);
  world.ports.xeroOAuth = xero.provider();
  const renewals = [];
  // Eleven minutes apart, as ticks may be where little is due.
  for (let tick = 0; tick < 2; tick += 1) {
    renewals.push(await until(world.clock, renewIdleGrants(world.ports)));
    await world.clock.advance(11 * 60_000);
  }
  expect(renewals).toEqual([0, 1]);
  expect((await world.store.get('grants', grantId))?.data).toMatchObject({
    refreshOwedAt: null,
    status: 'active',
  });
});
