/** Many records that are gone at once: their checkpoint and their segments stay small, and nothing is looked up twice. */
import { afterEach, describe, expect, it } from 'vitest';
import { pullWorld } from './pull-world.ts';

let world = pullWorld();
afterEach(() => world.close());

async function afterRemoval(count: number, lost: number, options = {}) {
  world = pullWorld();
  for (let n = 0; n < count; n += 1) world.xero.put('invoices', `id-${String(n).padStart(6, '0')}`);
  world.later(86_400_000);
  await world.pull({ resources: ['invoices'] });
  for (const id of world.xero.ids('invoices').slice(0, lost)) world.xero.vanish('invoices', id);
  world.later(8 * 86_400_000);
  return { isRemovalConfirmed: true, resources: ['invoices'], ...options };
}

describe('many records that are gone', () => {
  it('become few segments, each looked up once', async () => {
    const wants = await afterRemoval(60, 41);
    const before = (await world.mirror.index()).resources['invoices']?.segments.length ?? 0;
    await world.pull(wants);
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    expect(world.xero.calls.filter(({ path }) => path.startsWith('Invoices/'))).toHaveLength(41);
    const after = (await world.mirror.index()).resources['invoices']?.segments.length ?? 0;
    expect(after - before).toBeLessThanOrEqual(1);
  });

  it('of which some are there after all keep those', async () => {
    const wants = await afterRemoval(60, 12);
    world.xero.before = (_, { path }) => {
      if (path === 'Invoices/id-000000') world.xero.put('invoices', 'id-000003', { Total: 5 });
    };
    await world.pull(wants);
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
  });

  it('that never had a readable id are gone without a call that Xero could only refuse', async () => {
    world = pullWorld();
    for (let n = 0; n < 9; n += 1) world.xero.put('bank-transactions', `id-${n}`);
    const { read } = world.xero;
    let isBroken = true;
    world.xero.read = async (connection, request, priority) => {
      const answer = await read(connection, request, priority);
      if (!isBroken) return answer;
      const text = Buffer.from(answer.body)
        .toString()
        .replace('"BankTransactionID":"id-4"', '"BankTransactionID":nul');
      return { ...answer, body: Buffer.from(text) };
    };
    world.later(86_400_000);
    await world.pull({ resources: ['bank-transactions'] });
    isBroken = false;
    world.later(8 * 86_400_000);
    await world.pull({ resources: ['bank-transactions'], isRemovalConfirmed: true });
    expect(world.xero.calls.filter(({ path }) => path.includes('/'))).toEqual([]);
    expect(world.mirror.live('bank-transactions')).toEqual(world.xero.raws('bank-transactions'));
  });

  it('fit into a document however many they are', async () => {
    const wants = await afterRemoval(3_000, 2_400);
    let largest = 0;
    for (let units = 0; ; units += 1) {
      const outcome = await world.unit('big', { ...wants, requestedAt: world.now() });
      if (outcome.kind === 'done') break;
      largest = Math.max(largest, JSON.stringify(outcome.checkpoint).length);
      world.later(10);
      if (units > 10_000) throw new Error('no end');
    }
    // A thousand ids at once, whatever the list has lost.
    expect(largest).toBeLessThan(500_000);
    expect(world.mirror.live('invoices').size).toBe(600);
  }, 60_000);
});
