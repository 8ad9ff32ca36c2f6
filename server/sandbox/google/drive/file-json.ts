/** A file as Drive v3 describes it, and the fields that masks may name. */
import type { FieldTree } from '../field-mask.ts';
import type { Caller } from '../file-access.ts';
import { mayWrite, roleOf } from '../file-access.ts';
import { type DriveFile, fileName, grantKey, type Permission, type World } from '../world.ts';
import { isTrashed, rootId } from './open-file.ts';

const user: FieldTree = {
  kind: true,
  displayName: true,
  photoLink: true,
  me: true,
  permissionId: true,
  emailAddress: true,
};

/** Fields that files may have and those of the sandbox have not: masks may name them. */
const ABSENT = `clientEncryptionDetails contentHints contentRestrictions copyRequiresWriterPermission
  downloadRestrictions driveId exportLinks folderColorRgb hasAugmentedPermissions hasThumbnail iconLink
  imageMediaMetadata inheritedPermissionsDisabled labelInfo linkShareMetadata modifiedByMe modifiedByMeTime
  resourceKey sharedWithMeTime sharingUser shortcutDetails teamDriveId thumbnailLink thumbnailVersion
  trashedTime trashingUser videoMediaMetadata viewedByMe viewedByMeTime viewersCanCopyContent writersCanShare`.split(
  /\s+/,
);

export const fileTree: FieldTree = {
  ...Object.fromEntries(ABSENT.map((name) => [name, true as const])),
  kind: true,
  id: true,
  name: true,
  mimeType: true,
  description: true,
  starred: true,
  version: true,
  size: true,
  quotaBytesUsed: true,
  md5Checksum: true,
  sha1Checksum: true,
  sha256Checksum: true,
  originalFilename: true,
  fileExtension: true,
  fullFileExtension: true,
  headRevisionId: true,
  webContentLink: true,
  spaces: true,
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
    allowFileDiscovery: true,
    pendingOwner: true,
    emailAddress: true,
    role: true,
    displayName: true,
    deleted: true,
    domain: true,
    expirationTime: true,
    inheritedPermissionsDisabled: true,
    permissionDetails: true,
    photoLink: true,
    teamDrivePermissionDetails: true,
    view: true,
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
  const isWriter = mayWrite(role);
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
    trashed: isTrashed(world, file),
    explicitlyTrashed: file.trashed,
    parents: file.parents.length > 0 ? file.parents : [rootId(owner)],
    ...(Object.keys(file.properties).length > 0 && { appProperties: file.properties }),
    ...(file.description !== undefined && { description: file.description }),
    starred: file.starred ?? false,
    spaces: ['drive'],
    webViewLink: linkTo(file),
    ...contentJson(file),
    owners: [userJson(owner)],
    lastModifyingUser: userJson(file.lastModifiedBy),
    ownedByMe: isOwner,
    shared: file.permissions.length > 1,
    isAppAuthorized: world.fileGrants.has(grantKey(caller.projectNumber, caller.account.sub, file.id)),
    // Readers are not told who else has access.
    ...(isWriter && {
      permissions: file.permissions.map((permission) => permissionJson(world, permission)),
      permissionIds: file.permissions.map((permission) => permissionId(world, permission)),
    }),
    capabilities: {
      canEdit: isWriter,
      canCopy: true,
      canComment: isWriter,
      canDelete: isOwner,
      canDownload: true,
      canModifyContent: isWriter,
      canRename: isWriter,
      canShare: isWriter,
      canTrash: isOwner,
      canUntrash: isOwner,
      canReadRevisions: isWriter,
      canAddChildren: isFolder && isWriter,
      canListChildren: isFolder,
    },
  };
};

const LINKS = {
  folder: (id: string) => `https://drive.google.com/drive/folders/${id}`,
  spreadsheet: (id: string) => `https://docs.google.com/spreadsheets/d/${id}/edit?usp=drivesdk`,
  blob: (id: string) => `https://drive.google.com/file/d/${id}/view?usp=drivesdk`,
};

const linkTo = ({ id, content }: DriveFile): string => LINKS[content.kind](id);

/** Sizes are int64 and so come as text; only files of bytes have checksums. */
const contentJson = (file: DriveFile): object => {
  if (file.content.kind !== 'blob') return { quotaBytesUsed: '0' };
  const { name, blob } = file.content;
  const extension = /\.([^.]+)$/.exec(name)?.[1] ?? '';
  return {
    size: String(blob.size),
    quotaBytesUsed: String(blob.size),
    md5Checksum: blob.md5,
    sha1Checksum: blob.sha1,
    sha256Checksum: blob.sha256,
    originalFilename: name,
    fileExtension: extension,
    fullFileExtension: extension,
    headRevisionId: `${file.id}-${blob.md5.slice(0, 8)}`,
    webContentLink: `https://drive.google.com/uc?id=${file.id}&export=download`,
  };
};

export const permissionId = (world: World, { email, type }: Permission): string =>
  type === 'anyone'
    ? 'anyoneWithLink'
    : (world.accounts.find((account) => account.email === email)?.sub ?? email);

export const permissionJson = (world: World, permission: Permission): object => {
  const { email, role, type = 'user' } = permission;
  const shared = { kind: 'drive#permission', id: permissionId(world, permission), type, role };
  if (type === 'anyone') return { ...shared, allowFileDiscovery: false };
  const displayName = world.accounts.find((account) => account.email === email)?.name ?? email;
  return { ...shared, emailAddress: email, displayName, deleted: false, pendingOwner: false };
};
