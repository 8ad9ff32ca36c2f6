/** Google's limits and its words for them: cells, columns, characters, titles, metadata, request size, quotas. */
import type { sheets_v4 } from '@googleapis/sheets';
import { expect, test } from 'vitest';
import { AMELIA, BEN, batch, newSheet, put, read, refusal, startGoogle } from './start-google.ts';

test('ten million cells are the most; adding rows, columns or tabs beyond is a 400 [google-cell-limit]', async () => {
  await using google = await startGoogle({ limits: { cells: 30_000 } });
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const tooMany: sheets_v4.Schema$Request[] = [
    { appendDimension: { sheetId: 0, dimension: 'ROWS', length: 154 } },
    { addSheet: { properties: { title: 'Staging' } } },
    {
      updateSheetProperties: {
        properties: { sheetId: 0, gridProperties: { rowCount: 1200 } },
        fields: 'gridProperties.rowCount',
      },
    },
    { insertDimension: { range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 5 } } },
  ];
  for (const request of tooMany) {
    const { status, message } = await refusal(batch(client, spreadsheetId, [request]));
    expect(status).toBe(400);
    expect(message).toBe(
      `Invalid requests[0].${Object.keys(request)[0]}: This action would increase the number of cells in the workbook above the limit of 30000 cells.`,
    );
  }
  await batch(client, spreadsheetId, [{ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 153 } }]);
});

test('without a setting the limit is ten million cells and 18,278 columns [google-column-limit]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const grow = (dimension: string, length: number) =>
    refusal(batch(client, spreadsheetId, [{ appendDimension: { sheetId: 0, dimension, length } }]));
  expect((await grow('ROWS', 400_000)).message).toContain('limit of 10000000 cells');
  await batch(client, spreadsheetId, [
    {
      updateSheetProperties: {
        properties: { sheetId: 0, gridProperties: { rowCount: 1 } },
        fields: 'gridProperties.rowCount',
      },
    },
  ]);
  expect((await grow('COLUMNS', 18_278)).message).toContain('18278 columns');
});

test('a cell holds 50,000 characters [google-cell-characters]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await put(client, spreadsheetId, 'A1', [['x'.repeat(50_000)]]);
  const tooLong = 'x'.repeat(50_001);
  const words = 'Your input contains more than the maximum of 50000 characters in a single cell.';
  expect((await refusal(put(client, spreadsheetId, 'A2', [[tooLong]]))).message).toBe(words);
  const update = {
    updateCells: {
      start: { sheetId: 0 },
      rows: [{ values: [{ userEnteredValue: { stringValue: tooLong } }] }],
      fields: 'userEnteredValue',
    },
  };
  expect((await refusal(batch(client, spreadsheetId, [update]))).message).toBe(
    `Invalid requests[0].updateCells: ${words}`,
  );
});

test('tab titles are unique whatever their case, 1 to 100 characters; ids are unique [google-tab-titles]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const add = (properties: object) => refusal(batch(client, spreadsheetId, [{ addSheet: { properties } }]));
  expect((await add({ title: 'SHEET1' })).message).toBe(
    'Invalid requests[0].addSheet: A sheet with the name "SHEET1" already exists. Please enter another name.',
  );
  expect((await add({ title: 'x'.repeat(101) })).status).toBe(400);
  expect((await add({ title: 'New', sheetId: 0 })).message).toContain('a sheet with that ID already exists');
  expect((await refusal(batch(client, spreadsheetId, [{ deleteSheet: { sheetId: 0 } }]))).message).toBe(
    "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.",
  );
  await batch(client, spreadsheetId, [{ addSheet: { properties: { title: 'x'.repeat(100) } } }]);
});

test('metadata has 30,000 characters per sheet and another 30,000 for the spreadsheet [google-metadata-characters]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const create = (location: object, length: number) => ({
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: 'k',
        metadataValue: 'v'.repeat(length),
        visibility: 'DOCUMENT',
        location,
      },
    },
  });
  await batch(client, spreadsheetId, [create({ sheetId: 0 }, 29_000), create({ spreadsheet: true }, 29_000)]);
  expect((await refusal(batch(client, spreadsheetId, [create({ sheetId: 0 }, 1_000)]))).status).toBe(400);
  expect((await refusal(batch(client, spreadsheetId, [create({ spreadsheet: true }, 1_000)]))).status).toBe(
    400,
  );
});

test('a request body has a size limit, and must be JSON [google-body-json]', async () => {
  await using google = await startGoogle({ limits: { requestBytes: 2_000 } });
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  expect((await refusal(put(client, spreadsheetId, 'A1', [['x'.repeat(2_000)]]))).message).toBe(
    'Request payload size exceeds the limit: 2000 bytes.',
  );
  const answer = await fetch(`${google.origin}/v4/spreadsheets/${spreadsheetId}:batchUpdate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await google.tokenOf(AMELIA)}` },
    body: '{"requests": [',
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { status: 'INVALID_ARGUMENT' } });
});

test('sixty reads and sixty writes a minute per user, then 429 until the minute is over [google-quota-user]', async () => {
  await using google = await startGoogle({ quotas: true });
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  for (let count = 1; count < 60; count += 1)
    await batch(client, spreadsheetId, [{ clearBasicFilter: { sheetId: 0 } }]);
  const answer = await refusal(batch(client, spreadsheetId, [{ clearBasicFilter: { sheetId: 0 } }]));
  expect(answer).toEqual({
    status: 429,
    code: 'RESOURCE_EXHAUSTED',
    message:
      "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:480061117302'.",
  });
  // Reads have a window of their own, and so has another user.
  for (let count = 0; count < 60; count += 1) await read(client, spreadsheetId, 'A1');
  expect((await refusal(read(client, spreadsheetId, 'A1'))).status).toBe(429);
  await newSheet(await google.sheetsOf(BEN));
  google.clock.advance(60_000);
  await batch(client, spreadsheetId, [{ clearBasicFilter: { sheetId: 0 } }]);
  expect(google.control.state().users).toEqual([
    { user: AMELIA, reads: 60, writes: 61, refused: 2 },
    { user: BEN, reads: 0, writes: 1, refused: 0 },
  ]);
});

test('a project’s window is shared by its users; quotas can be set and switched off [google-quota-project]', async () => {
  await using google = await startGoogle({ quotas: true });
  await google.control.run({ action: 'setQuotas', perProject: 3 });
  const amelia = await google.sheetsOf(AMELIA);
  const ben = await google.sheetsOf(BEN);
  await newSheet(amelia);
  await newSheet(ben);
  await newSheet(ben);
  const answer = await refusal(newSheet(amelia));
  expect(answer.message).toContain("'Write requests per minute' of service");
  await google.control.run({ action: 'setQuotas', isOn: false });
  await newSheet(amelia);
  await google.control.run({ action: 'exhaustQuota', kind: 'write' });
  expect((await refusal(newSheet(amelia))).status).toBe(429);
  google.clock.advance(60_000);
  await newSheet(amelia);
});

test('one batch counts as one call, whatever it contains [google-batch-counts-once]', async () => {
  await using google = await startGoogle({ quotas: true });
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(
    client,
    spreadsheetId,
    Array.from({ length: 200 }, () => ({ clearBasicFilter: { sheetId: 0 } })),
  );
  expect(google.control.state().users[0]?.writes).toBe(2);
});
