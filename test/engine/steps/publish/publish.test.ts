import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { column, type PublishLab, publishLab, type Table } from './publish-lab.ts';

const invoices = (count: number, change: (row: number) => string = (row) => `Acme ${row}`): Table => ({
  columns: [
    column('number', 'text', 'Number'),
    column('contact', 'text', 'Contact'),
    column('date', 'date', 'Date'),
    column('total', 'money', 'Total'),
    column('paid', 'boolean', 'Paid'),
  ],
  rows: Array.from({ length: count }, (_, row) => [
    `00${row}`,
    change(row),
    '2026-11-20',
    `${row}.5000`,
    row % 2 === 0,
  ]),
});

let lab: PublishLab;
beforeEach(async () => {
  lab = await publishLab();
});
afterEach(() => lab.close());

describe('the first publish', () => {
  test('makes a tab with header, typed rows, formats and a stamp, and touches no other tab', async () => {
    const before = JSON.stringify(lab.dump().sheets[0]);
    lab.want(invoices(3));
    const done = await lab.run();
    expect(done).toMatchObject({ rows: 3, cellsWritten: 20 });
    expect(lab.grid('Invoices')).toEqual([
      ['Number', 'Contact', 'Date', 'Total', 'Paid'],
      ['000', 'Acme 0', '2026-11-20', '0.50', 'TRUE'],
      ['001', 'Acme 1', '2026-11-20', '1.50', 'FALSE'],
      ['002', 'Acme 2', '2026-11-20', '2.50', 'TRUE'],
      ['', '', '', '', ''],
    ]);
    const [notes, tab] = lab.dump().sheets;
    expect(JSON.stringify(notes)).toBe(before);
    expect(tab).toMatchObject({ frozenRowCount: 1, rowCount: 5, columnCount: 5, hidden: false });
    expect(tab?.cells['A1']).toMatchObject({
      value: 'Number',
      format: { textFormat: { bold: true } },
      note: 'Updated by Foliokeep 20 Nov 2026 14:05 (Pacific/Auckland) · 3 rows',
    });
    expect(tab?.cells['C2']?.value).toBe(46346);
    expect(tab?.cells['D2']?.value).toBe(0.5);
  });

  test('takes a free title when the wanted one is somebody’s', async () => {
    await lab.edit({ kind: 'addTab', title: 'INVOICES' });
    lab.want(invoices(1));
    await lab.run();
    expect(lab.dump().sheets.map(({ title }) => title)).toEqual(['Notes', 'INVOICES', 'Invoices (2)']);
  });
});

describe('a publish again', () => {
  beforeEach(async () => {
    lab.want(invoices(40));
    await lab.run();
  });

  test('with nothing changed asks Drive for the version and does nothing else', async () => {
    const before = JSON.stringify(lab.dump());
    const calls = lab.calls.length;
    expect(await lab.run()).toMatchObject({ rows: 40, cellsWritten: 0, units: 1 });
    expect(lab.calls.slice(calls)).toEqual([expect.stringMatching(/^GET \/drive\/v3\/files\//)]);
    expect(JSON.stringify(lab.dump())).toBe(before);
  });

  test('writes the cells that changed and no other', async () => {
    lab.want(invoices(40, (row) => (row === 7 ? 'Renamed' : `Acme ${row}`)));
    expect(await lab.run()).toMatchObject({ cellsWritten: 1 });
    expect(lab.grid('Invoices')[8]?.[1]).toBe('Renamed');
  });
});
