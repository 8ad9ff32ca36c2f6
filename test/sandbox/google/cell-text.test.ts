/** Formulas and number formats as people see them. */
import { describe, expect, test } from 'vitest';
import { parseFieldMask, pickFields, wants } from '../../../server/sandbox/google/field-mask.ts';
import { cellText } from '../../../server/sandbox/google/sheets/cell-text.ts';
import { AMELIA, batch, newSheet, put, read, startGoogle } from './start-google.ts';

const shown = (value: number, pattern: string, type = 'NUMBER') =>
  cellText(value, { numberFormat: { type, pattern } });

describe('number formats', () => {
  test.each([
    [1234.5, '#,##0.00', '1,234.50'],
    [-1234.5, '#,##0.00;[Red]-#,##0.00', '-1,234.50'],
    [-5, '#,##0.00;(#,##0.00)', '(5.00)'],
    [0, '0.00;-0.00;"nil"', 'nil'],
    [1.005, '0.00', '1.01'],
    [-0.001, '0.00', '0.00'],
    [0.125, '0.0%', '12.5%'],
    [12, '000', '012'],
    [3.1, '0.##', '3.1'],
    [3, '0.##', '3'],
    [1234567, '#,##0', '1,234,567'],
    [5, '"NZ$"#,##0.00', 'NZ$5.00'],
    [5, '[$£-809]#,##0.00', '£5.00'],
    [12345, '0.00E+00', '1.23E+04'],
    [7, '@', '7'],
  ])('%d as %s is %s', (value, pattern, text) => {
    expect(shown(value, pattern)).toBe(text);
  });

  test.each([
    [46346, 'yyyy-mm-dd', 'DATE', '2026-11-20'],
    [46346, 'd mmm yyyy', 'DATE', '20 Nov 2026'],
    [46346, 'dddd, mmmm d', 'DATE', 'Friday, November 20'],
    [46346.5, 'yyyy-mm-dd hh:mm', 'DATE_TIME', '2026-11-20 12:00'],
    [46346.75, 'h:mm am/pm', 'TIME', '6:00 PM'],
    [2, 'yyyy-mm-dd', 'DATE', '1900-01-01'],
    [61, 'yyyy-mm-dd', 'DATE', '1900-03-01'],
  ])('%d as %s is a %s: %s', (value, pattern, type, text) => {
    expect(shown(value, pattern, type)).toBe(text);
  });

  test.each([
    [0.1 + 0.2, '0.3'],
    [1e21, '1E+21'],
    [-0, '0'],
    [123456789012, '123456789012'],
    [1 / 3, '0.3333333333'],
  ])('%d without a format is %s', (value, text) => {
    expect(cellText(value, {})).toBe(text);
  });
});

