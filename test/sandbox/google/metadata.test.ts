/** Developer metadata: ids that may not repeat, and locations that move and die with their rows and columns. */

import type { sheets_v4 } from '@googleapis/sheets';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnName } from '../../../server/sandbox/google/sheets/a1.ts';
import { AMELIA, BEN, batch, newSheet, put, read, refusal, startGoogle } from './start-google.ts';

type Request = sheets_v4.Schema$Request;

const create = (metadataId: number, location: object, extra: object = {}): Request => ({
  createDeveloperMetadata: {
    developerMetadata: { metadataId, metadataKey: 'key', visibility: 'DOCUMENT', location, ...extra },
  },
});

const at = (dimension: string, index: number) => ({
  dimensionRange: { sheetId: 0, dimension, startIndex: index, endIndex: index + 1 },
});

test('a metadata id that is there already fails the whole batch: the publish guard [google-metadata-id-refused]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, [create(4711, { sheetId: 0 })]);
  const answer = await refusal(
    batch(client, spreadsheetId, [
      create(4711, { sheetId: 0 }),
      { updateSheetProperties: { properties: { sheetId: 0, title: 'Changed' }, fields: 'title' } },
    ]),
  );
  expect(answer).toEqual({
    status: 400,
    code: 'INVALID_ARGUMENT',
    message:
      'Invalid requests[0].createDeveloperMetadata: Cannot add developer metadata with ID [4711] because developer metadata with that ID already exists.',
  });
  expect(google.control.dump(spreadsheetId).sheets[0]?.title).toBe('Sheet1');
});

test('an id that a batch deletes at its place can be created again in it, unless its row moved [google-metadata-id-again]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, [create(4711, at('ROWS', 3))]);
  const lookup = {
    metadataId: 4711,
    metadataLocation: at('ROWS', 3),
    locationMatchingStrategy: 'EXACT_LOCATION',
  };
  const again = [
    { deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: lookup } } },
    create(4711, at('ROWS', 3)),
  ];
  expect((await batch(client, spreadsheetId, again)).status).toBe(200);
  const range = { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 1 };
  await batch(client, spreadsheetId, [{ insertDimension: { range } }]);
  expect(await refusal(batch(client, spreadsheetId, again))).toMatchObject({
    status: 400,
    message: expect.stringContaining('already exists'),
  });
});

interface Line {
  /** Tags that started on this row or column. */
  tags: number[];
}

const step = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'move'),
  dimension: fc.constantFrom<'ROWS' | 'COLUMNS'>('ROWS', 'COLUMNS'),
  start: fc.integer({ min: 0, max: 11 }),
  count: fc.integer({ min: 1, max: 3 }),
  to: fc.integer({ min: 0, max: 12 }),
});

test('metadata and cells follow rows and columns as plain lists of lines do [google-metadata-follows]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { data } = await client.spreadsheets.create({
        requestBody: {
          sheets: [{ properties: { sheetId: 0, gridProperties: { rowCount: 12, columnCount: 12 } } }],
        },
      });
      const spreadsheetId = String(data.spreadsheetId);
      const model: Record<'ROWS' | 'COLUMNS', Line[]> = {
        ROWS: Array.from({ length: 12 }, (_, index) => ({ tags: [100 + index] })),
        COLUMNS: Array.from({ length: 12 }, (_, index) => ({ tags: [200 + index] })),
      };
      await batch(client, spreadsheetId, [
        ...model.ROWS.map((_, index) => create(100 + index, at('ROWS', index))),
        ...model.COLUMNS.map((_, index) => create(200 + index, at('COLUMNS', index))),
      ]);
      const matrix = model.ROWS.map(({ tags: [row] }) =>
        model.COLUMNS.map(({ tags: [column] }) => `${row}/${column}`),
      );
      await put(client, spreadsheetId, 'A1', matrix);
      const requests = steps.flatMap((one) => apply(model[one.dimension], one));
      if (requests.length > 0) await batch(client, spreadsheetId, requests);
      const found = google.control.dump(spreadsheetId).metadata.map(({ metadataId, location }) => {
        if (location.type !== 'ROW' && location.type !== 'COLUMN')
          throw new Error('location changed its kind');
        return `${metadataId} ${location.type} ${location.index}`;
      });
      const expected = [
        ...model.ROWS.flatMap(({ tags }, index) => tags.map((tag) => `${tag} ROW ${index}`)),
        ...model.COLUMNS.flatMap(({ tags }, index) => tags.map((tag) => `${tag} COLUMN ${index}`)),
      ];
      expect(found.sort()).toEqual(expected.sort());
      const { cells = {} } = google.control.dump(spreadsheetId).sheets[0] ?? {};
      const moved = model.ROWS.flatMap(({ tags: [row] }, down) =>
        model.COLUMNS.flatMap(({ tags: [column] }, across) =>
          row === undefined || column === undefined ? [] : [[cellName(down, across), `${row}/${column}`]],
        ),
      );
      expect(Object.entries(cells).map(([name, { value }]) => [name, value])).toEqual(moved);
    }),
    { numRuns: 80 },
  );
});

