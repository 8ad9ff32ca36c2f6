/** Uploads: in one body, with metadata, and in pieces that survive lost answers, wrong sizes, expiry and cancelling. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMELIA, refusal, type Started, startGoogle, uploadsTo } from './start-google.ts';

const UNIT = 256 * 1024;
const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 9)) % 251);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Session {
  address: string;
  put(body: Uint8Array, range?: string): Promise<Response>;
}

const initiate = async (
  google: Started,
  headers: Record<string, string> = {},
  path = '/files',
): Promise<Response> =>
  fetch(
    `${google.origin}/upload/drive/v3${path}?uploadType=resumable&fields=id,size,sha256Checksum,name,mimeType`,
    {
      method: path === '/files' ? 'POST' : 'PATCH',
      headers: {
        authorization: `Bearer ${await google.tokenOf(AMELIA)}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({ name: 'backup.zip' }),
    },
  );

const open = async (
  google: Started,
  headers: Record<string, string> = {},
  path?: string,
): Promise<Session> => {
  const begun = await initiate(google, { 'x-upload-content-type': 'application/zip', ...headers }, path);
  expect(begun.status).toBe(200);
  const address = begun.headers.get('location') ?? '';
  return {
    address,
    put: (body, range) =>
      fetch(address, {
        method: 'PUT',
        body: body.slice().buffer,
        headers: { ...(range !== undefined && { 'content-range': range }) },
      }),
  };
};

const said = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { error: { message: string } }).error.message;

describe('an upload in one body', () => {
  it('media has no metadata, multipart has both, and the client’s own does it [google-upload-simple]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const bytes = bytesOf(5000);
    const media = await drive.files.create(
      { media: { mimeType: 'application/zip', body: Buffer.from(bytes) } },
      uploadsTo(drive),
    );
    expect(media.data).toMatchObject({ name: 'Untitled', mimeType: 'application/zip' });
    const both = await drive.files.create(
      {
        requestBody: { name: 'b.zip' },
        media: { mimeType: 'application/zip', body: Readable.from([Buffer.from(bytes)]) },
        fields: 'name,size,sha256Checksum',
      },
      uploadsTo(drive),
    );
    expect(both.data).toEqual({ name: 'b.zip', size: '5000', sha256Checksum: sha256(bytes) });
  });

  it('that is malformed, or of no known type, is a 400 [google-upload-malformed]', async () => {
    await using google = await startGoogle();
    const authorization = `Bearer ${await google.tokenOf(AMELIA)}`;
    const send = (uploadType: string, type: string, body: string) =>
      fetch(`${google.origin}/upload/drive/v3/files?uploadType=${uploadType}`, {
        method: 'POST',
        headers: { authorization, 'content-type': type },
        body,
      });
    expect((await send('carrier-pigeon', 'text/plain', 'x')).status).toBe(400);
    expect((await send('multipart', 'multipart/related', 'x')).status).toBe(400);
    expect((await send('multipart', 'multipart/related; boundary=b', '--b\r\n\r\n{}\r\n--b--')).status).toBe(
      400,
    );
  });
});

describe('a resumable upload', () => {
  it('comes in pieces of 256 KiB and a rest, and answers with how far it is [google-upload-resumable]', async () => {
    await using google = await startGoogle();
    const bytes = bytesOf(2 * UNIT + 77);
    const session = await open(google, { 'x-upload-content-length': String(bytes.length) });
    const first = await session.put(bytes.slice(0, UNIT), `bytes 0-${UNIT - 1}/${bytes.length}`);
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${UNIT - 1}`]);
    const second = await session.put(bytes.slice(UNIT, 2 * UNIT), `bytes ${UNIT}-${2 * UNIT - 1}/*`);
    expect([second.status, second.headers.get('range')]).toEqual([308, `bytes=0-${2 * UNIT - 1}`]);
    const last = await session.put(
      bytes.slice(2 * UNIT),
      `bytes ${2 * UNIT}-${bytes.length - 1}/${bytes.length}`,
    );
    expect(last.status).toBe(200);
    expect(await last.json()).toEqual({
      id: expect.any(String),
      name: 'backup.zip',
      mimeType: 'application/zip',
      size: String(bytes.length),
      sha256Checksum: sha256(bytes),
    });
  });

  it('shows no file before the last byte is in [google-upload-resumable]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const session = await open(google);
    await session.put(bytesOf(UNIT), `bytes 0-${UNIT - 1}/*`);
    expect((await drive.files.list()).data.files).toEqual([]);
  });

  it('tells where it is when asked, and goes on from there after a lost answer [google-upload-status]', async () => {
    await using google = await startGoogle();
    const bytes = bytesOf(UNIT + 9);
    const session = await open(google);
    const ask = () => session.put(new Uint8Array(), 'bytes */*');
    expect([(await ask()).status, (await ask()).headers.get('range')]).toEqual([308, null]);
    await google.control.run({ action: 'fault', fault: { kind: 'apply-then-timeout', path: '/upload/' } });
    await expect(session.put(bytes.slice(0, UNIT), `bytes 0-${UNIT - 1}/*`)).rejects.toThrow();
    expect((await ask()).headers.get('range')).toBe(`bytes=0-${UNIT - 1}`);
    await google.control.run({ action: 'fault', fault: { kind: 'apply-then-timeout', path: '/upload/' } });
    const last = () => session.put(bytes.slice(UNIT), `bytes ${UNIT}-${UNIT + 8}/${UNIT + 9}`);
    await expect(last()).rejects.toThrow();
    // It was done: the question and the repeated piece both get the file.
    const [asked, again] = [
      (await (await ask()).json()) as { id: string },
      (await (await last()).json()) as { id: string },
    ];
    expect(asked).toMatchObject({ sha256Checksum: sha256(bytes) });
    expect(again.id).toBe(asked.id);
    expect((await (await google.driveOf(AMELIA)).files.list()).data.files).toHaveLength(1);
  });

  it('passes over bytes that it has, refuses a gap and a piece that is not as long as it says [google-upload-offsets]', async () => {
    await using google = await startGoogle();
    const bytes = bytesOf(2 * UNIT);
    const session = await open(google);
    expect(await said(await session.put(bytes.slice(0, UNIT), `bytes ${UNIT}-${2 * UNIT - 1}/*`))).toContain(
      'exceeds already uploaded size of 0 byte(s)',
    );
    expect(await said(await session.put(bytes.slice(0, 10), 'bytes 0-19/20'))).toContain(
      'There were 10 byte(s) in the request body',
    );
    expect(await said(await session.put(bytes.slice(0, 10), 'bytes nine'))).toContain(
      'Failed to parse Content-Range',
    );
    await session.put(bytes.slice(0, UNIT), `bytes 0-${UNIT - 1}/*`);
    const whole = await session.put(bytes, `bytes 0-${2 * UNIT - 1}/${2 * UNIT}`);
    expect(((await whole.json()) as { sha256Checksum: string }).sha256Checksum).toBe(sha256(bytes));
  });

  it('keeps of a piece that is no multiple of 256 KiB only whole units [google-upload-units]', async () => {
    await using google = await startGoogle();
    const session = await open(google);
    const answer = await session.put(bytesOf(UNIT + 100), `bytes 0-${UNIT + 99}/*`);
    expect([answer.status, answer.headers.get('range')]).toEqual([308, `bytes=0-${UNIT - 1}`]);
  });

  it('that turns out another size than promised is a 400 [google-upload-size]', async () => {
    await using google = await startGoogle();
    const session = await open(google, { 'x-upload-content-length': '20' });
    expect((await session.put(bytesOf(10), 'bytes 0-9/10')).status).toBe(400);
    expect((await session.put(bytesOf(30))).status).toBe(400);
    expect((await session.put(bytesOf(20), 'bytes 0-19/20')).status).toBe(200);
  });

  it('ends after a week, and when it is cancelled [google-upload-ends]', async () => {
    await using google = await startGoogle();
    const session = await open(google);
    google.clock.advance(7 * 86_400_000 + 1);
    expect((await session.put(new Uint8Array(), 'bytes */*')).status).toBe(404);
    const other = await open(google);
    expect((await fetch(other.address, { method: 'DELETE' })).status).toBe(499);
    expect((await other.put(bytesOf(5))).status).toBe(499);
    expect(
      (
        await fetch(`${google.origin}/upload/drive/v3/files?uploadType=resumable&upload_id=none`, {
          method: 'PUT',
        })
      ).status,
    ).toBe(404);
  });

  it('is refused before a byte is sent when it cannot fit, and gives an old file new content [google-upload-update]', async () => {
    await using google = await startGoogle();
    await google.control.run({ action: 'setStorage', user: AMELIA, bytes: 1000 });
    expect((await initiate(google, { 'x-upload-content-length': '2000' })).status).toBe(403);
    const made = (await (await (await open(google)).put(bytesOf(10))).json()) as { id: string };
    const session = await open(google, {}, `/files/${made.id}`);
    expect(await (await session.put(bytesOf(12), 'bytes 0-11/12')).json()).toMatchObject({
      id: made.id,
      size: '12',
    });
    const empty = await open(google);
    expect(await (await empty.put(new Uint8Array(), 'bytes */0')).json()).toMatchObject({ size: '0' });
  });

  it('gives the same bytes however it is cut [google-upload-resumable]', async () => {
    await using google = await startGoogle();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 * UNIT }),
        fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 4, maxLength: 4 }),
        async (length, cuts) => {
          const bytes = bytesOf(length);
          const session = await open(google);
          let at = 0;
          let answer: Response | undefined;
          for (const cut of [...cuts, 99]) {
            if (at >= length) break;
            const end = Math.min(length, at + cut * UNIT);
            answer = await session.put(
              bytes.slice(at, end),
              `bytes ${at}-${end - 1}/${end === length ? length : '*'}`,
            );
            at = end;
          }
          expect(await answer?.json()).toMatchObject({ sha256Checksum: sha256(bytes) });
        },
      ),
      { numRuns: 15 },
    );
  });

  it('needs a token to begin and none to go on [google-upload-address]', async () => {
    await using google = await startGoogle();
    const begun = await fetch(`${google.origin}/upload/drive/v3/files?uploadType=resumable`, {
      method: 'POST',
    });
    expect(begun.status).toBe(401);
    const session = await open(google);
    await google.control.run({ action: 'expireAccessTokens' });
    expect((await session.put(bytesOf(3))).status).toBe(200);
    const drive = await google.driveOf(AMELIA);
    expect((await refusal(drive.files.get({ fileId: 'none' }))).status).toBe(404);
  });
});
