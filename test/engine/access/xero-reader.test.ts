import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../server/domain/team.ts';
import { xeroReader } from '../../../server/engine/access/xero-reader.ts';
import { WaitError } from '../../../server/errors.ts';
import { until } from '../../support/access-world.ts';
import { type ConsentWorld, consentWorld } from '../../support/consent-world.ts';

let world: ConsentWorld;
let actor: Actor;
let id: string;
let tenantId: string;
beforeEach(async () => {
  world = consentWorld();
  actor = await world.actor();
  id = await connect(actor);
  tenantId = world.xero.organisations[0]?.tenantId ?? '';
});
afterEach(() => world.close());

const connect = async (who: Actor) => {
  const outcome = await world.connect(who);
  return outcome.kind === 'connected' ? (outcome.connections[0]?.id ?? '') : '';
};
const contacts = { path: 'Contacts', query: { page: '1' } };
const read = (connectionId = id, reader = world.ports.xeroReader) =>
  reader.read(connectionId, contacts, 'manual');
const seen = () => world.xero.control.state().organisations.find((one) => one.tenantId === tenantId);
const refreshes = () =>
  world.asked.filter(({ body }) => String(body).includes('grant_type=refresh_token')).length;

describe('a read', () => {
  test('of an unknown connection is NOT_FOUND', async () => {
    await expect(read('other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('renews a token that Xero says has run out, once, for all that read at the time', async () => {
    world.xero.control.expireAccessTokens({});
    await until(world.clock, Promise.all(Array.from({ length: 5 }, () => read())));
    expect(refreshes()).toBe(1);
  });

  test('renews a token whose time is up before it is used', async () => {
    await world.clock.advance(31 * 60_000);
    await read();
    expect(refreshes()).toBe(1);
  });

  test('whose refresh was answered into the void goes on with the old token', async () => {
    await world.clock.advance(31 * 60_000);
    world.xero.control.fault({ kind: 'drop-after', match: { path: '/connect/token' } });
    await read();
    expect(refreshes()).toBe(2);
    await world.clock.advance(31 * 60_000);
    await read();
  });

  test.each([
    ['truncated-gzip', 'XERO_ANSWER_BROKEN'],
    ['wrong-content-type', 'XERO_ANSWER_BROKEN'],
    ['html-500', 'XERO_UNAVAILABLE'],
    ['html-502', 'XERO_UNAVAILABLE'],
    ['html-503', 'XERO_UNAVAILABLE'],
    ['html-504', 'XERO_UNAVAILABLE'],
    ['json-500', 'XERO_UNAVAILABLE'],
    ['maintenance', 'XERO_OFFLINE'],
    ['unavailable', 'XERO_OFFLINE'],
    ['organisation-offline', 'ORGANISATION_OFFLINE'],
    ['drop-before', 'NETWORK'],
    ['drop-after', 'NETWORK'],
  ] as const)('that meets %s is %s, and the next one works', async (kind, code) => {
    world.xero.control.fault({ kind, match: { path: 'Contacts' } });
    await expect(read()).rejects.toMatchObject({ code });
    await read();
    expect(refreshes()).toBe(0);
  });

  test('of a gzip bomb stops at the ceiling', async () => {
    world.xero.control.fault({ kind: 'oversize', bytes: 65_000_000, match: { path: 'Contacts' } });
    await expect(read()).rejects.toMatchObject({
      code: 'XERO_ANSWER_BROKEN',
      details: { problem: expect.stringContaining('larger') },
    });
  });

  test('that saw access end before a person gave it again is to be tried again, and ends nothing', async () => {
    const name = world.xero.organisations[0]?.name ?? '';
    world.xero.control.disconnect({ organisation: name });
    const { xero } = world.ports;
    const slow = xeroReader({
      ...world.ports,
      xero: {
        ...xero,
        async connections(accessToken) {
          const listed = await xero.connections(accessToken);
          await world.clock.advance(100);
          await connect(actor);
          return listed;
        },
      },
    });
    await expect(read(id, slow)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect((await world.ports.store.get('connections', id))?.data.status).toBe('active');
    await read();
  });

  test('of an organisation that is offline names it', async () => {
    world.xero.control.fault({ kind: 'organisation-offline', match: { path: 'Contacts' } });
    await expect(read()).rejects.toThrow(
      `${world.xero.organisations[0]?.name} is offline at Xero for some minutes.`,
    );
  });

  test.each([
    ['minute-limit', 'XERO_MINUTE_LIMIT', 30],
    ['day-limit', 'XERO_DAY_LIMIT', 30],
    ['app-minute-limit', 'XERO_APP_LIMIT', 60],
  ] as const)(
    'that meets a 429 (%s) waits as long as it says, or a minute where it does not, asking no more',
    async (kind, code, seconds) => {
      world.xero.control.fault({ kind, retryAfter: seconds, match: { path: 'Contacts' } });
      const untilAt = world.clock.now() + seconds * 1000;
      await expect(read()).rejects.toMatchObject({ code, untilAt });
      const calls = world.asked.length;
      await expect(until(world.clock, read())).rejects.toMatchObject({ code });
      expect(world.asked).toHaveLength(calls);
      await world.clock.advance(untilAt - world.clock.now());
      await until(world.clock, read());
    },
  );

  test('that meets the limit of concurrency waits a moment', async () => {
    world.xero.control.fault({ kind: 'concurrent-limit', match: { path: 'Contacts' } });
    await expect(read()).rejects.toMatchObject({ code: 'XERO_BUSY' });
    const began = world.clock.now();
    await until(world.clock, read());
    expect(world.clock.now() - began).toBeLessThan(5_000);
  });
});

test('two teams and two workers read one organisation for minutes, and Xero never has to refuse', async () => {
  const other = await world.actor('109');
  const theirs = await connect(other);
  const readers = [world.ports.xeroReader, xeroReader(world.ports)];
  let done = 0;
  const worker = async (number: number): Promise<void> => {
    for (let count = 0; count < 25; ) {
      try {
        await read(number % 2 === 0 ? id : theirs, readers[number % 3 === 0 ? 1 : 0]);
        count += 1;
        done += 1;
        await world.clock.sleep(200);
      } catch (error) {
        if (!(error instanceof WaitError)) throw error;
        await world.clock.sleep(error.untilAt - world.clock.now() + 1);
      }
    }
  };
  const began = world.clock.now();
  await until(world.clock, Promise.all(Array.from({ length: 8 }, (_, number) => worker(number))));
  expect(done).toBe(200);
  expect(seen()?.refused).toEqual({});
  expect(seen()?.maxInFlight).toBeLessThanOrEqual(5);
  // 200 calls at 60 a minute: no more than a window is wasted.
  expect(world.clock.now() - began).toBeLessThan(5 * 60_000);
  const budgets = await world.ports.store.query('budgets', { limit: 10 });
  expect(budgets.map((one) => one.id)).toEqual([tenantId]);
});
