/** Who may touch a file: the token's scopes, the user's role, and under `drive.file` the app's own grant to the file. */
import { callerLacksPermission, entityNotFound, GoogleApiError } from './google-api-error.ts';
import { hasScope } from './oauth/scopes.ts';
import type { Session } from './oauth/token-store.ts';
import { bearer, type Call } from './respond.ts';
import { type Account, type DriveFile, grantKey, type World } from './world.ts';

/** A call's user and app. */
export interface Caller {
  account: Account;
  session: Session;
  projectNumber: string;
}

const unauthenticated = (): GoogleApiError =>
  new GoogleApiError(
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    {
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'ACCESS_TOKEN_EXPIRED',
          domain: 'googleapis.com',
        },
      ],
      reason: 'authError',
      location: { location: 'Authorization', locationType: 'header' },
    },
  );

/** The caller behind the bearer token; 401 when there is none or it has ended. */
export const authenticate = (world: World, call: Call): Caller => {
  const token = bearer(call) ?? call.url.searchParams.get('access_token') ?? undefined;
  const session = token ? world.tokens.readAccessToken(token) : undefined;
  const account = world.accounts.find(({ sub }) => sub === session?.sub);
  const client = world.clients.find(({ clientId }) => clientId === session?.clientId);
  if (!session || !account || !client) throw unauthenticated();
  return { account, session, projectNumber: client.projectNumber };
};

export const assertScope = ({ session }: Caller, ...names: string[]): void => {
  if (hasScope(session.scopes, ...names)) return;
  throw new GoogleApiError('PERMISSION_DENIED', 'Request had insufficient authentication scopes.', {
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
      },
    ],
    reason: 'insufficientPermissions',
  });
};

export type Role = DriveFile['permissions'][number]['role'];

/** The user's own role, or what anyone with the link has. */
export const roleOf = (file: DriveFile, email: string): Role | undefined =>
  (
    file.permissions.find((permission) => permission.email === email) ??
    file.permissions.find(({ type }) => type === 'anyone')
  )?.role;

export const mayWrite = (role: Role | undefined): boolean => role === 'owner' || role === 'writer';

/** Whether the app may see the file at all: a broad scope, or the file was picked for it or made by it. */
export const isGranted = (world: World, caller: Caller, file: DriveFile, ...broad: string[]): boolean =>
  hasScope(caller.session.scopes, ...broad) ||
  world.fileGrants.has(grantKey(caller.projectNumber, caller.account.sub, file.id));

/**
 * A spreadsheet for a Sheets call. 404 when there is none or the app was never given it under `drive.file`;
 * 403 when the user's own access does not reach (google-platform.md sections 4.3 and 5.9).
 */
export const openSpreadsheet = (
  world: World,
  caller: Caller,
  id: string,
  need: 'read' | 'write',
): DriveFile => {
  const file = world.files.get(id);
  if (file?.content.kind !== 'spreadsheet') throw entityNotFound();
  const broad =
    need === 'read'
      ? ['spreadsheets', 'spreadsheets.readonly', 'drive', 'drive.readonly']
      : ['spreadsheets', 'drive'];
  if (!isGranted(world, caller, file, ...broad)) throw entityNotFound();
  const role = roleOf(file, caller.account.email);
  if (!role || (need === 'write' && !mayWrite(role))) throw callerLacksPermission();
  return file;
};

/** Puts a new state in a file's place. */
export const commitSpreadsheet = (
  world: World,
  file: DriveFile,
  spreadsheet: Extract<DriveFile['content'], { kind: 'spreadsheet' }>['spreadsheet'],
  email: string,
): void => {
  file.content = { kind: 'spreadsheet', spreadsheet };
  touch(world, file, email);
};

/** A change that people do not see in the file: sharing, marks. The version rises, the time of change stays. */
export const bumpVersion = (file: DriveFile): void => {
  file.version += 1;
};

export const touch = (world: World, file: DriveFile, email: string): void => {
  file.version += 1;
  file.modifiedAtMs = world.clock.now();
  file.lastModifiedBy = email;
};
