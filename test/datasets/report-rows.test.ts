import { describe, expect, it } from 'vitest';
import { datasetById, paramsOf } from '../../server/datasets/index.ts';
import { rowsOf } from '../../server/datasets/rows-of.ts';
import type { Filter } from '../../server/domain/exporter.ts';
import { type OrganisationCalendar, reportCalls } from '../../server/domain/report-calls.ts';
import type { Cell, CutRecord } from '../../server/mirror/mirror.ts';
import { reportNamed } from '../../server/resources/index.ts';
import { memoryMirror } from '../engine/steps/pull/memory-mirror.ts';
import { cutRecord } from '../support/cut-record.ts';

const at = Date.UTC(2026, 5, 10);
const calendar: OrganisationCalendar = { yearEnd: { month: 4, day: 5 }, timeZone: 'GMTSTANDARDTIME' };

type Line = [label: string, account: string | null, ...figures: Array<string | null>];

const cells = ([label, account, ...figures]: Line) =>
  [label, ...figures].map((Value) => ({
    ...(Value === null ? {} : { Value }),
    ...(account === null ? {} : { Attributes: [{ Value: account, Id: 'account' }] }),
  }));
const row = (line: Line) => ({ RowType: line[1] === null ? 'SummaryRow' : 'Row', Cells: cells(line) });
const section = (Title: string, ...lines: Line[]) => ({ RowType: 'Section', Title, Rows: lines.map(row) });
const report = (header: string[], ...Rows: unknown[]) =>
  JSON.stringify({
    ReportName: 'A report',
    Rows: [{ RowType: 'Header', Cells: header.map((Value) => ({ Value })) }, ...Rows],
  });

const record = (id: string, raw: string): CutRecord => cutRecord(id, raw, { state: 'settled' });

/** A mirror with an organisation, accounts, and these answers in the order of the report's calls with its first choices. */
async function mirrorWith(name: string, ...answers: string[]) {
  const mirror = memoryMirror();
  const calls = reportCalls(reportNamed(name), paramsOf(datasetById(name), {}), calendar, '2026-06-10');
  const of = async (resource: string, records: CutRecord[]) => ({
    mode: 'merge' as const,
    segments: [await mirror.writeSegment(resource, records, 0)],
    cursor: { modifiedSince: null, lastFullSweepAt: null, sweptBy: null },
    gaps: [],
  });
  const organisation = { FinancialYearEndDay: 5, FinancialYearEndMonth: 4, Timezone: 'GMTSTANDARDTIME' };
  const accounts = [
    { AccountID: 'a1', Code: '0200', Name: 'Sales (home) (0200)', Type: 'REVENUE' },
    { AccountID: 'a2', Code: '310', Name: 'Rent', Type: 'EXPENSE' },
  ];
  await mirror.commit({
    expected: 0,
    operationId: 'x',
    changes: {
      organisation: await of('organisation', [record('o', JSON.stringify(organisation))]),
      accounts: await of(
        'accounts',
        accounts.map((one) => record(one.AccountID, JSON.stringify(one))),
      ),
      reports: await of(
        'reports',
        answers.map((raw, n) => record(calls[n]?.id ?? '', raw)),
      ),
    },
  });
  return { mirror, calls };
}

async function table(
  mirror: ReturnType<typeof memoryMirror>,
  id: string,
  columns: string[] | null = null,
  filters: Filter[] = [],
) {
  const rows = await rowsOf(mirror, datasetById(id), { params: {}, columns, filters, at });
  const found: Cell[][] = [];
  const gaps = [];
  for await (const batch of rows.batches) {
    found.push(...batch.rows);
    gaps.push(...batch.gaps);
  }
  return { labels: rows.columns.map(({ label }) => label), rows: found, gaps };
}

const newest = report(
  ['', '31 Jul 26', '30 Jun 26', '31 May 26'],
  { RowType: 'Section', Title: 'Income', Rows: [] },
  section(
    'Income',
    ['Sales (home) (0200)', 'a1', '9.99', '100.10', '9999999999999999.99'],
    ['Total Income', null, '9.99', '100.10', '9999999999999999.99'],
  ),
  section(
    'Less Operating Expenses',
    ['Rent', 'a2', '0.00', '40.05', null],
    ['Total Expenses', null, '0.00', '40.05', null],
  ),
  section('', ['Net Profit', null, '9.99', '60.05', '9999999999999999.99']),
);
const oldest = report(
  ['', '30 Apr 26'],
  section(
    'Income',
    ['Sales (home) (0200)', 'a1', '0.01'],
    ['Interest', 'a9', '-5.00'],
    ['Total Income', null, '-4.99'],
  ),
  section('', ['Net Profit', null, '-4.99']),
);

