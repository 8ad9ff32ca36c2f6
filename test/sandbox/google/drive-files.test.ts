/** Drive's files through the real client: every method, queries, sharing, the bin, storage. */
import type { drive_v3 } from '@googleapis/drive';
import { describe, expect, it } from 'vitest';
import { publishedTypes } from './published-types.ts';
import {
  AMELIA,
  BEN,
  batch,
  CHLOE,
  type Drive,
  newSheet,
  put,
  refusal,
  startGoogle,
  uploadsTo,
} from './start-google.ts';

const FOLDER = 'application/vnd.google-apps.folder';
const SHEET = 'application/vnd.google-apps.spreadsheet';
const ALL_DRIVE = 'https://www.googleapis.com/auth/drive';
const ROBOT = 'writer@foliokeep.iam.gserviceaccount.com';

const reasonOf = async (call: Promise<unknown>): Promise<[number, string]> => {
  try {
    await call;
  } catch (error) {
    const { status, response } = error as {
      status?: number;
      response?: { data?: { error?: { errors?: { reason: string }[] } } };
    };
    return [Number(status), response?.data?.error?.errors?.[0]?.reason ?? ''];
  }
  throw new Error('the call was not refused');
};

const folder = async (drive: Drive, name: string, parents?: string[]): Promise<string> => {
  const { data } = await drive.files.create({
    requestBody: { name, mimeType: FOLDER, ...(parents && { parents }) },
  });
  return String(data.id);
};

const textFile = async (
  drive: Drive,
  name: string,
  body: string,
  more: drive_v3.Schema$File = {},
): Promise<string> => {
  const { data } = await drive.files.create(
    {
      requestBody: { name, mimeType: 'text/plain', ...more },
      media: { mimeType: 'text/plain', body },
    },
    uploadsTo(drive),
  );
  return String(data.id);
};

/** What the sandbox does of Drive; all else of the client is refused by name. */
const DONE = new Set(
  `about.get drives.list files.copy files.create files.delete files.emptyTrash files.export files.generateIds files.get
   files.list files.update permissions.create permissions.delete permissions.get permissions.list permissions.update`.split(
    /\s+/,
  ),
);

describe('the methods of Google’s Drive client', () => {
  it('are each done here or refused by name, none forgotten [google-drive-methods]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const fileId = await textFile(drive, 'a.txt', 'a');
    const { methods } = await publishedTypes('drive', 'v3');
    expect(methods.length).toBeGreaterThan(50);
    const ids = {
      fileId,
      driveId: 'x',
      teamDriveId: 'x',
      commentId: 'x',
      replyId: 'x',
      revisionId: 'x',
      appId: 'x',
    };
    const more = { proposalId: 'x', approvalId: 'x', name: 'x', requestId: 'x', pageToken: '1', fields: '*' };
    for (const { resource, method } of methods) {
      if (DONE.has(`${resource}.${method}`)) continue;
      const group = Reflect.get(drive, resource) as Record<string, (params: object) => Promise<unknown>>;
      const call = group[method]?.call(group, { ...ids, ...more });
      expect(await refusal(call ?? Promise.resolve()), `${resource}.${method}`).toMatchObject({
        status: 400,
        message: expect.stringMatching(/is not part of the sandbox/),
      });
    }
  });

  it('about says whose Drive it is and how full, and wants its fields named [google-drive-about]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    await textFile(drive, 'a.txt', '12345');
    expect(await reasonOf(drive.about.get())).toEqual([400, 'required']);
    const { data } = await drive.about.get({ fields: 'user(emailAddress),storageQuota(limit,usage)' });
    expect(data).toEqual({
      user: { emailAddress: AMELIA },
      storageQuota: { limit: '16106127360', usage: '5' },
    });
  });

  it('generateIds gives ids that make a repeated create a 409 [google-drive-own-id]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const { data } = await drive.files.generateIds({ count: 2 });
    const id = String(data.ids?.[0]);
    const create = () => drive.files.create({ requestBody: { id, name: 'once', mimeType: FOLDER } });
    expect((await create()).data.id).toBe(id);
    expect(await reasonOf(create())).toEqual([409, 'fileIdInUse']);
    const sheet = drive.files.create({ requestBody: { id: String(data.ids?.[1]), mimeType: SHEET } });
    expect((await refusal(sheet)).status).toBe(400);
  });

  it('read-only and unknown fields in a body are refused [google-drive-writable]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const create = (requestBody: object) => drive.files.create({ requestBody });
    expect(await reasonOf(create({ name: 'a', version: '7' }))).toEqual([403, 'fieldNotWritable']);
    expect((await refusal(create({ nonsense: 1 }))).message).toContain('Unknown name "nonsense"');
  });
});

