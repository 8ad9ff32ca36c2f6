/** What every Store must hold to, whatever it is made of and wrapped in. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Collection } from '../../server/domain/documents.ts';
import { RetryError, UserError } from '../../server/errors.ts';
import type { Query, Store, Transaction } from '../../server/ports.ts';
import { leaseDocument, runDocument, sessionDocument } from '../support/documents.ts';

export interface MadeStore {
  store: Store;
  /** Ends what the store holds open. */
  close(): void | Promise<void>;
}

const conflict = expect.objectContaining({ code: 'CONFLICT', kind: 'user' });

/** `makeStore` gives an empty store each time. */
export const storeContract = (name: string, makeStore: () => MadeStore | Promise<MadeStore>): void => {
  describe(`${name} as a Store`, () => {
    let made: MadeStore;
    let store: Store;
    beforeEach(async () => {
      made = await makeStore();
      store = made.store;
    });
    afterEach(() => made.close());

    describe('single documents', () => {
      test('a created document is read back whole, with its revision', async () => {
        const created = await store.create('leases', 'a', leaseDocument({ holder: 'é \u0000 "\\ 🧾' }));
        expect(created.data.holder).toBe('é \u0000 "\\ 🧾');
        expect(await store.get('leases', 'a')).toEqual(created);
      });

      test('an absent document is undefined, whatever the id looks like', async () => {
        for (const id of ['nobody', '', '.', '..', 'a/b', '\u0000', 'x'.repeat(2000), "' or 1=1 --"])
          expect(await store.get('leases', id)).toBeUndefined();
      });

      test('ids that a path or Firestore cannot hold are refused on writing', async () => {
        for (const id of ['', '.', '..', 'a/b', 'x'.repeat(1501)])
          await expect(store.create('leases', id, leaseDocument())).rejects.toThrow(TypeError);
      });

      test('one id in two collections is two documents', async () => {
        await store.create('leases', 'same', leaseDocument());
        await store.create('sessions', 'same', sessionDocument());
        await store.delete('leases', 'same');
        expect(await store.get('sessions', 'same')).toBeDefined();
      });

      test('a second create of one id is a conflict and changes nothing', async () => {
        const first = await store.create('leases', 'a', leaseDocument({ fencing: 1 }));
        await expect(store.create('leases', 'a', leaseDocument({ fencing: 2 }))).rejects.toThrow(UserError);
        await expect(store.create('leases', 'a', leaseDocument())).rejects.toEqual(conflict);
        expect(await store.get('leases', 'a')).toEqual(first);
      });

      test('of many creates of one id at once exactly one wins', async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 50 }, (_, fencing) => store.create('leases', 'a', leaseDocument({ fencing }))),
        );
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });

      test('replace takes the newest revision only', async () => {
        const first = await store.create('leases', 'a', leaseDocument());
        const second = await store.replace('leases', 'a', first.revision, leaseDocument({ fencing: 1 }));
        expect(second.revision).not.toBe(first.revision);
        await expect(
          store.replace('leases', 'a', first.revision, leaseDocument({ fencing: 9 })),
        ).rejects.toEqual(conflict);
        expect(await store.get('leases', 'a')).toEqual(second);
      });

      test('replacing what is absent is a conflict', async () => {
        await expect(store.replace('leases', 'a', '1', leaseDocument())).rejects.toEqual(conflict);
        expect(await store.get('leases', 'a')).toBeUndefined();
      });

      test('a document written twice with the same data gets two revisions', async () => {
        const first = await store.create('leases', 'a', leaseDocument());
        const second = await store.replace('leases', 'a', first.revision, leaseDocument());
        expect(second.revision).not.toBe(first.revision);
      });

      test('a revision never comes back, even when the document was deleted and made again', async () => {
        const first = await store.create('leases', 'a', leaseDocument());
        await store.delete('leases', 'a');
        const second = await store.create('leases', 'a', leaseDocument());
        expect(second.revision).not.toBe(first.revision);
        await expect(store.replace('leases', 'a', first.revision, leaseDocument())).rejects.toEqual(conflict);
      });

      test('delete with an old revision is a conflict, with the present one or none it deletes, twice too', async () => {
        const first = await store.create('leases', 'a', leaseDocument());
        const second = await store.replace('leases', 'a', first.revision, leaseDocument({ fencing: 1 }));
        await expect(store.delete('leases', 'a', first.revision)).rejects.toEqual(conflict);
        await store.delete('leases', 'a', second.revision);
        await store.delete('leases', 'a', second.revision);
        await store.delete('leases', 'a');
        expect(await store.get('leases', 'a')).toBeUndefined();
      });

      test('changing an object after it was given or got changes nothing stored', async () => {
        const data = runDocument();
        await store.create('runs', 'a', data);
        data.seq = 99;
        const got = await store.get('runs', 'a');
        if (got) got.data.seq = 77;
        expect((await store.get('runs', 'a'))?.data.seq).toBe(0);
      });

      test('a document of almost 900 KB is kept, a larger one refused, in transactions too', async () => {
        const near = leaseDocument({ holder: 'x'.repeat(899_000) });
        const over = leaseDocument({ holder: 'é'.repeat(450_000) });
        const tooLarge = expect.objectContaining({ code: 'TOO_LARGE' });
        await store.create('leases', 'a', near);
        expect((await store.get('leases', 'a'))?.data.holder).toHaveLength(899_000);
        await expect(store.create('leases', 'b', over)).rejects.toEqual(tooLarge);
        await expect(store.transaction(async (tx) => tx.set('leases', 'b', over))).rejects.toEqual(tooLarge);
      });
    });

    describe('queries', () => {
      const ids = async <C extends Collection>(collection: C, query: Query<C>): Promise<string[]> =>
        (await store.query(collection, query)).map(({ id }) => id);

      test('filters compare with ==, ranges and in; all must hold', async () => {
        for (const [id, userId, expiresAt] of [
          ['a', 'ann', 10],
          ['b', 'bob', 20],
          ['c', 'ann', 30],
        ] as const)
          await store.create('sessions', id, sessionDocument({ userId, expiresAt }));
        const run = (where: Query<'sessions'>['where']) =>
          ids('sessions', { where, limit: 9 } as Query<'sessions'>);
        expect(await run([{ field: 'userId', op: '==', value: 'ann' }])).toEqual(['a', 'c']);
        expect(await run([{ field: 'expiresAt', op: '<', value: 20 }])).toEqual(['a']);
        expect(await run([{ field: 'expiresAt', op: '<=', value: 20 }])).toEqual(['a', 'b']);
        expect(await run([{ field: 'expiresAt', op: '>', value: 20 }])).toEqual(['c']);
        expect(await run([{ field: 'expiresAt', op: '>=', value: 20 }])).toEqual(['b', 'c']);
        expect(await run([{ field: 'userId', op: 'in', value: ['bob', 'cid'] }])).toEqual(['b']);
        expect(await run([{ field: 'userId', op: 'in', value: [] }])).toEqual([]);
        expect(
          await run([
            { field: 'userId', op: '==', value: 'ann' },
            { field: 'expiresAt', op: '>', value: 10 },
          ]),
        ).toEqual(['c']);
        expect(await ids('sessions', { limit: 9 })).toEqual(['a', 'b', 'c']);
      });

      test('null equals null and is in no range', async () => {
        await store.create('runs', 'none', runDocument({ dueAt: null }));
        await store.create('runs', 'zero', runDocument({ dueAt: 0 }));
        const run = (where: Query<'runs'>['where']) => ids('runs', { where, limit: 9 } as Query<'runs'>);
        expect(await run([{ field: 'dueAt', op: '==', value: null }])).toEqual(['none']);
        expect(await run([{ field: 'dueAt', op: '<=', value: 5 }])).toEqual(['zero']);
        expect(await run([{ field: 'dueAt', op: '>=', value: 0 }])).toEqual(['zero']);
      });

      test('a value of another type never matches', async () => {
        await store.create('sessions', 'a', sessionDocument({ expiresAt: 10 }));
        const run = (where: Query<'sessions'>['where']) =>
          ids('sessions', { where, limit: 9 } as Query<'sessions'>);
        expect(await run([{ field: 'expiresAt', op: '==', value: '10' }])).toEqual([]);
        expect(await run([{ field: 'expiresAt', op: '<', value: 'x' }])).toEqual([]);
        expect(await run([{ field: 'userId', op: '>', value: 0 }])).toEqual([]);
      });

      test('pages in any order visit each document once, nulls first, ties by id in the same direction', async () => {
        const dueAts = [null, 5, 5, null, 3, 5, 9, null, 3, -1];
        for (const [index, dueAt] of dueAts.entries())
          await store.create('runs', `r${index}`, runDocument({ dueAt }));
        const ascending = ['r0', 'r3', 'r7', 'r9', 'r4', 'r8', 'r1', 'r2', 'r5', 'r6'];
        for (const direction of ['asc', 'desc'] as const) {
          for (const limit of [1, 2, 3, 4, 20]) {
            const seen: string[] = [];
            let after: Query<'runs'>['after'];
            for (;;) {
              const page = await store.query('runs', {
                orderBy: { field: 'dueAt', direction },
                limit,
                ...(after && { after }),
              });
              seen.push(...page.map(({ id }) => id));
              const last = page.at(-1);
              if (!last) break;
              after = { id: last.id, value: last.data.dueAt };
            }
            expect(seen).toEqual(direction === 'asc' ? ascending : ascending.toReversed());
          }
        }
      });

      test('without an order pages go by id', async () => {
        for (const id of ['b', 'a', 'd', 'c']) await store.create('leases', id, leaseDocument());
        expect(await ids('leases', { limit: 2 })).toEqual(['a', 'b']);
        expect(await ids('leases', { limit: 2, after: { id: 'b' } })).toEqual(['c', 'd']);
      });

      test('text sorts by code points, not by a language', async () => {
        for (const id of ['é', 'z', 'Z', '𐐀', '\uffee']) await store.create('leases', id, leaseDocument());
        expect(await ids('leases', { limit: 9 })).toEqual(['Z', 'z', 'é', '\uffee', '𐐀']);
      });

      test('a field that is not declared is refused', async () => {
        const query = { where: [{ field: 'csrfToken', op: '==', value: 'x' }], limit: 1 };
        await expect(store.query('sessions', query as unknown as Query<'sessions'>)).rejects.toThrow(
          TypeError,
        );
      });

      test('"in" takes 30 values and no more', async () => {
        const query = (count: number): Query<'sessions'> => ({
          where: [{ field: 'userId', op: 'in', value: Array.from({ length: count }, String) }],
          limit: 1,
        });
        expect(await store.query('sessions', query(30))).toEqual([]);
        await expect(store.query('sessions', query(31))).rejects.toThrow(TypeError);
      });
    });

    describe('transactions', () => {
      const increment = (by = 1) =>
        store.transaction(async (tx) => {
          const counter = await tx.get('leases', 'counter');
          await setImmediate();
          tx.set('leases', 'counter', leaseDocument({ fencing: (counter?.data.fencing ?? 0) + by }));
        });

      test('100 increments at once add up to 100', async () => {
        await Promise.all(Array.from({ length: 100 }, () => increment()));
        expect((await store.get('leases', 'counter'))?.data.fencing).toBe(100);
      });

      test('a transaction answers what its act answers', async () => {
        expect(await store.transaction(async () => 'answer')).toBe('answer');
      });

      test('an act that throws leaves nothing behind and its error comes out', async () => {
        await store.create('leases', 'a', leaseDocument());
        const act = store.transaction(async (tx) => {
          tx.set('leases', 'a', leaseDocument({ fencing: 5 }));
          tx.create('leases', 'b', leaseDocument());
          throw new RetryError('FENCED_OUT');
        });
        await expect(act).rejects.toEqual(expect.objectContaining({ code: 'FENCED_OUT' }));
        expect((await store.get('leases', 'a'))?.data.fencing).toBe(0);
        expect(await store.get('leases', 'b')).toBeUndefined();
      });

      test('a failing create undoes the writes before it', async () => {
        await store.create('leases', 'there', leaseDocument());
        const act = store.transaction(async (tx) => {
          tx.set('leases', 'new', leaseDocument());
          tx.create('leases', 'there', leaseDocument());
        });
        await expect(act).rejects.toEqual(conflict);
        expect(await store.get('leases', 'new')).toBeUndefined();
      });

      test('nobody sees a write before all of them', async () => {
        await store.create('leases', 'a', leaseDocument());
        await store.create('leases', 'b', leaseDocument());
        const seen = new Set<string>();
        const look = async () => {
          const both = await store.query('leases', { limit: 2 });
          seen.add(both.map(({ data }) => data.fencing).join());
        };
        for (let fencing = 1; fencing <= 5; fencing += 1)
          await store.transaction(async (tx) => {
            await tx.get('leases', 'a');
            tx.set('leases', 'a', leaseDocument({ fencing }));
            await look();
            tx.set('leases', 'b', leaseDocument({ fencing }));
            await look();
          });
        await look();
        expect([...seen]).toEqual(['0,0', '1,1', '2,2', '3,3', '4,4', '5,5']);
      });

      test('sums over several documents never break, whoever moves between them', async () => {
        const names = ['a', 'b', 'c', 'd'];
        for (const id of names) await store.create('leases', id, leaseDocument({ fencing: 100 }));
        const move = (from: string, to: string, amount: number) =>
          store.transaction(async (tx) => {
            const [source, target] = [await tx.get('leases', from), await tx.get('leases', to)];
            if (!source || !target || source.data.fencing < amount) return;
            tx.set('leases', from, leaseDocument({ fencing: source.data.fencing - amount }));
            tx.set('leases', to, leaseDocument({ fencing: target.data.fencing + amount }));
          });
        const at = (index: number) => names[index % names.length] ?? 'a';
        await Promise.all(Array.from({ length: 60 }, (_, n) => move(at(n), at(n * 7 + 1), n % 13)));
        const all = await store.query('leases', { limit: 9 });
        expect(all.reduce((sum, { data }) => sum + data.fencing, 0)).toBe(400);
      });

      test('a query counts as read: two acts cannot both add the one that is allowed', async () => {
        const addIfNone = (id: string) =>
          store.transaction(async (tx) => {
            const where = [{ field: 'userId', op: '==', value: 'ann' }] as const;
            const found = await tx.query('sessions', { where, limit: 1 });
            await setImmediate();
            if (found.length === 0) tx.create('sessions', id, sessionDocument({ userId: 'ann' }));
          });
        await Promise.all(['a', 'b', 'c', 'd'].map(addIfNone));
        expect(await store.query('sessions', { limit: 9 })).toHaveLength(1);
      });

      test('absence counts as read: a get-or-create makes one', async () => {
        let made = 0;
        const getOrCreate = () =>
          store.transaction(async (tx) => {
            const found = await tx.get('leases', 'one');
            if (found) return found.data.fencing;
            tx.create('leases', 'one', leaseDocument({ fencing: 7 }));
            return 7;
          });
        for (const value of await Promise.all(Array.from({ length: 20 }, getOrCreate))) {
          expect(value).toBe(7);
          made += 1;
        }
        expect(made).toBe(20);
      });

      test('create, set and delete within one transaction happen in their order', async () => {
        await store.transaction(async (tx) => {
          tx.create('leases', 'a', leaseDocument({ fencing: 1 }));
          tx.set('leases', 'a', leaseDocument({ fencing: 2 }));
          tx.create('leases', 'b', leaseDocument());
          tx.delete('leases', 'b');
          tx.delete('leases', 'never-there');
        });
        expect((await store.get('leases', 'a'))?.data.fencing).toBe(2);
        expect(await store.get('leases', 'b')).toBeUndefined();
      });

      test('reading after writing is refused, and so is a transaction used after its end', async () => {
        const late = store.transaction(async (tx) => {
          tx.set('leases', 'a', leaseDocument());
          await tx.get('leases', 'a');
        });
        await expect(late).rejects.toThrow('reads first');
        let kept: Transaction | undefined;
        await store.transaction(async (tx) => {
          kept = tx;
        });
        expect(() => kept?.set('leases', 'a', leaseDocument())).toThrow('ended');
        expect(await store.get('leases', 'a')).toBeUndefined();
      });

      test('a transaction inside another one, on other documents, goes through', async () => {
        await store.transaction(async (tx) => {
          await tx.get('leases', 'outer');
          await store.transaction(async (inner) => inner.set('leases', 'inner', leaseDocument()));
          tx.set('leases', 'outer', leaseDocument());
        });
        expect(await store.query('leases', { limit: 9 })).toHaveLength(2);
      });
    });
  });
};
