import { afterEach, describe, expect, it } from 'vitest';
import { pullWorld } from './pull-world.ts';

const world = pullWorld();
let current = world;
const fresh = (...args: Parameters<typeof pullWorld>) => {
  current = pullWorld(...args);
  return current;
};
afterEach(() => current.close());

const seed = (count: number, resource = 'invoices', into = current) => {
  for (let n = 0; n < count; n += 1) into.xero.put(resource, `id-${String(n).padStart(4, '0')}`);
  into.later(86_400_000);
};

describe('a first pull', () => {
  it('reads every page and then what changed meanwhile: pages and one more call', async () => {
    const w = fresh();
    seed(20);
    const run = await w.pull({ resources: ['invoices'] });
    expect(w.mirror.live('invoices')).toEqual(w.xero.raws('invoices'));
    expect(run.calls).toBe(Math.ceil(20 / 3) + 1);
    expect((await w.mirror.index()).generation).toBe(1);
  });

  it('gives the memory of each page back once its records are stored', async () => {
    const w = fresh();
    seed(20);
    const { calls } = await w.pull({ resources: ['invoices'] });
    expect(w.xero.released).toBe(calls);
    expect(w.mirror.live('invoices')).toEqual(w.xero.raws('invoices'));
  });

  it('sends what the resource declares with every call', async () => {
    const w = fresh();
    seed(2);
    await w.pull({ resources: ['invoices'] });
    expect(w.xero.calls[0]).toEqual({
      path: 'Invoices',
      query: { unitdp: '4', includeArchived: 'true', page: '1', pageSize: '1000', order: 'InvoiceID ASC' },
    });
    expect(w.xero.calls[1]?.modifiedSince).toMatch(/^2026-07-21T08:5\d:\d\d\.000Z$/);
  });

  it('says in words how far it is', async () => {
    const w = fresh();
    seed(20, 'bank-transactions');
    const run = await w.pull({ resources: ['bank-transactions'] });
    expect(run.progress).toContainEqual({ what: 'Reading bank transactions', done: 18, total: 20 });
  });

  it('commits an empty list as read', async () => {
    const w = fresh();
    const run = await w.pull({ resources: ['payments'] });
    expect(run.calls).toBe(2);
    expect((await w.mirror.index()).resources['payments']?.count).toBe(0);
  });
});

describe('a later pull', () => {
  it('makes one call for each resource and no generation when nothing changed', async () => {
    const w = fresh();
    seed(20);
    seed(5, 'accounts');
    seed(1, 'organisation');
    const wants = { resources: ['organisation', 'accounts', 'invoices'] };
    await w.pull(wants);
    const written = w.mirror.written();
    w.later(3_600_000);
    const run = await w.pull(wants);
    expect(run.calls).toBe(3);
    expect((await w.mirror.index()).generation).toBe(1);
    expect(w.mirror.written()).toBe(written);
  });

  it('stores what changed and nothing else', async () => {
    const w = fresh();
    seed(20);
    await w.pull({ resources: ['invoices'] });
    w.later(3_600_000);
    w.xero.put('invoices', 'id-0003', { Status: 'VOIDED' });
    w.xero.put('invoices', 'id-9999');
    const run = await w.pull({ resources: ['invoices'] });
    expect(run.calls).toBe(1);
    expect(w.mirror.live('invoices')).toEqual(w.xero.raws('invoices'));
    const { segments } = (await w.mirror.index()).resources['invoices'] ?? { segments: [] };
    expect(segments.at(-1)?.records).toBe(2);
  });

  it('does not store again what comes back in the overlap with the same text', async () => {
    const w = fresh();
    seed(4);
    w.xero.put('invoices', 'id-0001', { Total: 5 });
    await w.pull({ resources: ['invoices'] });
    const again = await w.pull({ resources: ['invoices'] });
    expect(again.calls).toBe(1);
    expect((await w.mirror.index()).generation).toBe(1);
  });

  it('reads many changes page by page', async () => {
    const w = fresh();
    seed(20);
    await w.pull({ resources: ['invoices'] });
    w.later(3_600_000);
    for (const id of w.xero.ids('invoices').slice(0, 10)) w.xero.put('invoices', id, { Total: 1 });
    const run = await w.pull({ resources: ['invoices'] });
    expect(run.calls).toBe(4);
    expect(w.mirror.live('invoices')).toEqual(w.xero.raws('invoices'));
  });

  it('sweeps again after a while, and when another grant reads, without storing what is the same', async () => {
    const w = fresh();
    seed(20);
    await w.pull({ resources: ['invoices'] });
    const before = (await w.mirror.index()).resources['invoices'];
    w.later(8 * 86_400_000);
    const run = await w.pull({ resources: ['invoices'] });
    expect(run.calls).toBe(Math.ceil(20 / 3) + 1);
    const after = (await w.mirror.index()).resources['invoices'];
    expect(after?.segments).toEqual(before?.segments);
    expect(after?.cursor.lastFullSweepAt).toBeGreaterThan(before?.cursor.lastFullSweepAt ?? 0);
    const idle = await w.pull({ resources: ['invoices'] });
    expect(idle.calls).toBe(1);
    const other = await w.pull({ resources: ['invoices'], connectionId: 'c2' });
    expect(other.calls).toBe(Math.ceil(20 / 3) + 1);
  });

  it('finds by a sweep what changed without a change stamp', async () => {
    const w = fresh();
    seed(7, 'contacts');
    await w.pull({ resources: ['contacts'] });
    const stampless = w.xero.raws('contacts').get('id-0002') ?? '';
    w.later(8 * 86_400_000);
    const at = w.now();
    w.later(-30 * 86_400_000);
    w.xero.put('contacts', 'id-0002', { IsCustomer: true });
    w.later(at - w.now());
    await w.pull({ resources: ['contacts'] });
    expect(w.mirror.live('contacts').get('id-0002')).not.toBe(stampless);
    expect(w.mirror.live('contacts')).toEqual(w.xero.raws('contacts'));
  });
});

