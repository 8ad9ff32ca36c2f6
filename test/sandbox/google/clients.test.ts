/** Every Sheets and Drive endpoint of the sandbox through the real Google clients. */
import { sheets } from '@googleapis/sheets';
import { OAuth2Client } from 'google-auth-library';
import { expect, test } from 'vitest';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../../../server/sandbox/google/seeded-people.ts';
import { AMELIA, batch, newSheet, put, read, refusal, startGoogle } from './start-google.ts';

test('create gives a spreadsheet with one tab whose id is 0', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const { data } = await client.spreadsheets.create({
    requestBody: { properties: { title: 'Ledger', locale: 'en_NZ', timeZone: 'Pacific/Auckland' } },
  });
  expect(data.properties).toMatchObject({ title: 'Ledger', locale: 'en_NZ', timeZone: 'Pacific/Auckland' });
  expect(data.sheets).toEqual([
    {
      properties: {
        sheetId: 0,
        title: 'Sheet1',
        index: 0,
        sheetType: 'GRID',
        gridProperties: { rowCount: 1000, columnCount: 26 },
      },
    },
  ]);
});

test('get shapes its answer by fields, ranges and includeGridData', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, [{ addSheet: { properties: { sheetId: 5, title: 'Other' } } }]);
  await put(client, spreadsheetId, 'Other!B2', [['x', 2]]);
  const masked = await client.spreadsheets.get({
    spreadsheetId,
    fields: 'spreadsheetId,properties(timeZone,locale),sheets.properties(sheetId,title)',
  });
  expect(masked.data).toEqual({
    spreadsheetId,
    properties: { locale: 'en_GB', timeZone: 'Etc/GMT' },
    sheets: [{ properties: { sheetId: 0, title: 'Sheet1' } }, { properties: { sheetId: 5, title: 'Other' } }],
  });
  const grid = await client.spreadsheets.get({
    spreadsheetId,
    ranges: ['Other!B2:C3'],
    includeGridData: true,
  });
  expect(grid.data.sheets).toHaveLength(1);
  expect(grid.data.sheets?.[0]?.data?.[0]).toMatchObject({
    startRow: 1,
    startColumn: 1,
    rowData: [
      {
        values: [
          {
            userEnteredValue: { stringValue: 'x' },
            effectiveValue: { stringValue: 'x' },
            formattedValue: 'x',
          },
          { userEnteredValue: { numberValue: 2 }, formattedValue: '2' },
        ],
      },
    ],
    rowMetadata: [{ pixelSize: 21 }, { pixelSize: 21 }],
  });
  const plain = await client.spreadsheets.get({ spreadsheetId });
  expect(plain.data.sheets?.[0]?.data).toBeUndefined();
  const byMask = await client.spreadsheets.get({
    spreadsheetId,
    ranges: ['Other!C2'],
    fields: 'sheets.data.rowData.values.formattedValue',
  });
  expect(byMask.data).toEqual({ sheets: [{ data: [{ rowData: [{ values: [{ formattedValue: '2' }] }] }] }] });
});

test('a mask that names no field of a spreadsheet is a 400 [google-mask-checked]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  for (const fields of ['sheets(nope)', 'sheets(', 'properties..title']) {
    expect(await refusal(client.spreadsheets.get({ spreadsheetId, fields }))).toEqual({
      status: 400,
      message: 'Request contains an invalid argument.',
      code: 'INVALID_ARGUMENT',
    });
  }
});

test('values: update, get, batchUpdate, batchGet, append, clear, batchClear', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const { values } = client.spreadsheets;
  const spreadsheetId = await newSheet(client, 'V');
  const first = await values.update({
    spreadsheetId,
    range: 'Sheet1!A1:B2',
    valueInputOption: 'RAW',
    includeValuesInResponse: true,
    requestBody: {
      values: [
        ['a', 'b'],
        [1, 2],
      ],
    },
  });
  expect(first.data).toEqual({
    spreadsheetId,
    updatedRange: 'Sheet1!A1:B2',
    updatedRows: 2,
    updatedColumns: 2,
    updatedCells: 4,
    updatedData: {
      range: 'Sheet1!A1:B2',
      majorDimension: 'ROWS',
      values: [
        ['a', 'b'],
        ['1', '2'],
      ],
    },
  });
  const second = await values.batchUpdate({
    spreadsheetId,
    requestBody: {
      valueInputOption: 'RAW',
      data: [
        { range: 'D1', values: [[true]] },
        { range: 'D2:D3', majorDimension: 'COLUMNS', values: [[7, 8]] },
      ],
    },
  });
  expect(second.data).toMatchObject({ totalUpdatedCells: 3, totalUpdatedSheets: 1, totalUpdatedRows: 3 });
  const got = await values.batchGet({
    spreadsheetId,
    ranges: ['Sheet1!A1:D3', 'Sheet1!D:D'],
    valueRenderOption: 'UNFORMATTED_VALUE',
  });
  expect(got.data.valueRanges).toEqual([
    {
      range: 'Sheet1!A1:D3',
      majorDimension: 'ROWS',
      values: [
        ['a', 'b', '', true],
        [1, 2, '', 7],
        ['', '', '', 8],
      ],
    },
    { range: 'Sheet1!D1:D1000', majorDimension: 'ROWS', values: [[true], [7], [8]] },
  ]);
  const columns = await values.get({ spreadsheetId, range: 'A1:B3', majorDimension: 'COLUMNS' });
  expect(columns.data.values).toEqual([
    ['a', '1'],
    ['b', '2'],
  ]);
  const appended = await values.append({
    spreadsheetId,
    range: 'A1',
    valueInputOption: 'RAW',
    requestBody: { values: [['last']] },
  });
  expect(appended.data.updates?.updatedRange).toBe('Sheet1!A3');
  expect((await values.clear({ spreadsheetId, range: 'A3' })).data.clearedRange).toBe('Sheet1!A3');
  const cleared = await values.batchClear({ spreadsheetId, requestBody: { ranges: ['A1:B2', 'D2'] } });
  expect(cleared.data.clearedRanges).toEqual(['Sheet1!A1:B2', 'Sheet1!D2']);
  expect(await read(client, spreadsheetId, 'Sheet1')).toEqual([['', '', '', true], [], ['', '', '', 8]]);
});

