import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedTypes } from '../sandbox/google/published-types.ts';
import {
  AMELIA,
  BEN,
  batch,
  type Drive,
  newSheet,
  put,
  type Sheets,
  startGoogle,
} from '../sandbox/google/start-google.ts';

type Started = Awaited<ReturnType<typeof startGoogle>>;
interface World {
  google: Started;
  sheets: Sheets;
  drive: Drive;
  /** A spreadsheet with values in A1:B2 and an entry of metadata 7 on its tab. */
  id: string;
}

const TAB = 'Sheet1!A1:B2';
const byMetadata = { developerMetadataLookup: { metadataId: 7 } };
const grid = {
  gridRange: { sheetId: 0, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 2 },
};
const values = [
  ['a', 1],
  ['b', 2],
];

/** One good call of each method that the sandbox serves; a method of the clients that is not here has to be refused by name. */
const CALLS: Record<string, (world: World) => Promise<{ status: number }>> = {
  'sheets.spreadsheets.create': ({ sheets }) => sheets.spreadsheets.create({ requestBody: {} }),
  'sheets.spreadsheets.get': ({ sheets, id }) => sheets.spreadsheets.get({ spreadsheetId: id }),
  'sheets.spreadsheets.getByDataFilter': ({ sheets, id }) =>
    sheets.spreadsheets.getByDataFilter({ spreadsheetId: id, requestBody: { dataFilters: [grid] } }),
  'sheets.spreadsheets.batchUpdate': ({ sheets, id }) =>
    batch(sheets, id, [{ updateSpreadsheetProperties: { properties: { title: 'New' }, fields: 'title' } }]),
  'sheets.spreadsheets.developerMetadata.get': ({ sheets, id }) =>
    sheets.spreadsheets.developerMetadata.get({ spreadsheetId: id, metadataId: 7 }),
  'sheets.spreadsheets.developerMetadata.search': ({ sheets, id }) =>
    sheets.spreadsheets.developerMetadata.search({
      spreadsheetId: id,
      requestBody: { dataFilters: [byMetadata] },
    }),
  'sheets.spreadsheets.sheets.copyTo': ({ sheets, id }) =>
    sheets.spreadsheets.sheets.copyTo({
      spreadsheetId: id,
      sheetId: 0,
      requestBody: { destinationSpreadsheetId: id },
    }),
  'sheets.spreadsheets.values.get': ({ sheets, id }) =>
    sheets.spreadsheets.values.get({ spreadsheetId: id, range: TAB }),
  'sheets.spreadsheets.values.update': ({ sheets, id }) => put(sheets, id, TAB, values),
  'sheets.spreadsheets.values.append': ({ sheets, id }) =>
    sheets.spreadsheets.values.append({
      spreadsheetId: id,
      range: TAB,
      valueInputOption: 'RAW',
      requestBody: { values },
    }),
  'sheets.spreadsheets.values.clear': ({ sheets, id }) =>
    sheets.spreadsheets.values.clear({ spreadsheetId: id, range: 'Sheet1!D1' }),
  'sheets.spreadsheets.values.batchGet': ({ sheets, id }) =>
    sheets.spreadsheets.values.batchGet({ spreadsheetId: id, ranges: [TAB] }),
  'sheets.spreadsheets.values.batchGetByDataFilter': ({ sheets, id }) =>
    sheets.spreadsheets.values.batchGetByDataFilter({
      spreadsheetId: id,
      requestBody: { dataFilters: [grid] },
    }),
  'sheets.spreadsheets.values.batchUpdate': ({ sheets, id }) =>
    sheets.spreadsheets.values.batchUpdate({
      spreadsheetId: id,
      requestBody: { valueInputOption: 'RAW', data: [{ range: TAB, values }] },
    }),
  'sheets.spreadsheets.values.batchUpdateByDataFilter': ({ sheets, id }) =>
    sheets.spreadsheets.values.batchUpdateByDataFilter({
      spreadsheetId: id,
      requestBody: { valueInputOption: 'RAW', data: [{ dataFilter: grid, values }] },
    }),
  'sheets.spreadsheets.values.batchClear': ({ sheets, id }) =>
    sheets.spreadsheets.values.batchClear({ spreadsheetId: id, requestBody: { ranges: ['Sheet1!E1'] } }),
  'sheets.spreadsheets.values.batchClearByDataFilter': ({ sheets, id }) =>
    sheets.spreadsheets.values.batchClearByDataFilter({
      spreadsheetId: id,
      requestBody: { dataFilters: [{ a1Range: 'Sheet1!F1' }] },
    }),
  'drive.about.get': ({ drive }) => drive.about.get({ fields: 'user' }),
  'drive.drives.list': ({ drive }) => drive.drives.list({}),
  'drive.files.get': ({ drive, id }) => drive.files.get({ fileId: id, fields: 'id,name,version' }),
  'drive.files.list': ({ drive }) => drive.files.list({ q: 'trashed = false' }),
  'drive.files.create': ({ drive }) =>
    drive.files.create({ requestBody: { name: 'Archives', mimeType: 'application/vnd.google-apps.folder' } }),
  'drive.files.copy': ({ drive, id }) => drive.files.copy({ fileId: id, requestBody: {} }),
  'drive.files.update': ({ drive, id }) =>
    drive.files.update({ fileId: id, requestBody: { name: 'Books 2' } }),
  'drive.files.delete': async ({ drive }) => drive.files.delete({ fileId: await newFile(drive) }),
  'drive.files.generateIds': ({ drive }) => drive.files.generateIds({ count: 2 }),
  'drive.files.export': ({ drive, id }) => drive.files.export({ fileId: id, mimeType: 'text/csv' }),
  'drive.files.emptyTrash': ({ drive }) => drive.files.emptyTrash({}),
  'drive.permissions.create': ({ drive, id }) =>
    drive.permissions.create({
      fileId: id,
      requestBody: { type: 'user', role: 'reader', emailAddress: BEN },
      sendNotificationEmail: false,
    }),
  'drive.permissions.list': ({ drive, id }) => drive.permissions.list({ fileId: id }),
  'drive.permissions.get': async ({ drive, id }) =>
    drive.permissions.get({ fileId: id, permissionId: await shared(drive, id) }),
  'drive.permissions.update': async ({ drive, id }) =>
    drive.permissions.update({
      fileId: id,
      permissionId: await shared(drive, id),
      requestBody: { role: 'writer' },
    }),
  'drive.permissions.delete': async ({ drive, id }) =>
    drive.permissions.delete({ fileId: id, permissionId: await shared(drive, id) }),
};

