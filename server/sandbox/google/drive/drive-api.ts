/** Drive v3, as much of it as destinations need: get, list, create, copy, update, delete. */
import * as z from 'zod';
import type { HttpResponse } from '../../../domain/http-message.ts';
import { checkFieldMask, type FieldMask, parseFieldMask, pickFields } from '../field-mask.ts';
import { assertScope, authenticate, type Caller, isGranted, roleOf, touch } from '../file-access.ts';
import { GoogleApiError, invalidArgument } from '../google-api-error.ts';
import { bodyText, type Call, json, noContent } from '../respond.ts';
import { createSpreadsheet, SPREADSHEET_MIME } from '../sheets/create-spreadsheet.ts';
import { openDraft } from '../sheets/draft.ts';
import { type DriveFile, grantKey, type World } from '../world.ts';
import { fileJson, fileTree } from './file-json.ts';
import { matcher } from './file-query.ts';

const FOLDER_MIME = 'application/vnd.google-apps.folder';

const notFound = (id: string): GoogleApiError =>
  new GoogleApiError('NOT_FOUND', `File not found: ${id}.`, {
    reason: 'notFound',
    location: { location: 'fileId', locationType: 'parameter' },
  });

/** 404 for what is not there, not shared with the user, or not given to the app: Drive tells them not apart. */
const openFile = (world: World, caller: Caller, id: string, isWrite: boolean): DriveFile => {
  const file = world.files.get(id);
  const role = file && roleOf(file, caller.account.email);
  const broad = isWrite ? ['drive'] : ['drive', 'drive.readonly'];
  if (!file || !role || !isGranted(world, caller, file, ...broad)) throw notFound(id);
  if (isWrite && role === 'reader') {
    throw new GoogleApiError(
      'PERMISSION_DENIED',
      'The user does not have sufficient permissions for this file.',
      {
        reason: 'insufficientFilePermissions',
      },
    );
  }
  return file;
};

const maskOf = (call: Call, tree: Parameters<typeof checkFieldMask>[1], normal: string): FieldMask => {
  const text = call.url.searchParams.get('fields') ?? normal;
  const mask = parseFieldMask(text);
  try {
    checkFieldMask(mask, tree);
  } catch {
    // Drive words the same fault in its own way.
    throw new GoogleApiError('INVALID_ARGUMENT', `Invalid field selection ${text}`, {
      reason: 'invalidParameter',
      location: { location: 'fields', locationType: 'parameter' },
    });
  }
  return mask;
};

const FILE_FIELDS = 'kind,id,name,mimeType';

const fileSchema = z.object({
  name: z.string().optional(),
  mimeType: z.string().optional(),
  parents: z.array(z.string()).optional(),
  appProperties: z.record(z.string(), z.string()).optional(),
  trashed: z.boolean().optional(),
});

