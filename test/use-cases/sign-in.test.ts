import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SqliteStore, sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { signIn } from '../../server/use-cases/sign-in.ts';
import { virtualClock } from '../support/virtual-clock.ts';

let store: SqliteStore;
const clock = virtualClock();
beforeEach(() => {
  store = sqliteStore(':memory:');
});
afterEach(() => store.close());
const aroha = { subject: '108', email: 'aroha@example.com', name: 'Aroha' };

describe('a sign-in', () => {
  test('makes the user and a personal team the first time, and finds them afterwards', async () => {
    const first = await signIn({ store, clock }, aroha);
    expect(first.isNew).toBe(true);
    expect((await store.get('teams', first.teamId))?.data.members).toEqual([
      { userId: first.userId, role: 'owner', joinedAt: clock.now() },
    ]);
    expect(await signIn({ store, clock }, aroha)).toEqual({ ...first, isNew: false });
  });

  test('from many browsers at once makes one of each', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => signIn({ store, clock }, aroha)));
    expect(new Set(all.map(({ userId, teamId }) => `${userId} ${teamId}`)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await store.query('teams', { limit: 10 })).toHaveLength(1);
  });

  test('follows a changed address, and keeps people with one address apart', async () => {
    const { userId } = await signIn({ store, clock }, aroha);
    await signIn({ store, clock }, { ...aroha, email: 'aroha@new.example' });
    expect((await store.get('users', userId))?.data.email).toBe('aroha@new.example');
    expect((await signIn({ store, clock }, { ...aroha, subject: '109' })).userId).not.toBe(userId);
  });
});
