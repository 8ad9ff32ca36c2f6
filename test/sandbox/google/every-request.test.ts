/** Every kind of batchUpdate request that Google's client knows: done, or refused by name; and every field of each by its name. */
import type { sheets_v4 } from '@googleapis/sheets';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { KINDS } from '../../../server/sandbox/google/sheets/batch-update.ts';
import { lines, openBook, rangeOf } from './open-book.ts';
import { type PublishedTypes, publishedTypes } from './published-types.ts';
import { EXAMPLES, kindOf, rule } from './request-examples.ts';
import { AMELIA, batch, newSheet, put, refusal, type Sheets, startGoogle } from './start-google.ts';

type Request = sheets_v4.Schema$Request;

const NOT_HERE = [
  'addChart',
  'updateChartSpec',
  'addSlicer',
  'updateSlicerSpec',
  'addDataSource',
  'updateDataSource',
  'deleteDataSource',
  'refreshDataSource',
  'cancelDataSourceRefresh',
  'deleteEmbeddedObject',
  'updateEmbeddedObjectPosition',
  'updateEmbeddedObjectBorder',
  'autoFill',
  'insertComment',
  'addCommentReply',
  'updateCommentPost',
  'deleteComment',
  'deleteCommentReply',
];

let types: PublishedTypes;
beforeAll(async () => {
  types = await publishedTypes('sheets', 'v4');
});

describe('the requests of Google’s client', () => {
  it('are each done here or refused by name, none forgotten [google-request-kinds]', () => {
    const published = types.fieldsOf('Request').map(({ name }) => name);
    expect(published.length).toBeGreaterThan(60);
    expect([...new Set([...EXAMPLES.map(kindOf), ...NOT_HERE])].sort()).toEqual([...published].sort());
  });

  it('have an example each that the real client sends, one by one and in one batch [google-replies-in-order]', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const fill = async (spreadsheetId: string) =>
      put(client, spreadsheetId, 'A1', [
        ['id', 'net', 'note'],
        [3, 2, ' a  b '],
        [1, 2, 'x'],
        [1, 5, 'end'],
      ]);
    const one = await newSheet(client);
    await fill(one);
    for (const request of EXAMPLES) {
      const { data } = await batch(client, one, [request]);
      expect(data.replies, kindOf(request)).toHaveLength(1);
    }
    const whole = await newSheet(client);
    await fill(whole);
    const { data } = await batch(client, whole, [...EXAMPLES]);
    // A reply stands at its request's place under its request's name, or is empty.
    data.replies?.forEach((reply, at) => {
      expect([[], [kindOf(EXAMPLES[at] ?? {})]]).toContainEqual(Object.keys(reply));
    });
    const replying = data.replies?.flatMap((reply) => Object.keys(reply)) ?? [];
    expect(replying).toEqual(
      expect.arrayContaining(['addSheet', 'addTable', 'findReplace', 'deleteDuplicates']),
    );
  });

  it('that the sandbox has not are refused by name [google-request-kinds]', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    for (const kind of NOT_HERE) {
      const { status, message } = await refusal(batch(client, spreadsheetId, [{ [kind]: {} }]));
      expect([status, message]).toEqual([
        400,
        `Invalid requests[0].${kind}: ${kind} is not part of the sandbox.`,
      ]);
    }
  });

  it('have no field that the sandbox does not know by name [google-request-fields]', async () => {
    const book = await openBook();
    const shapes = (message: string, depth: number): object[] =>
      types.fieldsOf(message).flatMap(({ name, message: inner, isList }) => {
        const below = inner !== undefined && depth > 0 ? shapes(inner, depth - 1) : [];
        const values = below.length > 0 ? below : [{}];
        return values.map((value) => ({ [name]: isList ? [value] : value }));
      });
    const unknown: string[] = [];
    for (const { name, message = '' } of types.fieldsOf('Request')) {
      if (NOT_HERE.includes(name)) continue;
      for (const body of shapes(message, 2)) {
        const said = await book.update({ [name]: body }).then(
          () => '',
          (error: Error) => error.message,
        );
        for (const [, field, at] of said.matchAll(/Unknown name "(\w+)" at '([^']+)'/g))
          unknown.push(`${at}.${field}`);
      }
    }
    expect(unknown).toEqual([]);
  });
});