describe('searching', () => {
  it('q joins terms with and, or, not and brackets [google-drive-query]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const home = await folder(drive, 'Home');
    const a = await textFile(drive, "Ann's.txt", 'a', { parents: [home], appProperties: { run: '7' } });
    const b = await textFile(drive, 'b.txt', 'b', { starred: true });
    google.clock.advance(60_000);
    const c = await folder(drive, 'Cellar', [home]);
    const found = async (q: string) => {
      const { data } = await drive.files.list({ q, orderBy: 'name' });
      return data.files?.map(({ id }) => id);
    };
    expect(await found(`'${home}' in parents`)).toEqual([a, c]);
    expect(await found(`'root' in parents and not mimeType = '${FOLDER}'`)).toEqual([b]);
    expect(await found(`name = 'Ann\\'s.txt' or (starred = true and mimeType != '${FOLDER}')`)).toEqual([
      a,
      b,
    ]);
    expect(await found(`name contains 'cell'`)).toEqual([c]);
    expect(await found(`appProperties has { key='run' and value='7' }`)).toEqual([a]);
    expect(await found(`modifiedTime > '2026-11-20T09:00:30Z'`)).toEqual([c]);
    expect(await found(`'${AMELIA}' in owners and 'me' in writers and trashed = false`)).toHaveLength(4);
    expect(await found('starred = true')).toEqual([b]);
    expect(await found('starred != true and trashed = false')).toEqual([a, c, home]);
    expect(await found('trashed = true')).toEqual([]);
    expect(await found('sharedWithMe')).toEqual([]);
    for (const bad of ['name ~ 1', "name = 'x' and", "(name = 'x'", 'colour = 1', "name = 'x"]) {
      expect(await reasonOf(found(bad))).toEqual([400, 'invalid']);
    }
  });

  it('comes in pages and in the order asked for [google-drive-pages]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    for (const name of ['b2', 'b10', 'a']) await textFile(drive, name, name);
    await folder(drive, 'z');
    const names: (string | null | undefined)[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await drive.files.list({
        pageSize: 3,
        orderBy: 'folder,name_natural desc',
        ...(pageToken !== undefined && { pageToken }),
      });
      names.push(...(data.files ?? []).map(({ name }) => name));
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    expect(names).toEqual(['z', 'b10', 'b2', 'a']);
    expect(await reasonOf(drive.files.list({ pageSize: 0 }))).toEqual([400, 'invalidParameter']);
    expect(await reasonOf(drive.files.list({ orderBy: 'beauty' }))).toEqual([400, 'invalidParameter']);
  });
});

