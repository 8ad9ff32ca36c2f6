/** What values mean: null and "", RAW and USER_ENTERED, render options, ranges, and updateCells' clearing. */
import { describe, expect, test } from 'vitest';
import { AMELIA, batch, newSheet, put, read, refusal, type Sheets, startGoogle } from './start-google.ts';

const withSheet = async (work: (client: Sheets, spreadsheetId: string) => Promise<void>) => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  await work(client, await newSheet(client));
};

describe('writing', () => {
  test('null leaves a cell, "" empties it [google-null-skips]', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [['a', 'b', 'c']]);
      await put(client, id, 'A1', [[null, '', 'C']]);
      expect(await read(client, id, 'A1:C1')).toEqual([['a', '', 'C']]);
    }));

  test('RAW keeps text as text, even formulas, dates and leading zeros [google-raw-is-text]', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [['=1+2', '2026-11-20', '007', 7, true, "'q"]]);
      expect(await read(client, id, 'A1:F1')).toEqual([['=1+2', '2026-11-20', '007', 7, true, "'q"]]);
    }));

  test('USER_ENTERED reads text as if it were typed [google-user-entered]', () =>
    withSheet(async (client, id) => {
      const typed = [
        '=1+2',
        '2026-11-20',
        '007',
        '1,234.50',
        '12.5%',
        '£3',
        'TRUE',
        "'007",
        '20/11/2026 12:00',
        'x',
      ];
      await put(client, id, 'A1', [typed], 'USER_ENTERED');
      expect(await read(client, id, 'A1:J1')).toEqual([
        [3, 46346, 7, 1234.5, 0.125, 3, true, '007', 46346.5, 'x'],
      ]);
      expect(await read(client, id, 'A1:J1', 'FORMULA')).toEqual([
        ['=1+2', 46346, 7, 1234.5, 0.125, 3, true, '007', 46346.5, 'x'],
      ]);
      expect(await read(client, id, 'A1:J1', 'FORMATTED_VALUE')).toEqual([
        ['3', '2026-11-20', '7', '1,234.50', '12.50%', '£3', 'TRUE', '007', '20/11/2026 12:00:00', 'x'],
      ]);
    }));

  test('a cell of text format keeps typed digits as text [google-text-format-keeps]', () =>
    withSheet(async (client, id) => {
      await batch(client, id, [
        {
          repeatCell: {
            range: { sheetId: 0, startColumnIndex: 0, endColumnIndex: 1 },
            cell: { userEnteredFormat: { numberFormat: { type: 'TEXT', pattern: '@' } } },
            fields: 'userEnteredFormat.numberFormat',
          },
        },
      ]);
      await put(client, id, 'A1', [['0042'], ['=1+1']], 'USER_ENTERED');
      expect(await read(client, id, 'A1:A2')).toEqual([['0042'], [2]]);
    }));

  test('dates read back as serials or as they are shown [google-serial-dates]', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [['2026-11-20', 5]], 'USER_ENTERED');
      const { data } = await client.spreadsheets.values.get({
        spreadsheetId: id,
        range: 'A1:B1',
        valueRenderOption: 'UNFORMATTED_VALUE',
        dateTimeRenderOption: 'FORMATTED_STRING',
      });
      expect(data.values).toEqual([['2026-11-20', 5]]);
    }));

  test('numbers are doubles: cents stay, the seventeenth digit does not [google-doubles]', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const id = await newSheet(client);
    await fetch(`${google.origin}/v4/spreadsheets/${id}/values/A1?valueInputOption=RAW`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await google.tokenOf(AMELIA)}` },
      body: '{"values":[[0.1, 1.005, 9999999999999999.99, 1e-7]]}',
    });
    expect(await read(client, id, 'A1:D1')).toEqual([[0.1, 1.005, 1e16, 1e-7]]);
  });

  test('a list or an object in a cell is a 400', () =>
    withSheet(async (client, id) => {
      expect((await refusal(put(client, id, 'A1', [['a'], [{ b: 1 }]]))).message).toContain(
        'Invalid values[1][0]',
      );
    }));

  test('valueInputOption is required', () =>
    withSheet(async (client, id) => {
      const call = client.spreadsheets.values.update({
        spreadsheetId: id,
        range: 'A1',
        requestBody: { values: [[1]] },
      });
      expect((await refusal(call)).message).toBe("'valueInputOption' is required but not specified");
    }));

  test('a fence of several cells holds; one cell is only a start', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'B2', [
        [1, 2],
        [3, 4],
      ]);
      expect((await refusal(put(client, id, 'A1:B1', [[1, 2, 3]]))).message).toBe(
        'Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]',
      );
      expect((await refusal(put(client, id, 'A1:B1', [[1], [2]]))).message).toBe(
        'Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]',
      );
    }));
});

describe('ranges', () => {
  test('trailing blanks are left out, blanks between are "" [google-trailing-blanks]', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [['a', null, 'c'], [null], ['x']]);
      expect(await read(client, id, 'Sheet1!A1:E9')).toEqual([['a', '', 'c'], [], ['x']]);
    }));

  test('titles are quoted where they must be, and found either way [google-range-titles]', () =>
    withSheet(async (client, id) => {
      const titles = ["O'Brien & Co", 'A1', 'Sheet 2', 'Ünïcode', '2026'];
      await batch(
        client,
        id,
        titles.map((title, index) => ({ addSheet: { properties: { sheetId: index + 1, title } } })),
      );
      for (const title of titles) {
        const range = `'${title.replaceAll("'", "''")}'!B2`;
        const { data } = await put(client, id, range, [['here']]);
        expect(data.updatedRange).toBe(range);
        expect(await read(client, id, `'${title.replaceAll("'", "''")}'`)).toEqual([[], ['', 'here']]);
      }
      expect(await read(client, id, 'Sheet 2')).toEqual([[], ['', 'here']]);
      expect(await read(client, id, 'sheet 2!B2')).toEqual([['here']]);
    }));

  test.each(['Nope!A1', 'A0', 'A1:B2:C3', '', 'Sheet1!', 'Sheet1!A1B', "'Sheet1"])(
    '%j cannot be parsed',
    async (range) => {
      await withSheet(async (client, id) => {
        const call = client.spreadsheets.values.batchGet({ spreadsheetId: id, ranges: [range] });
        expect(await refusal(call)).toMatchObject({
          status: 400,
          message: `Unable to parse range: ${range}`,
        });
      });
    },
  );

  test('reading clips at the grid’s end and refuses to begin beyond it; writing never grows the grid [google-read-clips]', () =>
    withSheet(async (client, id) => {
      const { data } = await client.spreadsheets.values.get({ spreadsheetId: id, range: 'Y990:AB2000' });
      expect(data.range).toBe('Sheet1!Y990:Z1000');
      expect((await refusal(read(client, id, 'Sheet1!A1001'))).message).toBe(
        'Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26',
      );
      expect((await refusal(put(client, id, 'Z1000', [[1, 2]]))).message).toContain('exceeds grid limits');
    }));
});

