import { describe, expect, it } from 'vitest';
import { resourceNamed } from '../../../../server/resources/index.ts';
import { booked } from '../../../../server/resources/report.ts';
import { pullWorld } from './pull-world.ts';

const tb = 'trial-balance?basis=accrual&period=year-to-date';
const pl = 'profit-and-loss?basis=accrual&period=year-to-date';
/** A look for changes of everything that a report is made of: organisation, and one call for each list that is booked. */
const look = 1 + booked.length;
const pagings = booked.map((name) => resourceNamed(name).paging.kind);
const [whole = 0, byId = 0, backwards = 0] = (['whole', 'by-id', 'backwards'] as const).map(
  (kind) => pagings.filter((one) => one === kind).length,
);

/** The report counts how often it was made, so that a test sees which answer is in the mirror. */
function seeded() {
  const world = pullWorld();
  world.xero.put('organisation', 'o1', {
    FinancialYearEndMonth: 3,
    FinancialYearEndDay: 31,
    Timezone: 'NEWZEALANDSTANDARDTIME',
  });
  for (const resource of booked) for (let n = 0; n < 4; n += 1) world.xero.put(resource, `${resource}-${n}`);
  const made = { count: 0 };
  for (const path of ['Reports/TrialBalance', 'Reports/ProfitAndLoss'])
    world.xero.reports.set(path, () => {
      made.count += 1;
      return {
        ReportName: path,
        UpdatedDateUTC: `/Date(${world.now()})/`,
        Made: String(made.count),
        Rows: [],
      };
    });
  world.later(86_400_000);
  return world;
}

const callsTo = (world: ReturnType<typeof pullWorld>, path: string) =>
  world.xero.calls.filter((call) => call.path === path).length;
const only = (world: ReturnType<typeof pullWorld>) => [...world.mirror.live('reports')];
const stateOf = (world: ReturnType<typeof pullWorld>) =>
  world.mirror.stateOf('reports', only(world)[0]?.[0] ?? '');

/** A transfer as Xero shows it: told of is only when it was made. */
const made = (world: ReturnType<typeof pullWorld>, id: string): void =>
  world.xero.put('bank-transfers', id, {
    CreatedDateUTC: `/Date(${world.now()}+0000)/`,
    Status: 'AUTHORISED',
    Amount: '5',
    FromIsReconciled: false,
  });

