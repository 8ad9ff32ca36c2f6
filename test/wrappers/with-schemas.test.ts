/** Documents that do not fit are named, never shown; old ones are brought up to date. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Document } from '../../server/domain/documents.ts';
import { type SqliteStore, sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { withSchemas } from '../../server/wrappers/with-schemas.ts';
import { leaseDocument, runDocument } from '../support/documents.ts';

let bare: SqliteStore;
beforeEach(() => {
  bare = sqliteStore(':memory:');
});
afterEach(() => bare.close());

const misfit = (id: string, field: string) =>
  expect.objectContaining({
    code: 'INTERNAL',
    kind: 'fatal',
    details: { id, field, problem: expect.any(String) },
  });
const wrong = (secret: string) => ({ ...leaseDocument(), fencing: secret }) as unknown as Document<'leases'>;

test('a wrong document is written by no way of writing', async () => {
  const store = withSchemas(bare);
  const first = await store.create('leases', 'a', leaseDocument());
  const refused = misfit('leases/a', 'fencing');
  await expect(store.create('leases', 'a', wrong('s3cret'))).rejects.toEqual(refused);
  await expect(store.replace('leases', 'a', first.revision, wrong('s3cret'))).rejects.toEqual(refused);
  await expect(store.transaction(async (tx) => tx.set('leases', 'a', wrong('s3cret')))).rejects.toEqual(
    refused,
  );
  await expect(store.transaction(async (tx) => tx.create('leases', 'a', wrong('s3cret')))).rejects.toEqual(
    refused,
  );
  expect(await bare.get('leases', 'a')).toEqual(first);
});

test('a wrong document is read by no way of reading, and the error shows none of it', async () => {
  await bare.create('leases', 'a', wrong('s3cret'));
  const store = withSchemas(bare);
  const refused = misfit('leases/a', 'fencing');
  for (const read of [
    () => store.get('leases', 'a'),
    () => store.query('leases', { limit: 1 }),
    () => store.transaction((tx) => tx.get('leases', 'a')),
    () => store.transaction((tx) => tx.query('leases', { limit: 1 })),
  ]) {
    const error = await read().then(
      () => new Error('it should have failed'),
      (reason: Error) => reason,
    );
    expect(error).toEqual(refused);
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain('s3cret');
  }
});

test('the field is named by its whole path', async () => {
  const step = { kind: 7, input: null, checkpoint: null, isDone: false };
  const run = runDocument({ steps: [step] as unknown as Document<'runs'>['steps'] });
  await expect(withSchemas(bare).create('runs', 'r', run)).rejects.toEqual(misfit('runs/r', 'steps.0.kind'));
});

describe('upgrades', () => {
  const old = (v: number) =>
    ({ v, team: 'team', holder: null, fencing: 4, until: 0 }) as unknown as Document<'leases'>;
  const upgrades = {
    leases: {
      [-1]: ({ team, ...rest }: Record<string, unknown>) => ({ ...rest, v: 0, group: team }),
      [0]: ({ group, ...rest }: Record<string, unknown>) => ({ ...rest, v: 1, teamId: group }),
    },
  };

  test('an old document is read in its newest form, step by step', async () => {
    await bare.create('leases', 'a', old(-1));
    const store = withSchemas(bare, upgrades);
    expect((await store.get('leases', 'a'))?.data).toEqual(leaseDocument({ fencing: 4 }));
    expect(await store.query('leases', { limit: 1 })).toHaveLength(1);
  });

  test('the newest form is stored with the next write', async () => {
    const { revision } = await bare.create('leases', 'a', old(-1));
    const store = withSchemas(bare, upgrades);
    const found = await store.get('leases', 'a');
    expect(found?.revision).toBe(revision);
    if (found) await store.replace('leases', 'a', found.revision, { ...found.data, fencing: 5 });
    expect((await bare.get('leases', 'a'))?.data).toEqual(leaseDocument({ fencing: 5 }));
  });

  test('a version nobody knows is a misfit', async () => {
    await bare.create('leases', 'a', old(9));
    await expect(withSchemas(bare, upgrades).get('leases', 'a')).rejects.toEqual(misfit('leases/a', 'v'));
  });
});
