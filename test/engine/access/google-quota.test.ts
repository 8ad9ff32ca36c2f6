import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { googleQuota, takeGoogleTurn } from '../../../server/engine/access/google-quota.ts';
import { RetryError, WaitError } from '../../../server/errors.ts';
import { type AccessWorld, accessWorld, givenGrant, until } from '../../support/access-world.ts';
import { seededNumbers } from '../../support/seeded-random.ts';

const minute = 60_000;
let world: AccessWorld;
beforeEach(() => {
  world = accessWorld();
});
afterEach(() => world.store.close());

const google = (subject: string, teamId = 'team') =>
  givenGrant(
    world,
    { accessToken: 'a', refreshToken: 'r', expiresAt: world.clock.now() + 1_000_000 },
    { provider: 'google', subject, teamId },
  );

/** Calls as often as it may, until then; answers when they came to Google. */
async function busy(grantIds: readonly string[], untilAt: number): Promise<number[]> {
  const random = seededNumbers(9);
  const counted: number[] = [];
  const quotas = [googleQuota(world.ports), googleQuota(world.ports)];
  const worker = async (grantId: string, quota = quotas[0]): Promise<void> => {
    while (world.clock.now() < untilAt) {
      try {
        await quota?.spend(grantId, 'read');
        counted.push(world.clock.now() + random() * 1_000);
        await world.clock.sleep(50 + random() * 200);
      } catch (error) {
        if (!(error instanceof WaitError)) throw error;
        expect(error.code).toBe('GOOGLE_QUOTA');
        await world.clock.sleep(error.untilAt - world.clock.now());
      }
    }
  };
  const workers = grantIds.flatMap((grantId) => quotas.map((quota) => worker(grantId, quota)));
  await until(world.clock, Promise.all(workers));
  return counted.sort((a, b) => a - b);
}

const mostInAMinute = (counted: readonly number[]): number =>
  Math.max(...counted.map((at) => counted.filter((other) => other >= at && other < at + minute).length));

describe('calls to Sheets', () => {
  test('of one person never exceed 60 in any minute, though the person is in two teams, and nearly reach them', async () => {
    const grants = [await google('amelia'), await google('amelia', 'other')];
    const counted = await busy(grants, world.clock.now() + 4 * minute);
    expect(mostInAMinute(counted)).toBeLessThanOrEqual(60);
    expect(counted.length).toBeGreaterThan(4 * 55);
  });

  test('of all never exceed 300 in any minute, and nearly reach them', async () => {
    const grants = await Promise.all(Array.from({ length: 8 }, (_, number) => google(`person${number}`)));
    const counted = await busy(grants, world.clock.now() + 3 * minute);
    expect(mostInAMinute(counted)).toBeLessThanOrEqual(300);
    expect(counted.length).toBeGreaterThan(3 * 285);
  });

  test('that read do not wait for those that write', async () => {
    const id = await google('amelia');
    const quota = googleQuota(world.ports);
    await until(world.clock, Promise.all(Array.from({ length: 60 }, () => quota.spend(id, 'read'))));
    const began = world.clock.now();
    await until(world.clock, quota.spend(id, 'write'));
    expect(world.clock.now() - began).toBeLessThan(1_000);
    await expect(until(world.clock, quota.spend(id, 'read'))).rejects.toMatchObject({ code: 'GOOGLE_QUOTA' });
  });
});

describe('turns to publish', () => {
  const calls = { read: 4, write: 1 };
  const turn = (grantId: string, isUrgent = false) =>
    world.store.transaction((tx) => takeGoogleTurn(tx, grantId, { calls, isUrgent, now: world.clock.now() }));

  test('come at the pace of the project, people at once', async () => {
    const grants = await Promise.all(Array.from({ length: 50 }, (_, number) => google(`person${number}`)));
    const began = world.clock.now();
    const at: number[] = [];
    for (let round = 0; round < 4; round += 1)
      for (const grantId of grants) at.push((await turn(grantId)) - began);
    const bound = ((200 * calls.read) / 300) * minute;
    expect(at.at(-1)).toBeGreaterThan(0.9 * bound);
    expect(at.at(-1)).toBeLessThan(1.08 * bound);
    expect(await turn(grants[0] ?? '', true)).toBe(began);
  });

  test('of one person with many spreadsheets come at that person’s pace, and take no place from others', async () => {
    const [many, other] = [await google('many'), await google('other')];
    const began = world.clock.now();
    let last = 0;
    for (let round = 0; round < 100; round += 1) last = (await turn(many)) - began;
    const bound = ((100 * calls.read) / 60) * minute;
    expect(last).toBeGreaterThan(0.9 * bound);
    expect(last).toBeLessThan(1.08 * bound);
    expect(await turn(other)).toBe(began);
  });
});

test('a store that failed once does not fail every later call of the grant', async () => {
  const grantId = await google('amelia');
  let failures = 1;
  const store = {
    ...world.store,
    async get(...asked: Parameters<typeof world.store.get>) {
      failures -= 1;
      if (failures === 0) throw new RetryError('STORE_CONTENDED');
      return world.store.get(...asked);
    },
  } as typeof world.store;
  const quota = googleQuota({ ...world.ports, store });
  await expect(quota.spend(grantId, 'read')).rejects.toMatchObject({ code: 'STORE_CONTENDED' });
  await until(world.clock, quota.spend(grantId, 'read'));
});
