/** Faults happen exactly where a plan says, with or without the effect. */
import { expect, test } from 'vitest';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { RetryError } from '../../server/errors.ts';
import {
  allFaults,
  Crash,
  faultAt,
  noFaults,
  randomFaults,
  recordedPoints,
} from '../../server/wrappers/faults.ts';
import { faultLab, withFaults } from '../../server/wrappers/with-faults.ts';
import { leaseDocument } from '../support/documents.ts';
import { scriptedPort } from '../support/failing-port.ts';
import { seededNumbers } from '../support/seeded-random.ts';

const injected = expect.objectContaining({ code: 'INJECTED_FAULT' });

test('the nth call fails, before its effect or after it, and no other', async () => {
  for (const when of ['before', 'after'] as const) {
    const port = scriptedPort();
    const faulty = withFaults(port, 'port', faultAt('port.act', 2, when));
    await faulty.act('1');
    await expect(faulty.act('2')).rejects.toEqual(injected);
    await faulty.act('3');
    expect(port.calls).toEqual(when === 'before' ? ['1', '3'] : ['1', '2', '3']);
  }
});

test('a failed replace has happened or has not, as planned', async () => {
  for (const [when, fencing] of [
    ['before', 0],
    ['after', 1],
  ] as const) {
    const store = sqliteStore(':memory:');
    const first = await store.create('leases', 'a', leaseDocument());
    const faulty = withFaults(store, 'store', faultAt('store.replace', 1, when));
    await expect(
      faulty.replace('leases', 'a', first.revision, leaseDocument({ fencing: 1 })),
    ).rejects.toThrow(RetryError);
    expect((await store.get('leases', 'a'))?.data.fencing).toBe(fencing);
    store.close();
  }
});

test('a transaction made twice is applied twice', async () => {
  const store = sqliteStore(':memory:');
  const faulty = withFaults(store, 'store', faultAt('store.transaction', 1, 'before', 'twice'));
  const add = () =>
    faulty.transaction(async (tx) => {
      const fencing = ((await tx.get('leases', 'a'))?.data.fencing ?? 0) + 1;
      tx.set('leases', 'a', leaseDocument({ fencing }));
      return fencing;
    });
  expect(await add()).toBe(2);
  expect(await add()).toBe(3);
  store.close();
});

test('after a crash no port of the same lab does anything', async () => {
  const [one, two] = [scriptedPort(), scriptedPort()];
  const lab = faultLab(faultAt('one.act', 2, 'after', 'crash'));
  const [first, second] = [lab.wrap(one, 'one'), lab.wrap(two, 'two')];
  await first.act();
  await second.act();
  expect(lab.isCrashed()).toBe(false);
  await expect(first.act()).rejects.toThrow(Crash);
  await expect(second.act()).rejects.toThrow(Crash);
  await expect(first.act()).rejects.toThrow(Crash);
  expect([one.calls.length, two.calls.length, lab.isCrashed()]).toEqual([2, 1, true]);
});

test('a hanging call never answers', async () => {
  const faulty = withFaults(scriptedPort(), 'port', faultAt('port.act', 1, 'after', 'hang'));
  const answer = await Promise.race([
    faulty.act(),
    new Promise((resolve) => setImmediate(resolve, 'nothing')),
  ]);
  expect(answer).toBe('nothing');
});

test('points are recorded in order, so that each can be crashed at', async () => {
  const record = recordedPoints();
  const lab = faultLab(record);
  await lab.wrap(scriptedPort(), 'a').act();
  await lab.wrap(scriptedPort(), 'b').act();
  expect(record.points.map(({ label, call, when }) => `${when} ${label} ${call}`)).toEqual([
    'before a.act 1',
    'after a.act 1',
    'before b.act 1',
    'after b.act 1',
  ]);
});

test('random faults are the same for the same seed, about as many as asked, and only where asked', async () => {
  const outcomes = async (seed: number) => {
    const faulty = withFaults(scriptedPort(), 'port', randomFaults({ next: seededNumbers(seed), rate: 0.1 }));
    const all = [];
    for (let count = 0; count < 500; count += 1)
      all.push(
        await faulty.act().then(
          () => 'ok',
          (error: RetryError) => JSON.stringify(error.details),
        ),
      );
    return all;
  };
  const first = await outcomes(1);
  expect(await outcomes(1)).toEqual(first);
  expect(await outcomes(2)).not.toEqual(first);
  const failed = first.filter((outcome) => outcome !== 'ok').length;
  expect(failed).toBeGreaterThan(50);
  expect(failed).toBeLessThan(150);
  const elsewhere = randomFaults({ next: () => 0, rate: 1, isLabel: (label) => label === 'other.act' });
  await withFaults(scriptedPort(), 'port', allFaults(noFaults, elsewhere)).act();
});
