/** Access that ends by itself is warned of 14, 7 and 1 days ahead, once each. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { warningOf } from '../../../server/domain/grant-end.ts';
import { warnOfEnds } from '../../../server/engine/upkeep/warn-of-ends.ts';
import { type AccessWorld, accessWorld, givenGrant } from '../../support/access-world.ts';

const day = 24 * 3_600_000;
const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 0 };
let world: AccessWorld;
beforeEach(() => {
  world = accessWorld();
});
afterEach(() => world.store.close());

const told = async () =>
  (await world.store.query('notices', { limit: 100 }))
    .map(({ data }) => ({ kind: data.kind, days: data.count, until: data.until }))
    .sort((a, b) => (b.days ?? 0) - (a.days ?? 0));

test('a Xero grant that nobody could renew for weeks is warned of three times', async () => {
  const from = world.clock.now();
  await givenGrant(world, tokens);
  const chore = warnOfEnds(world.ports);
  const raised: Record<number, number> = {};
  for (let at = 0; at <= 61; at += 1) {
    for (let again = 0; again < 2; again += 1) {
      const count = await chore();
      if (count > 0) raised[at] = (raised[at] ?? 0) + count;
    }
    await world.clock.advance(day);
  }
  expect(raised).toEqual({ 46: 1, 53: 1, 59: 1 });
  const until = from + 60 * day;
  expect(await told()).toEqual([14, 7, 1].map((days) => ({ kind: 'consent-expiring', days, until })));
});

test('access that was given until a day is warned of before that day, though it is renewed each week', async () => {
  const from = world.clock.now();
  const endsAt = from + 30 * day;
  const id = await givenGrant(world, tokens, { provider: 'google', consentedAt: from, endsAt });
  const chore = warnOfEnds(world.ports);
  for (let at = 0; at <= 31; at += 1) {
    await chore();
    const grant = await world.store.get('grants', id);
    if (grant)
      await world.store.replace('grants', id, grant.revision, {
        ...grant.data,
        refreshedAt: world.clock.now(),
      });
    await world.clock.advance(day);
  }
  expect(await told()).toEqual([14, 7, 1].map((days) => ({ kind: 'consent-expiring', days, until: endsAt })));
});

test('a grant that has ended already, or is in use, is not warned of', async () => {
  await givenGrant(world, tokens, { status: 'needs-reconnect', subject: 'dead' });
  await givenGrant(world, tokens, { subject: 'used', refreshedAt: world.clock.now() + 50 * day });
  await world.clock.advance(55 * day);
  expect(await warnOfEnds(world.ports)()).toBe(0);
});

describe('the warning that is due', () => {
  const grant = { provider: 'google', refreshedAt: 0, consentedAt: 0 } as Parameters<typeof warningOf>[0];
  test.each([
    ['a week from Google, at once', 7 * day - 1000, 0, undefined],
    ['a week from Google, on its last day', 7 * day - 1000, 6 * day, 1],
    ['after an outage, two at once', 30 * day, 25 * day, 7],
    ['when it is over', 30 * day, 30 * day, undefined],
  ])('of %s', (_, endsAt, now, days) => expect(warningOf({ ...grant, endsAt }, now)).toBe(days));
});