describe('updateCells', () => {
  const number = (numberValue: number) => ({ userEnteredValue: { numberValue } });

  test('with a range it clears what its rows do not cover, for the named fields only [google-update-cells-clears]', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]);
      const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 3 };
      await batch(client, id, [
        {
          repeatCell: {
            range,
            cell: { note: 'keep', userEnteredFormat: { textFormat: { bold: true } } },
            fields: 'note,userEnteredFormat.textFormat.bold',
          },
        },
        { updateCells: { range, rows: [{ values: [number(10)] }], fields: 'userEnteredValue' } },
      ]);
      expect(await read(client, id, 'A1:C3')).toEqual([[10], [], [7, 8, 9]]);
      const { data } = await client.spreadsheets.get({
        spreadsheetId: id,
        ranges: ['C2'],
        fields: 'sheets.data.rowData.values(note,userEnteredFormat)',
      });
      expect(data.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values?.[0]).toEqual({
        note: 'keep',
        userEnteredFormat: { textFormat: { bold: true } },
      });
    }));

  test('with a start it writes only what is given; an empty cell empties', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [[1, 2, 3]]);
      await batch(client, id, [
        {
          updateCells: {
            start: { sheetId: 0, rowIndex: 0, columnIndex: 0 },
            rows: [{ values: [{}, number(20)] }],
            fields: 'userEnteredValue',
          },
        },
      ]);
      expect(await read(client, id, 'A1:C1')).toEqual([['', 20, 3]]);
    }));

  test('stringValue is literal and formulaValue is a formula [google-string-value-literal]', () =>
    withSheet(async (client, id) => {
      const values = [
        { userEnteredValue: { stringValue: '=1+1' } },
        { userEnteredValue: { formulaValue: '=1+1' } },
        { userEnteredValue: { boolValue: false } },
      ];
      await batch(client, id, [
        { updateCells: { start: { sheetId: 0 }, rows: [{ values }], fields: 'userEnteredValue' } },
      ]);
      expect(await read(client, id, 'A1:C1')).toEqual([['=1+1', 2, false]]);
      expect(await read(client, id, 'A1:C1', 'FORMULA')).toEqual([['=1+1', '=1+1', false]]);
    }));

  test('more rows or columns than the range holds is a 400', () =>
    withSheet(async (client, id) => {
      const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 };
      const update = (rows: object[]) =>
        batch(client, id, [{ updateCells: { range, rows, fields: 'userEnteredValue' } }]);
      expect((await refusal(update([{ values: [number(1), number(2)] }]))).message).toBe(
        'Invalid requests[0].updateCells: Attempting to write column: 1, beyond the last requested column of: 0',
      );
      expect((await refusal(update([{}, {}]))).message).toContain('Attempting to write row: 1');
    }));

  test('a wrong or read-only field in the mask is a 400', () =>
    withSheet(async (client, id) => {
      const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 };
      for (const fields of ['userEnteredVale', 'formattedValue', '']) {
        expect((await refusal(batch(client, id, [{ updateCells: { range, fields } }]))).status).toBe(400);
      }
    }));
});

