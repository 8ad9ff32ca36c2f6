import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../server/domain/http-message.ts';
import { RetryError, type WaitError } from '../../server/errors.ts';
import { googleDrive } from '../../server/google/drive.ts';
import { googleSheets } from '../../server/google/sheets.ts';
import { seededRandom } from '../support/seeded-random.ts';

const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8' },
  body: new TextEncoder().encode(JSON.stringify(body)),
});
const version = json(200, { version: '41' });

/** Drive over answers in their order; an Error is thrown. */
const driveOver = (...answers: Array<HttpResponse | Error>) => {
  const requests: HttpRequest[] = [];
  const refused: Array<string | undefined> = [];
  const access = {
    clock: { now: () => 1_000_000, sleep: async () => undefined },
    random: seededRandom(),
    tokens: {
      async accessToken(_grantId: string, token?: string) {
        refused.push(token);
        return `ya29.token-${refused.length}`;
      },
    },
    network: {
      async request(request: HttpRequest) {
        requests.push(request);
        const next = answers.shift();
        if (next instanceof Error || !next) throw next ?? new Error('no more answers');
        return next;
      },
    },
  };
  return {
    requests,
    refused,
    drive: googleDrive(access, { rootUrl: 'http://drive.example:8080' }),
    sheets: googleSheets(access, { rootUrl: 'http://sheets.example:8080/' }),
  };
};

describe('a call to Google', () => {
  test('goes to the configured host as the grant', async () => {
    const { drive, requests } = driveOver(version);
    expect(await drive.version('grant', 'file/1')).toBe('41');
    expect(requests[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer ya29.token-1' } });
    expect(requests[0]?.url).toMatch(/^http:\/\/drive\.example:8080\/drive\/v3\/files\/file%2F1\?/);
  });

  test('is never repeated by the client itself', async () => {
    const { drive, requests } = driveOver(json(503, {}), version);
    await expect(drive.version('grant', 'f')).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
    expect(requests).toHaveLength(1);
  });

  test('that is refused with 401 is repeated once with another token', async () => {
    const { drive, refused } = driveOver(json(401, {}), version);
    expect(await drive.version('grant', 'f')).toBe('41');
    expect(refused).toEqual([undefined, 'ya29.token-1']);
    const twice = driveOver(json(401, {}), json(401, {}), version);
    await expect(twice.drive.version('grant', 'f')).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  test('that meets a quota waits longer each time, up to a minute and a bit, and starts over after a success', async () => {
    const { drive } = driveOver(...Array.from({ length: 7 }, () => json(429, {})), version, json(429, {}));
    const waits: number[] = [];
    for (let call = 0; call < 9; call += 1) {
      await drive.version('grant', 'f').catch((error: WaitError) => waits.push(error.untilAt - 1_000_000));
    }
    expect(waits.map((ms) => Math.floor(ms / 4000) * 4000)).toEqual([
      4000, 8000, 16_000, 32_000, 64_000, 64_000, 64_000, 4000,
    ]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(65_000);
  });

  test('that finds the storage full says so instead of waiting', async () => {
    const message = "The user's Drive storage quota has been exceeded.";
    const error = { code: 403, message, errors: [{ domain: 'usageLimits', reason: 'storageQuotaExceeded' }] };
    const { drive } = driveOver(json(403, { error }));
    await expect(drive.version('grant', 'f')).rejects.toMatchObject({
      kind: 'user',
      code: 'GOOGLE_STORAGE_FULL',
    });
  });

  test('takes a packed body whole, and a cut one for no answer', async () => {
    const packed = gzipSync(JSON.stringify({ version: '7', padding: 'x'.repeat(5000) }));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const { drive } = driveOver(
      { status: 200, headers, body: packed },
      { status: 200, headers, body: packed.subarray(0, packed.length - 12) },
      { status: 200, headers: { ...headers, 'content-encoding': 'br' }, body: packed },
    );
    expect(await drive.version('grant', 'f')).toBe('7');
    await expect(drive.version('grant', 'f')).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
    await expect(drive.version('grant', 'f')).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
  });

  test('that brings a page instead of JSON is no answer', async () => {
    const page = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: new TextEncoder().encode('<html>'),
    };
    const { drive } = driveOver(page);
    await expect(drive.version('grant', 'f')).rejects.toMatchObject({ code: 'GOOGLE_UNAVAILABLE' });
  });

  test('that the network lost has an unknown outcome', async () => {
    const { sheets } = driveOver(new RetryError('NETWORK', { problem: 'reset' }));
    await expect(sheets.apply('grant', 'f', [])).rejects.toMatchObject({
      code: 'GOOGLE_UNAVAILABLE',
      kind: 'retry',
    });
  });

  test('a bug on the way stays a bug', async () => {
    const { drive } = driveOver(new TypeError('broken'));
    await expect(drive.version('grant', 'f')).rejects.not.toHaveProperty('kind');
  });
});
