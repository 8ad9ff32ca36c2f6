/** What is refused before anything is written: the sheet is byte for byte what it was. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { column, OTHER, type PublishLab, publishLab, type Table, USER } from './publish-lab.ts';

const table = (rows: number): Table => ({
  columns: [column('id', 'text', 'Id'), column('total', 'money', 'Total')],
  rows: Array.from({ length: rows }, (_, row) => [`id${row}`, `${row}`]),
});

let lab: PublishLab;
const start = async (wish?: Parameters<typeof publishLab>[0]): Promise<void> => {
  lab = await publishLab(wish);
  lab.want(table(5));
  await lab.run();
};
afterEach(() => lab.close());

const refused = async (error: object, options?: Parameters<PublishLab['run']>[0]): Promise<void> => {
  const before = JSON.stringify(lab.dump());
  await expect(lab.run(options)).rejects.toMatchObject(error);
  expect(JSON.stringify(lab.dump())).toBe(before);
};

describe('a publish is refused', () => {
  test('when no rows came for a full block, until a person confirms it', async () => {
    await start();
    lab.want(table(0));
    await refused({ code: 'EMPTY_ANSWER', details: { rows: 5 } });
    expect(await lab.run({ confirmed: ['EMPTY_ANSWER'] })).toMatchObject({ rows: 0 });
    expect(lab.grid('Invoices').slice(0, 3)).toEqual([
      ['Id', 'Total'],
      ['', ''],
      ['', ''],
    ]);
    expect(await lab.run()).toMatchObject({ rows: 0, cellsWritten: 0 });
    lab.want(table(2));
    expect(await lab.run()).toMatchObject({ rows: 2, cellsWritten: 4 });
  });

  test('when it would grow over a cell that is not ours', async () => {
    await start();
    await lab.edit(
      { kind: 'insert', tab: 'Invoices', dimension: 'ROWS', at: 7, count: 5 },
      { kind: 'set', cell: 'Invoices!B9', value: '=SUM(B2:B6)' },
    );
    lab.want(table(9));
    await refused({ code: 'BLOCK_OVERLAP', details: { where: 'Invoices!B9' } });
    lab.want(table(7));
    await lab.run();
    expect(lab.grid('Invoices')[8]?.[1]).toBe('=SUM(B2:B6)');
  });

  test('when a new column would cover a cell that is not ours', async () => {
    await start();
    await lab.edit(
      { kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 2, count: 1 },
      { kind: 'set', cell: 'Invoices!C4', value: 'mine' },
    );
    lab.want({
      columns: [...table(0).columns, column('more')],
      rows: table(5).rows.map((row) => [...row, 'x']),
    });
    await refused({ code: 'BLOCK_OVERLAP', details: { where: 'Invoices!C4' } });
  });

  test('when the tab was deleted, until a person asks for a new one', async () => {
    await start();
    await lab.edit({ kind: 'deleteTab', tab: 'Invoices' });
    await refused({ code: 'TAB_MISSING' });
    await lab.run({ confirmed: ['TAB_MISSING'] });
    expect(lab.grid('Invoices')).toHaveLength(7);
    expect(await lab.run()).toMatchObject({ cellsWritten: 0 });
  });

  test('when the header row was deleted; a new tab takes over from the old one, which keeps its cells', async () => {
    await start();
    await lab.edit({ kind: 'delete', tab: 'Invoices', dimension: 'ROWS', at: 0, count: 1 });
    await refused({ code: 'BLOCK_DAMAGED', details: { where: 'the header row was deleted' } });
    const old = JSON.stringify(lab.grid('Invoices'));
    await lab.run({ confirmed: ['BLOCK_DAMAGED'] });
    expect(lab.grid('Invoices (2)')[1]).toEqual(['id0', '0.00']);
    lab.want(table(6));
    await lab.run();
    expect(lab.grid('Invoices (2)')[6]).toEqual(['id5', '5.00']);
    expect(JSON.stringify(lab.grid('Invoices'))).toBe(old);
  });

  test('when every column was deleted', async () => {
    await start();
    await lab.edit({ kind: 'insert', tab: 'Invoices', dimension: 'COLUMNS', at: 2, count: 1 });
    await lab.edit({ kind: 'delete', tab: 'Invoices', dimension: 'COLUMNS', at: 0, count: 2 });
    await refused({ code: 'BLOCK_DAMAGED' });
  });

  test('when a value is longer than a cell holds, by row and column', async () => {
    await start();
    lab.want({
      ...table(0),
      rows: [
        ['a', '1'],
        ['x'.repeat(50_001), '2'],
      ],
    });
    await refused({ code: 'CELL_TOO_LONG', details: { where: 'Id of row 2' } });
    lab.want({
      ...table(0),
      rows: [
        ['a', '1'],
        ['x'.repeat(50_000), '2'],
      ],
    });
    expect(await lab.run()).toMatchObject({ rows: 2 });
  });

  test('when the spreadsheet would hold too many cells', async () => {
    await start();
    lab.want(table(100));
    await refused(
      { code: 'CELL_LIMIT', details: { cells: 304, limit: 300 } },
      { options: { cellLimit: 300 } },
    );
    expect(await lab.run({ options: { cellLimit: 304 } })).toMatchObject({ rows: 100 });
  });

  test('when staging would take the spreadsheet over the limit for a while', async () => {
    await start();
    lab.want(table(100));
    await refused(
      { code: 'CELL_LIMIT', details: { cells: 506, limit: 505 } },
      { options: { cellLimit: 505, requestBytes: 500 } },
    );
    expect(await lab.run({ options: { cellLimit: 506, requestBytes: 500 } })).toMatchObject({ rows: 100 });
  });

  test('when part of what changes is protected from the account, by range', async () => {
    await start({ editor: true });
    const sheetId = lab.dump().sheets[1]?.sheetId ?? 0;
    await lab.store.create('grants', 'grant', {
      v: 1,
      teamId: 'team',
      provider: 'google',
      subject: 's',
      email: USER,
      name: 'Amelia',
      status: 'active',
      scopes: [],
      sealedAccessToken: '',
      sealedRefreshToken: '',
      accessExpiresAt: 0,
      refreshedAt: 0,
      fencing: 0,
    });
    const range = { sheetId, startRowIndex: 2, endRowIndex: 4 };
    const protect = (more: object) => ({
      kind: 'requests' as const,
      requests: [{ addProtectedRange: { protectedRange: { range, ...more } } }],
    });
    await lab.edit(protect({ editors: { users: [OTHER] } }));
    lab.want({ ...table(5), rows: table(5).rows.map((row, at) => (at === 2 ? ['new', '9'] : row)) });
    await refused({ code: 'RANGE_PROTECTED', details: { account: USER, where: 'Invoices!A4:B4' } });
    // What does not touch the protected rows goes through.
    lab.want({ ...table(5), rows: table(5).rows.map((row, at) => (at === 4 ? ['new', '9'] : row)) });
    expect(await lab.run()).toMatchObject({ cellsWritten: 2 });
  });

  test('when the file is in the bin, not granted, or the scope is too narrow', async () => {
    await start();
    const { spreadsheetId } = lab;
    lab.want(table(6));
    await lab.sandbox.control.run({ action: 'trashFile', spreadsheetId, isTrashed: true });
    await refused({ code: 'SHEET_MISSING' });
    await lab.sandbox.control.run({ action: 'trashFile', spreadsheetId, isTrashed: false });
    await lab.sandbox.control.run({ action: 'dropFileGrant', user: USER, spreadsheetId });
    await refused({ code: 'NEEDS_FILE' });
  });

  test('with a warning-only protection it is not', async () => {
    await start({ editor: true });
    const sheetId = lab.dump().sheets[1]?.sheetId ?? 0;
    await lab.edit({
      kind: 'requests',
      requests: [{ addProtectedRange: { protectedRange: { range: { sheetId }, warningOnly: true } } }],
    });
    lab.want(table(6));
    expect(await lab.run()).toMatchObject({ cellsWritten: 2 });
  });
});

describe('while another run has the spreadsheet', () => {
  beforeEach(() => start());

  test('a publish waits, and goes on when its lease is free', async () => {
    const { spreadsheetId } = lab;
    await lab.store.transaction(async (tx) => {
      tx.set('leases', `spreadsheet:${spreadsheetId}`, {
        v: 1,
        teamId: 'team',
        holder: 'another run',
        fencing: 9,
        until: lab.clock.now() + 60_000,
      });
    });
    await refused({ code: 'LEASE_HELD', kind: 'wait' });
    lab.clock.advance(60_001);
    lab.want(table(6));
    expect(await lab.run()).toMatchObject({ rows: 6 });
  });

  test('a publish that ended leaves it free', async () => {
    expect((await lab.store.get('leases', `spreadsheet:${lab.spreadsheetId}`))?.data.holder).toBe(null);
  });
});