describe('records that vanish', () => {
  it('are gone from a whole list at the next pull', async () => {
    const w = fresh();
    seed(30, 'accounts');
    await w.pull({ resources: ['accounts'] });
    w.xero.vanish('accounts', 'id-0003');
    await w.pull({ resources: ['accounts'] });
    expect(w.mirror.live('accounts')).toEqual(w.xero.raws('accounts'));
    expect(w.mirror.stateOf('accounts', 'id-0003')).toBe('tombstone');
  });

  it('are gone from a paged list after a counted sweep and a look by id', async () => {
    const w = fresh();
    seed(30);
    await w.pull({ resources: ['invoices'] });
    w.xero.vanish('invoices', 'id-0003');
    await w.pull({ resources: ['invoices'] });
    expect(w.mirror.live('invoices').has('id-0003')).toBe(true);
    w.later(8 * 86_400_000);
    const run = await w.pull({ resources: ['invoices'] });
    expect(w.xero.calls.filter(({ path }) => path === 'Invoices/id-0003')).toHaveLength(1);
    expect(run.calls).toBe(10 + 1 + 1);
    expect(w.mirror.live('invoices')).toEqual(w.xero.raws('invoices'));
  });

  it('stay when another grant does not see them', async () => {
    const w = fresh();
    seed(30);
    await w.pull({ resources: ['invoices'] });
    w.xero.vanish('invoices', 'id-0003');
    await w.pull({ resources: ['invoices'], connectionId: 'c2' });
    expect(w.mirror.live('invoices').has('id-0003')).toBe(true);
  });

  it.each([['invoices'], ['accounts']])(
    'in great number stop the pull of %s and change nothing',
    async (name) => {
      const w = fresh();
      seed(60, name);
      await w.pull({ resources: [name] });
      const before = await w.mirror.index();
      for (const id of w.xero.ids(name).slice(0, 10)) w.xero.vanish(name, id);
      w.later(8 * 86_400_000);
      await expect(w.pull({ resources: [name] })).rejects.toMatchObject({
        code: 'MANY_REMOVED',
        details: { count: 10, total: 60, what: name },
      });
      expect(await w.mirror.index()).toEqual(before);
      await w.pull({ resources: [name], isRemovalConfirmed: true });
      expect(w.mirror.live(name)).toEqual(w.xero.raws(name));
    },
  );

  it('never empty a list that had records', async () => {
    const w = fresh();
    seed(2, 'tax-rates');
    await w.pull({ resources: ['tax-rates'] });
    for (const id of w.xero.ids('tax-rates')) w.xero.vanish('tax-rates', id);
    await expect(w.pull({ resources: ['tax-rates'] })).rejects.toMatchObject({ code: 'MANY_REMOVED' });
  });
});
