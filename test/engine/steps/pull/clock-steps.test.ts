/** Our clock is corrected while it is relied on: a pull neither spins nor believes what a wrong clock said. */
import { afterEach, describe, expect, it } from 'vitest';
import { booked } from '../../../../server/resources/report.ts';
import { pullWorld } from './pull-world.ts';

const hour = 3_600_000;
let world = pullWorld();
afterEach(() => world.close());

function seeded() {
  world = pullWorld();
  world.xero.put('organisation', 'o1', { FinancialYearEndMonth: 3, FinancialYearEndDay: 31 });
  for (const name of ['accounts', 'invoices', 'payments', 'bank-transactions'])
    world.xero.put(name, `${name}-0`);
  world.xero.reports.set('Reports/TrialBalance', () => ({ ReportName: 'TrialBalance', Rows: [] }));
  world.later(24 * hour);
  return world;
}

describe('a clock that is set back', () => {
  it('after the request makes the pull no longer: what is read after it was asked for is new enough', async () => {
    const w = seeded();
    w.stepClock(hour);
    const requestedAt = w.now();
    w.stepClock(-hour);
    const run = await w.pull({ resources: ['invoices'], requestedAt });
    expect(run.calls).toBe(2);
  });

  it('after a report came does not settle it for ever', async () => {
    const w = seeded();
    const { writeSegment } = w.mirror;
    let isFirst = true;
    w.mirror.writeSegment = (resource, ...rest) => {
      if (resource === 'reports' && isFirst) w.stepClock(-hour);
      isFirst &&= resource !== 'reports';
      return writeSegment(resource, ...rest);
    };
    const run = await w.pull({ reports: ['trial-balance?basis=accrual&period=year-to-date'] });
    // Organisation, what is booked, the report, and the look that ends three sweeps and settles all four.
    expect(run.calls).toBe(1 + booked.length + 1 + booked.length);
  });

  it('leaves no run satisfied by a moment that has not come yet', async () => {
    const w = seeded();
    w.stepClock(hour);
    await w.pull({ resources: ['invoices'] });
    w.stepClock(-hour);
    w.xero.put('invoices', 'new');
    await w.pull({ resources: ['invoices'] });
    expect(w.mirror.live('invoices')).toEqual(w.xero.raws('invoices'));
    w.xero.put('invoices', 'newer');
    await w.pull({ resources: ['invoices'] });
    expect(w.mirror.live('invoices')).toEqual(w.xero.raws('invoices'));
  });

  it('does not ask again about a loss that was confirmed since, though that came later by the clock', async () => {
    const w = seeded();
    for (let n = 0; n < 20; n += 1) w.xero.put('bank-transfers', `t-${n}`);
    await w.pull({ resources: ['bank-transfers'] });
    for (let n = 0; n < 12; n += 1) w.xero.vanish('bank-transfers', `t-${n}`);
    w.stepClock(hour);
    await expect(w.pull({ resources: ['bank-transfers'] })).rejects.toMatchObject({ code: 'MANY_REMOVED' });
    w.stepClock(-hour);
    await w.pull({ resources: ['bank-transfers'], isRemovalConfirmed: true });
    expect(w.mirror.live('bank-transfers')).toEqual(w.xero.raws('bank-transfers'));
  });

  it('by years does not keep the next full sweep away as long', async () => {
    const w = seeded();
    w.stepClock(9_000 * 24 * hour);
    await w.pull({ resources: ['invoices'] });
    w.stepClock(-9_000 * 24 * hour);
    await w.pull({ resources: ['invoices'] });
    expect((await w.mirror.index()).resources['invoices']?.cursor.lastFullSweepAt).toBeLessThanOrEqual(
      w.now(),
    );
  });
});
