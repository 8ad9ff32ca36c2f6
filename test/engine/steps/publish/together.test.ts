/** Exporters of one spreadsheet publish together: one look, one read, one write, and each as if it were alone. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tidyGatherings } from '../../../../server/engine/upkeep/tidy-gatherings.ts';
import { faultAt, recordedPoints } from '../../../../server/wrappers/faults.ts';
import { column, type Table } from './publish-lab.ts';
import { gatheringOf, type TogetherLab, titles, togetherLab } from './together-lab.ts';

const table = (rows: number, name = 'Same'): Table => ({
  columns: [column('id'), column('name')],
  rows: Array.from({ length: rows }, (_, row) => [`id${row}`, row % 2 === 0 ? name : 'still']),
});
const shown = (lab: TogetherLab, title: string): string[][] =>
  lab.grid(title).filter((cells) => cells.some((text) => text !== ''));
const asShown = ({ columns, rows }: Table): string[][] => [
  columns.map(({ label }) => label),
  ...rows.map((row) => row.map(String)),
];

const labs: TogetherLab[] = [];
const opened = async (wish?: Parameters<typeof togetherLab>[0]): Promise<TogetherLab> => {
  const lab = await togetherLab(wish);
  labs.push(lab);
  return lab;
};
let lab: TogetherLab;
beforeEach(async () => {
  lab = await opened();
});
afterEach(() => {
  for (const one of labs.splice(0)) one.close();
});

const callsOf = async (act: () => Promise<unknown>, of = lab) => {
  const before = of.calls.length;
  await act();
  const calls = of.calls.slice(before).filter((call) => call.includes('/v4/'));
  const writes = calls.filter((call) => call.endsWith(':batchUpdate')).length;
  return { reads: calls.length - writes, writes };
};

const publishAll = async (round: string, of = lab) => of.finish(await of.gather(round));

describe('four exporters of one spreadsheet', () => {
  test('cost what one costs: three reads and a write the first time, four and a write for a change, nothing unchanged', async () => {
    lab.want(table(5));
    expect(await callsOf(() => publishAll('first'))).toEqual({ reads: 3, writes: 1 });
    expect(await callsOf(() => publishAll('same'))).toEqual({ reads: 0, writes: 0 });
    lab.want(table(5, 'New'));
    expect(await callsOf(() => publishAll('change'))).toEqual({ reads: 4, writes: 1 });
    expect(await callsOf(() => publishAll('again'))).toEqual({ reads: 0, writes: 0 });
    for (const title of titles) expect(shown(lab, title)).toEqual(asShown(table(5, 'New')));
  });

  test('end each with its own rows, cells and gaps, and leave nothing behind', async () => {
    for (const [index, title] of titles.entries()) lab.want(table(index + 2), title);
    const bills = table(3);
    lab.want({ ...bills, rows: [['id0', 'half \ud800'], ...bills.rows.slice(1)] }, 'Bills');
    const ended = await publishAll('first');
    expect(Object.entries(ended).map(([id, { rows, cellsWritten }]) => [id, rows, cellsWritten])).toEqual([
      ['invoices', 2, 6],
      ['bills', 3, 8],
      ['contacts', 4, 10],
      ['items', 5, 12],
    ]);
    expect(Object.values(ended).map(({ gaps }) => gaps.length)).toEqual([0, 1, 0, 0]);
    expect(await gatheringOf(lab)).toBeUndefined();
    expect((await lab.published('Items'))?.rows).toBe(5);
  });

  test('of which some are unchanged write only the others', async () => {
    lab.want(table(5));
    await publishAll('first');
    lab.want(table(6), 'Contacts');
    const runIds = await lab.gather('second');
    const ended = await lab.finish(runIds);
    expect(Object.values(ended).map(({ cellsWritten }) => cellsWritten)).toEqual([0, 0, 2, 0]);
    expect(shown(lab, 'Contacts')).toEqual(asShown(table(6)));
  });

  test('of which one is too large to be held beside the others: it publishes in its own run', async () => {
    lab.want(table(5));
    lab.want(table(40), 'Contacts');
    const options = { cellsTogether: 60 };
    const first = await lab.finish(await lab.gather('first'), { options });
    expect(first['contacts']).toMatchObject({ rows: 40, cellsWritten: 82 });
    expect(shown(lab, 'Contacts')).toEqual(asShown(table(40)));
    lab.want(table(5, 'New'));
    lab.want(table(40, 'New'), 'Contacts');
    const runIds = await lab.gather('second');
    // Three blocks in one go, and the large one by itself.
    const calls = await callsOf(() => lab.finish(runIds, { options }));
    expect(calls.writes).toBe(2);
    for (const title of titles)
      expect(shown(lab, title)).toEqual(asShown(table(title === 'Contacts' ? 40 : 5, 'New')));
  });

  test('of which one grows and one shrinks are both right', async () => {
    lab.want(table(5));
    await publishAll('first');
    lab.want(table(9, 'Grown'), 'Invoices');
    lab.want(table(2, 'Shrunk'), 'Bills');
    await publishAll('second');
    expect(shown(lab, 'Invoices')).toEqual(asShown(table(9, 'Grown')));
    expect(shown(lab, 'Bills')).toEqual(asShown(table(2, 'Shrunk')));
  });
});

describe('one that cannot be published', () => {
  beforeEach(async () => {
    lab.want(table(5));
    await publishAll('first');
    lab.want(table(6, 'New'));
  });
  const others = (title: string) => titles.filter((one) => one !== title);
  const expectOthersRight = (title: string): void => {
    for (const one of others(title)) expect([one, shown(lab, one)]).toEqual([one, asShown(table(6, 'New'))]);
  };

  test.each(titles)(
    'because %s has no rows is refused in its own run, and its neighbours are written',
    async (title) => {
      lab.want(table(0), title);
      const ended = await publishAll('second');
      expect(ended[title.toLowerCase()]).toMatchObject({ code: 'EMPTY_ANSWER' });
      expect(shown(lab, title)).toEqual(asShown(table(5)));
      expectOthersRight(title);
    },
  );

  test.each(titles)('because something stands below %s is refused in its own run', async (title) => {
    await lab.edit({ kind: 'insert', tab: title, dimension: 'ROWS', at: 6, count: 2 });
    await lab.edit({ kind: 'set', cell: `${title}!A7`, value: 'mine' });
    const ended = await publishAll('second');
    expect(ended[title.toLowerCase()]).toMatchObject({ code: 'BLOCK_OVERLAP' });
    expectOthersRight(title);
  });

  test.each(titles)('because the tab of %s was deleted is refused in its own run', async (title) => {
    await lab.edit({ kind: 'deleteTab', tab: title });
    const ended = await publishAll('second');
    expect(ended[title.toLowerCase()]).toMatchObject({ code: 'TAB_MISSING' });
    expectOthersRight(title);
  });

  test.each(titles)(
    'because people edit %s under the write is written again by its own run',
    async (title) => {
      const runIds = await lab.gather('second');
      lab.before(/:batchUpdate$/, async () => {
        await lab.edit({ kind: 'insert', tab: title, dimension: 'ROWS', at: 2, count: 1 });
      });
      await lab.finish(runIds);
      expectOthersRight(title);
      expect(shown(lab, title)).toEqual(asShown(table(6, 'New')));
    },
  );

  test('because it is too large to go with the others goes by itself', async () => {
    lab.want(table(400, 'Large'), 'Contacts');
    const step = lab.step(undefined, { requestBytes: 20_000 });
    const runIds = await lab.gather('second');
    for (let round = 0; round < 60; round += 1)
      for (const runId of runIds) await lab.deliver(runId, step).catch(() => lab.clock.advance(1_000));
    expectOthersRight('Contacts');
    expect(shown(lab, 'Contacts')).toEqual(asShown(table(400, 'Large')));
  });

  test('because its run was cancelled is left alone', async () => {
    const runIds = await lab.gather('second');
    await lab.store.transaction(async (tx) => {
      const run = await tx.get('runs', 'bills-second');
      if (run) tx.set('runs', run.id, { ...run.data, cancelRequestedAt: 1 });
    });
    await lab.finish(runIds.filter((runId) => runId !== 'bills-second'));
    expectOthersRight('Bills');
    expect(shown(lab, 'Bills')).toEqual(asShown(table(5)));
  });
});

describe('whatever goes wrong', () => {
  const scenarios = [
    { name: 'a first publish', before: undefined, wanted: table(4) },
    { name: 'a change', before: table(4), wanted: table(5, 'New') },
  ];
  /** All that is left behind, but for numbers that Google chooses. */
  const endOf = (of: TogetherLab): string => {
    const { version: _, metadata, sheets, ...rest } = of.dump();
    // Who publishes first, and so makes the first tab, is nobody's concern.
    sheets.sort((a, b) => (a.title < b.title ? -1 : 1));
    const marks = metadata.map(({ metadataKey, metadataValue, location }) =>
      JSON.stringify([metadataKey, metadataValue, location]),
    );
    return JSON.stringify([rest, sheets, marks.sort()]).replaceAll(/\d\d:\d\d/g, 'hh:mm');
  };
  const prepared = async (before: Table | undefined, wanted: Table): Promise<[TogetherLab, string[]]> => {
    const one = await opened();
    if (before) {
      one.want(before);
      await publishAll('first', one);
    }
    one.want(wanted);
    return [one, await one.gather('run')];
  };

  test.each(scenarios)(
    '$name that dies before or after any effect ends as a quiet one',
    { timeout: 240_000 },
    async ({ before, wanted }) => {
      const [quiet, quietRuns] = await prepared(before, wanted);
      const recorded = recordedPoints();
      const expected = await quiet.finish(quietRuns, { faults: recorded });
      expect(recorded.points.length).toBeGreaterThan(40);
      for (const { label, call, when } of recorded.points) {
        const [one, runIds] = await prepared(before, wanted);
        const ended = await one.finish(runIds, { faults: faultAt(label, call, when, 'crash') });
        const place = `${when} ${label} ${call}`;
        expect([place, endOf(one)]).toEqual([place, endOf(quiet)]);
        expect([place, ended]).toEqual([place, expected]);
        one.close();
      }
    },
  );

  test.each(scenarios)(
    '$name whose units are delivered twice ends as a quiet one',
    async ({ before, wanted }) => {
      const [quiet, quietRuns] = await prepared(before, wanted);
      const expected = await quiet.finish(quietRuns);
      const [one, runIds] = await prepared(before, wanted);
      expect(await one.finish(runIds, { isDoubled: true })).toEqual(expected);
      expect(endOf(one)).toBe(endOf(quiet));
    },
  );

  test.each([
    [
      'an answer that was lost after the batch was applied',
      { kind: 'apply-then-timeout' as const, path: ':batchUpdate' },
    ],
    ['a connection that drops before', { kind: 'drop-before' as const, path: ':batchUpdate' }],
    ['a 503 at the first look', { kind: 'status' as const, status: 503, path: '/v4/' }],
    ['a quota that is used up', { kind: 'status' as const, status: 429, path: ':batchUpdate', times: 2 }],
    ['a quota for reads that is used up', { kind: 'status' as const, status: 429, path: 'ByDataFilter' }],
  ])('%s changes nothing of the end', async (_, fault) => {
    const [quiet, quietRuns] = await prepared(table(4), table(5, 'New'));
    const expected = await quiet.finish(quietRuns);
    const [one, runIds] = await prepared(table(4), table(5, 'New'));
    await one.sandbox.control.run({ action: 'fault', fault });
    expect(await one.finish(runIds)).toEqual(expected);
    expect(endOf(one)).toBe(endOf(quiet));
  });
});

