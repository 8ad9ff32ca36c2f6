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

  test.each([
    ['grows', 11],
    ['keeps its size', 8],
    ['shrinks', 5],
  ])('that moves the block up or down leaves it whole when it %s, and what is below', async (_, rows) => {
    const moves = [
      { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 1 },
      { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 5, count: 2 },
      { kind: 'delete', tab: 'Invoices', dimension: 'ROWS', at: 4, count: 2 },
      { kind: 'delete', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 1 },
    ] as const;
    for (const move of moves) {
      lab.close();
      lab = await publishLab();
      lab.want(table(8));
      await lab.run();
      await lab.edit(
        { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 2 },
        { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 12, count: 12 },
        { kind: 'set', cell: 'Invoices!A20', value: 'Total' },
        { kind: 'set', cell: 'Invoices!C20', value: '=SUM(C4:C11)' },
      );
      lab.want(table(rows, 'New'));
      lab.before(WRITE, () => lab.edit(move));
      await lab.run(how);
      const grid = lab.grid('Invoices');
      const top = grid.findIndex(([id]) => id === 'Id');
      const at = JSON.stringify([rows, move]);
      expect([at, ...grid.slice(top, top + rows + 1)]).toEqual([at, ...shown(rows, 'New')]);
      const rest = [...grid.slice(0, top), ...grid.slice(top + rows + 1)].filter(
        (row) => row.join('') !== '',
      );
      expect([at, rest.map(([id]) => id)]).toEqual([at, ['Total']]);
      expect([at, await lab.run()]).toMatchObject([at, { cellsWritten: 0 }]);
    }
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
    expect(lab.dump().sheets.map(({ title }) => title)).toEqual(['Notes']);
  });
});

describe('columns or rows that people put before the block between read and write', () => {
  test.each([
    ['a column', { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 0, count: 1 } as const],
    ['three rows', { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 3 } as const],
  ])('%s: our values do not stay there, and the cells are named', async (what, move) => {
    const changed = {
      ...table(8),
      rows: table(8).rows.map((row, at) => (at < 2 ? ['new', 'new', '5'] : row)),
    };
    lab.want(changed);
    lab.before(WRITE, () => lab.edit(move));
    await lab.run();
    const [left, top] = what === 'a column' ? [1, 0] : [0, 3];
    const grid = lab.grid('Invoices');
    expect(block(8, left, top)).toEqual([
      ['Id', 'Name', 'Total'],
      ...shown(8)
        .slice(1)
        .map((row, at) => (at < 2 ? ['new', 'new', '5.00'] : row)),
    ]);
    expect(grid.slice(0, top).flat().join('')).toBe('');
    if (left === 1) expect(grid.map(([first]) => first).join('')).toBe('');
    const cells = lab.dump().sheets[1]?.cells ?? {};
    const notes = Object.entries(cells).filter(([, { note: text }]) => text !== undefined);
    expect(notes.map(([name]) => name)).toEqual([left === 1 ? 'B1' : 'A4']);
    expect(notes[0]?.[1].note).toContain('overwritten while rows or columns were moved: A2');
    expect(await lab.run()).toMatchObject({ cellsWritten: 0 });
  });

  test('a person’s own copy of our values is never taken for a stray one', async () => {
    await lab.edit(
      { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 0, count: 1 },
      { kind: 'set', cell: 'Invoices!A4', value: 'id2' },
    );
    lab.want({ ...table(8), rows: table(8).rows.map((row, at) => (at === 6 ? ['new', 'new', '5'] : row)) });
    lab.before(WRITE, () =>
      lab.edit({ kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 0, count: 1 }),
    );
    await lab.run();
    expect(lab.grid('Invoices')[3]).toEqual(['', 'id2', 'id2', 'Same2', '2.00']);
    expect(lab.grid('Invoices')[7]).toEqual(['', '', 'new', 'new', '5.00']);
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