describe('profit and loss by month', () => {
  it('has a column for each month and a row for each account and total, over all answers', async () => {
    const { mirror, calls } = await mirrorWith('profit-and-loss', newest, oldest);
    expect(calls.length).toBe(2);
    expect(await table(mirror, 'profit-and-loss')).toEqual({
      labels: ['Section', 'Account code', 'Account', 'Apr 2026', 'May 2026', 'Jun 2026', 'Total'],
      rows: [
        [
          'Income',
          '0200',
          'Sales (home) (0200)',
          '0.01',
          '9999999999999999.99',
          '100.1',
          '10000000000000100.1',
        ],
        ['Income', '', 'Interest', '-5', '0', '0', '-5'],
        ['Income', '', 'Total Income', '-4.99', '9999999999999999.99', '100.1', '10000000000000095.1'],
        ['Less Operating Expenses', '310', 'Rent', '0', '0', '40.05', '40.05'],
        ['Less Operating Expenses', '', 'Total Expenses', '0', '0', '40.05', '40.05'],
        ['', '', 'Net Profit', '-4.99', '9999999999999999.99', '60.05', '10000000000000055.05'],
      ],
      gaps: [],
    });
  });

  it('keeps chosen columns in their order, months in the place of one, and filters', async () => {
    const { mirror } = await mirrorWith('profit-and-loss', newest, oldest);
    const shown = await table(
      mirror,
      'profit-and-loss',
      ['total', 'months', 'row-key'],
      [
        { column: 'kind', op: 'is', values: ['account'] },
        { column: 'total', op: 'from', values: ['40.050'] },
      ],
    );
    expect(shown.labels).toEqual(['Total', 'Apr 2026', 'May 2026', 'Jun 2026', 'Row key']);
    expect(shown.rows.map((cellsOfRow) => cellsOfRow.at(-1))).toEqual(['a1', 'a2']);
  });

  it('names what is no number as a gap', async () => {
    const { mirror } = await mirrorWith('profit-and-loss', newest, oldest.replace('"0.01"', '"1,234"'));
    const { gaps, rows } = await table(mirror, 'profit-and-loss');
    expect(gaps).toEqual([{ what: 'Profit and loss by month', reason: 'unreadable-value', count: 1 }]);
    expect(rows[0]?.[3]).toBeNull();
  });

  it('is refused when Xero sent other columns than were asked for', async () => {
    const { mirror } = await mirrorWith('profit-and-loss', oldest, oldest);
    await expect(table(mirror, 'profit-and-loss')).rejects.toMatchObject({ code: 'XERO_PAGE_UNREADABLE' });
  });

  it('is not there before it was pulled, and refuses filters that it cannot have', async () => {
    const { mirror } = await mirrorWith('profit-and-loss', newest);
    await expect(table(mirror, 'profit-and-loss')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const filter = (column: string): Filter => ({ column, op: 'from', values: ['much'] });
    for (const column of ['colour', 'total'])
      await expect(
        mirrorWith('profit-and-loss', newest, oldest).then((w) =>
          table(w.mirror, 'profit-and-loss', null, [filter(column)]),
        ),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the trial balance', () => {
  const balance = report(
    ['Account', 'Debit', 'Credit', 'YTD Debit', 'YTD Credit'],
    section('Revenue', ['Sales (home) (0200) (0200)', 'a1', '', '100.00', '', '1020.22']),
    section('Expenses', ['Rent (310)', 'a2', '40.00', '', '80.10', '']),
    section('', ['Total', null, '40.00', '100.00', '80.10', '1020.22']),
  );

  it('names accounts by their id and computes movements exactly', async () => {
    const { mirror } = await mirrorWith('trial-balance', balance);
    const columns = [
      'account-code',
      'account',
      'account-type',
      'debit',
      'credit',
      'ytd-debit',
      'ytd-credit',
      'movement',
      'ytd-movement',
    ];
    expect((await table(mirror, 'trial-balance', columns)).rows).toEqual([
      ['0200', 'Sales (home) (0200)', 'REVENUE', null, '100', null, '1020.22', '-100', '-1020.22'],
      ['310', 'Rent', 'EXPENSE', '40', null, '80.1', null, '40', '80.1'],
      ['', 'Total', '', '40', '100', '80.1', '1020.22', '-60', '-940.12'],
    ]);
  });

  it('is refused in another shape', async () => {
    const { mirror } = await mirrorWith('trial-balance', oldest);
    await expect(table(mirror, 'trial-balance')).rejects.toMatchObject({ code: 'XERO_PAGE_UNREADABLE' });
  });
});

describe('the balance sheet', () => {
  const sheet = report(
    ['', '30 Jun 2026', '30 Jun 2025'],
    { RowType: 'Section', Title: 'Assets', Rows: [] },
    section('Bank', ['My Big Bank', 'a1', '2146.37', '-0.10'], ['Total Bank', null, '2146.37', '-0.10']),
    section('', ['Total Assets', null, '2146.37', '-0.10']),
    section('Equity', ['Current Year Earnings', '00000000-0000-0000-0000-000000000000', '2146.47', '0.00']),
  );

  it('has the newest date first, totals, and the line that is no account by its own name', async () => {
    const { mirror, calls } = await mirrorWith('balance-sheet', sheet);
    expect(calls.map(({ query }) => query)).toEqual([
      { standardLayout: 'true', periods: '1', timeframe: 'YEAR', date: '2026-06-30' },
    ]);
    expect(await table(mirror, 'balance-sheet')).toEqual({
      labels: ['Section', 'Account code', 'Account', '30 Jun 2026', '30 Jun 2025'],
      rows: [
        ['Bank', '0200', 'Sales (home) (0200)', '2146.37', '-0.1'],
        ['Bank', '', 'Total Bank', '2146.37', '-0.1'],
        ['', '', 'Total Assets', '2146.37', '-0.1'],
        ['Equity', '', 'Current Year Earnings', '2146.47', '0'],
      ],
      gaps: [],
    });
  });

  it('is refused when Xero sent other columns than were asked for', async () => {
    const { mirror } = await mirrorWith('balance-sheet', oldest);
    await expect(table(mirror, 'balance-sheet')).rejects.toMatchObject({ code: 'XERO_PAGE_UNREADABLE' });
  });
});

describe('the bank summary', () => {
  const summary = (opening: string) =>
    report(['Bank Accounts', 'Opening Balance', 'Cash Received', 'Cash Spent', 'Closing Balance'], {
      RowType: 'Section',
      Title: '',
      Rows: [
        {
          RowType: 'Row',
          Cells: [
            { Value: 'Big City Bank', Attributes: [{ Value: 'a2', Id: 'accountID' }] },
            ...[opening, '110.00', '100.00', '10.00'].map((Value) => ({ Value })),
          ],
        },
        row(['Total', null, '0.00', '110.00', '100.00', '10.00']),
      ],
    });

  it('tells accounts by the id that only it has, and has their total', async () => {
    const { mirror, calls } = await mirrorWith('bank-summary', summary('0.00'));
    expect(calls[0]?.query).toEqual({ fromDate: '2026-04-06', toDate: '2026-06-30' });
    expect(await table(mirror, 'bank-summary')).toEqual({
      labels: ['Account code', 'Account', 'Opening balance', 'Received', 'Spent', 'Closing balance'],
      rows: [
        ['310', 'Rent', '0', '110', '100', '10'],
        ['', 'Total', '0', '110', '100', '10'],
      ],
      gaps: [],
    });
    expect((await table(mirror, 'bank-summary', ['kind', 'row-key'])).rows).toEqual([
      ['account', 'a2'],
      ['total', 'total:/Total'],
    ]);
  });

  it('names what is no number as a gap, and is refused in another shape', async () => {
    const { mirror } = await mirrorWith('bank-summary', summary('n/a'));
    const { rows, gaps } = await table(mirror, 'bank-summary', ['opening']);
    expect(rows[0]).toEqual([null]);
    expect(gaps).toEqual([{ what: 'Bank summary', reason: 'unreadable-value', count: 1 }]);
    const other = await mirrorWith('bank-summary', oldest);
    await expect(table(other.mirror, 'bank-summary')).rejects.toMatchObject({ code: 'XERO_PAGE_UNREADABLE' });
  });
});

describe('the executive summary', () => {
  const summary = report(
    ['', 'Jun 2026', 'May 2026', 'Variance'],
    section('Cash', ['Cash received', null, '-0.00', '1250.50', '-100.0%']),
    section(
      'Performance',
      ['Gross profit margin', null, '100.0%', '', '0.0%'],
      ['Average creditors days', null, '-6.426484907497565725413826680', '0', 'soon'],
    ),
  );

  it('has a month beside the one before, shares told by their unit, blank where Xero has nothing', async () => {
    const { mirror, calls } = await mirrorWith('executive-summary', summary);
    expect(calls[0]?.query).toEqual({ date: '2026-06-30' });
    expect(await table(mirror, 'executive-summary')).toEqual({
      labels: ['Section', 'Measure', 'Jun 2026', 'May 2026', 'Unit', 'Variance %'],
      rows: [
        ['Cash', 'Cash received', '0', '1250.5', '', '-100'],
        ['Performance', 'Gross profit margin', '100', null, '%', '0'],
        ['Performance', 'Average creditors days', '-6.42648490749756572541382668', '0', '', null],
      ],
      gaps: [{ what: 'Executive summary', reason: 'unreadable-value', count: 1 }],
    });
  });

  it('is refused in another shape', async () => {
    const { mirror } = await mirrorWith('executive-summary', oldest);
    await expect(table(mirror, 'executive-summary')).rejects.toMatchObject({ code: 'XERO_PAGE_UNREADABLE' });
  });
});
