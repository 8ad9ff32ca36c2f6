/** What formulas come to: functions, errors, lookups, the clock, circles. */
import { describe, expect, it } from 'vitest';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { openBook, rangeOf } from './open-book.ts';

const GRID = [
  ['id', 'net', 'due'],
  ['a', 10, '2026-11-20'],
  ['b', 20, '2026-12-01'],
  ['c', 30, ''],
  ['total', '=SUM(B2:B4)', '=#N/A'],
];

const come = async (formula: string): Promise<unknown> => {
  const book = await openBook();
  await book.type(GRID);
  await book.type([[formula]], 'E1');
  return (await book.read('E1'))[0]?.[0];
};

describe('formulas', () => {
  it.each([
    ['=B2+B3*2', 50],
    ['=(B2+B3)*2', 60],
    ['=2^3^0', 1],
    ['=-2^2', 4],
    ['=50%', 0.5],
    ['=B2&"-"&A3', '10-b'],
    ['=A2<>"A"', false],
    ['=SUM(B2:B4, 1)', 61],
    ['=AVERAGE(B2:B4)', 20],
    ['=COUNT(A1:C5)', 6],
    ['=COUNTA(A1:A14)', 5],
    ['=COUNTBLANK(D1:D14)', 14],
    ['=MIN(B2:B4)', 10],
    ['=MAX(B:B)', 60],
    ['=IF(B2>5, "big", 1/0)', 'big'],
    ['=ROUND(2.345, 2)', 2.35],
    ['=ABS(-3)', 3],
    ['=IFERROR(1/0, "none")', 'none'],
    ['=CONCATENATE(A2, 1, TRUE)', 'a1TRUE'],
    ['=SUMIF(A2:A4, "b", B2:B4)', 20],
    ['=COUNTIF(B2:B4, ">=20")', 2],
    ['=AND(TRUE, B2=10)', true],
    ['=OR(FALSE, 0)', false],
    ['=VLOOKUP("b", A2:C4, 2, FALSE)', 20],
    ['=VLOOKUP(25, B2:B4, 1)', 20],
    ['=XLOOKUP("c", A2:A4, B2:B4)', 30],
    ['=XLOOKUP("z", A2:A4, B2:B4, "no")', 'no'],
    ['=INDEX(A1:C5, MATCH("b", A1:A5, 0), 2)', 20],
    ['=YEAR(C2)*100+MONTH(C2)', 202611],
    ['=DATE(2026, 14, 1)-DATE(2027, 2, 1)', 0],
    ['=MOD(-3, 5)', 2],
  ])('%s is %j [google-formula-values]', async (formula, value) => {
    expect(await come(formula)).toBe(value);
  });

  it.each([
    ['=1/0', '#DIV/0!'],
    ['=NOPE(1)', '#NAME?'],
    ['=nameless', '#NAME?'],
    ['="x"+1', '#VALUE!'],
    ['=VLOOKUP("z", A2:C4, 2, FALSE)', '#N/A'],
    ['=VLOOKUP("a", A2:C4, 9, FALSE)', '#REF!'],
    ['=Gone!A1', '#REF!'],
    ['=C5', '#N/A'],
    ['=E1', '#REF!'],
    ['=SUM(E1:E2)', '#REF!'],
    ['=(1+', '#ERROR!'],
  ])('%s shows %s [google-formula-errors]', async (formula, error) => {
    expect(await come(formula)).toBe(error);
  });

  it('show today by the clock and the time zone of the spreadsheet [google-formula-today]', async () => {
    const clock = sandboxClock(() => Date.UTC(2026, 10, 20, 10, 30));
    const book = await openBook({ clock });
    await book.update({
      updateSpreadsheetProperties: { properties: { timeZone: 'Pacific/Auckland' }, fields: 'timeZone' },
    });
    await book.type([['=TODAY()', '=NOW()-TODAY()']]);
    // Half past eleven at night in Auckland.
    expect((await book.read('A1:B1'))[0]).toEqual([46346, expect.closeTo(23.5 / 24, 9)]);
    clock.advance(45 * 60_000);
    expect((await book.read('A1'))[0]).toEqual([46347]);
  });

  it('are told apart: what was typed, what it comes to, how it is shown [google-formula-three-values]', async () => {
    const book = await openBook();
    await book.type([['=1/4']]);
    const format = { numberFormat: { type: 'PERCENT', pattern: '0%' } };
    await book.update({
      repeatCell: {
        range: rangeOf(0, 1, 0, 1),
        cell: { userEnteredFormat: format },
        fields: 'userEnteredFormat',
      },
    });
    const path = `/v4/spreadsheets/${book.spreadsheetId}?ranges=A1&fields=sheets.data.rowData.values(userEnteredValue,effectiveValue,formattedValue)`;
    expect((await book.call('GET', path)).sheets[0].data[0].rowData[0].values[0]).toEqual({
      userEnteredValue: { formulaValue: '=1/4' },
      effectiveValue: { numberValue: 0.25 },
      formattedValue: '25%',
    });
  });

  it('show numbers as what they are made of: dates, money, shares [google-formula-format]', async () => {
    const book = await openBook();
    await book.type([['2026-11-20', '£2.50', '=A1', '=A1+7', '=SUM(B1:B1)*2', '=TODAY()', '=A1-F1', '=50%']]);
    expect((await book.read('C1:H1', 'FORMATTED_VALUE'))[0]).toEqual([
      '2026-11-20',
      '2026-11-27',
      '£5.00',
      '2026-11-20',
      '0',
      '50.00%',
    ]);
  });

  it('over whole columns cost what is filled, not what the grid could hold', async () => {
    const book = await openBook({ rows: 400_000, columns: 20 });
    await book.type([[1, '=SUM(A:T)-B1', '=COUNTBLANK(D:T)']]);
    await book.type([['=SUM(D:T)', '=COUNTA(D:T)', '=COUNTBLANK(D:T)']]);
    expect((await book.read('A1:C1'))[0]).toEqual([0, 0, 17 * 400_000]);
  });
});