type Shape = z.ZodType & {
  shape?: Record<string, Shape>;
  element?: Shape;
  unwrap?: () => Shape;
};

/** Fields of a message as the sandbox reads it that the published message does not have. */
const inventedIn = (schema: Shape, message: string, at: string): string[] => {
  const inner = schema.unwrap?.() ?? schema;
  const object = inner.element ?? inner;
  if (object !== schema) return inventedIn(object, message, at);
  if (!object.shape) return [];
  const published = new Map(types.fieldsOf(message).map((field) => [field.name, field]));
  return Object.entries(object.shape).flatMap(([name, child]) => {
    const field = published.get(name);
    if (!field) return [`${at}.${name}`];
    return field.message === undefined ? [] : inventedIn(child, field.message, `${at}.${name}`);
  });
};

describe('the requests of the sandbox', () => {
  it('have no field that Google’s do not [google-request-fields]', () => {
    const messages = new Map(types.fieldsOf('Request').map(({ name, message = '' }) => [name, message]));
    expect(Object.keys(KINDS).sort()).toEqual(EXAMPLES.map(kindOf).sort());
    const invented = Object.entries(KINDS).flatMap(([name, { schema }]) =>
      inventedIn(schema as Shape, messages.get(name) ?? '', name),
    );
    expect(invented).toEqual([]);
  });
});

/** A field that is missing, a range that is not there, an id twice: what each kind says to nonsense. */
const NONSENSE: readonly [Request, RegExp][] = [
  [{ addSheet: { properties: { title: 'Sheet1' } } }, /A sheet with the name "Sheet1" already exists/],
  [{ deleteSheet: { sheetId: 99 } }, /No sheet with id: 99/],
  [{ duplicateSheet: { sourceSheetId: 99 } }, /No sheet with id: 99/],
  [
    { insertDimension: { range: lines('ROWS', 99, 100) } },
    /range\.startIndex is larger than current grid size/,
  ],
  [{ deleteDimension: { range: lines('ROWS', 20, 40) } }, /doesn't exist/],
  [{ moveDimension: { source: lines('ROWS', 0, 1), destinationIndex: 99 } }, /out of the grid/],
  [{ updateCells: { fields: 'userEnteredValue' } }, /One of start or range must be set/],
  [{ repeatCell: { range: rangeOf(0, 99, 0, 1), cell: {}, fields: '*' } }, /after last row in grid/],
  [{ mergeCells: { range: rangeOf(0, 1, 0, 99) } }, /after last column in grid/],
  [{ updateBorders: { range: rangeOf(0, 1, 0, 1), top: {} } }, /Border\.style must be set/],
  [{ copyPaste: { source: rangeOf(0, 2, 0, 2), destination: rangeOf(13, 14, 0, 1) } }, /does not fit/],
  [{ cutPaste: { source: rangeOf(0, 2, 0, 2), destination: { rowIndex: 13 } } }, /does not fit/],
  [{ pasteData: { coordinate: {}, data: 'x' } }, /Exactly one of delimiter and html/],
  [{ textToColumns: { source: rangeOf(0, 1, 0, 2), delimiterType: 'COMMA' } }, /exactly one column/],
  [{ findReplace: { find: 'x', replacement: 'y' } }, /Exactly one of range, sheetId and allSheets/],
  [
    { findReplace: { find: '(', replacement: 'y', allSheets: true, searchByRegex: true } },
    /Invalid regular expression/,
  ],
  [{ addNamedRange: { namedRange: { name: 'A1', range: rangeOf(0, 1, 0, 1) } } }, /not a valid name/],
  [{ deleteNamedRange: { namedRangeId: 'none' } }, /No named range with id: none/],
  [
    { updateProtectedRange: { protectedRange: { protectedRangeId: 9 }, fields: 'description' } },
    /No protected range with id: 9/,
  ],
  [
    { addProtectedRange: { protectedRange: { range: {}, tableId: 't' } } },
    /Only one of range, namedRangeId or tableId/,
  ],
  [{ addFilterView: { filter: { range: {}, tableId: 't' } } }, /Only one of range, namedRangeId or tableId/],
  [{ deleteFilterView: { filterId: 9 } }, /No filter view with id: 9/],
  [{ addBanding: { bandedRange: { range: {} } } }, /At least one of rowProperties or columnProperties/],
  [{ deleteBanding: { bandedRangeId: 9 } }, /No banded range with id: 9/],
  [{ addConditionalFormatRule: { rule: { ...rule, ranges: [] } } }, /ranges must not be empty/],
  [
    { deleteConditionalFormatRule: { sheetId: 0, index: 3 } },
    /No conditional format on sheet: 0 at index: 3/,
  ],
  [
    { setDataValidation: { range: {}, rule: { condition: { type: 'WISHED' } } } },
    /ConditionType\), "WISHED"/,
  ],
  [
    { setDataValidation: { range: {}, rule: { condition: { type: 'NUMBER_EQ' } } } },
    /requires exactly 1 ConditionValues, but 0 were supplied/,
  ],
  [{ updateTable: { table: { tableId: 'none' }, fields: 'name' } }, /No table with id: none/],
  [{ deleteDimensionGroup: { range: lines('ROWS', 0, 1) } }, /No group exists over the given range/],
];

