/** A file as Drive v3 describes it, and the fields that masks may name. */
import type { FieldTree } from '../field-mask.ts';
import type { Caller } from '../file-access.ts';
import { roleOf } from '../file-access.ts';
import { type DriveFile, fileName, grantKey, type World } from '../world.ts';

const user: FieldTree = { kind: true, displayName: true, me: true, permissionId: true, emailAddress: true };

export const fileTree: FieldTree = {
  kind: true,
  id: true,
  name: true,
  mimeType: true,
  version: true,
  createdTime: true,
  modifiedTime: true,
  trashed: true,
  explicitlyTrashed: true,
  parents: true,
  properties: true,
  appProperties: true,
  webViewLink: true,
  owners: user,
  lastModifyingUser: user,
  ownedByMe: true,
  shared: true,
  isAppAuthorized: true,
  permissions: {
    kind: true,
    id: true,
    type: true,
    emailAddress: true,
    role: true,
    displayName: true,
    deleted: true,
  },
  permissionIds: true,
  capabilities: {
    canEdit: true,
    canCopy: true,
    canComment: true,
    canDelete: true,
    canDownload: true,
    canModifyContent: true,
    canRename: true,
    canShare: true,
    canTrash: true,
    canUntrash: true,
    canReadRevisions: true,
    canAddChildren: true,
    canListChildren: true,
  },
};

export const fileJson = (world: World, file: DriveFile, caller: Caller): object => {
  const role = roleOf(file, caller.account.email);
  const mayWrite = role === 'owner' || role === 'writer';
  const isOwner = role === 'owner';
  const userJson = (email: string): object => {
    const account = world.accounts.find((candidate) => candidate.email === email);
    return {
      kind: 'drive#user',
      displayName: account?.name ?? email,
      me: email === caller.account.email,
      permissionId: account?.sub ?? email,
      emailAddress: email,
    };
  };
  const owner = file.permissions.find((permission) => permission.role === 'owner')?.email ?? '';
  const isFolder = file.content.kind === 'folder';
  return {
    kind: 'drive#file',
    id: file.id,
    name: fileName(file),
    mimeType: file.mimeType,
    version: String(file.version),
    createdTime: new Date(file.createdAtMs).toISOString(),
    modifiedTime: new Date(file.modifiedAtMs).toISOString(),
    trashed: file.trashed,
    explicitlyTrashed: file.trashed,
    parents: file.parents.length > 0 ? file.parents : [`root-${owner}`],
    ...(Object.keys(file.properties).length > 0 && { appProperties: file.properties }),
    webViewLink: isFolder
      ? `https://drive.google.com/drive/folders/${file.id}`
      : `https://docs.google.com/spreadsheets/d/${file.id}/edit?usp=drivesdk`,
    owners: [userJson(owner)],
    lastModifyingUser: userJson(file.lastModifiedBy),
    ownedByMe: isOwner,
    shared: file.permissions.length > 1,
    isAppAuthorized: world.fileGrants.has(grantKey(caller.projectNumber, caller.account.sub, file.id)),
    // Readers are not told who else has access.
    ...(mayWrite && {
      permissions: file.permissions.map((permission) => ({
        kind: 'drive#permission',
        id: world.accounts.find(({ email }) => email === permission.email)?.sub ?? permission.email,
        type: 'user',
        emailAddress: permission.email,
        role: permission.role,
        displayName: world.accounts.find(({ email }) => email === permission.email)?.name ?? permission.email,
        deleted: false,
      })),
      permissionIds: file.permissions.map(
        ({ email }) => world.accounts.find((account) => account.email === email)?.sub ?? email,
      ),
    }),
    capabilities: {
      canEdit: mayWrite,
      canCopy: true,
      canComment: mayWrite,
      canDelete: isOwner,
      canDownload: true,
      canModifyContent: mayWrite,
      canRename: mayWrite,
      canShare: mayWrite,
      canTrash: isOwner,
      canUntrash: isOwner,
      canReadRevisions: mayWrite,
      canAddChildren: isFolder && mayWrite,
      canListChildren: isFolder,
    },
  };
};
