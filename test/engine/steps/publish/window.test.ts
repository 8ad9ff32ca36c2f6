/** What happens between our read and our write: people who edit, and another worker who writes first. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { column, type PublishLab, publishLab, type Table } from './publish-lab.ts';

const columns = [
  column('id', 'text', 'Id'),
  column('name', 'text', 'Name'),
  column('total', 'money', 'Total'),
];
const table = (rows: number, name = 'Same'): Table => ({
  columns,
  rows: Array.from({ length: rows }, (_, row) => [`id${row}`, `${name}${row}`, `${row}`]),
});
const shown = (rows: number, name = 'Same') => [
  ['Id', 'Name', 'Total'],
  ...Array.from({ length: rows }, (_, row) => [`id${row}`, `${name}${row}`, `${row}.00`]),
];
const WRITE = /POST .*:batchUpdate$/;
const STAGED = { requestBytes: 200, cellsPerRead: 30 };

let lab: PublishLab;
beforeEach(async () => {
  lab = await publishLab();
  lab.want(table(8));
  await lab.run();
});
afterEach(() => lab.close());

const note = (): string => lab.dump().sheets[1]?.cells['A1']?.note ?? '';
const block = (rows: number, left = 0, top = 0) =>
  lab
    .grid('Invoices')
    .slice(top, top + rows + 1)
    .map((cells) => cells.slice(left, left + 3));

describe.each([
  ['small', {}],
  ['staged', { options: STAGED }],
])('an edit between read and write of a %s publish', (_, how) => {
  test('inside the block is put back, and named in the stamp and the log', async () => {
    lab.want(table(8, 'New'));
    lab.before(WRITE, () => lab.edit({ kind: 'set', cell: 'Invoices!C4', value: '=99' }));
    await lab.run({ runId: 'run', ...how });
    expect(block(8)).toEqual(shown(8, 'New'));
    if (!('options' in how)) {
      expect(note()).toContain('· put back after an edit while writing: C4');
      expect(lab.log.at(-1)).toMatchObject({
        level: 'warn',
        fields: { runId: 'run', cells: ['C4'], count: 1 },
      });
    }
    expect(JSON.stringify(lab.log)).not.toContain('99');
    expect(await lab.run()).toMatchObject({ cellsWritten: 0 });
  });

  test('beside the block stays', async () => {
    await lab.edit({ kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 3, count: 1 });
    lab.want(table(8, 'New'));
    lab.before(WRITE, () => lab.edit({ kind: 'set', cell: 'Invoices!D4', value: '=C4*2' }));
    await lab.run(how);
    expect(block(8)).toEqual(shown(8, 'New'));
    expect(lab.grid('Invoices')[3]?.[3]).toBe('=C4*2');
  });

  test('that inserts a row above the block moves nothing into other rows', async () => {
    lab.want(table(9, 'New'));
    lab.before(WRITE, () =>
      lab.edit(
        { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 1 },
        { kind: 'set', cell: 'Invoices!B1', value: 'Our sales' },
      ),
    );
    await lab.run(how);
    expect(lab.grid('Invoices')[0]).toEqual(['', 'Our sales', '']);
    expect(block(9, 0, 1)).toEqual(shown(9, 'New'));
    expect(lab.grid('Invoices').slice(11).flat().join('')).toBe('');
    expect(await lab.run()).toMatchObject({ cellsWritten: 0 });
  });

  test('that deletes rows and columns of the block leaves the wanted rows', async () => {
    lab.want(table(7, 'New'));
    lab.before(WRITE, () =>
      lab.edit(
        { kind: 'delete', tab: 'Invoices', dimension: 'ROWS', at: 3, count: 2 },
        { kind: 'delete', tab: 'Invoices', dimension: 'COLUMNS', at: 2, count: 1 },
      ),
    );
    await lab.run(how);
    expect(lab.grid('Invoices').slice(0, 8)).toEqual(shown(7, 'New').map((row) => row.slice(0, 2)));
  });

  test('that renames the tab changes nothing', async () => {
    lab.want(table(9, 'New'));
    lab.before(WRITE, () => lab.edit({ kind: 'renameTab', tab: 'Invoices', title: 'Sales' }));
    await lab.run(how);
    expect(lab.grid('Sales').slice(0, 10)).toEqual(shown(9, 'New'));
  });

  test('that deletes the tab stops the run', async () => {
    lab.want(table(9, 'New'));
    lab.before(WRITE, () => lab.edit({ kind: 'deleteTab', tab: 'Invoices' }));
    await expect(lab.run(how)).rejects.toMatchObject({ code: 'TAB_MISSING' });
    expect(
      lab
        .dump()
        .sheets.filter(({ hidden }) => !hidden)
        .map(({ title }) => title),
    ).toEqual(['Notes']);
  });
});

describe('a worker that lost its lease while it wrote', () => {
  test('does nothing when another published first, and reads the rows anew', async () => {
    lab.want(table(8, 'New'));
    lab.before(WRITE, async () => {
      lab.clock.advance(400_000);
      lab.want(table(8, 'Newer'));
      await lab.run({ runId: 'successor' });
    });
    expect(await lab.run({ runId: 'late' })).toMatchObject({ rows: 8, cellsWritten: 0 });
    expect(block(8)).toEqual(shown(8, 'Newer'));
    const writes = lab.dump().metadata.filter(({ metadataKey }) => metadataKey === 'foliokeep.write');
    expect(writes.map(({ metadataValue }) => metadataValue?.split(' ').slice(1, 3))).toEqual([
      ['1', expect.anything()],
      ['2', 'successor'],
    ]);
  });
});

describe('write marks', () => {
  test('are the last twenty', async () => {
    for (let change = 0; change < 25; change += 1) {
      lab.want(table(8, `v${change}-`));
      await lab.run();
    }
    const generations = lab
      .dump()
      .metadata.filter(({ metadataKey }) => metadataKey === 'foliokeep.write')
      .map(({ metadataValue }) => Number(metadataValue?.split(' ')[1]));
    expect(generations).toEqual(Array.from({ length: 20 }, (_, at) => at + 7));
    expect((await lab.exporter()).published?.generation).toBe(26);
  });

  test('whose id is taken by something else are passed over', async () => {
    const { writeIdOf } = await import('../../../../server/domain/block-marks.ts');
    await lab.edit({
      kind: 'requests',
      requests: [
        {
          createDeveloperMetadata: {
            developerMetadata: {
              metadataId: writeIdOf('invoices', 2),
              metadataKey: 'other',
              visibility: 'DOCUMENT',
              location: { spreadsheet: true },
            },
          },
        },
      ],
    });
    lab.want(table(8, 'New'));
    await lab.run();
    expect(block(8)).toEqual(shown(8, 'New'));
    expect((await lab.exporter()).published?.generation).toBe(3);
  });
});