describe('copyPaste and sortRange', () => {
  test('PASTE_VALUES puts results where formulas were and blanks over what stood there [google-paste-values]', () =>
    withSheet(async (client, id) => {
      await put(
        client,
        id,
        'A1',
        [
          [1, '=A1*2'],
          ['', 'x'],
        ],
        'USER_ENTERED',
      );
      await put(client, id, 'D1', [
        ['old', 'old'],
        ['old', 'old'],
      ]);
      const source = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 };
      const destination = {
        sheetId: 0,
        startRowIndex: 0,
        endRowIndex: 2,
        startColumnIndex: 3,
        endColumnIndex: 5,
      };
      await batch(client, id, [{ copyPaste: { source, destination, pasteType: 'PASTE_VALUES' } }]);
      expect(await read(client, id, 'D1:E2', 'FORMULA')).toEqual([
        [1, 2],
        ['', 'x'],
      ]);
      await batch(client, id, [{ copyPaste: { source, destination, pasteType: 'PASTE_NORMAL' } }]);
      expect(await read(client, id, 'D1:E2', 'FORMULA')).toEqual([
        [1, '=D1*2'],
        ['', 'x'],
      ]);
    }));

  test('a destination that overlaps its source gets the source as it was', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [[1], [2], [3]]);
      const range = (startRowIndex: number) => ({
        sheetId: 0,
        startRowIndex,
        endRowIndex: startRowIndex + 3,
        startColumnIndex: 0,
        endColumnIndex: 1,
      });
      await batch(client, id, [
        { copyPaste: { source: range(0), destination: range(1), pasteType: 'PASTE_VALUES' } },
      ]);
      expect(await read(client, id, 'A1:A4')).toEqual([[1], [1], [2], [3]]);
      // And again when the same batch wrote the source just before.
      await batch(client, id, [
        {
          updateCells: {
            range: range(0),
            rows: [7, 8, 9].map((numberValue) => ({ values: [{ userEnteredValue: { numberValue } }] })),
            fields: 'userEnteredValue',
          },
        },
        { copyPaste: { source: range(0), destination: range(1), pasteType: 'PASTE_VALUES' } },
      ]);
      expect(await read(client, id, 'A1:A4')).toEqual([[7], [7], [8], [9]]);
    }));

  test('sorting puts numbers before text and blanks last, both ways, and keeps ties in order [google-sort-order]', () =>
    withSheet(async (client, id) => {
      await put(client, id, 'A1', [
        ['b', 1],
        [2, 2],
        [null, 3],
        ['a', 4],
        [2, 5],
      ]);
      const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 2 };
      const sort = (sortOrder: string) =>
        batch(client, id, [{ sortRange: { range, sortSpecs: [{ dimensionIndex: 0, sortOrder }] } }]);
      await sort('ASCENDING');
      expect(await read(client, id, 'A1:B5')).toEqual([
        [2, 2],
        [2, 5],
        ['a', 4],
        ['b', 1],
        ['', 3],
      ]);
      await sort('DESCENDING');
      expect(await read(client, id, 'A1:B5')).toEqual([
        ['b', 1],
        ['a', 4],
        [2, 2],
        [2, 5],
        ['', 3],
      ]);
    }));
});
