/** A batch is all or nothing: a failing last request leaves every cell, format, note, range and id as it was. */
import type { sheets_v4 } from '@googleapis/sheets';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AMELIA, BEN, batch, newSheet, put, refusal, startGoogle } from './start-google.ts';

type Request = sheets_v4.Schema$Request;

const index = fc.integer({ min: 0, max: 7 });
const span = (max: number) =>
  fc.tuple(fc.integer({ min: 0, max: max - 1 }), fc.integer({ min: 1, max: 3 })).map(([start, length]) => ({
    start,
    end: Math.min(max, start + length),
  }));
const rect = fc.tuple(span(8), span(6)).map(([rows, columns]) => ({
  sheetId: 0,
  startRowIndex: rows.start,
  endRowIndex: rows.end,
  startColumnIndex: columns.start,
  endColumnIndex: columns.end,
}));
const cell = fc.record({
  userEnteredValue: fc.oneof(
    fc.integer({ min: -99, max: 99 }).map((numberValue) => ({ numberValue })),
    fc.constantFrom('a', '=not', '').map((stringValue) => ({ stringValue })),
    fc.constantFrom('=A1+1', '=SUM(A1:B3)').map((formulaValue) => ({ formulaValue })),
  ),
  note: fc.constantFrom('', 'n'),
  userEnteredFormat: fc.constantFrom(
    {},
    { textFormat: { bold: true } },
    { numberFormat: { type: 'DATE', pattern: 'yyyy' } },
  ),
});
const lines = fc
  .tuple(fc.constantFrom('ROWS', 'COLUMNS'), span(5))
  .map(([dimension, { start, end }]) => ({ sheetId: 0, dimension, startIndex: start, endIndex: end }));

const change: fc.Arbitrary<Request> = fc.oneof(
  fc.tuple(rect, cell).map(([range, one]) => ({ repeatCell: { range, cell: one, fields: '*' } })),
  fc.tuple(rect, fc.constantFrom('userEnteredValue', 'note,userEnteredFormat')).map(([range, fields]) => ({
    updateCells: { range, fields },
  })),
  lines.map((range) => ({ insertDimension: { range, inheritFromBefore: false } })),
  lines.map((range) => ({ deleteDimension: { range } })),
  fc
    .tuple(lines, index)
    .map(([source, destinationIndex]) => ({ moveDimension: { source, destinationIndex } })),
  fc.tuple(rect, index).map(([source, row]) => ({
    copyPaste: {
      source,
      destination: {
        sheetId: 0,
        startRowIndex: row,
        endRowIndex: row,
        startColumnIndex: 0,
        endColumnIndex: 0,
      },
    },
  })),
  rect.map((range) => ({
    sortRange: { range, sortSpecs: [{ dimensionIndex: range.startColumnIndex, sortOrder: 'DESCENDING' }] },
  })),
  fc
    .integer({ min: 100, max: 105 })
    .map((sheetId) => ({ addSheet: { properties: { sheetId, title: `T${sheetId}` } } })),
  fc.constant({ duplicateSheet: { sourceSheetId: 0, newSheetName: 'Twin' } }),
  fc.constant({ deleteSheet: { sheetId: 1 } }),
  fc.constant({ updateSheetProperties: { properties: { sheetId: 0, title: 'Renamed' }, fields: 'title' } }),
  fc.integer({ min: 20, max: 25 }).map((metadataId) => ({
    createDeveloperMetadata: {
      developerMetadata: { metadataId, metadataKey: 'k', visibility: 'DOCUMENT', location: { sheetId: 0 } },
    },
  })),
  fc.constant({
    deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataKey: 'row' } } },
  }),
  fc.constant({ clearBasicFilter: { sheetId: 0 } }),
  fc.constant({ deleteNamedRange: { namedRangeId: 'n' } }),
);

const SEED_REQUESTS: Request[] = [
  { addSheet: { properties: { sheetId: 1, title: 'Second' } } },
  {
    repeatCell: {
      range: { sheetId: 0, startRowIndex: 1, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 2 },
      cell: { userEnteredFormat: { textFormat: { italic: true } }, note: 'seed' },
      fields: 'userEnteredFormat,note',
    },
  },
  {
    addNamedRange: {
      namedRange: {
        namedRangeId: 'n',
        name: 'seeded',
        range: { sheetId: 0, startRowIndex: 1, endRowIndex: 4 },
      },
    },
  },
  {
    setBasicFilter: {
      filter: {
        range: { sheetId: 0, startRowIndex: 0, endRowIndex: 8, startColumnIndex: 0, endColumnIndex: 4 },
      },
    },
  },
  {
    addProtectedRange: {
      protectedRange: {
        protectedRangeId: 3,
        range: { sheetId: 0, startRowIndex: 7, endRowIndex: 8 },
        warningOnly: true,
      },
    },
  },
  {
    createDeveloperMetadata: {
      developerMetadata: {
        metadataId: 1,
        metadataKey: 'row',
        visibility: 'DOCUMENT',
        location: { dimensionRange: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 3 } },
      },
    },
  },
];

