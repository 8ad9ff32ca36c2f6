import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SqliteStore, sqliteStore } from '../../server/embedded/sqlite-store.ts';
import {
  acquireLease,
  assertFencing,
  overtake,
  releaseLease,
  renewLease,
} from '../../server/engine/leases.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

let store: SqliteStore;
let clock: VirtualClock;
beforeEach(() => {
  store = sqliteStore(':memory:');
  clock = virtualClock();
});
afterEach(() => store.close());

const name = 'spreadsheet:1';
const take = (holder: string, ttlMs = 1000) =>
  acquireLease({ store, clock }, { name, teamId: 'team', holder, ttlMs });
const effect = (fencing: number) => store.transaction((tx) => assertFencing(tx, { name, fencing }));

describe('a lease in the store', () => {
  test('makes the second look again soon, never past the end of the first, in words that people know', async () => {
    const first = await take('a');
    const startedAt = clock.now();
    await expect(take('b')).rejects.toMatchObject({
      code: 'LEASE_HELD',
      untilAt: startedAt + 400,
      message: 'Waiting for another run to finish with spreadsheet.',
    });
    await clock.advance(900);
    await expect(take('b')).rejects.toMatchObject({ untilAt: first.until });
    await clock.advance(100);
    expect((await take('b')).fencing).toBe(first.fencing + 1);
  });

  test('refuses the effects of a holder that was overtaken, and ignores its release', async () => {
    const slow = await take('a');
    await clock.advance(1000);
    const quick = await take('b');
    await expect(effect(slow.fencing)).rejects.toMatchObject({ code: 'FENCED_OUT' });
    await expect(
      renewLease({ store, clock }, { name, fencing: slow.fencing, ttlMs: 1000 }),
    ).rejects.toMatchObject({ code: 'FENCED_OUT' });
    await releaseLease({ store }, { name, fencing: slow.fencing });
    await effect(quick.fencing);
    await expect(take('c')).rejects.toMatchObject({ code: 'LEASE_HELD' });
  });

  test('is taken over before its end when its holder is over, and the old holder’s effects are refused', async () => {
    const left = await take('a');
    const next = (isOver: boolean) =>
      acquireLease(
        { store, clock },
        {
          name,
          teamId: 'team',
          holder: 'b',
          ttlMs: 1000,
          isOver: async (_tx, holder) => isOver && holder === 'a',
        },
      );
    await expect(next(false)).rejects.toMatchObject({ code: 'LEASE_HELD' });
    const { fencing } = await next(true);
    expect(fencing).toBe(left.fencing + 1);
    await expect(effect(left.fencing)).rejects.toMatchObject({ code: 'FENCED_OUT' });
    expect((await next(true)).fencing).toBe(fencing);
  });

  test('is longer after a renewal, and free after a release', async () => {
    const { fencing } = await take('a');
    await clock.advance(900);
    const renewed = await renewLease({ store, clock }, { name, fencing, ttlMs: 1000 });
    expect(renewed.until).toBe(clock.now() + 1000);
    await releaseLease({ store }, { name, fencing });
    await releaseLease({ store }, { name, fencing });
    await expect(effect(fencing)).rejects.toMatchObject({ code: 'FENCED_OUT' });
    expect((await take('b')).fencing).toBe(fencing + 1);
  });

  describe('that a clock an hour ahead wrote', () => {
    const hour = 3_600_000;
    const ahead = () => ({ store, clock: { ...clock, now: () => clock.now() + hour } });
    const request = { name, teamId: 'team', ttlMs: 1000 };
    const hurry = () => acquireLease({ store, clock }, { ...request, holder: 'b', slackMs: 5000 });

    test('is free a term after somebody in a hurry came, if nobody keeps it', async () => {
      const left = await acquireLease(ahead(), { ...request, holder: 'a' });
      await clock.advance(10_000);
      await expect(hurry()).rejects.toMatchObject({ code: 'LEASE_HELD', untilAt: clock.now() + 400 });
      await clock.advance(999);
      await expect(hurry()).rejects.toMatchObject({ code: 'LEASE_HELD' });
      await effect(left.fencing);
      await clock.advance(1);
      expect((await hurry()).fencing).toBe(left.fencing + 1);
      await expect(effect(left.fencing)).rejects.toMatchObject({ code: 'FENCED_OUT' });
    });

    test('is its holder’s for as long as it is renewed', async () => {
      const { fencing } = await acquireLease(ahead(), { ...request, holder: 'a' });
      for (let time = 0; time < 5; time += 1) {
        await expect(hurry()).rejects.toMatchObject({ code: 'LEASE_HELD' });
        await clock.advance(900);
        await renewLease(ahead(), { name, fencing, ttlMs: 1000 });
      }
      await effect(fencing);
    });

    test('is left as it is by everybody else', async () => {
      const { until } = await acquireLease(ahead(), { ...request, holder: 'a' });
      await expect(take('b')).rejects.toMatchObject({ code: 'LEASE_HELD' });
      expect((await store.get('leases', name))?.data.until).toBe(until);
    });
  });

  test('that nobody ever took accepts no effect', async () => {
    await expect(effect(1)).rejects.toMatchObject({ code: 'FENCED_OUT' });
  });

  test('can be overtaken inside another transaction', async () => {
    const { fencing } = await take('a');
    const next = await store.transaction((tx) => overtake(tx, { name, teamId: 'team' }));
    expect(next).toBe(fencing + 1);
    await expect(effect(fencing)).rejects.toMatchObject({ code: 'FENCED_OUT' });
    expect((await take('b')).fencing).toBe(next + 1);
  });

  test('goes to exactly one of many that claim at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => take(`act-${index}`)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