const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`;

/** Does the step to the model and gives the request that does it to the sheet; nothing when it cannot be done. */
const apply = (
  lines: Line[],
  {
    kind,
    dimension,
    start,
    count,
    to,
  }: { kind: string; dimension: string; start: number; count: number; to: number },
): Request[] => {
  const range = { sheetId: 0, dimension, startIndex: start, endIndex: start + count };
  if (kind === 'insert') {
    if (start >= lines.length) return [];
    lines.splice(start, 0, ...Array.from({ length: count }, () => ({ tags: [] })));
    return [{ insertDimension: { range } }];
  }
  if (start + count > lines.length || count === lines.length) return [];
  if (kind === 'delete') {
    lines.splice(start, count);
    return [{ deleteDimension: { range } }];
  }
  if (to > lines.length) return [];
  const kept = to < start || to > start + count;
  if (kept) {
    const moved = lines.splice(start, count);
    lines.splice(to > start ? to - count : to, 0, ...moved);
  }
  return [{ moveDimension: { source: range, destinationIndex: to } }];
};

test('cells, formats and notes move with the same lines, and formulas keep pointing at theirs', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await put(
    client,
    spreadsheetId,
    'A1',
    [
      ['h', 1],
      ['x', 2],
      ['y', 3],
      ['', '=SUM(B1:B3)'],
      ['', '=B2*10'],
    ],
    'USER_ENTERED',
  );
  await google.control.run({
    action: 'personEdits',
    spreadsheetId,
    edits: [{ kind: 'set', cell: 'A2', note: 'mark', format: { textFormat: { bold: true } } }],
  });
  await batch(client, spreadsheetId, [
    { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 } } },
    { insertDimension: { range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 } } },
    { deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 4, endIndex: 5 } } },
  ]);
  const cells = google.control.dump(spreadsheetId).sheets[0]?.cells;
  expect(cells?.['B4']).toEqual({
    value: 'x',
    text: 'x',
    note: 'mark',
    format: { textFormat: { bold: true } },
  });
  expect(cells?.['C5']).toMatchObject({ formula: '=SUM(C1:C4)', text: '3' });
  expect(cells?.['C6']).toMatchObject({ formula: '=C4*10', text: '20' });
});

test('a lookup by key, value, place and kind finds what fits [google-metadata-search]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, [
    { addSheet: { properties: { sheetId: 6, title: 'Six' } } },
    create(1, { spreadsheet: true }, { metadataKey: 'a' }),
    create(2, { sheetId: 0 }, { metadataKey: 'a', metadataValue: 'v' }),
    create(3, { sheetId: 6 }, { metadataKey: 'b' }),
    create(4, at('ROWS', 3), { metadataKey: 'a' }),
  ]);
  const ids = async (lookup: sheets_v4.Schema$DeveloperMetadataLookup) => {
    const { data } = await client.spreadsheets.developerMetadata.search({
      spreadsheetId,
      requestBody: { dataFilters: [{ developerMetadataLookup: lookup }] },
    });
    return data.matchedDeveloperMetadata?.map(({ developerMetadata }) => developerMetadata?.metadataId) ?? [];
  };
  expect(await ids({ metadataKey: 'a' })).toEqual([1, 2, 4]);
  expect(await ids({ metadataKey: 'a', metadataValue: 'v' })).toEqual([2]);
  expect(await ids({ locationType: 'SHEET' })).toEqual([2, 3]);
  expect(await ids({ metadataLocation: { sheetId: 0 } })).toEqual([2]);
  expect(
    await ids({ metadataLocation: { sheetId: 0 }, locationMatchingStrategy: 'INTERSECTING_LOCATION' }),
  ).toEqual([1, 2, 4]);
  expect(await ids({ metadataId: 99 })).toEqual([]);
});

test('update and delete by filter answer with what they changed; a deleted tab takes its own along [google-metadata-with-tab]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, [
    { addSheet: { properties: { sheetId: 6, title: 'Six' } } },
    create(1, { sheetId: 0 }, { metadataValue: 'old' }),
    create(2, { sheetId: 6 }),
  ]);
  const updated = await batch(client, spreadsheetId, [
    {
      updateDeveloperMetadata: {
        dataFilters: [{ developerMetadataLookup: { metadataId: 1 } }],
        developerMetadata: { metadataValue: 'new' },
        fields: 'metadataValue',
      },
    },
    { deleteSheet: { sheetId: 6 } },
  ]);
  expect(updated.data.replies?.[0]?.updateDeveloperMetadata?.developerMetadata).toMatchObject([
    { metadataId: 1, metadataKey: 'key', metadataValue: 'new' },
  ]);
  const deleted = await batch(client, spreadsheetId, [
    { deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataKey: 'key' } } } },
  ]);
  expect(deleted.data.replies?.[0]?.deleteDeveloperMetadata?.deletedDeveloperMetadata).toMatchObject([
    { metadataId: 1 },
  ]);
  expect(google.control.dump(spreadsheetId).metadata).toEqual([]);
});

test('metadata of visibility PROJECT shows to its project only [google-metadata-project]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await batch(client, spreadsheetId, [create(1, { spreadsheet: true }, { visibility: 'PROJECT' })]);
  const seen = await client.spreadsheets.get({ spreadsheetId, fields: 'developerMetadata(metadataId)' });
  expect(seen.data).toEqual({ developerMetadata: [{ metadataId: 1 }] });
  await google.control.run({ action: 'share', spreadsheetId, user: BEN, role: 'writer' });
  const edits = [
    {
      kind: 'requests' as const,
      requests: [{ deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataId: 1 } } } }],
    },
  ];
  await google.control.run({ action: 'personEdits', spreadsheetId, user: BEN, edits });
  expect(google.control.dump(spreadsheetId).metadata).toHaveLength(1);
});

test('a location must be one row or column inside the grid [google-metadata-one-line]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  for (const location of [
    { dimensionRange: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 } },
    { dimensionRange: { sheetId: 0, dimension: 'ROWS', startIndex: 1 } },
    at('COLUMNS', 26),
    { sheetId: 77 },
    {},
  ]) {
    expect((await refusal(batch(client, spreadsheetId, [create(1, location)]))).status).toBe(400);
  }
  expect(await read(client, spreadsheetId, 'A1')).toEqual([]);
});
