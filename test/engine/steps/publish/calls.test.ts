/** What a publish costs: Google allows 60 reads a minute to a person, whatever number of exporters they have. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { looksOf } from '../../../../server/engine/steps/publish/looks.ts';
import { exporterDocument } from '../../../support/exporter-document.ts';
import { column, type PublishLab, publishLab, type Table } from './publish-lab.ts';

const table = (name: string): Table => ({
  columns: [column('id'), column('name')],
  rows: Array.from({ length: 5 }, (_, row) => [`id${row}`, `${name}${row}`]),
});

let lab: PublishLab;
beforeEach(async () => {
  lab = await publishLab();
  lab.want(table('Same'));
});
afterEach(() => lab.close());

/** Sheets calls of one run; Drive's version has a limit of its own, far away. */
const costOf = async (exporterId: string) => {
  const before = lab.calls.length;
  const { cellsWritten } = await lab.run({ exporterId });
  const calls = lab.calls.slice(before).filter((call) => call.includes('/v4/'));
  const writes = calls.filter((call) => call.endsWith(':batchUpdate')).length;
  return { reads: calls.length - writes, writes, cellsWritten };
};

describe('Sheets calls of a small block', () => {
  test('are three reads and a write the first time, four and a write for a change, none when nothing happened', async () => {
    expect(await costOf('invoices')).toEqual({ reads: 3, writes: 1, cellsWritten: 12 });
    expect(await costOf('invoices')).toEqual({ reads: 0, writes: 0, cellsWritten: 0 });
    lab.want(table('New'));
    expect(await costOf('invoices')).toEqual({ reads: 4, writes: 1, cellsWritten: 5 });
    expect(await costOf('invoices')).toEqual({ reads: 0, writes: 0, cellsWritten: 0 });
  });

  test('are none for an unchanged exporter, and Drive is asked once', async () => {
    await lab.run();
    const before = lab.calls.length;
    await lab.run();
    expect(lab.calls.slice(before)).toHaveLength(1);
    expect(lab.calls.at(-1)).toContain('/drive/v3/files/');
    await lab.edit({ kind: 'set', cell: 'Notes!A9', value: 'mine' });
    const edited = lab.calls.length;
    await lab.run();
    expect(lab.calls.slice(edited).filter((call) => call.includes('/drive/v3/files/'))).toHaveLength(1);
  });

  test('are three reads after an edit beside the block, and one for the next exporter of the spreadsheet', async () => {
    const { destination } = await lab.exporter();
    await lab.store.create(
      'exporters',
      'bills',
      exporterDocument({ destination: { ...destination, tabTitle: 'Bills' } }),
    );
    await lab.run();
    await lab.run({ exporterId: 'bills' });
    await lab.edit({ kind: 'set', cell: 'Notes!A9', value: 'mine' });
    expect(await costOf('invoices')).toMatchObject({ reads: 3, writes: 0 });
    expect(await costOf('bills')).toMatchObject({ reads: 1, writes: 0 });
    expect(await costOf('invoices')).toMatchObject({ reads: 0, writes: 0 });
    expect(await costOf('bills')).toMatchObject({ reads: 0, writes: 0 });
  });

  test('that follow a look of before an edit are not spared', async () => {
    const { destination } = await lab.exporter();
    await lab.store.create(
      'exporters',
      'bills',
      exporterDocument({ destination: { ...destination, tabTitle: 'Bills' } }),
    );
    await lab.run();
    await lab.run({ exporterId: 'bills' });
    await lab.edit({ kind: 'set', cell: 'Notes!A9', value: 'mine' });
    await lab.run();
    await lab.edit({ kind: 'insert', tab: 'Bills', dimension: 'ROWS', at: 0, count: 1 });
    expect(await costOf('bills')).toMatchObject({ reads: 3, writes: 0 });
  });
});

describe('a Drive version that lags behind', () => {
  test('costs a refused batch, never a cell', async () => {
    const { destination } = await lab.exporter();
    await lab.store.create(
      'exporters',
      'bills',
      exporterDocument({ destination: { ...destination, tabTitle: 'Bills' } }),
    );
    await lab.run();
    await lab.run({ exporterId: 'bills' });
    await lab.edit({ kind: 'set', cell: 'Notes!A9', value: 'mine' });
    await lab.run();
    const told = await lab.drive.version('grant', lab.spreadsheetId);
    const { version } = lab.drive;
    lab.drive.version = async () => told;
    await lab.edit(
      { kind: 'insert', tab: 'Bills', dimension: 'ROWS', at: 0, count: 2 },
      { kind: 'set', cell: 'Bills!B2', value: 'mine' },
    );
    lab.want(table('New'));
    const { writes } = await costOf('bills');
    lab.drive.version = version;
    expect(writes).toBe(2);
    expect(lab.grid('Bills').slice(0, 8)).toEqual([
      ['', ''],
      ['', 'mine'],
      ['id', 'name'],
      ...Array.from({ length: 5 }, (_, row) => [`id${row}`, `New${row}`]),
    ]);
  });
});

describe('a layout that is kept', () => {
  const layout = { spreadsheetId: 's', title: '', timeZone: 'Etc/UTC', tabs: [], marks: [] };
  const at = (spreadsheetId: string, grantId = 'g') => ({ spreadsheetId, grantId });

  test('serves one look, of the same account, while the version stands', () => {
    const looks = looksOf();
    looks.keep(at('s'), '5', layout);
    expect(looks.take(at('s', 'other'), '5')).toBeUndefined();
    expect(looks.take(at('s'), '5')).toBe(layout);
    expect(looks.take(at('s'), '5')).toBeUndefined();
    looks.keep(at('s'), '5', layout);
    expect(looks.take(at('s'), '6')).toBeUndefined();
    expect(looks.take(at('s'), '5')).toBeUndefined();
  });

  test('gives way to newer ones of other spreadsheets', () => {
    const looks = looksOf();
    for (const id of ['a', 'b', 'c', 'd', 'e']) looks.keep(at(id), '5', layout);
    expect(looks.take(at('a'), '5')).toBeUndefined();
    expect(looks.take(at('b'), '5')).toBe(layout);
  });
});