describe('formulas', () => {
  const FORMULAS: [string, unknown][] = [
    ['=SUM(A2:A)', 6],
    ['=SUM(A2:A4)*2-1', 11],
    ['=A2&" of "&B2', '1 of x'],
    ['=-A3^2', 4],
    ['=50%', 0.5],
    ['=IF(A2>0,"yes",1/0)', 'yes'],
    ['=IFERROR(1/0,"none")', 'none'],
    ['=1/0', '#DIV/0!'],
    ['=NOSUCH(1)', '#NAME?'],
    ['=Nowhere!A1', '#REF!'],
    ["='Sheet1'!A3+Sheet1!$A$2", 3],
    ['=AVERAGE(A2:A4)', 2],
    ['=COUNT(A:A)&COUNTA(B2:B4)', '32'],
    ['=ROUND(2.345,2)', 2.35],
    ['=MAX(A2:A4,10)', 10],
    ['=SUMIF(B2:B4,"x",A2:A4)', 1],
    ['=A2=1', true],
    ['="a"<>"A"', false],
    ['=1+', '#ERROR!'],
    ['=A99', 0],
    ['="x"+1', '#VALUE!'],
    ['=sum((A2,A3))', '#ERROR!'],
  ];

  test('the everyday ones are worked out and errors are shown', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const id = await newSheet(client);
    await put(client, id, 'A1', [
      ['n', 't'],
      [1, 'x'],
      [2, 'y'],
      [3, null],
    ]);
    await put(
      client,
      id,
      'D1',
      FORMULAS.map(([formula]) => [formula]),
      'USER_ENTERED',
    );
    const results = await read(client, id, `D1:D${FORMULAS.length}`);
    expect(results.map(([result], index) => [FORMULAS[index]?.[0], result])).toEqual(FORMULAS);
  });

  test('a circle is an error, not a hang; results follow changes; other tabs are followed by title', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const id = await newSheet(client);
    await put(
      client,
      id,
      'A1',
      [
        ['=B1', '=A1', '=C2+1'],
        [null, null, 1],
      ],
      'USER_ENTERED',
    );
    expect(await read(client, id, 'A1:C1')).toEqual([['#REF!', '#REF!', 2]]);
    await put(client, id, 'C2', [[5]]);
    expect(await read(client, id, 'C1')).toEqual([[6]]);
    const edits = [
      { kind: 'addTab' as const, title: 'Two' },
      { kind: 'set' as const, cell: 'Two!A1', value: '=Sheet1!C2' },
      { kind: 'renameTab' as const, tab: 'Sheet1', title: 'The data' },
    ];
    await google.control.run({ action: 'personEdits', spreadsheetId: id, edits });
    expect(await read(client, id, 'Two!A1', 'FORMULA')).toEqual([["='The data'!C2"]]);
    expect(await read(client, id, 'Two!A1')).toEqual([[5]]);
    await google.control.run({
      action: 'personEdits',
      spreadsheetId: id,
      edits: [{ kind: 'deleteTab', tab: 'The data' }],
    });
    expect(await read(client, id, 'Two!A1')).toEqual([['#REF!']]);
  });
});

test('a running balance of 20,000 rows reads from its end, and a circle as long is an error', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const id = await newSheet(client);
  const rows = 20_000;
  await batch(client, id, [
    { appendDimension: { sheetId: 0, dimension: 'ROWS', length: rows } },
    {
      repeatCell: {
        range: { sheetId: 0, startRowIndex: 1, endRowIndex: rows, startColumnIndex: 0, endColumnIndex: 1 },
        cell: { userEnteredValue: { formulaValue: '=A1+1' } },
        fields: 'userEnteredValue',
      },
    },
  ]);
  await put(client, id, 'A1', [[5]]);
  expect(await read(client, id, `A${rows}`)).toEqual([[rows + 4]]);
  await put(client, id, 'A1', [[`=A${rows}`]], 'USER_ENTERED');
  expect(await read(client, id, `A${rows}`)).toEqual([['#REF!']]);
});

test('formulas and masks nested without end are refused, not fatal', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const id = await newSheet(client);
  const nested = `=${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
  const long = `=1${'+1'.repeat(20_000)}`;
  const signs = `=${'-'.repeat(40_000)}1`;
  await put(client, id, 'A1', [[nested, long, signs, `=1${'+1'.repeat(500)}`]], 'USER_ENTERED');
  expect(await read(client, id, 'A1:D1')).toEqual([['#ERROR!', '#ERROR!', '#ERROR!', 501]]);
  expect(() => parseFieldMask(`${'a('.repeat(5000)}b${')'.repeat(5000)}`)).toThrow('invalid argument');
  expect(() => parseFieldMask('a.'.repeat(5000).slice(0, -1))).toThrow('invalid argument');
});

describe('field masks', () => {
  test('both separators, brackets, stars and snake case are read', () => {
    const value = { a: { b: 1, c: { d: 2, e: 3 } }, list: [{ x: 1, y: 2 }], fooBar: 4 };
    const pick = (mask: string) => pickFields(value, parseFieldMask(mask));
    expect(pick('a/b')).toEqual({ a: { b: 1 } });
    expect(pick('a(b,c/d),list.x')).toEqual({ a: { b: 1, c: { d: 2 } }, list: [{ x: 1 }] });
    expect(pick('*')).toEqual(value);
    expect(pick('foo_bar')).toEqual({ fooBar: 4 });
    expect(pick('a,a.b')).toEqual({ a: value.a });
    expect(pick('a.b,a.c.e')).toEqual({ a: { b: 1, c: { e: 3 } } });
    expect(wants(parseFieldMask('a(b)'), 'a', 'c')).toBe(false);
    expect(wants(parseFieldMask('a'), 'a', 'c')).toBe(true);
  });
});