describe('turns', () => {
  const calls: boolean[] = [];
  const queued = async (minutes: number) =>
    opened({
      lineUp: async (_tx, _grant, { isUrgent, now }) => {
        calls.push(isUrgent);
        return isUrgent ? now : now + minutes * 60_000;
      },
    });
  beforeEach(() => calls.splice(0));

  test('are taken once for a spreadsheet: the others wait until after it, and find themselves published', async () => {
    const one = await queued(30);
    one.want(table(5));
    const runIds = await one.gather('first');
    const began = one.clock.now();
    const step = one.step();
    const untilAt: number[] = [];
    for (const runId of runIds)
      await one.deliver(runId, step).catch((error) => untilAt.push(error.untilAt - began));
    expect(calls).toEqual([false]);
    expect(untilAt).toEqual([1_800_000, 1_806_000, 1_806_000, 1_806_000]);
    one.clock.advance(1_806_000);
    expect(await callsOf(() => one.finish(runIds), one)).toEqual({ reads: 3, writes: 1 });
    expect(calls).toEqual([false]);
  });

  test('are taken by whoever has something to write: one that is unchanged takes none, and publishes for nobody', async () => {
    const one = await queued(0);
    one.want(table(5));
    await one.finish(await one.gather('first'));
    one.want(table(6), 'Bills');
    calls.splice(0);
    const [invoices = '', bills = ''] = await one.gather('second', ['Invoices', 'Bills']);
    const step = one.step();
    expect(await callsOf(() => one.deliver(invoices, step), one)).toEqual({ reads: 0, writes: 0 });
    expect([calls, shown(one, 'Bills')]).toEqual([[], asShown(table(5))]);
    await one.finish([bills]);
    expect([calls, shown(one, 'Bills')]).toEqual([[false], asShown(table(6))]);
  });

  test('of a run that was cancelled are used by another, and nothing of it is left', async () => {
    const one = await queued(30);
    one.want(table(5));
    const [invoices = '', bills = ''] = await one.gather('first', ['Invoices', 'Bills']);
    const step = one.step();
    for (const runId of [invoices, bills]) await one.deliver(runId, step).catch(() => undefined);
    const cancel = async (runId: string) =>
      one.store.transaction(async (tx) => {
        const run = await tx.get('runs', runId);
        if (run) tx.set('runs', runId, { ...run.data, status: 'cancelled', endedAt: 1 });
      });
    await cancel(invoices);
    const tidy = tidyGatherings(one);
    await tidy();
    expect(Object.keys((await gatheringOf(one))?.data.runs ?? {})).toEqual([bills]);
    one.clock.advance(1_806_000);
    await one.finish([bills]);
    expect(calls).toEqual([false]);
    const [items = ''] = await one.gather('second', ['Items']);
    expect(await gatheringOf(one)).toBeDefined();
    await cancel(items);
    await tidy();
    expect(await gatheringOf(one)).toBeUndefined();
  });

  test('of others do not hold a person up, whose run publishes for all', async () => {
    const one = await queued(30);
    one.want(table(5));
    const runIds = await one.gather('first', ['Bills', 'Items']);
    const step = one.step();
    for (const runId of runIds) await one.deliver(runId, step).catch(() => undefined);
    await one.run({ runId: 'manual' });
    for (const title of ['Invoices', 'Bills', 'Items']) expect(shown(one, title)).toEqual(asShown(table(5)));
    expect(calls).toEqual([false, true]);
  });
});
