/** Whatever goes wrong and wherever it stops, the sheet ends as after a quiet run, and was never a mixture. */
import { afterEach, describe, expect, test } from 'vitest';
import { faultAt, recordedPoints } from '../../../../server/wrappers/faults.ts';
import { runDocument } from '../../../support/documents.ts';
import { column, NOON, type PublishLab, publishLab, type RunOptions, type Table } from './publish-lab.ts';

const columns = [
  column('id', 'text', 'Id'),
  column('name', 'text', 'Name'),
  column('total', 'money', 'Total'),
];
const table = (rows: number, name = 'Acme'): Table => ({
  columns,
  rows: Array.from({ length: rows }, (_, row) => [
    `id${row}`,
    row % 5 === 0 ? `${name} ${row}` : 'Same',
    `${row}.5`,
  ]),
});
/** Small enough requests that these few rows are staged in several chunks. */
const STAGED = { requestBytes: 400, cellsPerRead: 60 };

interface Scenario {
  name: string;
  /** Rows there before, if any. */
  before: Table | undefined;
  wanted: Table;
  options?: NonNullable<RunOptions['options']>;
}

const scenarios: Scenario[] = [
  { name: 'a first publish', before: undefined, wanted: table(12) },
  { name: 'a small change', before: table(12), wanted: table(12, 'New') },
  { name: 'a first publish that is staged', before: undefined, wanted: table(60), options: STAGED },
  {
    name: 'a staged change that shrinks the block',
    before: table(80),
    wanted: table(50, 'New'),
    options: STAGED,
  },
];

const labs: PublishLab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.close();
});

/** A spreadsheet with the rows of before, and things of its people around them. */
const prepared = async ({ before }: Scenario): Promise<PublishLab> => {
  const lab = await publishLab();
  labs.push(lab);
  if (before) {
    lab.want(before);
    await lab.run({ runId: 'earlier' });
    await lab.edit(
      { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 3, count: 1 },
      { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 1, count: 1 },
      { kind: 'set', cell: 'Invoices!B3', value: '=E3*2', note: 'mine' },
      { kind: 'set', cell: 'Invoices!E2', value: 'beside' },
    );
  }
  return lab;
};

/** All that the quiet run leaves behind, but for numbers that Google chooses. */
const endOf = (lab: PublishLab): string => {
  const { version: _, metadata, ...rest } = lab.dump();
  const marks = metadata.map(({ metadataKey, metadataValue, location }) =>
    JSON.stringify([metadataKey, metadataValue, location]),
  );
  return JSON.stringify([rest, marks.sort()]);
};

const run = (lab: PublishLab, { wanted, options }: Scenario, how: RunOptions = {}) => {
  lab.want(wanted);
  return lab.run({ runId: 'run', ...(options ? { options } : {}), ...how });
};

const quietly = async (scenario: Scenario) => {
  const lab = await prepared(scenario);
  const recorded = recordedPoints();
  const done = await run(lab, scenario, { faults: recorded });
  return { end: endOf(lab), done, points: recorded.points };
};