const readBody = (call: Call): z.infer<typeof fileSchema> => {
  if (call.body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(bodyText(call));
  } catch {
    throw new GoogleApiError('INVALID_ARGUMENT', 'Parse Error', { reason: 'parseError' });
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GoogleApiError('INVALID_ARGUMENT', `Invalid Value: ${issue?.path.join('.') ?? ''}`, {
    reason: 'invalid',
  });
};

export const driveApi = async (world: World, call: Call): Promise<HttpResponse> => {
  const path = call.url.pathname.slice('/drive/v3'.length);
  const caller = authenticate(world, call);
  const readOnly = call.method === 'GET' ? ['drive.readonly'] : [];
  assertScope(caller, 'drive.file', 'drive', ...readOnly);
  const [, id, action] = /^\/files(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
  if (!path.startsWith('/files')) throw new GoogleApiError('NOT_FOUND', 'Not Found', { reason: 'notFound' });
  const show = (file: DriveFile): HttpResponse =>
    json(200, pickFields(fileJson(world, file, caller), maskOf(call, fileTree, FILE_FIELDS)));
  if (id === undefined) {
    if (call.method === 'GET') return list(world, caller, call);
    if (call.method === 'POST') return show(create(world, caller, readBody(call)));
  } else if (action === 'copy' && call.method === 'POST') {
    return show(copy(world, caller, openFile(world, caller, id, false), readBody(call)));
  } else if (action === undefined) {
    if (call.method === 'GET') return show(openFile(world, caller, id, false));
    if (call.method === 'PATCH')
      return show(update(world, caller, openFile(world, caller, id, true), readBody(call)));
    if (call.method === 'DELETE') {
      assertOwner(openFile(world, caller, id, true), caller);
      world.files.delete(id);
      return noContent();
    }
  }
  throw new GoogleApiError('NOT_FOUND', 'Not Found', { reason: 'notFound' });
};

const assertOwner = (file: DriveFile, caller: Caller): void => {
  if (roleOf(file, caller.account.email) === 'owner') return;
  throw new GoogleApiError(
    'PERMISSION_DENIED',
    'The user does not have sufficient permissions for this file.',
    {
      reason: 'insufficientFilePermissions',
    },
  );
};

const list = (world: World, caller: Caller, call: Call): HttpResponse => {
  const query = call.url.searchParams;
  const mask = maskOf(
    call,
    { kind: true, nextPageToken: true, incompleteSearch: true, files: fileTree },
    `kind,nextPageToken,incompleteSearch,files(${FILE_FIELDS})`,
  );
  const isWanted = matcher(query.get('q') ?? '');
  const size = Number(query.get('pageSize') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    throw new GoogleApiError(
      'INVALID_ARGUMENT',
      "Invalid value '" + size + "'. Values must be within the range: [1, 1000]",
      {
        reason: 'invalidParameter',
        location: { location: 'pageSize', locationType: 'parameter' },
      },
    );
  }
  const start = Number(query.get('pageToken') ?? 0);
  const files = [...world.files.values()].filter(
    (file) =>
      roleOf(file, caller.account.email) &&
      isGranted(world, caller, file, 'drive', 'drive.readonly') &&
      isWanted(file),
  );
  files.sort((a, b) => b.modifiedAtMs - a.modifiedAtMs || (a.id < b.id ? -1 : 1));
  const end = start + size;
  return json(
    200,
    pickFields(
      {
        kind: 'drive#fileList',
        ...(end < files.length && { nextPageToken: String(end) }),
        incompleteSearch: false,
        files: files.slice(start, end).map((file) => fileJson(world, file, caller)),
      },
      mask,
    ),
  );
};

const give = (world: World, caller: Caller, file: DriveFile): DriveFile => {
  world.fileGrants.add(grantKey(caller.projectNumber, caller.account.sub, file.id));
  return file;
};

const create = (world: World, caller: Caller, wish: z.infer<typeof fileSchema>): DriveFile => {
  const { email } = caller.account;
  for (const parent of wish.parents ?? []) openFile(world, caller, parent, true);
  const extra = { parents: wish.parents ?? [], properties: wish.appProperties ?? {} };
  if (wish.mimeType === SPREADSHEET_MIME) {
    const file = createSpreadsheet(world, email, { title: wish.name });
    return give(world, caller, Object.assign(file, extra));
  }
  if (wish.mimeType !== FOLDER_MIME) {
    throw invalidArgument('The sandbox makes folders and spreadsheets; uploads are not part of it yet.');
  }
  const now = world.clock.now();
  const folder: DriveFile = {
    id: `1${world.random.token(32)}`,
    mimeType: FOLDER_MIME,
    permissions: [{ email, role: 'owner' }],
    trashed: false,
    version: 1,
    createdAtMs: now,
    modifiedAtMs: now,
    lastModifiedBy: email,
    ...extra,
    content: { kind: 'folder', name: wish.name ?? 'Untitled' },
  };
  world.files.set(folder.id, folder);
  return give(world, caller, folder);
};

/** A copy keeps tabs, cells and developer metadata, under a new id. */
const copy = (
  world: World,
  caller: Caller,
  source: DriveFile,
  wish: z.infer<typeof fileSchema>,
): DriveFile => {
  const { content } = source;
  if (content.kind !== 'spreadsheet') throw invalidArgument('Folders cannot be copied.');
  const file = createSpreadsheet(world, caller.account.email, {
    title: wish.name ?? `Copy of ${content.spreadsheet.title}`,
  });
  const { spreadsheetId, title } =
    file.content.kind === 'spreadsheet' ? file.content.spreadsheet : content.spreadsheet;
  file.content = {
    kind: 'spreadsheet',
    spreadsheet: { ...openDraft(content.spreadsheet), spreadsheetId, title },
  };
  return give(world, caller, file);
};

const update = (
  world: World,
  caller: Caller,
  file: DriveFile,
  wish: z.infer<typeof fileSchema>,
): DriveFile => {
  if (wish.trashed !== undefined) {
    assertOwner(file, caller);
    file.trashed = wish.trashed;
  }
  if (wish.name !== undefined) {
    file.content =
      file.content.kind === 'spreadsheet'
        ? { kind: 'spreadsheet', spreadsheet: { ...openDraft(file.content.spreadsheet), title: wish.name } }
        : { kind: 'folder', name: wish.name };
  }
  if (wish.appProperties) file.properties = { ...file.properties, ...wish.appProperties };
  touch(world, file, caller.account.email);
  return file;
};
