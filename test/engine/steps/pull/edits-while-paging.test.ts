import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InjectedFault } from './injected-fault.ts';
import { pullWorld } from './pull-world.ts';

type Edit = { at: number; kind: 'create' | 'change' | 'void' | 'vanish'; id: number };

const edits = fc.array(
  fc.record({
    at: fc.nat(14),
    kind: fc.constantFrom<Edit['kind']>('create', 'change', 'void', 'vanish'),
    id: fc.nat(40),
  }),
  { maxLength: 8 },
);

const idOf = (id: number): string => `id-${String(id).padStart(4, '0')}`;

/** Seeds every second id, so that new ones fall between. */
function prepared(count: number) {
  const world = pullWorld();
  for (let n = 0; n < count; n += 1) world.xero.put('invoices', idOf(n * 2));
  world.later(86_400_000);
  return world;
}

function script(world: ReturnType<typeof pullWorld>, wanted: readonly Edit[]): void {
  world.xero.before = (call) => {
    for (const { at, kind, id } of wanted) {
      if (at !== call) continue;
      if (kind === 'vanish') world.xero.vanish('invoices', idOf(id));
      else if (kind !== 'create' && !world.xero.ids('invoices').includes(idOf(id))) continue;
      else world.xero.put('invoices', idOf(id), { [kind]: call });
    }
    world.later(7);
  };
}

describe('a list that people edit while it is read', () => {
  it('is in the mirror as it is after the next pull, whatever was created, changed and voided', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 16 }), edits, async (count, wanted) => {
        const world = prepared(count);
        script(
          world,
          wanted.filter(({ kind }) => kind !== 'vanish'),
        );
        await world.pull({ resources: ['invoices'] });
        world.xero.before = () => undefined;
        await world.pull({ resources: ['invoices'] });
        expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
        world.close();
      }),
      { numRuns: 150 },
    );
  });

  it('loses no record that stays, even when others vanish while it is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 16 }), fc.nat(9), fc.nat(16), async (count, at, victim) => {
        const world = prepared(count);
        script(world, [{ at, kind: 'vanish', id: victim * 2 }]);
        await world.pull({ resources: ['invoices'] });
        const live = world.mirror.live('invoices');
        for (const [id, raw] of world.xero.raws('invoices')) expect(live.get(id)).toBe(raw);
        world.close();
      }),
      { numRuns: 100 },
    );
  });

  it('is right after the next counted sweep, whatever vanished', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 16 }), edits, async (count, wanted) => {
        const world = prepared(count);
        script(world, wanted);
        await world.pull({ resources: ['invoices'] });
        world.xero.before = () => undefined;
        world.later(8 * 86_400_000);
        await world.pull({ resources: ['invoices'], isRemovalConfirmed: true });
        expect(world.mirror.live('invoices')).toEqual(world.xero.raws('invoices'));
        world.close();
      }),
      { numRuns: 100 },
    );
  });
});

describe('a pull that is broken off', () => {
  /** Wherever the first attempt of an effect fails, before it or after it, the next attempt goes on. */
  it('makes the same mirror as one that is not, and reads again at most the calls under way', async () => {
    const quiet = prepared(20);
    await quiet.pull({ resources: ['invoices'] });
    const wantedCalls = quiet.xero.calls.length;
    for (let at = 0; at < 150; at += 1) {
      const world = prepared(20);
      const fault = InjectedFault.at(at, world);
      const runId = 'r1';
      world.later(1_000);
      const requestedAt = world.now();
      for (let units = 0; units < 200 && !world.run(runId).isDone; units += 1) {
        world.later(10);
        try {
          await world.unit(runId, { resources: ['invoices'], requestedAt });
        } catch (error) {
          if (!(error instanceof InjectedFault)) throw error;
        }
      }
      expect(world.run(runId).isDone).toBe(true);
      expect(world.mirror.live('invoices')).toEqual(quiet.mirror.live('invoices'));
      expect((await world.mirror.index()).generation).toBe(1);
      expect((await world.pullDocument())?.runId).toBeNull();
      expect(world.xero.calls.length).toBeLessThanOrEqual(wantedCalls + 5);
      world.close();
      if (!fault.hasHappened()) return;
    }
    throw new Error('there are more effects than were tried');
  });

  it('ends with its reports settled, wherever it was broken off', async () => {
    const wants = { resources: ['contacts'], reports: ['trial-balance?period=year-to-date'] };
    for (let at = 0; at < 150; at += 1) {
      const world = prepared(4);
      world.xero.put('organisation', 'o1', { FinancialYearEndMonth: 3, FinancialYearEndDay: 31 });
      for (const resource of ['accounts', 'contacts', 'payments']) world.xero.put(resource, `${resource}-1`);
      const text = { ReportName: 'TB', UpdatedDateUTC: '/Date(0)/', Rows: [] };
      world.xero.reports.set('Reports/TrialBalance', () => text);
      world.later(86_400_000);
      const requestedAt = world.now();
      const fault = InjectedFault.at(at, world);
      for (let units = 0; units < 200 && !world.run('r1').isDone; units += 1) {
        world.later(10);
        try {
          await world.unit('r1', { ...wants, requestedAt });
        } catch (error) {
          if (!(error instanceof InjectedFault)) throw error;
        }
      }
      expect(world.run('r1').isDone).toBe(true);
      for (const resource of ['organisation', 'accounts', 'contacts', 'invoices', 'payments'])
        expect(world.mirror.live(resource)).toEqual(world.xero.raws(resource));
      const [[id, raw] = ['', '']] = world.mirror.live('reports');
      expect(raw).toBe(JSON.stringify(text));
      expect(world.mirror.stateOf('reports', id)).toBe('settled');
      expect((await world.mirror.index()).generation).toBe(1);
      world.close();
      if (!fault.hasHappened()) return;
    }
    throw new Error('there are more effects than were tried');
  });
});