describe.each(scenarios)('$name', (scenario) => {
  test('that dies before or after any effect ends as a quiet one', { timeout: 120_000 }, async () => {
    const quiet = await quietly(scenario);
    expect(quiet.points.length).toBeGreaterThan(10);
    for (const { label, call, when } of quiet.points) {
      const lab = await prepared(scenario);
      const done = await run(lab, scenario, { faults: faultAt(label, call, when, 'crash') });
      const place = `${when} ${label} ${call}`;
      expect([place, endOf(lab)]).toEqual([place, quiet.end]);
      expect([place, done.rows, done.cellsWritten]).toEqual([
        place,
        quiet.done.rows,
        quiet.done.cellsWritten,
      ]);
      lab.close();
    }
  });

  test('that is delivered twice, unit by unit, ends as a quiet one', async () => {
    const quiet = await quietly(scenario);
    const lab = await prepared(scenario);
    const done = await run(lab, scenario, { isDoubled: true });
    expect(endOf(lab)).toBe(quiet.end);
    expect(done.cellsWritten).toBe(quiet.done.cellsWritten);
  });

  test.each([
    [
      'an answer that was lost after the batch was applied',
      { kind: 'apply-then-timeout' as const, path: ':batchUpdate' },
    ],
    [
      'answers that were lost after rows were staged',
      { kind: 'apply-then-timeout' as const, path: 'values:batchUpdate', times: 2 },
    ],
    ['a connection that drops before', { kind: 'drop-before' as const, path: ':batchUpdate' }],
    ['a 500 and a 503', { kind: 'status' as const, status: 503, path: '/v4/', times: 2, after: 2 }],
    ['a quota that is used up', { kind: 'status' as const, status: 429, path: ':batchUpdate', times: 3 }],
    [
      'a quota for reads that is used up',
      { kind: 'status' as const, status: 429, path: 'ByDataFilter', times: 2 },
    ],
    ['a token that ran out', { kind: 'status' as const, status: 401, path: ':batchUpdate' }],
  ])('with %s ends as a quiet one', async (_, fault) => {
    const quiet = await quietly(scenario);
    const lab = await prepared(scenario);
    await lab.sandbox.control.run({ action: 'fault', fault });
    await run(lab, scenario);
    // Waiting for a quota moves the clock, and with it the stamp.
    expect(withoutClock(endOf(lab))).toBe(withoutClock(quiet.end));
  });

  test('is never seen half done', async () => {
    const lab = await prepared(scenario);
    const blockNow = (): string =>
      JSON.stringify(lab.dump().sheets.find(({ title }) => title === 'Invoices')?.cells ?? null);
    const values = (text: string): string => text.replace(/"note":"Updated[^"]*"/g, '');
    const seen = new Set([values(blockNow())]);
    await run(lab, scenario, { afterUnit: async () => void seen.add(values(blockNow())) });
    seen.add(values(blockNow()));
    expect(seen.size).toBeLessThanOrEqual(2);
    expect(lab.dump().sheets.filter(({ hidden }) => hidden)).toEqual([]);
  });
});

const withoutClock = (text: string): string => text.replace(/\d+ \w{3} \d{4} \d\d:\d\d/g, 'then');

describe('a staging tab of a run that never came back', () => {
  test('is removed by the next one', async () => {
    const scenario = scenarios[2] as Scenario;
    const lab = await prepared(scenario);
    lab.want(scenario.wanted);
    const stop = { afterUnit: () => Promise.reject(new Error('stopped for good')) };
    await expect(lab.run({ runId: 'dead', ...stop, options: STAGED })).rejects.toThrow('stopped for good');
    expect(lab.dump().sheets.map(({ hidden }) => hidden)).toEqual([false, true]);
    lab.clock.advance(600_000);
    lab.want(table(3));
    await lab.run({ runId: 'next' });
    expect(lab.dump().sheets.map(({ title }) => title)).toEqual(['Notes', 'Invoices']);
  });

  test.each(['cancelled', 'failed'] as const)(
    'and the spreadsheet are there for the next one at once when the run has %s',
    async (status) => {
      const scenario = scenarios[2] as Scenario;
      const lab = await prepared(scenario);
      await lab.store.create('runs', 'dead', runDocument({ status: 'running' }));
      lab.want(scenario.wanted);
      const stop = { afterUnit: () => Promise.reject(new Error('stopped for good')) };
      await expect(lab.run({ runId: 'dead', ...stop, options: STAGED })).rejects.toThrow('stopped for good');
      lab.want(table(3));
      await expect(lab.run({ runId: 'next' })).rejects.toMatchObject({ code: 'LEASE_HELD' });

      await lab.store.transaction(async (tx) => {
        await tx.get('runs', 'dead');
        tx.set('runs', 'dead', runDocument({ status, endedAt: NOON }));
      });
      await lab.run({ runId: 'next' });
      expect(lab.dump().sheets.map(({ title }) => title)).toEqual(['Notes', 'Invoices']);
      expect(lab.grid('Invoices')).toHaveLength(5);
    },
  );

  test('that somebody deleted is made again', async () => {
    const scenario = scenarios[2] as Scenario;
    const lab = await prepared(scenario);
    let units = 0;
    const afterUnit = async (): Promise<void> => {
      units += 1;
      const staging = lab.dump().sheets.find(({ hidden }) => hidden);
      if (units === 2 && staging) await lab.edit({ kind: 'deleteTab', tab: staging.title });
    };
    await run(lab, scenario, { afterUnit });
    expect(endOf(lab).replaceAll(/ 1 run /g, ' n run ')).toBe(
      (await quietly(scenario)).end.replaceAll(/ 1 run /g, ' n run '),
    );
  });
});