test('data filters find ranges by metadata, A1 text and grid range', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await put(client, spreadsheetId, 'A1', [
    ['id', 'amount'],
    ['x', 5],
    ['y', 6],
  ]);
  await batch(client, spreadsheetId, [
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataId: 11,
          metadataKey: 'column',
          metadataValue: 'amount',
          visibility: 'DOCUMENT',
          location: { dimensionRange: { sheetId: 0, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 } },
        },
      },
    },
  ]);
  const lookup = { developerMetadataLookup: { metadataKey: 'column' } };
  const got = await client.spreadsheets.values.batchGetByDataFilter({
    spreadsheetId,
    requestBody: {
      dataFilters: [
        lookup,
        { a1Range: 'A2' },
        { gridRange: { sheetId: 0, startRowIndex: 2, endRowIndex: 3 } },
      ],
      valueRenderOption: 'UNFORMATTED_VALUE',
    },
  });
  expect(got.data.valueRanges?.map(({ valueRange }) => valueRange?.values)).toEqual([
    [['amount'], [5], [6]],
    [['x']],
    [['y', 6]],
  ]);
  await client.spreadsheets.values.batchUpdateByDataFilter({
    spreadsheetId,
    requestBody: { valueInputOption: 'RAW', data: [{ dataFilter: lookup, values: [['total'], [50]] }] },
  });
  expect(await read(client, spreadsheetId, 'B1:B3')).toEqual([['total'], [50], [6]]);
  const found = await client.spreadsheets.developerMetadata.search({
    spreadsheetId,
    requestBody: { dataFilters: [lookup] },
  });
  expect(found.data.matchedDeveloperMetadata?.[0]?.developerMetadata).toEqual({
    metadataId: 11,
    metadataKey: 'column',
    metadataValue: 'amount',
    visibility: 'DOCUMENT',
    location: {
      locationType: 'COLUMN',
      dimensionRange: { sheetId: 0, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 },
    },
  });
  const one = await client.spreadsheets.developerMetadata.get({ spreadsheetId, metadataId: 11 });
  expect(one.data.metadataKey).toBe('column');
  const whole = await client.spreadsheets.getByDataFilter({
    spreadsheetId,
    requestBody: { dataFilters: [lookup], includeGridData: true },
  });
  expect(whole.data.sheets?.[0]?.data?.[0]?.startColumn).toBe(1);
  expect(whole.data.sheets?.[0]?.data?.[0]?.columnMetadata?.[0]?.developerMetadata?.[0]?.metadataId).toBe(11);
});

test('batchUpdate answers request by request and can send the result along', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const { data } = await client.spreadsheets.batchUpdate({
    spreadsheetId,
    requestBody: {
      includeSpreadsheetInResponse: true,
      requests: [
        {
          addSheet: {
            properties: {
              sheetId: 9,
              title: 'New',
              hidden: true,
              gridProperties: { rowCount: 5, columnCount: 3 },
            },
          },
        },
        {
          updateCells: {
            start: { sheetId: 9 },
            rows: [{ values: [{ userEnteredValue: { numberValue: 1 } }] }],
            fields: 'userEnteredValue',
          },
        },
        {
          addNamedRange: {
            namedRange: {
              namedRangeId: 'n1',
              name: 'ours',
              range: { sheetId: 9, startRowIndex: 0, endRowIndex: 2 },
            },
          },
        },
      ],
    },
  });
  expect(data.replies?.map((reply) => Object.keys(reply))).toEqual([['addSheet'], [], ['addNamedRange']]);
  expect(data.replies?.[0]?.addSheet?.properties).toMatchObject({ sheetId: 9, hidden: true, index: 1 });
  expect(data.updatedSpreadsheet?.namedRanges?.[0]).toMatchObject({ namedRangeId: 'n1', name: 'ours' });
  expect(await read(client, spreadsheetId, 'ours')).toEqual([[1]]);
});

