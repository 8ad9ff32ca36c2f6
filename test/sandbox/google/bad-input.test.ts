/** Whatever is sent to whatever route: an answer below 500, and nothing changed when it is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { createGoogleSandbox } from '../../../server/sandbox/google/create-google-sandbox.ts';
import { EXAMPLES, kindOf } from './request-examples.ts';
import { AMELIA, batch, newSheet, refusal, startGoogle } from './start-google.ts';

const KINDS = [...new Set(EXAMPLES.map(kindOf))];

const name = fc.constantFrom(
  'sheetId',
  'range',
  'fields',
  'properties',
  'rows',
  'values',
  'start',
  'source',
  'destination',
  'dimension',
  'startIndex',
  'endIndex',
  'title',
  'location',
  'metadataKey',
  'dataFilter',
  'dataFilters',
  'developerMetadata',
  'requests',
  'data',
  'valueInputOption',
  'startRowIndex',
  'endRowIndex',
  'startColumnIndex',
  'endColumnIndex',
  'gridProperties',
  'rowCount',
);
const leaf = fc.oneof(
  fc.integer({ min: -5, max: 40 }),
  fc.constantFrom('ROWS', 'COLUMNS', '*', 'title', 'RAW', '', 'A1', 'é'),
  fc.boolean(),
  fc.constant(null),
  fc.double(),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(name, tie('json'), { maxKeys: 5 }),
  ),
}));
const request = fc.tuple(fc.constantFrom(...KINDS), json).map(([kind, body]) => ({ [kind]: body }));

const ROUTES = [
  'POST /v4/spreadsheets',
  'POST /v4/spreadsheets/ID:batchUpdate',
  'POST /v4/spreadsheets/ID:getByDataFilter',
  'POST /v4/spreadsheets/ID/developerMetadata:search',
  'GET /v4/spreadsheets/ID/developerMetadata/x',
  'POST /v4/spreadsheets/ID/values:batchUpdate',
  'POST /v4/spreadsheets/ID/values:batchGetByDataFilter',
  'POST /v4/spreadsheets/ID/values:batchUpdateByDataFilter',
  'POST /v4/spreadsheets/ID/values:batchClear',
  'PUT /v4/spreadsheets/ID/values/A1?valueInputOption=RAW',
  'PUT /v4/spreadsheets/ID/values/%E0%A4%A?valueInputOption=RAW',
  'POST /v4/spreadsheets/ID/values/A1:append?valueInputOption=USER_ENTERED',
  'POST /v4/spreadsheets/ID/values/A1:clear',
  'GET /v4/spreadsheets/ID?nonsense=1',
  'DELETE /v4/spreadsheets/ID',
  'POST /drive/v3/files',
  'PATCH /drive/v3/files/ID',
  'GET /drive/v3/files?q=nonsense',
  'GET /drive/v3/files?pageSize=-1',
  'GET /drive/v3/about',
  'POST /drive/v3/files/ID/copy',
  'GET /drive/v3/files/ID?alt=media',
  'GET /drive/v3/files/ID/export?mimeType=nonsense',
  'POST /drive/v3/files/ID/permissions',
  'PATCH /drive/v3/files/ID/permissions/x',
  'DELETE /drive/v3/files/ID/permissions/x',
  'GET /drive/v3/files/generateIds?count=x',
  'POST /upload/drive/v3/files',
  'POST /upload/drive/v3/files?uploadType=multipart',
  'POST /upload/drive/v3/files?uploadType=resumable',
  'PATCH /upload/drive/v3/files/ID?uploadType=media',
  'PUT /upload/drive/v3/files?upload_id=nonsense',
  'POST /v4/spreadsheets/ID/sheets/0:copyTo',
  'POST /v4/spreadsheets/ID/values:batchClearByDataFilter',
  'POST /token',
  'POST /revoke',
  'POST /picker',
  'POST /o/oauth2/v2/auth',
  'POST /sandbox/control',
  'GET /sandbox/spreadsheets/%E0%A4%A/grid',
] as const;

const open = async () => {
  const sandbox = createGoogleSandbox({ seed: 1, clock: sandboxClock(() => 0), quotas: false });
  const { accessToken } = await sandbox.control.run({ action: 'grantTokens', user: AMELIA });
  const { spreadsheetId } = sandbox.control.createSpreadsheet({
    tabs: [{ title: 'T', sheetId: 0, values: [['a', '=A1', 3]] }],
  });
  await sandbox.control.run({ action: 'pickFile', user: AMELIA, spreadsheetId });
  const send = async (route: string, body: unknown) => {
    const [method = '', path = ''] = route.replace('ID', spreadsheetId).split(' ');
    const answer = await sandbox.handle({
      method: method as 'POST',
      url: `http://google.test${path}`,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) ?? '' }),
    });
    return answer.status;
  };
  return { send, dump: () => JSON.stringify(sandbox.control.dump(spreadsheetId)) };
};

test('no request of any shape brings a 5xx, and a refused one changes nothing', async () => {
  const { send, dump } = await open();
  const bodies = fc.oneof(
    json,
    fc.array(request, { minLength: 1, maxLength: 3 }).map((requests) => ({ requests })),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ROUTES), bodies, async (route, body) => {
      const before = dump();
      const status = await send(route, body);
      expect(status).toBeLessThan(500);
      if (status >= 400) expect(dump()).toBe(before);
    }),
    { numRuns: 1500 },
  );
});

/** Every place in a message, as the names that lead to it. */
const pathsOf = (value: unknown, path: (string | number)[] = []): (string | number)[][] => [
  path,
  ...(value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) =>
        pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

const replaced = (value: unknown, [first, ...rest]: (string | number)[], by: unknown): unknown => {
  if (first === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Reflect.set(copy, first, replaced(Reflect.get(copy, first), rest, by));
  return copy;
};

test('a sensible request with one part gone wrong brings no 5xx, and a refused one changes nothing', async () => {
  const wrong = fc.oneof(leaf, json, fc.constantFrom(-1, 99, 1e9, 0.5));
  let { send, dump } = await open();
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: EXAMPLES.length - 1 }), fc.nat(), wrong, async (at, place, by) => {
      const example = EXAMPLES[at] ?? {};
      const body = Object.values(example)[0];
      const paths = pathsOf(body);
      const spoilt = { [kindOf(example)]: replaced(body, paths[place % paths.length] ?? [], by) };
      const before = dump();
      // What comes before it in the list makes what it needs.
      const requests = [...EXAMPLES.slice(0, at), spoilt];
      const status = await send('POST /v4/spreadsheets/ID:batchUpdate', { requests });
      expect(status).toBeLessThan(500);
      if (status >= 400) {
        expect(dump()).toBe(before);
        return;
      }
      taken += 1;
      ({ send, dump } = await open());
    }),
    { numRuns: 500 },
  );
  // What is spoilt harmlessly is taken: the property looks at both ways.
  expect(taken).toBeGreaterThan(20);
});

