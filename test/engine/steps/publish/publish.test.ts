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

describe.each([
  ['in one request', {}],
  ['by way of a hidden tab', { options: { requestBytes: 300 } }],
])('values written %s', (_, how) => {
  const texts = [
    ...[
      '=1+1',
      '+64 9 123',
      '-5',
      '@SUM(A1)',
      '=HYPERLINK("http://x","y")',
      "'quoted",
      '\t=1',
      '００１',
      '＝1',
    ],
    ...['00123', '1/2', '2026-11-20', 'TRUE', '1e5', '#REF!', 'é 🧾', 'a "b" \\ c', ' spaced '],
  ];

  test('are text where Xero has text: nothing is ever a formula', async () => {
    lab.want({ columns: [column('t'), column('u')], rows: texts.map((text) => [text, text]) });
    await lab.run(how);
    const cells = lab.dump().sheets[1]?.cells ?? {};
    expect(texts.map((__, row) => cells[`A${row + 2}`]?.value)).toEqual(texts);
    expect(Object.values(cells).filter(({ formula }) => formula !== undefined)).toEqual([]);
    expect(await lab.run({ ...how, runId: 'again' })).toMatchObject({ cellsWritten: 0 });
    await lab.edit({ kind: 'set', cell: 'Notes!A9', value: 'x' });
    expect(await lab.run({ ...how, runId: 'looked' })).toMatchObject({ cellsWritten: 0 });
  });

  test('are numbers, dates and booleans where Xero has those, and exact text where a number would round', async () => {
    lab.want({
      columns: [column('m', 'money'), column('d', 'date'), column('i', 'instant'), column('b', 'boolean')],
      rows: [
        ['1.0000000000', '1899-12-31', '2026-11-20T01:05:00Z', true],
        ['9999999999999999.99', '2026-02-30', 'never', null],
        ['-0.005', '2026-11-20', null, false],
      ],
    });
    await lab.run(how);
    const cells = lab.dump().sheets[1]?.cells ?? {};
    const row = (number: number) => ['A', 'B', 'C', 'D'].map((letter) => cells[`${letter}${number}`]?.value);
    expect(row(2)).toEqual([1, 1, 46346 + (14 * 60 + 5) / 1440, true]);
    expect(row(3)).toEqual(['9999999999999999.99', '2026-02-30', 'never', undefined]);
    expect(row(4)).toEqual([-0.005, 46346, undefined, false]);
    expect(lab.grid('Invoices')[1]).toEqual(['1.00', '1899-12-31', '2026-11-20 14:05', 'TRUE']);
  });
});