test('a request kind that Google does not have is named in the 400 [google-unknown-request]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const answer = await refusal(batch(client, spreadsheetId, [{ makeCoffee: {} } as object]));
  expect(answer.status).toBe(400);
  expect(answer.message).toBe(
    `Invalid JSON payload received. Unknown name "makeCoffee" at 'requests[0]': Cannot find field.`,
  );
  const missing = await refusal(batch(client, spreadsheetId, [{ addChart: {} }]));
  expect(missing.message).toContain('Invalid requests[0].addChart');
  const wrong = await refusal(
    batch(client, spreadsheetId, [{ deleteSheet: { sheetId: 'x' as unknown as number } }]),
  );
  expect(wrong.message).toBe(`Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), "x"`);
  const extra = await refusal(batch(client, spreadsheetId, [{ deleteSheet: { id: 1 } as object }]));
  expect(extra.message).toContain(`Unknown name "id" at 'requests[0].delete_sheet'`);
});

test('Drive: create, get, list with q, copy, update and delete', async () => {
  await using google = await startGoogle();
  const drive = await google.driveOf(AMELIA);
  const folder = await drive.files.create({
    requestBody: { name: 'Backups', mimeType: 'application/vnd.google-apps.folder' },
  });
  const made = await drive.files.create({
    requestBody: {
      name: "Year's end",
      mimeType: 'application/vnd.google-apps.spreadsheet',
      parents: [String(folder.data.id)],
    },
    fields: 'id,name,mimeType,version,parents',
  });
  const fileId = String(made.data.id);
  expect(made.data).toMatchObject({ name: "Year's end", version: '1', parents: [folder.data.id] });
  const { data } = await drive.files.get({
    fileId,
    fields: 'id,trashed,owners(emailAddress),permissions(role,emailAddress),capabilities(canEdit,canTrash)',
  });
  expect(data).toEqual({
    id: fileId,
    trashed: false,
    owners: [{ emailAddress: AMELIA }],
    permissions: [{ role: 'owner', emailAddress: AMELIA }],
    capabilities: { canEdit: true, canTrash: true },
  });
  const copied = await drive.files.copy({ fileId, requestBody: { name: 'Copy' } });
  expect(copied.data.name).toBe('Copy');
  const listed = await drive.files.list({
    q: `mimeType='application/vnd.google-apps.spreadsheet' and name = 'Year\\'s end' and trashed = false`,
  });
  expect(listed.data.files?.map(({ id }) => id)).toEqual([fileId]);
  const inside = await drive.files.list({ q: `'${folder.data.id}' in parents`, fields: 'files(id)' });
  expect(inside.data).toEqual({ files: [{ id: fileId }] });
  await drive.files.update({ fileId, requestBody: { trashed: true, name: 'Old' } });
  const after = await drive.files.get({ fileId, fields: 'name,trashed,version' });
  expect(after.data).toEqual({ name: 'Old', trashed: true, version: '2' });
  await drive.files.delete({ fileId });
  expect((await refusal(drive.files.get({ fileId }))).status).toBe(404);
  expect(await refusal(drive.files.get({ fileId, fields: 'nonsense' }))).toMatchObject({ status: 404 });
  expect(
    await refusal(drive.files.get({ fileId: String(copied.data.id), fields: 'nonsense' })),
  ).toMatchObject({
    status: 400,
    message: 'Invalid field selection nonsense',
  });
});

test('the real client renews an ended access token by itself and goes on', async () => {
  await using google = await startGoogle();
  const { accessToken, refreshToken } = await google.control.run({ action: 'grantTokens', user: AMELIA });
  const auth = new OAuth2Client({
    clientId: DEFAULT_CLIENT_ID,
    clientSecret: DEFAULT_CLIENT_SECRET,
    endpoints: { oauth2TokenUrl: `${google.origin}/token` },
    forceRefreshOnFailure: true,
  });
  auth.setCredentials({
    access_token: String(accessToken),
    refresh_token: String(refreshToken),
    expiry_date: 1,
  });
  const client = sheets({ version: 'v4', rootUrl: `${google.origin}/`, auth });
  const spreadsheetId = await newSheet(client);
  await google.control.run({ action: 'expireAccessTokens' });
  expect(await read(client, spreadsheetId, 'A1')).toEqual([]);
  await google.control.run({ action: 'revokeGrant', user: AMELIA });
  expect((await refusal(read(client, spreadsheetId, 'A1'))).message).toContain('invalid_grant');
});

test('Drive’s version goes up with every change and with none that is refused [google-drive-version]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const drive = await google.driveOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const version = async () =>
    Number((await drive.files.get({ fileId: spreadsheetId, fields: 'version' })).data.version);
  const start = await version();
  await put(client, spreadsheetId, 'A1', [[1]]);
  expect(await version()).toBe(start + 1);
  await read(client, spreadsheetId, 'A1');
  await refusal(batch(client, spreadsheetId, [{ deleteSheet: { sheetId: 99 } }]));
  expect(await version()).toBe(start + 1);
  await google.control.run({
    action: 'personEdits',
    spreadsheetId,
    edits: [{ kind: 'set', cell: 'B1', value: 'hi' }],
  });
  expect(await version()).toBe(start + 2);
});