test('every batchUpdate kind refuses nonsense with a 400', async () => {
  const { send, dump } = await open();
  const before = dump();
  for (const kind of KINDS) {
    for (const body of [null, 5, 'x', [], { nonsense: true }]) {
      expect([
        kind,
        body,
        await send('POST /v4/spreadsheets/ID:batchUpdate', { requests: [{ [kind]: body }] }),
      ]).toEqual([kind, body, 400]);
    }
  }
  expect(dump()).toBe(before);
});

test('a cell or format with a field that Google does not have is refused by name [google-unknown-request]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const id = await newSheet(client);
  const update = (cell: object) =>
    refusal(
      batch(client, id, [
        { updateCells: { start: { sheetId: 0 }, rows: [{ values: [cell] }], fields: '*' } },
      ]),
    );
  expect((await update({ userEnteredVal: {} })).message).toContain('Unknown name "userEnteredVal"');
  expect((await update({ userEnteredFormat: { bold: true } })).message).toContain('Unknown name "bold"');
  expect((await update({ userEnteredFormat: { numberFormat: { pattern: '0' } } })).message).toContain(
    'NumberFormat.type must be set',
  );
  expect((await update({ userEnteredFormat: { numberFormat: { type: 'MONEY' } } })).message).toContain(
    '"MONEY"',
  );
  expect((await update({ userEnteredValue: { numberValue: 'x' } })).message).toContain('numberValue');
});

test('a null field is an unset one', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const id = await newSheet(client);
  await batch(client, id, [{ addSheet: { properties: { sheetId: 3, title: 'N', hidden: null } } }]);
  expect(google.control.dump(id).sheets[1]?.title).toBe('N');
});
