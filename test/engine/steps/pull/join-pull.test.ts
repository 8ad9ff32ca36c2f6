import { describe, expect, it } from 'vitest';
import { WaitError } from '../../../../server/errors.ts';
import { pullWorld } from './pull-world.ts';

function seeded(options = {}) {
  const world = pullWorld(options);
  world.xero.put('organisation', 'o1', {
    FinancialYearEndMonth: 3,
    FinancialYearEndDay: 31,
    Timezone: 'NEWZEALANDSTANDARDTIME',
  });
  for (const resource of ['accounts', 'contacts', 'invoices', 'payments', 'bank-transactions'])
    for (let n = 0; n < 7; n += 1) world.xero.put(resource, `${resource}-${n}`);
  world.later(86_400_000);
  return world;
}

/** The run's row in the store: what others see of it. */
async function store(world: ReturnType<typeof pullWorld>, runId: string, fields: Record<string, unknown>) {
  const run = {
    v: 1,
    teamId: 't1',
    exporterId: 'e1',
    trigger: 'manual',
    requestedBy: 'u1',
    requestedAt: world.now(),
    status: 'running',
    seq: 1,
    steps: [],
    stepIndex: 0,
    fencing: 1,
    holder: null,
    leaseUntil: world.now() + 60_000,
    units: 0,
    dueAt: null,
    waitingFor: null,
    progress: null,
    counters: { rows: 0, cellsWritten: 0, xeroCalls: 0, xeroBytes: 0 },
    gaps: [],
    error: null,
    cancelRequestedAt: null,
    startedAt: world.now(),
    heartbeatAt: world.now(),
    deadlineAt: world.now() + 86_400_000,
    endedAt: null,
    rescues: 0,
    ...fields,
  };
  await world.store.transaction(async (tx) => tx.set('runs', runId, run as never));
}

async function finish(
  world: ReturnType<typeof pullWorld>,
  runId: string,
  wants: Parameters<typeof world.unit>[1],
) {
  for (let units = 0; units < 100 && !world.run(runId).isDone; units += 1) {
    world.later(10);
    await world.unit(runId, wants);
  }
}

describe('runs that start together', () => {
  it('make one pull: the first reads for all, the others make no call', async () => {
    const world = seeded();
    const requestedAt = world.now();
    const wanted = [
      ['invoices'],
      ['invoices'],
      ['contacts'],
      ['payments'],
      ['bank-transactions'],
      ['accounts', 'invoices'],
    ];
    for (const [at] of wanted.entries()) await store(world, `r${at}`, {});
    await world.unit('r0', { resources: ['invoices'], requestedAt });
    for (const [at, resources] of wanted.entries())
      if (at > 0)
        await expect(
          world.unit(`r${at}`, { resources, requestedAt: requestedAt + at }),
        ).rejects.toMatchObject({
          code: 'PULL_IN_FLIGHT',
        });
    await finish(world, 'r0', { resources: ['invoices'], requestedAt });
    for (const [at, resources] of wanted.entries())
      await finish(world, `r${at}`, { resources, requestedAt: requestedAt + at });
    expect(wanted.map((_, at) => world.run(`r${at}`).calls).slice(1)).toEqual([0, 0, 0, 0, 0]);
    expect((await world.mirror.index()).generation).toBe(1);
    for (const resource of ['accounts', 'contacts', 'invoices', 'payments', 'bank-transactions'])
      expect(world.mirror.live(resource)).toEqual(world.xero.raws(resource));
    world.close();
  });

  it('are waited for a moment before the first call', async () => {
    const world = seeded({ gatherMs: 1_000 });
    const requestedAt = world.now();
    await world.unit('r0', { resources: ['invoices'], requestedAt });
    const begun = (await world.pullDocument())?.startedAt ?? 0;
    expect(world.now() - begun).toBe(1_000);
    world.close();
  });
});

