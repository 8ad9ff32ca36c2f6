import { describe, expect, it } from 'vitest';
import { FatalError, UserError, WaitError } from '../../../../server/errors.ts';
import { pullWorld } from './pull-world.ts';

function seeded() {
  const world = pullWorld();
  world.xero.put('organisation', 'o1', { FinancialYearEndMonth: 3, FinancialYearEndDay: 31 });
  for (const resource of ['accounts', 'invoices', 'payments', 'bank-transactions'])
    for (let n = 0; n < 4; n += 1) world.xero.put(resource, `${resource}-${n}`);
  world.later(86_400_000);
  return world;
}

const refuse = (
  world: ReturnType<typeof pullWorld>,
  path: string,
  code: 'SCOPE_MISSING' | 'XERO_PERMISSION',
) => {
  world.xero.before = (_, request) => {
    if (request.path === path) throw new UserError(code, { what: path, organisation: 'Acme' });
  };
};

describe('something that the grant may not read', () => {
  it('ends the run when it is what the run is for, and the other resources are in the mirror all the same', async () => {
    const world = seeded();
    refuse(world, 'Payments', 'SCOPE_MISSING');
    await expect(world.pull({ resources: ['invoices', 'payments'] })).rejects.toMatchObject({
      code: 'SCOPE_MISSING',
      details: { what: 'payments', organisation: 'Acme' },
    });
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    world.close();
  });

  it('is a named gap of a report that adds it up', async () => {
    const world = seeded();
    world.xero.reports.set('Reports/TrialBalance', () => ({ ReportName: 'TB', Rows: [] }));
    refuse(world, 'BankTransactions', 'XERO_PERMISSION');
    const run = await world.pull({ reports: ['trial-balance?period=year-to-date'] });
    expect(run.gaps).toEqual([{ what: 'Bank transactions', reason: 'no-permission', count: 1 }]);
    world.close();
  });

  it('ends the run when it is the report itself', async () => {
    const world = seeded();
    refuse(world, 'Reports/TrialBalance', 'XERO_PERMISSION');
    await expect(world.pull({ reports: ['trial-balance?period=year-to-date'] })).rejects.toMatchObject({
      code: 'XERO_PERMISSION',
      details: { what: 'trial balance' },
    });
    world.close();
  });

  it('says which permission a report takes', async () => {
    const world = seeded();
    refuse(world, 'Reports/TrialBalance', 'XERO_PERMISSION');
    await expect(world.pull({ reports: ['trial-balance?period=year-to-date'] })).rejects.toThrow(
      'The Xero user who connected Acme may not read trial balance. Reconnect as a user with the permission to see reports.',
    );
    world.close();
  });

  it('is told to a run that joined, without a call', async () => {
    const world = seeded();
    const wants = { reports: ['trial-balance?period=year-to-date'], requestedAt: world.now() };
    refuse(world, 'Reports/TrialBalance', 'SCOPE_MISSING');
    await expect(world.pull(wants)).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
    await expect(world.unit('joined', wants)).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
    expect(world.run('joined').calls).toBe(0);
    world.close();
  });

  it('is asked for again by the next run', async () => {
    const world = seeded();
    refuse(world, 'Payments', 'SCOPE_MISSING');
    await expect(world.pull({ resources: ['payments'] })).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
    world.xero.before = () => undefined;
    const run = await world.pull({ resources: ['payments'] });
    expect(run.gaps).toEqual([]);
    expect(world.mirror.live('payments')).toEqual(world.xero.raws('payments'));
    world.close();
  });
});

describe('trouble in the middle of a wave', () => {
  it('keeps the pages that came, and says why it waits when none did', async () => {
    const world = pullWorld();
    for (let n = 0; n < 20; n += 1) world.xero.put('invoices', `i-${n}`);
    world.later(86_400_000);
    world.later(1_000);
    const wants = { resources: ['invoices'], requestedAt: world.now() };
    await world.unit('r1', wants);
    let left = 2;
    world.xero.before = () => {
      if (left-- <= 0) throw new WaitError('XERO_MINUTE_LIMIT', world.now() + 30_000);
    };
    await world.unit('r1', wants);
    expect(world.run('r1').calls).toBe(3);
    await expect(world.unit('r1', wants)).rejects.toMatchObject({ code: 'XERO_MINUTE_LIMIT' });
    world.xero.before = () => undefined;
    const before = world.xero.calls.length;
    while (!world.run('r1').isDone) await world.unit('r1', wants);
    expect(world.xero.calls.length - before).toBe(4 + 1);
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    world.close();
  });

  it('ends the run when a page cannot be read, with nothing committed', async () => {
    const world = seeded();
    const { read } = world.xero;
    world.xero.read = async (...args) => {
      const answer = await read(...args);
      return { ...answer, body: answer.body.slice(0, -4) };
    };
    await expect(world.pull({ resources: ['invoices'] })).rejects.toMatchObject({
      code: 'XERO_PAGE_UNREADABLE',
    });
    expect((await world.mirror.index()).generation).toBe(0);
    world.close();
  });

  it('ends the run when Xero never says the same count as it sends', async () => {
    const world = seeded();
    const { read } = world.xero;
    world.xero.read = async (...args) => {
      const answer = await read(...args);
      const text = Buffer.from(answer.body).toString().replace('"itemCount":4', '"itemCount":5');
      return { ...answer, body: Buffer.from(text) };
    };
    await expect(world.pull({ resources: ['invoices'] })).rejects.toMatchObject({
      code: 'COUNT_MISMATCH',
      details: { expected: 5, found: 4 },
    });
    world.close();
  });
});

describe('a list that Xero refuses for its volume', () => {
  it('is read by windows of dates, and not one record is fewer', async () => {
    const world = pullWorld();
    const day = (n: number) => `/Date(${Date.UTC(2003, 0, 1) + n * 130 * 86_400_000}+0000)/`;
    for (let n = 0; n < 60; n += 1) world.xero.put('invoices', `i-${n}`, { Date: day(n) });
    world.later(86_400_000);
    world.xero.mostRecords = 10;
    await world.pull({ resources: ['invoices'] });
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    world.close();
  });

  it('ends the run when it cannot be cut any further', async () => {
    const world = pullWorld();
    for (let n = 0; n < 12; n += 1) world.xero.put('invoices', `i-${n}`);
    world.xero.mostRecords = 10;
    await expect(world.pull({ resources: ['invoices'] })).rejects.toBeInstanceOf(FatalError);
    world.close();
  });
});
