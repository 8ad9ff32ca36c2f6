/** `values.append`: the guide's own example, inserting, and the rest of the methods on values. */
import { beforeEach, describe, expect, it } from 'vitest';
import { type Book, openBook, rangeOf } from './open-book.ts';
import { publishedTypes } from './published-types.ts';
import { AMELIA, newSheet, put, read, startGoogle } from './start-google.ts';

describe('appending', () => {
  let book: Book;
  beforeEach(async () => {
    // Two tables, A1:C2 and B4:D6, as in the guide.
    book = await openBook();
    await book.type([
      ['x', 'y', 'z'],
      ['x', 'y', 'z'],
      [],
      ['', 'x', 'y', 'z'],
      ['', 'x', 'y', 'z'],
      ['', 'x', 'y', 'z'],
    ]);
  });
  const append = (range: string, more = '') =>
    book.call(
      'POST',
      `/v4/spreadsheets/${book.spreadsheetId}/values/${encodeURIComponent(range)}:append?valueInputOption=RAW${more}`,
      {
        values: [['new', 'row']],
      },
    );

  it.each([
    ['Sheet1', 'Sheet1!B4:D6', 'Sheet1!B7:C7'],
    ['B4', 'Sheet1!B4:D6', 'Sheet1!B7:C7'],
    ['C5:D5', 'Sheet1!B4:D6', 'Sheet1!B7:C7'],
    ['B2:D4', 'Sheet1!B4:D6', 'Sheet1!B7:C7'],
    ['A3:G10', 'Sheet1!B4:D6', 'Sheet1!B7:C7'],
    ['A1', 'Sheet1!A1:C2', 'Sheet1!A3:B3'],
    ['E4', undefined, 'Sheet1!E4:F4'],
    ['A4', undefined, 'Sheet1!A4:B4'],
  ])(
    'to %s finds table %s and writes at %s [google-append-table]',
    async (range, tableRange, updatedRange) => {
      const answer = await append(range);
      expect([answer.tableRange, answer.updates.updatedRange]).toEqual([tableRange, updatedRange]);
    },
  );

  it('can make new rows instead of writing over what is below [google-append-inserts]', async () => {
    await append('A1', '&insertDataOption=INSERT_ROWS');
    expect(await book.read('A1:D6')).toEqual([
      ['x', 'y', 'z'],
      ['x', 'y', 'z'],
      ['new', 'row'],
      [],
      ['', 'x', 'y', 'z'],
      ['', 'x', 'y', 'z'],
    ]);
  });

  it('makes the grid longer when it is full [google-append-inserts]', async () => {
    await book.type([['end']], 'A14');
    expect((await append('A14')).updates.updatedRange).toBe('Sheet1!A15:B15');
  });
});

describe('the methods of Google’s Sheets client', () => {
  it('are all there [google-sheets-methods]', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    const other = await newSheet(client);
    await put(client, spreadsheetId, 'A1:B2', [
      [1, 2],
      [3, 4],
    ]);
    const lookup = { developerMetadataLookup: { metadataId: 3 } };
    const location = { dimensionRange: { sheetId: 0, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 } };
    const developerMetadata = { metadataId: 3, metadataKey: 'k', visibility: 'DOCUMENT', location };
    const { spreadsheets } = client;
    const values = { values: [[9]] };
    const calls: Record<string, () => Promise<{ status: number }>> = {
      'spreadsheets.create': () => spreadsheets.create({ requestBody: {} }),
      'spreadsheets.get': () => spreadsheets.get({ spreadsheetId }),
      'spreadsheets.getByDataFilter': () =>
        spreadsheets.getByDataFilter({ spreadsheetId, requestBody: { dataFilters: [{ a1Range: 'A1' }] } }),
      'spreadsheets.batchUpdate': () =>
        spreadsheets.batchUpdate({
          spreadsheetId,
          requestBody: { requests: [{ createDeveloperMetadata: { developerMetadata } }] },
        }),
      'spreadsheets.developermetadata.get': () =>
        spreadsheets.developerMetadata.get({ spreadsheetId, metadataId: 3 }),
      'spreadsheets.developermetadata.search': () =>
        spreadsheets.developerMetadata.search({ spreadsheetId, requestBody: { dataFilters: [lookup] } }),
      'spreadsheets.sheets.copyTo': () =>
        spreadsheets.sheets.copyTo({
          spreadsheetId,
          sheetId: 0,
          requestBody: { destinationSpreadsheetId: other },
        }),
      'spreadsheets.values.get': () => spreadsheets.values.get({ spreadsheetId, range: 'A1' }),
      'spreadsheets.values.batchGet': () => spreadsheets.values.batchGet({ spreadsheetId, ranges: ['A1'] }),
      'spreadsheets.values.batchGetByDataFilter': () =>
        spreadsheets.values.batchGetByDataFilter({ spreadsheetId, requestBody: { dataFilters: [lookup] } }),
      'spreadsheets.values.update': () =>
        spreadsheets.values.update({
          spreadsheetId,
          range: 'C1',
          valueInputOption: 'RAW',
          requestBody: values,
        }),
      'spreadsheets.values.append': () =>
        spreadsheets.values.append({
          spreadsheetId,
          range: 'C1',
          valueInputOption: 'RAW',
          requestBody: values,
        }),
      'spreadsheets.values.batchUpdate': () =>
        spreadsheets.values.batchUpdate({
          spreadsheetId,
          requestBody: { valueInputOption: 'RAW', data: [{ range: 'C3', ...values }] },
        }),
      'spreadsheets.values.batchUpdateByDataFilter': () =>
        spreadsheets.values.batchUpdateByDataFilter({
          spreadsheetId,
          requestBody: {
            valueInputOption: 'RAW',
            data: [{ dataFilter: { gridRange: rangeOf(3, 4, 2, 3) }, ...values }],
          },
        }),
      'spreadsheets.values.batchClearByDataFilter': () =>
        spreadsheets.values.batchClearByDataFilter({ spreadsheetId, requestBody: { dataFilters: [lookup] } }),
      'spreadsheets.values.clear': () => spreadsheets.values.clear({ spreadsheetId, range: 'C1' }),
      'spreadsheets.values.batchClear': () =>
        spreadsheets.values.batchClear({ spreadsheetId, requestBody: { ranges: ['C3'] } }),
    };
    const { methods } = await publishedTypes('sheets', 'v4');
    expect(Object.keys(calls).sort()).toEqual(
      methods.map(({ resource, method }) => `${resource}.${method}`).sort(),
    );
    for (const [name, call] of Object.entries(calls)) expect((await call()).status, name).toBe(200);
    expect(await read(client, spreadsheetId, 'A1:C4')).toEqual([[1], [3], [9], ['', '', 9]]);
  });
});
