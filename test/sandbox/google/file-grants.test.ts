/** `drive.file`: an app reaches a file only when it made it or the user picked it. */
import { expect, test } from 'vitest';
import { DEFAULT_CLIENT_ID } from '../../../server/sandbox/google/seeded-people.ts';
import { AMELIA, BEN, CHLOE, newSheet, put, read, refusal, startGoogle } from './start-google.ts';

const NOT_FOUND = { status: 404, message: 'Requested entity was not found.', code: 'NOT_FOUND' };

test('a person’s own spreadsheet is not found until it is picked, and again after the grant is dropped [google-file-picked]', async () => {
  await using google = await startGoogle();
  const { spreadsheetId } = google.control.createSpreadsheet({
    owner: AMELIA,
    tabs: [{ title: 'Mine', values: [['a']] }],
  });
  const client = await google.sheetsOf(AMELIA);
  expect(await refusal(client.spreadsheets.get({ spreadsheetId }))).toEqual(NOT_FOUND);
  await google.control.run({ action: 'pickFile', user: AMELIA, spreadsheetId });
  expect(await read(client, spreadsheetId, 'Mine!A1')).toEqual([['a']]);
  await google.control.run({ action: 'dropFileGrant', user: AMELIA, spreadsheetId });
  expect(await refusal(read(client, spreadsheetId, 'Mine!A1'))).toEqual(NOT_FOUND);
});

test('a file the app made is its own at once, for the user who was signed in only [google-file-app-made]', async () => {
  await using google = await startGoogle();
  const client = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(client);
  await put(client, spreadsheetId, 'A1', [['x']]);
  await google.control.run({ action: 'share', spreadsheetId, user: BEN, role: 'writer' });
  const other = await google.sheetsOf(BEN);
  expect(await refusal(read(other, spreadsheetId, 'A1'))).toEqual(NOT_FOUND);
  await google.control.run({ action: 'pickFile', user: BEN, spreadsheetId });
  expect(await read(other, spreadsheetId, 'A1')).toEqual([['x']]);
});

test('the app’s grant does not outreach the user: no access is 403, a reader may not write [google-file-user-rights]', async () => {
  await using google = await startGoogle();
  const { spreadsheetId } = google.control.createSpreadsheet({ owner: AMELIA });
  await google.control.run({ action: 'pickFile', user: CHLOE, spreadsheetId });
  const client = await google.sheetsOf(CHLOE);
  expect((await refusal(read(client, spreadsheetId, 'A1'))).status).toBe(403);
  await google.control.run({ action: 'share', spreadsheetId, user: CHLOE, role: 'reader' });
  expect(await read(client, spreadsheetId, 'A1')).toEqual([]);
  expect(await refusal(put(client, spreadsheetId, 'A1', [['x']]))).toEqual({
    status: 403,
    message: 'The caller does not have permission',
    code: 'PERMISSION_DENIED',
  });
});

test('the broad spreadsheets scope reaches every file of the user; the read-only one does not write [google-file-scopes]', async () => {
  await using google = await startGoogle();
  const { spreadsheetId } = google.control.createSpreadsheet({ owner: AMELIA });
  const broad = await google.sheetsOf(AMELIA, 'https://www.googleapis.com/auth/spreadsheets');
  await put(broad, spreadsheetId, 'A1', [[1]]);
  const readOnly = await google.sheetsOf(AMELIA, 'https://www.googleapis.com/auth/spreadsheets.readonly');
  expect(await read(readOnly, spreadsheetId, 'A1')).toEqual([[1]]);
  expect((await refusal(put(readOnly, spreadsheetId, 'A1', [[2]]))).message).toBe(
    'Request had insufficient authentication scopes.',
  );
});

test('no token, a made-up token and an ended token are 401 [google-token-401]', async () => {
  await using google = await startGoogle();
  const get = (headers: Record<string, string>) => fetch(`${google.origin}/v4/spreadsheets/any`, { headers });
  const token = await google.tokenOf(AMELIA);
  await google.control.run({ action: 'expireAccessTokens', user: AMELIA });
  for (const headers of [
    {},
    { authorization: 'Bearer nonsense' },
    { authorization: `Bearer ${token}` },
  ] as Record<string, string>[]) {
    const answer = await get(headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  }
});

test('Drive hides ungranted files from get and list [google-drive-hides]', async () => {
  await using google = await startGoogle();
  const { spreadsheetId } = google.control.createSpreadsheet({ owner: AMELIA, title: 'Private' });
  const drive = await google.driveOf(AMELIA);
  expect(await refusal(drive.files.get({ fileId: spreadsheetId }))).toMatchObject({
    status: 404,
    message: `File not found: ${spreadsheetId}.`,
  });
  expect((await drive.files.list({})).data.files).toEqual([]);
  await google.control.run({ action: 'pickFile', user: AMELIA, spreadsheetId });
  expect((await drive.files.list({})).data.files).toMatchObject([{ name: 'Private' }]);
});

test('the Picker page lists the user’s spreadsheets and grants what is ticked', async () => {
  await using google = await startGoogle();
  const { spreadsheetId } = google.control.createSpreadsheet({ owner: AMELIA, title: 'Cash <book>' });
  google.control.createSpreadsheet({ owner: BEN, title: 'Not hers' });
  const token = await google.tokenOf(AMELIA);
  const page = await (await fetch(`${google.origin}/picker?oauth_token=${encodeURIComponent(token)}`)).text();
  expect(page).toContain('Cash &#60;book&#62;');
  expect(page).not.toContain('Not hers');
  const answer = await fetch(`${google.origin}/picker`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      oauth_token: token,
      picked: spreadsheetId,
      decision: 'select',
      return_to: 'http://127.0.0.1:1/done',
    }),
  });
  expect(answer.headers.get('location')).toBe(`http://127.0.0.1:1/done?fileIds=${spreadsheetId}`);
  expect(await read(await google.sheetsOf(AMELIA), spreadsheetId, 'A1')).toEqual([]);
});

test('the Picker grants nothing without a person behind it, on cancel, or of other people’s files [google-picker-person]', async () => {
  await using google = await startGoogle();
  const { spreadsheetId } = google.control.createSpreadsheet({ owner: BEN });
  const post = (fields: Record<string, string>) =>
    fetch(`${google.origin}/picker`, { method: 'POST', body: new URLSearchParams(fields) });
  expect((await post({ picked: spreadsheetId, decision: 'select' })).status).toBe(401);
  await post({ client_id: DEFAULT_CLIENT_ID, account: AMELIA, picked: spreadsheetId, decision: 'select' });
  await post({ client_id: DEFAULT_CLIENT_ID, account: BEN, picked: spreadsheetId, decision: 'cancel' });
  expect(google.control.state().spreadsheets[0]?.grantedBy).toEqual([]);
});
