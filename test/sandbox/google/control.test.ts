/** The control: people's edits, faults, dumps, the grid window, and refusals that name the field. */
import { drive } from '@googleapis/drive';
import { describe, expect, test } from 'vitest';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import type { GridPage } from '../../../server/sandbox/google/control/grid-page.ts';
import { createGoogleSandbox } from '../../../server/sandbox/google/create-google-sandbox.ts';
import {
  AMELIA,
  BEN,
  batch,
  newSheet,
  put,
  read,
  refusal,
  type Started,
  startGoogle,
} from './start-google.ts';

const post = async ({ origin }: Started, action: unknown) => {
  const answer = await fetch(`${origin}/sandbox/control`, { method: 'POST', body: JSON.stringify(action) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('actions over HTTP', () => {
  test('a person makes a spreadsheet and works in it', async () => {
    await using google = await startGoogle();
    const made = await post(google, {
      action: 'createSpreadsheet',
      owner: BEN,
      title: 'Cash',
      locale: 'en_GB',
      timeZone: 'Europe/London',
      tabs: [
        {
          title: 'Data',
          sheetId: 4,
          rows: 20,
          columns: 6,
          values: [
            ['Day', 'Amount'],
            ['20/11/2026', 5],
            ['=A2+1', '7'],
          ],
        },
        { title: 'Notes' },
      ],
    });
    expect(made.status).toBe(200);
    const spreadsheetId = String(made.body['spreadsheetId']);
    const edits = [
      { kind: 'set', cell: 'Data!C1', value: 'Total', note: 'mine', format: { textFormat: { bold: true } } },
      { kind: 'set', cell: 'Data!C2', value: '=SUM(B2:B)' },
      { kind: 'insert', tab: 'Data', dimension: 'ROWS', at: 1, count: 1 },
      { kind: 'sort', range: 'Data!A3:B4', column: 1, isDescending: true },
      { kind: 'move', tab: 'Data', dimension: 'COLUMNS', at: 2, count: 1, to: 0 },
      { kind: 'hide', tab: 'Data', dimension: 'COLUMNS', at: 3, count: 1 },
      { kind: 'renameTab', tab: 'Data', title: 'Cash data' },
      { kind: 'moveTab', tab: 4, index: 2 },
      { kind: 'addTab', title: 'Extra' },
      { kind: 'deleteTab', tab: 'Notes' },
    ];
    expect(await post(google, { action: 'personEdits', spreadsheetId, user: BEN, edits })).toEqual({
      status: 200,
      body: { version: 3 },
    });
    const dump = google.control.dump(spreadsheetId);
    expect(dump.sheets.map(({ title }) => title)).toEqual(['Cash data', 'Extra']);
    const cells = dump.sheets[0]?.cells;
    expect(cells?.['A1']).toEqual({
      value: 'Total',
      text: 'Total',
      note: 'mine',
      format: { textFormat: { bold: true } },
    });
    expect(cells?.['A3']).toMatchObject({ formula: '=SUM(C3:C)', text: '12' });
    expect(cells?.['C3']?.value).toBe(7);
    expect(dump.sheets[0]?.columns).toEqual([{ column: 3, hidden: true }]);
  });

  test.each([
    ['an unknown action', { action: 'explode' }, 'action'],
    ['a missing field', { action: 'pickFile', user: AMELIA }, 'spreadsheetId'],
    ['an unknown field', { action: 'clearFaults', extra: 1 }, 'extra'],
    ['a wrong fault', { action: 'fault', fault: { kind: 'status', status: 200 } }, 'fault.status'],
    [
      'an edit inside a list',
      { action: 'personEdits', spreadsheetId: 'x', edits: [{ kind: 'set' }] },
      'edits.0.cell',
    ],
    ['an unknown person', { action: 'grantTokens', user: 'nobody@example.com' }, 'user'],
    ['an unknown spreadsheet', { action: 'trashFile', spreadsheetId: 'nope' }, 'spreadsheetId'],
  ])('%s is a 400 that names the field', async (_, action, field) => {
    await using google = await startGoogle();
    const { status, body } = await post(google, action);
    expect(status).toBe(400);
    expect((body['error'] as { field: string }).field).toBe(field);
  });

  test('what is not JSON, not a POST or not there is refused', async () => {
    await using google = await startGoogle();
    const broken = await fetch(`${google.origin}/sandbox/control`, { method: 'POST', body: '{' });
    expect(broken.status).toBe(400);
    expect((await fetch(`${google.origin}/sandbox/control`)).status).toBe(405);
    expect((await fetch(`${google.origin}/sandbox/nothing`)).status).toBe(404);
    expect((await fetch(`${google.origin}/sandbox/spreadsheets/nope/grid`)).status).toBe(400);
  });

  test('all of a person’s edits or none, and a reader makes none', async () => {
    await using google = await startGoogle();
    const { spreadsheetId } = google.control.createSpreadsheet({ owner: AMELIA });
    const edits = [
      { kind: 'set', cell: 'A1', value: 'x' },
      { kind: 'deleteTab', tab: 'Nope' },
    ];
    expect((await post(google, { action: 'personEdits', spreadsheetId, edits })).status).toBe(400);
    expect(google.control.dump(spreadsheetId)).toMatchObject({ version: 1, sheets: [{ cells: {} }] });
    const byBen = { action: 'personEdits', spreadsheetId, user: BEN, edits: edits.slice(0, 1) };
    expect((await post(google, byBen)).status).toBe(400);
  });

  test('the clock moves, ids come from the seed, trashed and deleted files say so', async () => {
    await using google = await startGoogle();
    const { body } = await post(google, { action: 'advanceClock', ms: 1000 });
    expect(body['now']).toBe(Date.UTC(2026, 10, 20, 9, 0, 1));
    const client = await google.driveOf(AMELIA);
    const spreadsheetId = await newSheet(await google.sheetsOf(AMELIA));
    await post(google, { action: 'trashFile', spreadsheetId });
    expect((await client.files.get({ fileId: spreadsheetId, fields: 'trashed' })).data).toEqual({
      trashed: true,
    });
    await post(google, { action: 'deleteFile', spreadsheetId });
    expect((await refusal(read(await google.sheetsOf(AMELIA), spreadsheetId, 'A1'))).status).toBe(404);
    const { body: ids } = await post(google, { action: 'mintIds', count: 3 });
    expect(new Set(ids['ids'] as number[]).size).toBe(3);
  });

  test('the same seed and clock give the same sandbox', async () => {
    const make = async () => {
      const { control } = createGoogleSandbox({ seed: 3, clock: sandboxClock(() => 0) });
      const { spreadsheetId } = control.createSpreadsheet();
      return { spreadsheetId, ...(await control.run({ action: 'grantTokens', user: AMELIA })) };
    };
    expect(await make()).toEqual(await make());
  });
});

describe('faults', () => {
  test('apply-then-timeout: the batch is in, the answer never comes, and resending is refused as a duplicate', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    await google.control.run({
      action: 'fault',
      fault: { kind: 'apply-then-timeout', path: ':batchUpdate' },
    });
    const publish = () =>
      batch(client, spreadsheetId, [
        {
          createDeveloperMetadata: {
            developerMetadata: {
              metadataId: 5,
              metadataKey: 'g',
              visibility: 'DOCUMENT',
              location: { sheetId: 0 },
            },
          },
        },
        {
          updateCells: {
            start: { sheetId: 0 },
            rows: [{ values: [{ userEnteredValue: { numberValue: 1 } }] }],
            fields: 'userEnteredValue',
          },
        },
      ]);
    const lost = await refusal(publish());
    expect(lost.status).toBeNaN();
    expect(lost.message).toMatch(/hang up|reset|closed/i);
    expect(await read(client, spreadsheetId, 'A1')).toEqual([[1]]);
    expect((await refusal(publish())).message).toContain('developer metadata with that ID already exists');
  });

  test('drop-before: nothing was done', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    await google.control.run({ action: 'fault', fault: { kind: 'drop-before', method: 'PUT' } });
    expect((await refusal(put(client, spreadsheetId, 'A1', [[1]]))).status).toBeNaN();
    expect(await read(client, spreadsheetId, 'A1')).toEqual([]);
  });

  test.each([400, 401, 403, 429, 500, 503])(
    'status %i answers in Google’s words, as often as asked, after as many',
    async (status) => {
      await using google = await startGoogle();
      const client = await google.sheetsOf(AMELIA);
      const spreadsheetId = await newSheet(client);
      await google.control.run({
        action: 'fault',
        fault: { kind: 'status', status, times: 2, after: 1, path: '/values/' },
      });
      const get = () => client.spreadsheets.values.get({ spreadsheetId, range: 'A1' });
      await get();
      for (const _ of [1, 2]) {
        const said = await refusal(get());
        expect(said.status).toBe(status);
        expect(said.code).not.toBe('');
      }
      await get();
    },
  );

  test('faults can be cleared, carry their own body, and delay', async () => {
    await using google = await startGoogle();
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    const run = google.control.run;
    await run({ action: 'fault', fault: { kind: 'status', status: 500, body: { odd: true } } });
    expect(google.control.state().faults).toHaveLength(1);
    await run({ action: 'clearFaults' });
    await read(client, spreadsheetId, 'A1');
    await run({ action: 'fault', fault: { kind: 'delay', ms: 60 } });
    const start = performance.now();
    await read(client, spreadsheetId, 'A1');
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  test('a latency holds back every answer until it is taken away', async () => {
    await using google = await startGoogle({ latencyMs: 40 });
    const timed = async () => {
      const start = performance.now();
      await fetch(`${google.origin}/oauth2/v3/certs`);
      return performance.now() - start;
    };
    await timed();
    expect(await timed()).toBeGreaterThan(35);
    await google.control.run({ action: 'setLatency', ms: 0 });
    const tries = [await timed(), await timed(), await timed(), await timed(), await timed()];
    expect(Math.min(...tries)).toBeLessThan(35);
  });

  test('in process a dropped connection rejects as a reset', async () => {
    const sandbox = createGoogleSandbox({ seed: 1, clock: sandboxClock(() => 0) });
    await sandbox.control.run({ action: 'fault', fault: { kind: 'drop-before' } });
    const call = sandbox.handle({ method: 'GET', url: 'http://google.test/oauth2/v3/certs', headers: {} });
    await expect(call).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('the grid window', () => {
  const page = async ({ origin }: Started, id: string, query: string) =>
    (await (await fetch(`${origin}/sandbox/spreadsheets/${id}/grid?${query}`)).json()) as GridPage;

  test('shows formatted text, kind, alignment, look, notes, formulas and hidden lines', async () => {
    await using google = await startGoogle();
    const { spreadsheetId, sheetIds } = google.control.createSpreadsheet({
      owner: AMELIA,
      title: 'G',
      tabs: [
        {
          title: 'T',
          values: [
            ['Name', 'Amount'],
            ['x', '1,234.50'],
            ['', '=B2*2'],
          ],
        },
        { title: 'H', hidden: true },
      ],
    });
    await google.control.run({
      action: 'personEdits',
      spreadsheetId,
      edits: [
        {
          kind: 'set',
          cell: 'T!A1',
          note: 'n',
          format: { textFormat: { bold: true }, backgroundColor: { red: 1 }, horizontalAlignment: 'CENTER' },
        },
        { kind: 'hide', tab: 'T', dimension: 'ROWS', at: 2, count: 1 },
        {
          kind: 'requests',
          requests: [
            {
              updateSheetProperties: {
                properties: { sheetId: sheetIds[0], gridProperties: { frozenRowCount: 1 } },
                fields: 'gridProperties.frozenRowCount',
              },
            },
          ],
        },
      ],
    });
    const shown = await page(google, spreadsheetId, `sheetId=${sheetIds[0]}&rowStart=0&rowCount=3`);
    expect(shown.tabs.map(({ title, isHidden }) => [title, isHidden])).toEqual([
      ['T', false],
      ['H', true],
    ]);
    expect(shown.tab).toMatchObject({ frozenRowCount: 1, contentRows: 3, contentColumns: 2, rowCount: 1000 });
    expect(shown.columns.slice(0, 2)).toEqual([
      { column: 0, letter: 'A', width: 100, isHidden: false },
      { column: 1, letter: 'B', width: 100, isHidden: false },
    ]);
    expect(shown.rows).toEqual([
      {
        row: 0,
        height: 21,
        isHidden: false,
        cells: [
          {
            column: 0,
            text: 'Name',
            kind: 'text',
            align: 'center',
            note: 'n',
            isBold: true,
            background: 'rgb(255, 0, 0)',
          },
          { column: 1, text: 'Amount', kind: 'text', align: 'left' },
        ],
      },
      {
        row: 1,
        height: 21,
        isHidden: false,
        cells: [
          { column: 0, text: 'x', kind: 'text', align: 'left' },
          { column: 1, text: '1,234.50', kind: 'number', align: 'right', pattern: '#,##0.00' },
        ],
      },
      {
        row: 2,
        height: 21,
        isHidden: true,
        cells: [
          {
            column: 1,
            text: '2,469.00',
            pattern: '#,##0.00',
            kind: 'number',
            align: 'right',
            formula: '=B2*2',
          },
        ],
      },
    ]);
  });

  test('a query out of bounds names its field; rows beyond the grid are none', async () => {
    await using google = await startGoogle();
    const { spreadsheetId } = google.control.createSpreadsheet();
    const refused = await fetch(`${google.origin}/sandbox/spreadsheets/${spreadsheetId}/grid?rowCount=9999`);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { field: 'rowCount' } });
    expect((await page(google, spreadsheetId, 'rowStart=5000')).rows).toEqual([]);
    expect(
      (await fetch(`${google.origin}/sandbox/spreadsheets/${spreadsheetId}/grid?sheetId=12`)).status,
    ).toBe(404);
  });
});

test('Drive answers in process as over a socket', async () => {
  const sandbox = createGoogleSandbox({ seed: 1, clock: sandboxClock(() => 0) });
  const { accessToken } = await sandbox.control.run({ action: 'grantTokens', user: AMELIA });
  const answer = await sandbox.handle({
    method: 'GET',
    url: 'http://google.test/drive/v3/files?fields=files(id)',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(JSON.parse(Buffer.from(answer.body).toString())).toEqual({ files: [] });
  expect(drive).toBeTypeOf('function');
});