describe('a file', () => {
  it('has bytes with three checksums and a size as text [google-drive-checksums]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const fileId = await textFile(drive, 'hello.txt', 'hello');
    const { data } = await drive.files.get({
      fileId,
      fields: 'size,md5Checksum,sha1Checksum,sha256Checksum,fileExtension',
    });
    expect(data).toEqual({
      size: '5',
      md5Checksum: '5d41402abc4b2a76b9719d911017c592',
      sha1Checksum: 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d',
      sha256Checksum: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      fileExtension: 'txt',
    });
  });

  it('is read whole or by range; a spreadsheet is not, but can be exported [google-drive-download]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const fileId = await textFile(drive, 'hello.txt', 'hello world');
    const read = async (Range?: string) => {
      const answer = await drive.files.get(
        { fileId, alt: 'media' },
        { responseType: 'text', ...(Range && { headers: { Range } }) },
      );
      return [answer.status, answer.data, new Headers(answer.headers as HeadersInit).get('content-range')];
    };
    expect(await read()).toEqual([200, 'hello world', null]);
    expect(await read('bytes=6-8')).toEqual([206, 'wor', 'bytes 6-8/11']);
    expect(await read('bytes=6-')).toEqual([206, 'world', 'bytes 6-10/11']);
    expect(await read('bytes=-2')).toEqual([206, 'ld', 'bytes 9-10/11']);
    expect((await refusal(read('bytes=20-'))).status).toBe(416);
    const sheet = await newSheet(await google.sheetsOf(AMELIA));
    await put(await google.sheetsOf(AMELIA), sheet, 'A1:B2', [
      ['a', 'x,"y"'],
      [1, ''],
    ]);
    expect((await refusal(drive.files.get({ fileId: sheet, alt: 'media' }))).status).toBe(403);
    const csv = await drive.files.export({ fileId: sheet, mimeType: 'text/csv' }, { responseType: 'text' });
    expect(csv.data).toBe('a,"x,""y"""\r\n1,');
  });

  it('rises in version with each change, and in time of change only when its content or name did [google-drive-version-and-time]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const fileId = await textFile(drive, 'a.txt', 'a');
    const look = async () => {
      const { data } = await drive.files.get({ fileId, fields: 'version,modifiedTime' });
      return [Number(data.version), data.modifiedTime];
    };
    const [, start] = await look();
    google.clock.advance(5000);
    await drive.permissions.create({
      fileId,
      requestBody: { type: 'user', role: 'reader', emailAddress: BEN },
    });
    expect(await look()).toEqual([2, start]);
    await drive.files.update({ fileId, requestBody: { name: 'b.txt' } });
    expect(await look()).toEqual([3, '2026-11-20T09:00:05.000Z']);
    await drive.files.update({ fileId, media: { mimeType: 'text/plain', body: 'longer' } }, uploadsTo(drive));
    expect((await drive.files.get({ fileId, fields: 'version,size' })).data).toEqual({
      version: '4',
      size: '6',
    });
  });

  it('lies in one folder, goes to the bin with it, and is gone with it [google-drive-folders]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const [home, other] = [await folder(drive, 'Home'), await folder(drive, 'Other')];
    const fileId = await textFile(drive, 'a.txt', 'a', { parents: [home] });
    const both = drive.files.update({ fileId, addParents: other });
    expect(await reasonOf(both)).toEqual([403, 'insufficientFilePermissions']);
    await drive.files.update({ fileId, addParents: other, removeParents: home });
    await drive.files.update({ fileId: other, requestBody: { trashed: true } });
    const { data } = await drive.files.get({ fileId, fields: 'parents,trashed,explicitlyTrashed' });
    expect(data).toEqual({ parents: [other], trashed: true, explicitlyTrashed: false });
    await drive.files.emptyTrash();
    expect(await reasonOf(drive.files.get({ fileId }))).toEqual([404, 'notFound']);
    expect(await reasonOf(textFile(drive, 'b.txt', 'b', { parents: [other] }))).toEqual([404, 'notFound']);
  });

  it('is copied with its bytes, or with its tabs and metadata, as the caller’s own [google-drive-copy]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    const client = await google.sheetsOf(AMELIA);
    const fileId = await newSheet(client, 'Books');
    await batch(client, fileId, [
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataId: 8,
            metadataKey: 'k',
            visibility: 'DOCUMENT',
            location: { sheetId: 0 },
          },
        },
      },
    ]);
    const { data } = await drive.files.copy({ fileId });
    expect(data.name).toBe('Copy of Books');
    const found = await client.spreadsheets.developerMetadata.get({
      spreadsheetId: String(data.id),
      metadataId: 8,
    });
    expect(found.data.metadataKey).toBe('k');
    const text = await textFile(drive, 'a.txt', 'abc');
    const copy = await drive.files.copy({ fileId: text, fields: 'name,size' });
    expect(copy.data).toEqual({ name: 'Copy of a.txt', size: '3' });
    const dir = await folder(drive, 'Home');
    expect(await reasonOf(drive.files.copy({ fileId: dir }))).toEqual([403, 'cannotCopyFile']);
  });

  it('does not fit a full Drive [google-drive-storage]', async () => {
    await using google = await startGoogle();
    const drive = await google.driveOf(AMELIA);
    await google.control.run({ action: 'setStorage', user: AMELIA, bytes: 10 });
    const fileId = await textFile(drive, 'a', '12345678');
    expect(await reasonOf(textFile(drive, 'b', '123'))).toEqual([403, 'storageQuotaExceeded']);
    await drive.files.delete({ fileId });
    await textFile(drive, 'b', '123');
  });
});

