/** New Drive files: folders, spreadsheets, files of bytes, and copies. */
import { type Caller, touch } from '../file-access.ts';
import { GoogleApiError } from '../google-api-error.ts';
import { createSpreadsheet, SPREADSHEET_MIME } from '../sheets/create-spreadsheet.ts';
import { openDraft } from '../sheets/draft.ts';
import type { DriveFile, World } from '../world.ts';
import { type Blob, blobOf } from './blob.ts';
import { forbidden, invalid } from './drive-errors.ts';
import type { FileFields } from './file-fields.ts';
import { assertStorage, checkParents, FOLDER_MIME, give } from './open-file.ts';

const withoutNulls = (record: Record<string, string | null> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter((entry): entry is [string, string] => entry[1] !== null));

const askedId = (world: World, wish: FileFields): string => {
  if (wish.id === undefined) return `1${world.random.token(32)}`;
  if (world.files.has(wish.id)) {
    throw new GoogleApiError('ALREADY_EXISTS', 'A file already exists with the provided ID.', {
      reason: 'fileIdInUse',
    });
  }
  return wish.id;
};

/** A new file of the caller's; a repeated call with the same `id` is a 409. */
export const createFile = (
  world: World,
  caller: Caller,
  wish: FileFields,
  media?: { contentType: string; blob: Blob },
): DriveFile => {
  const { email } = caller.account;
  const mimeType = wish.mimeType ?? media?.contentType ?? 'application/octet-stream';
  const parents = checkParents(world, caller, wish.parents ?? []);
  const extra = {
    parents,
    properties: withoutNulls(wish.appProperties),
    ...(wish.description !== undefined && { description: wish.description }),
    ...(wish.starred !== undefined && { starred: wish.starred }),
  };
  assertStorage(world, caller, media?.blob.size ?? 0);
  if (mimeType === SPREADSHEET_MIME) {
    if (media) throw invalid('Conversion of uploads into spreadsheets is not part of the sandbox.');
    if (wish.id !== undefined) {
      throw invalid('Generated IDs are not supported for Docs Editors formats.');
    }
    return give(world, caller, Object.assign(createSpreadsheet(world, email, { title: wish.name }), extra));
  }
  if (mimeType.startsWith('application/vnd.google-apps.') && mimeType !== FOLDER_MIME) {
    throw invalid(`Files of type ${mimeType} are not part of the sandbox.`);
  }
  const now = world.clock.now();
  const timeOf = (text: string | undefined): number => (text === undefined ? now : Date.parse(text));
  const name = wish.name ?? 'Untitled';
  const file: DriveFile = {
    id: askedId(world, wish),
    mimeType,
    permissions: [{ email, role: 'owner' }],
    trashed: false,
    version: 1,
    createdAtMs: timeOf(wish.createdTime),
    modifiedAtMs: timeOf(wish.modifiedTime),
    lastModifiedBy: email,
    ...extra,
    content:
      mimeType === FOLDER_MIME
        ? { kind: 'folder', name }
        : { kind: 'blob', name, blob: media?.blob ?? blobOf([]) },
  };
  world.files.set(file.id, file);
  return give(world, caller, file);
};

/** A copy keeps tabs, cells and developer metadata, or the bytes, under a new id; it is the caller's. */
export const copyFile = (world: World, caller: Caller, source: DriveFile, wish: FileFields): DriveFile => {
  const { content } = source;
  if (content.kind === 'folder') throw forbidden('cannotCopyFile', 'This file cannot be copied by the user.');
  const parents = checkParents(world, caller, wish.parents ?? []);
  assertStorage(world, caller, content.kind === 'blob' ? content.blob.size : 0);
  if (content.kind === 'blob') {
    const name = wish.name ?? `Copy of ${content.name}`;
    const media = { contentType: source.mimeType, blob: content.blob };
    return createFile(world, caller, { ...wish, name }, media);
  }
  const title = wish.name ?? `Copy of ${content.spreadsheet.title}`;
  const file = createSpreadsheet(world, caller.account.email, { title });
  const spreadsheet = { ...openDraft(content.spreadsheet), spreadsheetId: file.id, title };
  file.content = { kind: 'spreadsheet', spreadsheet };
  file.parents = parents;
  return give(world, caller, file);
};

/** The file's name is the spreadsheet's title. */
export const renameFile = (file: DriveFile, name: string): void => {
  const { content } = file;
  file.content =
    content.kind === 'spreadsheet'
      ? { kind: 'spreadsheet', spreadsheet: { ...openDraft(content.spreadsheet), title: name } }
      : { ...content, name };
};

/** New bytes for a file that has bytes. */
export const replaceContent = (
  world: World,
  caller: Caller,
  file: DriveFile,
  blob: Blob,
  contentType: string,
): void => {
  if (file.content.kind !== 'blob') {
    throw forbidden('fileNotDownloadable', 'Only files with binary content can be given new content.');
  }
  assertStorage(world, caller, blob.size - file.content.blob.size);
  file.content = { ...file.content, blob };
  file.mimeType = contentType;
  touch(world, file, caller.account.email);
};

/** Named fields take their new values; the version rises once. */
export const updateFields = (world: World, caller: Caller, file: DriveFile, wish: FileFields): void => {
  if (wish.trashed !== undefined) file.trashed = wish.trashed;
  if (wish.name !== undefined) renameFile(file, wish.name);
  if (wish.description !== undefined) file.description = wish.description;
  if (wish.starred !== undefined) file.starred = wish.starred;
  if (wish.mimeType !== undefined && file.content.kind === 'blob') file.mimeType = wish.mimeType;
  if (wish.appProperties) {
    const gone = Object.entries(wish.appProperties).filter(([, value]) => value === null);
    const next = { ...file.properties, ...withoutNulls(wish.appProperties) };
    for (const [name] of gone) delete next[name];
    file.properties = next;
  }
  touch(world, file, caller.account.email);
  if (wish.modifiedTime !== undefined) file.modifiedAtMs = Date.parse(wish.modifiedTime);
};
