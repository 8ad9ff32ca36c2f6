/** Drive v3: which path and method does what, what quota it spends, and who may call. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { assertScope, authenticate, type Caller } from '../file-access.ts';
import { GoogleApiError } from '../google-api-error.ts';
import { type Call, decodePart } from '../respond.ts';
import type { World } from '../world.ts';
import { aboutMethods } from './about.ts';
import type { DriveCall, DriveMethod } from './drive-method.ts';
import { fileMethods } from './file-methods.ts';
import { permissionMethods } from './permission-methods.ts';
import { continueUpload, openSession, upload } from './upload.ts';

const METHODS: readonly DriveMethod[] = [...aboutMethods, ...fileMethods, ...permissionMethods];

const notHere = (): GoogleApiError => new GoogleApiError('NOT_FOUND', 'Not Found', { reason: 'notFound' });

/** Collections that Drive has and the sandbox does not (client 26.0.1, 2026-11): refused by name. */
const NOT_HERE = {
  top: /^\/(accessproposals|apps|approvals|changes|channels|drives|operations|teamdrives)(?:\/|$)/,
  ofFile:
    /^\/files\/[^/]+\/(accessproposals|approvals|comments|download|listLabels|modifyLabels|revisions|watch)(?:[/:]|$)/,
  ofFiles: /^\/files\/(generateCseToken)$/,
};

const prepare = (world: World, call: Call, units: number): Caller => {
  const caller = authenticate(world, call);
  const readOnly = call.method === 'GET' ? ['drive.readonly'] : [];
  assertScope(caller, 'drive.file', 'drive', ...readOnly);
  world.quotas.spendDrive(caller.projectNumber, caller.account.email, units);
  return caller;
};

export const driveApi = async (world: World, call: Call): Promise<HttpResponse> => {
  const path = call.url.pathname.slice('/drive/v3'.length);
  for (const method of METHODS) {
    const match = method.verb === call.method ? method.path.exec(path) : null;
    if (!match || NOT_HERE.ofFiles.test(path)) continue;
    const parts = match.slice(1).map((part) => decodePart(part ?? ''));
    return method.run({
      world,
      caller: prepare(world, call, method.units),
      call,
      query: call.url.searchParams,
      parts,
    });
  }
  const caller = authenticate(world, call);
  const [missing] = Object.values(NOT_HERE).flatMap((pattern) => pattern.exec(path)?.slice(1) ?? []);
  if (missing !== undefined) {
    throw new GoogleApiError('INVALID_ARGUMENT', `Drive's ${missing} is not part of the sandbox.`, {
      reason: 'notImplemented',
    });
  }
  assertScope(caller, 'drive.file', 'drive', 'drive.readonly');
  throw notHere();
};

/** `/upload/drive/v3/files…`. */
export const driveUploadApi = async (world: World, call: Call): Promise<HttpResponse> => {
  const [, id] = /^\/upload\/drive\/v3\/files(?:\/([^/]+))?$/.exec(call.url.pathname) ?? [];
  if (!/^\/upload\/drive\/v3\/files(?:\/[^/]+)?$/.test(call.url.pathname)) throw notHere();
  const base: Omit<DriveCall, 'caller'> = { world, call, query: call.url.searchParams, parts: [] };
  if (call.url.searchParams.has('upload_id')) {
    const session = openSession(world, call);
    const account = world.accounts.find(({ sub }) => sub === session.sub);
    const client = world.clients.find(({ clientId }) => clientId === session.clientId);
    if (!account || !client) throw notHere();
    const caller: Caller = { account, session, projectNumber: client.projectNumber };
    return continueUpload({ ...base, caller }, session);
  }
  const fits = id === undefined ? call.method === 'POST' : call.method === 'PATCH' || call.method === 'PUT';
  if (!fits) throw notHere();
  return upload({ ...base, caller: prepare(world, call, 50) }, id === undefined ? undefined : decodePart(id));
};