describe('sharing', () => {
  it('gives, changes and takes roles; readers may neither write nor see who else has the file [google-drive-roles]', async () => {
    await using google = await startGoogle();
    const [amelia, ben] = [await google.driveOf(AMELIA), await google.driveOf(BEN, ALL_DRIVE)];
    const fileId = await newSheet(await google.sheetsOf(AMELIA));
    expect(await reasonOf(ben.files.get({ fileId }))).toEqual([404, 'notFound']);
    const made = await amelia.permissions.create({
      fileId,
      requestBody: { type: 'user', role: 'reader', emailAddress: BEN },
    });
    expect(Object.keys(made.data)).toEqual(['kind', 'id', 'type', 'role']);
    expect((await ben.files.get({ fileId, fields: 'permissions,ownedByMe,shared' })).data).toEqual({
      ownedByMe: false,
      shared: true,
    });
    expect(await reasonOf(ben.permissions.list({ fileId }))).toEqual([403, 'insufficientFilePermissions']);
    expect(await reasonOf(ben.files.update({ fileId, requestBody: { name: 'x' } }))).toEqual([
      403,
      'insufficientFilePermissions',
    ]);
    const permissionId = String(made.data.id);
    await amelia.permissions.update({ fileId, permissionId, requestBody: { role: 'writer' } });
    await ben.files.update({ fileId, requestBody: { name: 'Ours' } });
    const { data } = await ben.permissions.list({ fileId, fields: 'permissions(emailAddress,role)' });
    expect(data.permissions).toEqual([
      { emailAddress: AMELIA, role: 'owner' },
      { emailAddress: BEN, role: 'writer' },
    ]);
    expect((await amelia.permissions.get({ fileId, permissionId })).data.role).toBe('writer');
    await amelia.permissions.delete({ fileId, permissionId });
    expect(await reasonOf(ben.files.get({ fileId }))).toEqual([404, 'notFound']);
  });

  it('keeps the owner, hands over only when told so, and lets people leave [google-drive-owner]', async () => {
    await using google = await startGoogle();
    const [amelia, ben] = [await google.driveOf(AMELIA), await google.driveOf(BEN, ALL_DRIVE)];
    const fileId = await textFile(amelia, 'a', 'a');
    const own = { type: 'user', role: 'owner', emailAddress: BEN };
    expect(await reasonOf(amelia.permissions.create({ fileId, requestBody: own }))).toEqual([
      403,
      'forbidden',
    ]);
    await amelia.permissions.create({ fileId, transferOwnership: true, requestBody: own });
    const { data } = await ben.permissions.list({ fileId });
    expect(data.permissions?.map(({ role }) => role)).toEqual(['writer', 'owner']);
    const [first, second] = data.permissions ?? [];
    expect(
      (await refusal(amelia.permissions.delete({ fileId, permissionId: String(second?.id) }))).status,
    ).toBe(403);
    await amelia.permissions.delete({ fileId, permissionId: String(first?.id) });
    expect(await reasonOf(amelia.files.get({ fileId }))).toEqual([404, 'notFound']);
  });

  it('with a service account lets it write, and it owns nothing itself [google-service-account]', async () => {
    await using google = await startGoogle();
    await google.control.run({ action: 'addAccount', email: ROBOT, name: 'Writer', isServiceAccount: true });
    const fileId = await newSheet(await google.sheetsOf(AMELIA));
    const amelia = await google.driveOf(AMELIA);
    await amelia.permissions.create({
      fileId,
      requestBody: { type: 'user', role: 'writer', emailAddress: ROBOT },
    });
    const robot = await google.sheetsOf(ROBOT, 'https://www.googleapis.com/auth/spreadsheets');
    await put(robot, fileId, 'A1', [['by the robot']]);
    const drive = await google.driveOf(ROBOT, ALL_DRIVE);
    expect(await reasonOf(textFile(drive, 'a', 'a'))).toEqual([403, 'storageQuotaExceeded']);
    expect((await drive.about.get({ fields: 'storageQuota(limit)' })).data.storageQuota?.limit).toBe('0');
  });

  it('with anyone who has the link, and wrong wishes [google-drive-link]', async () => {
    await using google = await startGoogle();
    const amelia = await google.driveOf(AMELIA);
    const fileId = await textFile(amelia, 'a', 'a');
    const share = (requestBody: object) => amelia.permissions.create({ fileId, requestBody });
    expect(await reasonOf(share({ type: 'user', role: 'reader' }))).toEqual([400, 'invalidSharingRequest']);
    expect((await refusal(share({ role: 'reader' }))).message).toBe('The permission type field is required.');
    expect((await refusal(share({ type: 'anyone' }))).message).toBe('The permission role field is required.');
    expect((await refusal(share({ type: 'user', role: 'organizer', emailAddress: BEN }))).status).toBe(400);
    expect((await share({ type: 'anyone', role: 'reader' })).data.id).toBe('anyoneWithLink');
    const chloe = await google.driveOf(CHLOE, ALL_DRIVE);
    expect((await chloe.files.get({ fileId })).data.id).toBe(fileId);
  });

  it('does not widen drive.file: the app sees what that person made or picked with it [google-drive-file-scope]', async () => {
    await using google = await startGoogle();
    const amelia = await google.driveOf(AMELIA);
    const fileId = await textFile(amelia, 'a', 'a');
    await amelia.permissions.create({
      fileId,
      requestBody: { type: 'user', role: 'writer', emailAddress: BEN },
    });
    const ben = await google.driveOf(BEN);
    expect(await reasonOf(ben.files.get({ fileId }))).toEqual([404, 'notFound']);
    expect((await ben.files.list()).data.files).toEqual([]);
    const { data } = await (await google.driveOf(BEN, ALL_DRIVE)).files.get({
      fileId,
      fields: 'isAppAuthorized',
    });
    expect(data.isAppAuthorized).toBe(false);
  });
});
