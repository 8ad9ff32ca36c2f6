/** Refusals in Google's older and newer words, quotas of Drive, and what a broken front end sends. */
import { describe, expect, it } from 'vitest';
import { DIALECT_NAMES } from '../../../server/sandbox/google/control/dialects.ts';
import { AMELIA, BEN, newSheet, put, read, refusal, startGoogle } from './start-google.ts';

const EXPECTED: Record<(typeof DIALECT_NAMES)[number], [number, string]> = {
  'drive-user-rate': [403, 'userRateLimitExceeded'],
  'drive-rate': [403, 'rateLimitExceeded'],
  'drive-rate-429': [429, 'rateLimitExceeded'],
  'drive-daily': [403, 'dailyLimitExceeded'],
  'drive-sharing-rate': [403, 'sharingRateLimitExceeded'],
  'drive-storage': [403, 'storageQuotaExceeded'],
  'drive-app-not-authorised': [403, 'appNotAuthorizedToFile'],
  'drive-domain-policy': [403, 'domainPolicy'],
  'drive-backend-error': [500, 'backendError'],
  'sheets-backend-error': [500, 'INTERNAL'],
  'sheets-unavailable': [503, 'UNAVAILABLE'],
  'sheets-disabled': [403, 'SERVICE_DISABLED'],
  'front-end-502': [502, '502.'],
  'front-end-503': [503, '503.'],
};

describe('a fault in a dialect', () => {
  it.each(DIALECT_NAMES)('%s is answered once, in its own words [google-error-dialects]', async (dialect) => {
    await using google = await startGoogle();
    const authorization = `Bearer ${await google.tokenOf(AMELIA)}`;
    await google.control.run({ action: 'fault', fault: { kind: 'dialect', dialect, path: '/drive/' } });
    const get = () => fetch(`${google.origin}/drive/v3/files`, { headers: { authorization } });
    const answer = await get();
    const [status, word] = EXPECTED[dialect];
    expect(answer.status).toBe(status);
    const text = await answer.text();
    expect(text).toContain(word);
    expect(text.startsWith('<')).toBe(dialect.startsWith('front-end'));
    expect((await get()).status).toBe(200);
  });
});

describe('quotas', () => {
  it('of Drive count units per user and project, and refuse with 403 until the minute is over [google-drive-quota]', async () => {
    await using google = await startGoogle({ quotas: true });
    const drive = await google.driveOf(AMELIA);
    await google.control.run({ action: 'setQuotas', driveUnitsPerUser: 110, driveUnitsPerProject: 200 });
    const { data } = await drive.files.create({ requestBody: { name: 'a' } });
    const fileId = String(data.id);
    await drive.files.update({ fileId, requestBody: { name: 'b' } });
    await drive.files.get({ fileId });
    await drive.files.get({ fileId });
    const { status, message } = await refusal(drive.files.get({ fileId }));
    expect([status, message]).toEqual([403, 'User Rate Limit Exceeded']);
    const ben = await google.driveOf(BEN);
    expect((await refusal(ben.files.list().then(() => ben.files.list()))).message).toBe(
      'Rate Limit Exceeded',
    );
    google.clock.advance(60_000);
    await drive.files.get({ fileId });
  });

  it('take a service account for one user, whoever it works for, and heed no quotaUser [google-quota-one-user]', async () => {
    await using google = await startGoogle({ quotas: true });
    const robot = 'writer@foliokeep.iam.gserviceaccount.com';
    await google.control.run({ action: 'addAccount', email: robot, name: 'Writer', isServiceAccount: true });
    const files = await Promise.all([AMELIA, BEN].map(async (user) => newSheet(await google.sheetsOf(user))));
    for (const spreadsheetId of files) {
      await google.control.run({ action: 'share', spreadsheetId, user: robot, role: 'writer' });
    }
    await google.control.run({ action: 'setQuotas', perUser: 3 });
    const client = await google.sheetsOf(robot, 'https://www.googleapis.com/auth/spreadsheets');
    const write = (spreadsheetId = '', quotaUser = '') =>
      client.spreadsheets.values.clear({ spreadsheetId, range: 'A1', quotaUser });
    await write(files[0], 'amelia');
    await write(files[1], 'ben');
    await write(files[0], 'amelia');
    expect((await refusal(write(files[1], 'ben'))).status).toBe(429);
  });

  it('of reads and of writes are counted apart [google-quota-apart]', async () => {
    await using google = await startGoogle({ quotas: true });
    const client = await google.sheetsOf(AMELIA);
    const spreadsheetId = await newSheet(client);
    await google.control.run({ action: 'setQuotas', perUser: 3 });
    for (let call = 0; call < 2; call += 1) await put(client, spreadsheetId, 'A1', [[call]]);
    expect((await refusal(put(client, spreadsheetId, 'A1', [[9]]))).status).toBe(429);
    for (let call = 0; call < 3; call += 1) await read(client, spreadsheetId, 'A1');
    expect((await refusal(read(client, spreadsheetId, 'A1'))).status).toBe(429);
  });
});