describe('a run that joins late', () => {
  it('gets what changed after the pull had read it, and before the run was asked for', async () => {
    const world = seeded();
    const first = {
      resources: ['accounts', 'contacts', 'invoices', 'payments', 'bank-transactions'],
      requestedAt: world.now(),
    };
    await store(world, 'r0', {});
    await world.pull({ resources: first.resources });
    world.later(60_000);
    const again = { ...first, requestedAt: world.now() };
    await world.unit('r0', again);
    world.later(1_000);
    world.xero.put('contacts', 'contacts-3', { Name: 'changed between read and ask' });
    world.later(1_000);
    const late = { resources: ['contacts'], requestedAt: world.now() };
    await expect(world.unit('late', late)).rejects.toBeInstanceOf(WaitError);
    await finish(world, 'r0', again);
    await finish(world, 'late', late);
    expect(world.run('late').calls).toBe(0);
    expect(world.mirror.live('contacts')).toEqual(world.xero.raws('contacts'));
    world.close();
  });

  it('has the list that is read whole for it again without what came and went between, never seen in the mirror', async () => {
    const world = seeded();
    world.xero.put('tax-rates', 'OLD');
    await store(world, 'r0', {});
    await world.pull({ resources: ['tax-rates', 'invoices'] });
    world.xero.put('tax-rates', 'BRIEF');
    world.later(60_000);
    const again = { resources: ['tax-rates', 'invoices'], requestedAt: world.now() };
    await world.unit('r0', again);
    world.xero.vanish('tax-rates', 'BRIEF');
    world.later(1_000);
    const late = { resources: ['tax-rates'], requestedAt: world.now() };
    await expect(world.unit('late', late)).rejects.toBeInstanceOf(WaitError);
    await finish(world, 'r0', again);
    expect(world.xero.calls.filter(({ path }) => path === 'TaxRates')).toHaveLength(3);
    expect(world.mirror.live('tax-rates')).toEqual(world.xero.raws('tax-rates'));
    world.close();
  });

  it('pulls for itself when the pull that ended did not cover it', async () => {
    const world = seeded();
    await world.pull({ resources: ['contacts'] });
    world.later(5_000);
    world.xero.put('contacts', 'contacts-1', { Name: 'new' });
    const run = await world.pull({ resources: ['contacts'] });
    expect(run.calls).toBe(1);
    expect(world.mirror.live('contacts')).toEqual(world.xero.raws('contacts'));
    world.close();
  });

  it('makes no call when it is delivered again after others read what it wants', async () => {
    const world = seeded();
    const requestedAt = world.now();
    await world.pull({ resources: ['contacts', 'invoices'] });
    const run = await world.pull({ resources: ['contacts'], requestedAt });
    expect(run.calls).toBe(0);
    world.close();
  });

  it('comes back when the owner does, if the owner waits for a limit', async () => {
    const world = seeded();
    await world.unit('r0', { resources: ['invoices'] });
    await store(world, 'r0', { status: 'waiting', leaseUntil: null, dueAt: world.now() + 20_000 });
    await expect(
      world.unit('r1', { resources: ['invoices'], requestedAt: world.now() }),
    ).rejects.toMatchObject({
      untilAt: world.now() + 20_000,
    });
    world.close();
  });
});

describe('a list that lost too much', () => {
  it('is told to all who joined, and read once; what else was read is kept', async () => {
    const world = seeded();
    await world.pull({ resources: ['accounts', 'contacts'] });
    for (const id of world.xero.ids('accounts')) world.xero.vanish('accounts', id);
    world.xero.put('contacts', 'contacts-1', { Name: 'new' });
    world.later(1_000);
    const requestedAt = world.now();
    await store(world, 'owner', {});
    const wants = { resources: ['accounts', 'contacts'], requestedAt };
    await world.unit('owner', wants);
    await expect(world.unit('joined', { resources: ['accounts'], requestedAt })).rejects.toBeInstanceOf(
      WaitError,
    );
    await expect(finish(world, 'owner', wants)).rejects.toMatchObject({ code: 'MANY_REMOVED' });
    await expect(finish(world, 'joined', { resources: ['accounts'], requestedAt })).rejects.toMatchObject({
      code: 'MANY_REMOVED',
    });
    expect(world.run('joined').calls).toBe(0);
    expect(world.mirror.live('accounts').size).toBe(7);
    expect(world.mirror.live('contacts')).toEqual(world.xero.raws('contacts'));
    world.close();
  });
});

describe('a pull whose owner is dead', () => {
  it.each([
    ['ended', { status: 'cancelled', leaseUntil: null }],
    ['lost its lease long ago', { leaseUntil: 1 }],
  ])('is taken over: the owner %s', async (_, fields) => {
    const world = seeded();
    await world.unit('r0', { resources: ['invoices'], requestedAt: world.now() });
    await store(world, 'r0', fields);
    const run = await world.pull({ resources: ['contacts'] });
    expect(run.isDone).toBe(true);
    expect(world.mirror.live('contacts')).toEqual(world.xero.raws('contacts'));
    world.close();
  });

  it('does not let the owner go on with what it had when it comes back', async () => {
    const world = seeded();
    const wants = { resources: ['invoices'], requestedAt: world.now() };
    await world.unit('r0', wants);
    await store(world, 'r0', { leaseUntil: 1 });
    world.xero.put('invoices', 'invoices-2', { Total: 1 });
    await world.pull({ resources: ['invoices'] });
    await finish(world, 'r0', wants);
    expect((await world.mirror.index()).generation).toBe(1);
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    world.close();
  });
});

describe('a pull that somebody asks more of again and again', () => {
  it('comes to its end, and the next one does the rest', async () => {
    const world = pullWorld();
    for (let n = 0; n < 4; n += 1) world.xero.put('invoices', `id-${n}`);
    world.later(86_400_000);
    const owner = { resources: ['invoices'], requestedAt: world.now() };
    let units = 0;
    for (let isDone = false; !isDone; units += 1) {
      if (units > 2_000) throw new Error('the pull has no end');
      await store(world, 'owner', { status: 'running', leaseUntil: world.now() + 60_000 });
      isDone = (await world.unit('owner', owner)).kind === 'done';
      world.later(1_000);
      if (isDone) break;
      const other = { resources: ['invoices'], requestedAt: world.now() };
      await expect(world.unit(`other-${units}`, other)).rejects.toMatchObject({ code: 'PULL_IN_FLIGHT' });
    }
    world.xero.put('invoices', 'new');
    world.later(1_000);
    await world.pull({ resources: ['invoices'] });
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    world.close();
  }, 60_000);
});