describe('a report', () => {
  it('is fetched after the records it adds up, and settled by the look for changes that ends each sweep', async () => {
    const world = seeded();
    const run = await world.pull({ reports: [tb] });
    // Organisation 1; lists that are one answer 1 + settle; the paged ones: 2 pages of 3 (backwards: the first again) and the pass; the report.
    expect(run.calls).toBe(1 + whole * 2 + byId * (2 + 1) + backwards * (3 + 1) + 1);
    expect(stateOf(world)).toBe('settled');
    expect(only(world)[0]?.[0]).toBe('Reports/TrialBalance?date=2026-07-31#year-end=3-31');
    world.close();
  });

  it('lets the long lists go first, and lists that are one answer last', async () => {
    const world = seeded();
    await world.pull({ resources: ['tax-rates', 'contacts', 'prepayments', 'invoices'], reports: [tb] });
    const firsts = [...new Set(world.xero.calls.map(({ path }) => path))];
    expect(firsts[0]).toBe('Organisation');
    expect(firsts.slice(1, 5).toSorted()).toEqual(['BankTransactions', 'Contacts', 'Invoices', 'Payments']);
    const places = ['Prepayments', 'BankTransfers', 'TaxRates'].map((path) => firsts.indexOf(path));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    world.close();
  });

  it('is asked for by as few calls as the months need', async () => {
    const world = seeded();
    await world.pull({ reports: [pl] });
    const calls = world.xero.calls.filter(({ path }) => path === 'Reports/ProfitAndLoss');
    expect(calls.map(({ query }) => query)).toEqual([
      {
        standardLayout: 'true',
        fromDate: '2026-07-01',
        toDate: '2026-07-31',
        periods: '3',
        timeframe: 'MONTH',
      },
    ]);
    world.close();
  });

  it('is not fetched again, and nothing is settled, when nothing changed', async () => {
    const world = seeded();
    await world.pull({ reports: [tb, pl] });
    world.later(600_000);
    const run = await world.pull({ reports: [tb, pl] });
    expect(run.calls).toBe(look);
    expect((await world.mirror.index()).generation).toBe(1);
    world.close();
  });

  it('is fetched again when a record it adds up changed', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(600_000);
    world.xero.put('payments', 'payments-1', { Amount: '5' });
    const run = await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(2);
    expect(run.calls).toBe(look + 1 + booked.length);
    expect(only(world)[0]?.[1]).toContain('"Made":"2"');
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is not fetched again for a new record that is dated after its end', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(600_000);
    world.xero.put('invoices', 'new', { Date: `/Date(${Date.UTC(2026, 7, 1)}+0000)/` });
    await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(1);
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is marked stale by a pull that does not want it, and fetched by the next that does', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(600_000);
    world.xero.put('invoices', 'invoices-1', { Total: '5' });
    await world.pull({ resources: ['invoices'] });
    expect(stateOf(world)).toBe('stale');
    const run = await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(2);
    // Fetched before the records, so that their reading settles it: no call more.
    expect(run.calls).toBe(1 + look);
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is fetched again after a while although no record that we read changed', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(3_600_000);
    const run = await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(2);
    expect(run.calls).toBe(1 + look);
    world.close();
  });

  it('is fetched once by a daily pull: what changed since yesterday changed before Xero made it', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(20 * 3_600_000);
    world.xero.put('payments', 'payments-1', { Amount: '5' });
    world.later(3_600_000);
    world.xero.calls.length = 0;
    await world.pull({ reports: [tb] });
    const paths = world.xero.calls.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
    expect(paths).toContain('Payments');
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is fetched once by a daily pull also when transfers were made, though nothing stamps them', async () => {
    const world = seeded();
    await world.pull({ reports: [tb, pl] });
    world.later(20 * 3_600_000);
    made(world, 'new');
    world.later(3_600_000);
    world.xero.calls.length = 0;
    await world.pull({ reports: [tb, pl] });
    const paths = world.xero.calls.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
    const reports = paths.flatMap((path, at) => (path.startsWith('Reports/') ? [at] : []));
    expect(paths.indexOf('BankTransfers')).toBeGreaterThan(Math.max(...reports));
    expect([...world.mirror.live('bank-transfers').keys()]).toContain('new');
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is not fetched again, and not marked stale, when a transfer was only reconciled', async () => {
    const world = seeded();
    made(world, 'old');
    await world.pull({ reports: [tb] });
    world.later(600_000);
    world.xero.put('bank-transfers', 'old', { FromIsReconciled: true });
    await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(1);
    world.xero.put('bank-transfers', 'old', { ToIsReconciled: true });
    await world.pull({ resources: ['bank-transfers'] });
    expect(world.mirror.live('bank-transfers')).toEqual(world.xero.raws('bank-transfers'));
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is fetched again when a transfer was removed: nothing tells whether before the report or after it', async () => {
    const world = seeded();
    made(world, 'old');
    await world.pull({ reports: [tb] });
    world.later(20 * 3_600_000);
    world.xero.put('bank-transfers', 'old', { Status: 'DELETED' });
    world.later(3_600_000);
    await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(3);
    expect(only(world)[0]?.[1]).toContain('"Made":"3"');
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is fetched again when a transfer was made after it and before its list was read', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(20 * 3_600_000);
    let isFirst = true;
    world.xero.after = (_, { path }) => {
      if (path !== 'Reports/TrialBalance' || !isFirst) return;
      isFirst = false;
      made(world, 'between');
    };
    await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(3);
    expect(stateOf(world)).toBe('settled');
    expect(world.mirror.live('bank-transfers')).toEqual(world.xero.raws('bank-transfers'));
    world.close();
  });

  it('is fetched again when a change has no stamp to tell when it was made', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(20 * 3_600_000);
    world.xero.vanish('accounts', 'accounts-1');
    world.later(3_600_000);
    await world.pull({ reports: [tb], isRemovalConfirmed: true });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(3);
    expect(stateOf(world)).toBe('settled');
    world.close();
  });

  it('is fetched again when a record left its list between two readings of the first pull', async () => {
    const world = seeded();
    let isFirst = true;
    world.xero.after = (_, { path }) => {
      if (path !== 'Reports/TrialBalance' || !isFirst) return;
      isFirst = false;
      for (const id of world.xero.ids('bank-transfers')) world.xero.vanish('bank-transfers', id);
    };
    // Nothing that anybody had is gone: nobody is asked.
    await world.pull({ reports: [tb], isRemovalConfirmed: false });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(2);
    expect(stateOf(world)).toBe('settled');
    expect(world.mirror.live('bank-transfers')).toEqual(new Map());
    world.close();
  });

  it('is fetched again when something moves while it is settled', async () => {
    const world = seeded();
    let isFirst = true;
    world.xero.after = (_, { path }) => {
      if (path !== 'Reports/TrialBalance' || !isFirst) return;
      isFirst = false;
      world.later(10);
      world.xero.put('invoices', 'invoices-2', { Total: '7' });
      world.later(10);
    };
    await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(2);
    expect(only(world)[0]?.[1]).toContain('"Made":"2"');
    expect(stateOf(world)).toBe('settled');
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    world.close();
  });

  it('is kept as unsettled after three rounds in which something moved, and the run succeeds', async () => {
    const world = seeded();
    let n = 0;
    world.xero.after = (_, { path }) => {
      if (path !== 'Reports/TrialBalance') return;
      world.later(10);
      world.xero.put('invoices', 'invoices-2', { Total: String(n++) });
      world.later(10);
    };
    const run = await world.pull({ reports: [tb] });
    expect(callsTo(world, 'Reports/TrialBalance')).toBe(3);
    expect(stateOf(world)).toBe('unsettled');
    expect(run.gaps).toEqual([]);
    world.close();
  });

  it('is pulled anew for a run on whose day the months have moved on', async () => {
    const world = seeded();
    const requestedAt = world.now();
    await world.pull({ reports: [tb] });
    world.later(11 * 86_400_000);
    await world.pull({ resources: ['organisation', ...booked] });
    const run = await world.pull({ reports: [tb] });
    expect(run.calls).toBeGreaterThan(0);
    expect([...world.mirror.live('reports').keys()]).toEqual([
      'Reports/TrialBalance?date=2026-07-31#year-end=3-31',
      'Reports/TrialBalance?date=2026-08-31#year-end=3-31',
    ]);
    expect(requestedAt).toBeLessThan(world.now());
    world.close();
  });

  it('is planned by the financial year that the organisation has now', async () => {
    const world = seeded();
    await world.pull({ reports: [tb, pl] });
    world.later(600_000);
    world.xero.put('organisation', 'o1', { FinancialYearEndMonth: 6, FinancialYearEndDay: 30 });
    await world.pull({ reports: [tb, pl] });
    const ids = [...world.mirror.live('reports').keys()].filter((id) => id.endsWith('#year-end=6-30'));
    expect(ids).toHaveLength(2);
    world.close();
  });

  it('is not thought of again when a pull that was committed is taken up much later', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(600_000);
    world.xero.put('invoices', 'later', { Date: `/Date(${Date.UTC(2026, 7, 1)}+0000)/` });
    const { commit } = world.mirror;
    let isFirst = true;
    world.mirror.commit = async (input) => {
      const made = await commit(input);
      if (!isFirst) return made;
      isFirst = false;
      throw new Error('killed');
    };
    const wants = { reports: [tb], requestedAt: world.now() };
    const unit = async () => (await world.unit('r9', wants)).kind === 'done';
    await expect(async () => {
      while (!(await unit())) world.later(10);
    }).rejects.toThrow('killed');
    world.later(2 * 3_600_000);
    world.xero.put('invoices', 'after', {});
    const calls = world.xero.calls.length;
    while (!(await unit())) world.later(10);
    expect(world.xero.calls).toHaveLength(calls);
    // What came after the commit is not said to be there.
    expect((await world.pullDocument())?.reads['invoices']).toBeLessThan(world.now() - 3_600_000);
    await world.pull({ resources: ['invoices'] });
    expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
    world.close();
  });

  it('that was young enough when the pull began ends the pull also when it is old at its end', async () => {
    const world = seeded();
    await world.pull({ reports: [tb] });
    world.later(49 * 60_000);
    world.xero.before = (_, { path }) => {
      if (path === 'BankTransactions') world.later(60_000);
    };
    const run = await world.pull({ reports: [tb] });
    expect(run.calls).toBe(look);
    world.close();
  });
});