describe('a request that makes no sense', () => {
  it.each(NONSENSE)('is a 400 that says why: %j [google-request-refusals]', async (request, said) => {
    const book = await openBook();
    const message = await book.refusal(request);
    expect(message).toMatch(said);
    expect(message).toContain(`Invalid requests[0].${kindOf(request)}`);
  });
});

describe('what a batch answers', () => {
  const send = (client: Sheets, spreadsheetId: string, more: object, fields?: string) =>
    client.spreadsheets.batchUpdate({
      spreadsheetId,
      requestBody: { requests: [{ addSheet: { properties: { sheetId: 4, title: 'New' } } }], ...more },
      ...(fields !== undefined && { fields }),
    });

  it('holds the spreadsheet with the ranges asked for and their cells [google-batch-response]', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    await put(client, spreadsheetId, 'A1:B1', [['a', 'b']]);
    const { data } = await send(client, spreadsheetId, {
      includeSpreadsheetInResponse: true,
      responseRanges: ['Sheet1!B1'],
      responseIncludeGridData: true,
    });
    expect(data.updatedSpreadsheet?.sheets).toHaveLength(1);
    expect(data.updatedSpreadsheet?.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values?.[0]?.formattedValue).toBe(
      'b',
    );
  });

  it('takes its shape from a mask, which alone decides about cells [google-batch-response]', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    const more = { includeSpreadsheetInResponse: true, responseIncludeGridData: true };
    const { data } = await send(client, spreadsheetId, more, 'updatedSpreadsheet.sheets.properties.title');
    expect(data).toEqual({
      updatedSpreadsheet: { sheets: [{ properties: { title: 'Sheet1' } }, { properties: { title: 'New' } }] },
    });
  });

  it('copyTo puts a tab into another spreadsheet [google-copy-to]', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const from = await newSheet(client);
    const to = await newSheet(client);
    await put(client, from, 'A1:B1', [[2, '=A1*3']], 'USER_ENTERED');
    const copied = await client.spreadsheets.sheets.copyTo({
      spreadsheetId: from,
      sheetId: 0,
      requestBody: { destinationSpreadsheetId: to },
    });
    expect(copied.data).toMatchObject({ title: 'Copy of Sheet1', index: 1 });
    const { data } = await client.spreadsheets.values.get({
      spreadsheetId: to,
      range: "'Copy of Sheet1'!A1:B1",
    });
    expect(data.values).toEqual([['2', '6']]);
    const missing = client.spreadsheets.sheets.copyTo({
      spreadsheetId: from,
      sheetId: 9,
      requestBody: { destinationSpreadsheetId: to },
    });
    expect((await refusal(missing)).status).toBe(404);
  });
});
