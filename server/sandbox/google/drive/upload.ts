/** `/upload/drive/v3/files`: bytes in one body, with metadata, or in pieces that survive a broken line. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { bodyText, type Call } from '../respond.ts';
import type { DriveFile } from '../world.ts';
import { type Blob, blobOf } from './blob.ts';
import { badRequest, fileNotFound } from './drive-errors.ts';
import { type DriveCall, showFile } from './drive-method.ts';
import { readFields, readJson } from './file-fields.ts';
import { createFile, replaceContent, updateFields } from './make-file.ts';
import { readParts } from './multipart.ts';
import { assertStorage, openFile } from './open-file.ts';
import { readContentRange, SESSION_LIFE_MS, takePiece, type UploadSession } from './upload-session.ts';

const empty = (status: number, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body: new Uint8Array(),
});

/** Puts the bytes where they belong: a new file, or new content for an old one. */
const store = (
  call: DriveCall,
  fileId: string | undefined,
  metadata: unknown,
  media: { contentType: string; blob: Blob },
): DriveFile => {
  const wish = readFields(metadata);
  if (fileId === undefined) return createFile(call.world, call.caller, wish, media);
  const file = openFile(call.world, call.caller, fileId, true);
  replaceContent(call.world, call.caller, file, media.blob, wish.mimeType ?? media.contentType);
  if (Object.keys(wish).length > 0) updateFields(call.world, call.caller, file, wish);
  return file;
};

const typeOf = (call: Call): string => call.headers['content-type'] ?? 'application/octet-stream';

/** POST makes a file, PATCH gives an old one new content; `uploadType` says how the bytes come. */
export const upload = (call: DriveCall, fileId: string | undefined): HttpResponse => {
  const request = call.call;
  switch (call.query.get('uploadType')) {
    case 'media': {
      const media = { contentType: typeOf(request), blob: blobOf([request.body]) };
      return showFile(call, store(call, fileId, undefined, media));
    }
    case 'multipart': {
      const [metadata, media] = readParts(typeOf(request), request.body);
      if (!metadata || !media) throw badRequest('Malformed multipart body.');
      const json = readJson(new TextDecoder().decode(metadata.body));
      const blob = blobOf([media.body]);
      return showFile(call, store(call, fileId, json, { contentType: media.contentType, blob }));
    }
    case 'resumable':
      return initiate(call, fileId);
    default:
      throw badRequest('Invalid upload request: uploadType must be media, multipart or resumable.');
  }
};

/** Checks what can be checked before a byte has come, and answers with the session's address. */
const initiate = (call: DriveCall, fileId: string | undefined): HttpResponse => {
  const { world, caller, query } = call;
  const request = call.call;
  const metadata = readJson(bodyText(request));
  const wish = readFields(metadata);
  const promised = request.headers['x-upload-content-length'];
  if (promised !== undefined && !/^\d+$/.test(promised))
    throw badRequest('Invalid X-Upload-Content-Length header.');
  const length = promised === undefined ? undefined : Number(promised);
  if (fileId !== undefined) openFile(world, caller, fileId, true);
  assertStorage(world, caller, length ?? 0);
  const session: UploadSession = {
    id: world.random.token(90),
    sub: caller.account.sub,
    clientId: caller.session.clientId,
    scopes: caller.session.scopes,
    ...(fileId !== undefined && { fileId }),
    metadata,
    contentType: request.headers['x-upload-content-type'] ?? wish.mimeType ?? 'application/octet-stream',
    ...(length !== undefined && { length }),
    createdAtMs: world.clock.now(),
    pieces: [],
    received: 0,
    state: 'open',
  };
  world.uploads.set(session.id, session);
  const address = new URL(request.url.pathname, request.url.origin);
  for (const [name, value] of query) address.searchParams.append(name, value);
  address.searchParams.set('upload_id', session.id);
  return empty(200, { location: address.href, 'x-guploader-uploadid': session.id });
};

/** The session's address is the right to use it: no token is asked for again. */
export const openSession = (world: DriveCall['world'], call: Call): UploadSession => {
  const id = call.url.searchParams.get('upload_id') ?? '';
  const session = world.uploads.get(id);
  if (!session) throw fileNotFound(id);
  if (world.clock.now() - session.createdAtMs > SESSION_LIFE_MS) {
    world.uploads.delete(id);
    throw fileNotFound(id);
  }
  return session;
};

const progress = ({ received }: UploadSession): HttpResponse =>
  empty(308, received > 0 ? { range: `bytes=0-${received - 1}` } : {});

/** PUT: a piece or a question how far it is; DELETE: never mind. */
export const continueUpload = (call: DriveCall, session: UploadSession): HttpResponse => {
  const { world } = call;
  if (session.state === 'cancelled') return empty(499);
  if (call.call.method === 'DELETE') {
    if (session.state === 'open') session.state = 'cancelled';
    session.pieces = [];
    return empty(499);
  }
  const done = session.doneFileId === undefined ? undefined : world.files.get(session.doneFileId);
  if (session.state === 'done') {
    if (!done) throw fileNotFound(session.doneFileId ?? '');
    // The answer to the last piece was lost: it is given again.
    return showFile(call, done);
  }
  const range = readContentRange(call.call.headers['content-range']);
  const isQuestion = range !== undefined && range.start === undefined;
  const isWholeEmptyFile = isQuestion && range.total === 0 && session.received === 0;
  if (isQuestion && !isWholeEmptyFile) return progress(session);
  if (!isWholeEmptyFile && !takePiece(session, call.call.body, range)) return progress(session);
  const media = { contentType: session.contentType, blob: blobOf(session.pieces) };
  const file = store(call, session.fileId, session.metadata, media);
  session.state = 'done';
  session.doneFileId = file.id;
  session.pieces = [];
  return showFile(call, file);
};
