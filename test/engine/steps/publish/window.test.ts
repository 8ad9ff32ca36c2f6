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

describe.each([
  ['small', {}],
  ['staged', { options: STAGED }],
])('rows or columns that people move between read and write of a %s publish', (_, how) => {
  const rows = (at: number, count = 1) => ({ tab: 'Invoices', dimension: 'ROWS', at, count }) as const;
  const columnsAt = (at: number, count = 1) =>
    ({ tab: 'Invoices', dimension: 'COLUMNS', at, count }) as const;
  const moves = [
    ['a row deleted above', { kind: 'delete', ...rows(0) }],
    ['rows deleted inside', { kind: 'delete', ...rows(4, 3) }],
    ['the last rows deleted', { kind: 'delete', ...rows(9, 2) }],
    ['the last row and rows below deleted', { kind: 'delete', ...rows(10, 4) }],
    ['rows deleted below', { kind: 'delete', ...rows(11, 2) }],
    ['the row directly below deleted', { kind: 'delete', ...rows(11) }],
    ['all rows below deleted', { kind: 'delete', ...rows(15, 5) }],
    ['rows inserted above', { kind: 'insert', ...rows(0, 3) }],
    ['rows inserted inside', { kind: 'insert', ...rows(5, 2) }],
    ['rows inserted below', { kind: 'insert', ...rows(12, 2) }],
    ['a row dragged up from below', { kind: 'move', ...rows(14), to: 2 }],
    ['a column deleted before', { kind: 'delete', ...columnsAt(0) }],
    ['a column of ours deleted', { kind: 'delete', ...columnsAt(2) }],
    ['the last columns of ours and those beside them deleted', { kind: 'delete', ...columnsAt(3, 2) }],
    ['a column inserted before', { kind: 'insert', ...columnsAt(0) }],
    ['a column inserted between', { kind: 'insert', ...columnsAt(2, 2) }],
    ['a column dragged in from beside', { kind: 'move', ...columnsAt(5), to: 1 }],
  ] as const;

  test.each(moves)('%s: nothing of theirs is lost', async (_what, move) => {
    const cases = [5, 8, 10].flatMap((size) => [
      { size, isAtEdge: false },
      { size, isAtEdge: true },
    ]);
    for (const { size, isAtEdge } of cases) {
      lab.close();
      lab = await publishLab();
      lab.want(table(8));
      await lab.run();
      // Ours: rows 2 … 10, columns B … D. Theirs: rows above and below, columns on both sides.
      await lab.edit(
        { kind: 'insert', ...rows(0, 2) },
        { kind: 'insert', ...rows(12, 8) },
        { kind: 'insert', ...columnsAt(0) },
        { kind: 'insert', ...columnsAt(4, 3) },
        ...['B1', 'C2', 'B14', 'C14', 'D14', 'B15', 'D16', 'C17', 'A5', 'A14', 'E6', 'F7', 'G3', 'G15'].map(
          (cell) => ({ kind: 'set', cell: `Invoices!${cell}`, value: `mine ${cell}` }) as const,
        ),
      );
      if (isAtEdge) {
        // Its batch takes the marks on the edges along to the new last row and column.
        lab.want(table(8, 'Then'));
        await lab.run();
      }
      const theirs = () =>
        lab
          .grid('Invoices')
          .flat()
          .filter((text) => text.startsWith('mine'))
          .sort();
      lab.want(table(size, 'New'));
      let left: string[] = [];
      lab.before(WRITE, async () => {
        await lab.edit(move);
        left = theirs();
      });
      const refusal = await lab.run(how).then(
        () => undefined,
        (error) => error.code,
      );
      expect(left.length).toBeGreaterThan(0);
      expect([size, theirs()]).toEqual([size, left]);
      if (refusal !== undefined) {
        // What moved up stands where the rows would go, or the end of the block is gone: said, and nothing written.
        expect(['BLOCK_OVERLAP', 'BLOCK_DAMAGED']).toContain(refusal);
        expect(lab.grid('Invoices').flat().join()).not.toContain('New');
        continue;
      }
      const grid = lab.grid('Invoices');
      const top = grid.findIndex((row) => row.includes('Id'));
      const at = ['Id', 'Name', 'Total']
        .map((label) => grid[top]?.indexOf(label) ?? -1)
        .filter((one) => one >= 0);
      const kept = ['Id', 'Name', 'Total'].map((label) => (grid[top]?.includes(label) ? 1 : 0));
      expect(grid.slice(top, top + size + 1).map((row) => at.map((one) => row[one]))).toEqual(
        shown(size, 'New').map((row) => row.filter((_cell, index) => kept[index])),
      );
      const ours = grid.flat().filter((text) => /^(id|New|Same)\d/.test(text));
      expect(ours).toHaveLength(size * ((kept[0] ?? 0) + (kept[1] ?? 0)));
      expect(await lab.run()).toMatchObject({ cellsWritten: 0 });
    }
  });
});

describe('rows that move each time the tab is written', () => {
  test('end in another delivery, with nothing written', async () => {
    lab.want(table(9, 'New'));
    for (let time = 0; time < 99; time += 1) {
      lab.before(WRITE, () =>
        lab.edit({ kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 1 }),
      );
    }
    await expect(lab.run()).rejects.toMatchObject({ code: 'SHEET_CHANGED', kind: 'retry' });
    expect(
      lab
        .grid('Invoices')
        .slice(6, 15)
        .map((row) => row.slice(0, 3)),
    ).toEqual(shown(8));
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

describe('a worker that paused between its write and remembering it', () => {
  test('leaves what another published since', async () => {
    lab.want(table(8, 'New'));
    let isPaused = false;
    const afterUnit = async (): Promise<void> => {
      if (isPaused) return;
      isPaused = true;
      lab.clock.advance(400_000);
      lab.want(table(8, 'Newer'));
      await lab.run({ runId: 'successor' });
    };
    await lab.run({ runId: 'late', afterUnit });
    expect((await lab.exporter()).published?.generation).toBe(3);
    expect(block(8)).toEqual(shown(8, 'Newer'));
    expect(await lab.run()).toMatchObject({ cellsWritten: 0 });
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
