/** Seeds of books that change at any moment of a pull: a report that is said to be settled adds up the very records of its mirror. */
import { describe, expect, test } from 'vitest';
import { resourceNamed } from '../../../../server/resources/index.ts';
import { booked } from '../../../../server/resources/report.ts';
import { seeds } from '../../../support/seeds.ts';
import { type Dice, diceOf } from './edits/edits-world.ts';
import { pullWorld } from './pull-world.ts';

const wishes = [
  'trial-balance?basis=accrual&period=year-to-date',
  'profit-and-loss?basis=accrual&period=year-to-date',
];
const marks = ['FromIsReconciled', 'ToIsReconciled'];
type World = ReturnType<typeof pullWorld>;

/** What reports add up: every list that is booked, without the marks that they do not show. */
function booksOf(live: (resource: string) => ReadonlyMap<string, string>): string {
  return booked
    .map((name) => {
      const records = [...live(name)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, raw]) => raw);
      return `${name}: ${records.map((raw) => raw.replaceAll(/"(From|To)IsReconciled":(true|false),?/g, ''))}`;
    })
    .join('\n');
}

/** The report's text tells which books it was made of. */
function seeded(dice: Dice): World {
  const world = pullWorld();
  world.xero.put('organisation', 'o1', {
    FinancialYearEndMonth: 3,
    FinancialYearEndDay: 31,
    Timezone: 'NEWZEALANDSTANDARDTIME',
  });
  for (const resource of booked)
    for (let n = 0; n < 2; n += 1)
      if (resource === 'bank-transfers') transfer(world, dice, `first-${n}`);
      else world.xero.put(resource, `${resource}-${n}`);
  for (const path of ['Reports/TrialBalance', 'Reports/ProfitAndLoss'])
    world.xero.reports.set(path, () => ({
      ReportName: path,
      UpdatedDateUTC: `/Date(${world.now()})/`,
      Books: booksOf(world.xero.raws),
      Rows: [],
    }));
  world.later(86_400_000);
  return world;
}

const transfer = (world: World, dice: Dice, id: string): void =>
  world.xero.put('bank-transfers', id, {
    FromIsReconciled: false,
    ToIsReconciled: false,
    CreatedDateUTC: `/Date(${world.now()}+0000)/`,
    Amount: dice.below(1_000),
    Status: 'AUTHORISED',
  });

/** One change such as Xero lets people make; transfers of all kinds are as many as all others together. */
function edit(world: World, dice: Dice, at: number): void {
  const { xero, mirror } = world;
  const one = (resource: string) => dice.one(xero.ids(resource));
  const hasTransfers = xero.ids('bank-transfers').length > 0;
  const kind = dice.below(hasTransfers ? 8 : 1);
  if (kind < 2) transfer(world, dice, `t-${at}`);
  else if (kind === 2) {
    // One that the mirror has not seen, where there is one: nobody can tell when it was removed.
    const unseen = xero.ids('bank-transfers').filter((id) => !mirror.live('bank-transfers').has(id));
    const id = unseen.length > 0 ? dice.one(unseen) : one('bank-transfers');
    xero.put('bank-transfers', id, { Status: 'DELETED' });
  } else if (kind === 3)
    xero.put('bank-transfers', one('bank-transfers'), { [dice.one(marks)]: dice.chance(0.5) });
  else if (kind === 4) {
    // Xero keeps a removed transfer as DELETED; should one leave its list, it is missed by whoever saw it there.
    const seen = xero.ids('bank-transfers').filter((id) => mirror.live('bank-transfers').has(id));
    if (seen.length > 0) xero.vanish('bank-transfers', dice.one(seen));
  } else {
    const name = dice.one(booked.filter((resource) => resource !== 'bank-transfers'));
    xero.put(name, dice.chance(0.5) ? `new-${at}` : one(name), { Total: at });
  }
}

describe('a report that is said to be settled', () => {
  test.each(seeds(80, 2_000).map((seed) => [seed]))(
    'adds up the records of its mirror, seed %i',
    async (seed) => {
      const dice = diceOf(seed);
      const world = seeded(dice);
      const often = dice.one([0.02, 0.1, 0.2, 0.3]);
      let edits = 0;
      const meanwhile = (): void => {
        world.later(dice.one([1, 20, 900, 4_900, 5_001, 12_000]));
        if (!dice.chance(often)) return;
        edits += 1;
        edit(world, dice, edits);
      };
      world.xero.before = meanwhile;
      world.xero.after = meanwhile;
      for (let pull = 0; pull < 4; pull += 1) {
        await world.pull({ reports: wishes, isRemovalConfirmed: true });
        for (const [id, raw] of world.mirror.live('reports')) {
          if (world.mirror.stateOf('reports', id) !== 'settled') continue;
          const { Books } = JSON.parse(raw) as { Books: string };
          expect([seed, pull, Books]).toEqual([seed, pull, booksOf((name) => world.mirror.live(name))]);
        }
        world.later(dice.one([60_000, 3_600_000, 86_400_000]));
        for (let left = dice.below(3); left > 0; left -= 1) {
          edits += 1;
          edit(world, dice, edits);
        }
        world.later(dice.one([1, 60_000]));
      }
      // Quiet books settle.
      world.xero.before = world.xero.after = () => undefined;
      world.later(86_400_000);
      await world.pull({ reports: wishes, isRemovalConfirmed: true });
      for (const [id, raw] of world.mirror.live('reports')) {
        expect([seed, world.mirror.stateOf('reports', id)]).toEqual([seed, 'settled']);
        expect((JSON.parse(raw) as { Books: string }).Books).toBe(booksOf(world.xero.raws));
      }
      world.close();
    },
  );
});

test('every list without stamps says what is not edited in it, so that what is new can be dated', () => {
  for (const name of booked) {
    const { updatedField, ledger } = resourceNamed(name);
    expect([name, updatedField !== null || ledger?.lasting !== undefined]).toEqual([name, true]);
  }
});
