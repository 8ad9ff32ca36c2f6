import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../server/embedded/sqlite-store.ts';
import { pullerOf } from '../../../../server/engine/steps/pull/puller.ts';
import { pullWorld } from './pull-world.ts';

const input = {
  connectionId: 'mine',
  organisationId: 'o1',
  teamId: 't1',
  resources: [],
  reports: [],
  isRemovalConfirmed: false,
};

async function stored(pinned: 'active' | 'needs-reconnect', scopes = ['b', 'a']) {
  const store = sqliteStore(':memory:');
  const connection = (grantId: string, status: 'active' | 'needs-reconnect') => ({
    v: 1,
    teamId: 't1',
    grantId,
    organisationId: 'o1',
    xeroConnectionId: 'x',
    name: 'Acme',
    status,
    countryCode: '',
    baseCurrency: '',
    timeZone: '',
    connectedAt: 0,
  });
  await store.transaction(async (tx) => {
    tx.set('mirrors', 't1.o1', {
      v: 1,
      teamId: 't1',
      organisationId: 'o1',
      pullerConnectionId: 'pinned',
      wrappedKey: '',
      generation: 0,
      indexPath: '',
    });
    tx.set('connections', 'pinned', connection('g1', pinned) as never);
    tx.set('connections', 'mine', connection('g2', 'active') as never);
    tx.set('grants', 'g1', { v: 1, scopes } as never);
  });
  return store;
}

describe('the puller of a mirror', () => {
  it('is the connection that is pinned, whoever asks', async () => {
    const store = await stored('active');
    expect((await pullerOf({ store }, input)).connectionId).toBe('pinned');
    store.close();
  });

  it('is the one that asks, from then on, when the pinned one does not work any more', async () => {
    const store = await stored('needs-reconnect');
    expect((await pullerOf({ store }, input)).connectionId).toBe('mine');
    expect((await store.get('mirrors', 't1.o1'))?.data.pullerConnectionId).toBe('mine');
    store.close();
  });

  it('is another reader with other scopes, and the same with the same in another order', async () => {
    const readers = await Promise.all(
      [['a', 'b'], ['b', 'a'], ['a']].map(async (scopes) => {
        const store = await stored('active', scopes);
        const { reader } = await pullerOf({ store }, input);
        store.close();
        return reader;
      }),
    );
    expect(readers[0]).toBe(readers[1]);
    expect(readers[2]).not.toBe(readers[0]);
    expect(readers[0]).toMatch(/^g1 /);
  });
});

describe('a pull whose connection is taken up again by another Xero user', () => {
  it('begins anew: what two users see is never mixed, and nothing counts as swept by the one before', async () => {
    const world = pullWorld();
    const connect = (grantId: string) =>
      world.store.transaction(async (tx) => tx.set('connections', 'c1', { grantId } as never));
    await connect('g1');
    for (let n = 0; n < 20; n += 1) world.xero.put('invoices', `id-${10 + n}`);
    world.later(86_400_000);
    const wants = { resources: ['invoices'], requestedAt: world.now() };
    await world.unit('r1', wants);
    await world.unit('r1', wants);
    const { length } = world.xero.calls;
    expect(length).toBeGreaterThan(1);
    await connect('g2');
    while ((await world.unit('r1', wants)).kind !== 'done') world.later(10);
    const pages = world.xero.calls
      .slice(length)
      .flatMap(({ query, modifiedSince }) => (modifiedSince ? [] : query['page']));
    expect(pages).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect((await world.mirror.index()).resources['invoices']?.cursor.sweptBy).toMatch(/^g2 /);
    world.close();
  });
});