test('a batch whose last request fails changes nothing, whatever came before it [google-batch-atomic]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, SEED_REQUESTS);
  await put(
    client,
    spreadsheetId,
    'Sheet1!A1',
    [
      ['id', 1, '=B1*2'],
      ['x', true, 3],
      ['y', '', 4.5],
      [2, 1, 0],
    ],
    'USER_ENTERED',
  );
  const dump = () => JSON.stringify(google.control.dump(spreadsheetId));
  const before = dump();
  let wentThrough = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const failing: Request = {
        updateCells: {
          start: { sheetId: 0, rowIndex: 5000 },
          rows: [{ values: [cellOf('x')] }],
          fields: 'userEnteredValue',
        },
      };
      const { message } = await refusal(batch(client, spreadsheetId, [...changes, failing]));
      if (message.includes(`requests[${changes.length}]`)) wentThrough += 1;
      expect(dump()).toBe(before);
    }),
    { numRuns: 150 },
  );
  // Most batches must have got as far as the request that is bound to fail.
  expect(wentThrough).toBeGreaterThan(50);
});

const cellOf = (stringValue: string) => ({ userEnteredValue: { stringValue } });

test('the same batch without the failing request is applied whole', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, [
    { updateCells: { start: { sheetId: 0 }, rows: [{ values: [cellOf('a')] }], fields: 'userEnteredValue' } },
    { duplicateSheet: { sourceSheetId: 0, newSheetId: 8, newSheetName: 'Twin' } },
    { updateCells: { start: { sheetId: 0 }, rows: [{ values: [cellOf('b')] }], fields: 'userEnteredValue' } },
  ]);
  const [twin, original] = google.control.dump(spreadsheetId).sheets;
  expect(twin?.cells['A1']?.value).toBe('a');
  expect(original?.cells['A1']?.value).toBe('b');
});

test('of twenty batches that race for one metadata id exactly one is applied [google-metadata-id-refused]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const attempts = Array.from({ length: 20 }, (_, index) =>
    batch(client, spreadsheetId, [
      {
        updateCells: {
          start: { sheetId: 0 },
          rows: [{ values: [cellOf(`run ${index}`)] }],
          fields: 'userEnteredValue',
        },
      },
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataId: 9,
            metadataKey: 'g',
            metadataValue: `run ${index}`,
            visibility: 'DOCUMENT',
            location: { sheetId: 0 },
          },
        },
      },
    ]),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { sheets, metadata } = google.control.dump(spreadsheetId);
  expect(sheets[0]?.cells['A1']?.value).toBe(metadata[0]?.metadataValue);
});

test('values.batchUpdate is all or nothing too, and names the part at fault [google-values-batch-atomic]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  const { message } = await refusal(
    client.spreadsheets.values.batchUpdate({
      spreadsheetId,
      requestBody: {
        valueInputOption: 'RAW',
        data: [
          { range: 'A1', values: [[1]] },
          { range: 'Nope!A1', values: [[2]] },
        ],
      },
    }),
  );
  expect(message).toBe('Invalid data[1]: Unable to parse range: Nope!A1');
  expect(google.control.dump(spreadsheetId).sheets[0]?.cells).toEqual({});
});

test('protected cells stop other editors with a 400, not the owner [google-protected-400]', async () => {
  await using google = await startGoogle();
  const owner = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(owner);
  await google.control.run({ action: 'share', spreadsheetId, user: BEN, role: 'writer' });
  await google.control.run({ action: 'pickFile', user: BEN, spreadsheetId });
  const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 };
  await batch(owner, spreadsheetId, [
    { addProtectedRange: { protectedRange: { protectedRangeId: 4, range } } },
  ]);
  const editor = await google.sheetsOf(BEN);
  const said = await refusal(
    batch(editor, spreadsheetId, [{ updateCells: { range, fields: 'userEnteredValue' } }]),
  );
  expect(said).toEqual({
    status: 400,
    code: 'INVALID_ARGUMENT',
    message:
      'Invalid requests[0].updateCells: You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.',
  });
  for (const request of [
    { deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 } } },
    { repeatCell: { range, cell: {}, fields: 'note' } },
    { deleteProtectedRange: { protectedRangeId: 4 } },
  ]) {
    expect((await refusal(batch(editor, spreadsheetId, [request]))).status).toBe(400);
  }
  expect((await refusal(put(editor, spreadsheetId, 'B2', [[1]]))).status).toBe(400);
  await put(editor, spreadsheetId, 'C3', [[1]]);
  await put(owner, spreadsheetId, 'A1', [['mine']]);
  await batch(owner, spreadsheetId, [
    {
      updateProtectedRange: {
        protectedRange: { protectedRangeId: 4, editors: { users: [BEN] } },
        fields: 'editors',
      },
    },
  ]);
  await put(editor, spreadsheetId, 'A2', [['ours']]);
  const shown = await editor.spreadsheets.get({ spreadsheetId, fields: 'sheets.protectedRanges' });
  expect(shown.data.sheets?.[0]?.protectedRanges?.[0]).toMatchObject({
    protectedRangeId: 4,
    requestingUserCanEdit: true,
  });
});