const newFile = async (drive: Drive): Promise<string> =>
  String(
    (await drive.files.create({ requestBody: { mimeType: 'application/vnd.google-apps.folder' } })).data.id,
  );

const shared = async (drive: Drive, fileId: string): Promise<string> => {
  const requestBody = { type: 'user', role: 'reader', emailAddress: BEN };
  return String((await drive.permissions.create({ fileId, requestBody })).data.id);
};

const published = (
  await Promise.all(
    (
      [
        ['sheets', 'v4'],
        ['drive', 'v3'],
      ] as const
    ).map(async ([name, version]) =>
      (
        await publishedTypes(name, version)
      ).methods.map(({ resource, method }) => `${name}.${resource}.${method}`),
    ),
  )
).flat();

let world: World;
beforeAll(async () => {
  const google = await startGoogle();
  const [sheets, drive] = [await google.sheetsOf(AMELIA), await google.driveOf(AMELIA)];
  const id = await newSheet(sheets);
  await put(sheets, id, TAB, values);
  const developerMetadata = {
    metadataId: 7,
    metadataKey: 'key',
    visibility: 'DOCUMENT',
    location: { sheetId: 0 },
  };
  await batch(sheets, id, [{ createDeveloperMetadata: { developerMetadata } }]);
  world = { google, sheets, drive, id };
});
afterAll(() => world.google[Symbol.asyncDispose]());

describe('the real Google clients', () => {
  it('have all the methods of the table', () => {
    expect(published.length).toBeGreaterThan(60);
    expect(
      Object.keys(CALLS).filter((name) => !published.includes(name.toLowerCase()) && !has(name)),
    ).toEqual([]);
  });

  it.each(published.map((name) => [name, callOf(name)] as const))('%s', async (name, call) => {
    if (call) {
      expect([200, 204]).toContain((await call(world)).status);
      return;
    }
    // What the sandbox does not have it refuses by name, so that nobody takes it for an empty answer.
    const refused = await invoke(name).then(String, (error: unknown) => String((error as Error).message));
    expect(refused).toContain('is not part of the sandbox');
  });
});

const has = (name: string) => published.some((each) => each.toLowerCase() === name.toLowerCase());
function callOf(name: string): ((world: World) => Promise<{ status: number }>) | undefined {
  return Object.entries(CALLS).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

type Method = (given: Record<string, unknown>) => Promise<unknown>;

/** With a word for every parameter that the client itself demands. */
async function invoke(name: string): Promise<unknown> {
  const [api = '', ...path] = name.split('.');
  const method = path.pop() ?? '';
  let at: Record<string, unknown> = api === 'sheets' ? { ...world.sheets } : { ...world.drive };
  for (const part of path)
    at = (at[Object.keys(at).find((key) => key.toLowerCase() === part.toLowerCase()) ?? ''] ??
      {}) as typeof at;
  const given: Record<string, unknown> = {};
  for (;;) {
    try {
      return await (at[method] as Method).call(at, given);
    } catch (error) {
      const missing = /Missing required parameters: (.*)/.exec((error as Error).message)?.[1];
      if (missing === undefined) throw error;
      for (const parameter of missing.split(', ')) given[parameter] = 'x';
    }
  }
}
