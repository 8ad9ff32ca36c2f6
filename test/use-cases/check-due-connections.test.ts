/** Every connection is looked at once a day, each at its own time, a bounded number at once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection } from '../../server/domain/grant.ts';
import { RetryError } from '../../server/errors.ts';
import type { Ports } from '../../server/ports.ts';
import { checkDueConnections, nextCheckAt } from '../../server/use-cases/check-due-connections.ts';
import { type AccessWorld, accessWorld, givenGrant } from '../support/access-world.ts';
import { exporterDocument } from '../support/exporter-document.ts';

const minute = 60_000;
const day = 1440 * minute;
let world: AccessWorld;
let grantId: string;
/** What Xero lists, and what was asked of it. */
const listed = new Set<string>();
const asked = { lists: 0, reads: [] as string[] };
const refused = () => Promise.reject(new RetryError('NETWORK', { problem: 'not part of this test' }));

beforeEach(async () => {
  world = accessWorld();
  listed.clear();
  Object.assign(asked, { lists: 0, reads: [] });
  const expiresAt = world.clock.now() + 1_000 * day;
  grantId = await givenGrant(world, { accessToken: 'a', refreshToken: 'r', expiresAt });
});
afterEach(() => world.store.close());

const ports = (): Parameters<typeof checkDueConnections>[0] => ({
  ...world.ports,
  xero: {
    async connections() {
      asked.lists += 1;
      return [...listed].map((organisationId) => ({
        connectionId: `x-${organisationId}`,
        organisationId,
        type: 'ORGANISATION',
        name: organisationId,
        consentEventId: '',
      }));
    },
    disconnect: refused,
    read: refused,
  } as Ports['xero'],
  xeroReader: {
    async read(connectionId) {
      asked.reads.push(connectionId);
      const body = new TextEncoder().encode(
        JSON.stringify({ Organisations: [{ Name: `Name of ${connectionId}` }] }),
      );
      return { body, wireBytes: body.length };
    },
  },
});

async function given(id: string, change: Partial<Connection> = {}): Promise<void> {
  listed.add(`o-${id}`);
  await world.store.create('connections', id, {
    v: 1,
    teamId: 'team',
    grantId,
    organisationId: `o-${id}`,
    xeroConnectionId: `x-${id}`,
    name: id,
    status: 'active',
    countryCode: '',
    baseCurrency: '',
    timeZone: '',
    connectedAt: world.clock.now(),
    ...change,
  });
}
const connection = async (id: string) => (await world.store.get('connections', id))?.data;

/** A tick each ten minutes; answers how many were looked at with each. */
async function ticks(count: number): Promise<number[]> {
  const looked: number[] = [];
  for (let at = 0; at < count; at += 1) {
    looked.push(await checkDueConnections(ports()));
    await world.clock.advance(10 * minute);
  }
  return looked;
}

test('each is looked at once in a day, and not all at one time', async () => {
  for (let at = 0; at < 200; at += 1) await given(`c${at}`);
  const looked = await ticks(145);
  expect(looked.reduce((sum, count) => sum + count, 0)).toBe(200);
  expect(new Set(asked.reads).size).toBe(200);
  expect(Math.max(...looked)).toBeLessThan(10);
  // A list for each tick that had something to look at, not for each connection.
  expect(asked.lists).toBe(looked.filter((count) => count > 0).length);
});

test('what was removed inside Xero is found, and its exporters wait', async () => {
  await given('gone');
  await given('there');
  listed.delete('o-gone');
  await world.store.create('exporters', 'e', exporterDocument({ connectionId: 'gone' }));
  await ticks(145);
  expect((await connection('gone'))?.status).toBe('needs-reconnect');
  expect((await connection('there'))?.status).toBe('active');
  expect((await world.store.get('exporters', 'e'))?.data.status).toBe('needs-reconnect');
  expect(asked.reads).toEqual(['there']);
});

test('two servers look once', async () => {
  await given('one');
  await ticks(1);
  await world.clock.advance(day);
  const looked = await Promise.all([checkDueConnections(ports()), checkDueConnections(ports())]);
  expect(looked.sort()).toEqual([0, 1]);
});

test('an outage of days leaves no more than one tick takes', async () => {
  for (let at = 0; at < 70; at += 1) await given(`c${at}`);
  await ticks(1);
  await world.clock.advance(5 * day);
  expect(await ticks(4)).toEqual([30, 30, 10, 0]);
});

test('the time of day is the connection’s own, each day', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  const at = nextCheckAt('c1', now);
  expect(at).toBeGreaterThan(now);
  expect(at).toBeLessThanOrEqual(now + day);
  expect(nextCheckAt('c1', at)).toBe(at + day);
  expect(nextCheckAt('c2', now)).not.toBe(at);
});
