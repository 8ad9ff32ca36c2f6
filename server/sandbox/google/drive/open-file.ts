/** A file for a Drive call: who may see it, who may change it, what lies in the bin. */
import { type Caller, isGranted, mayWrite, roleOf } from '../file-access.ts';
import { type DriveFile, grantKey, type World } from '../world.ts';
import { fileNotFound, lacksFilePermission, storageFull } from './drive-errors.ts';

export const FOLDER_MIME = 'application/vnd.google-apps.folder';
/** Google gives every person 15 GB. */
const STORAGE_BYTES = 15 * 1024 ** 3;

export const rootId = (email: string): string => `root-${email}`;

/** 404 for what is not there, not shared with the user, or not given to the app: Drive tells them not apart. */
export const openFile = (world: World, caller: Caller, id: string, isWrite: boolean): DriveFile => {
  const file = world.files.get(id);
  const role = file && roleOf(file, caller.account.email);
  const broad = isWrite ? ['drive'] : ['drive', 'drive.readonly'];
  if (!file || !role || !isGranted(world, caller, file, ...broad)) throw fileNotFound(id);
  if (isWrite && !mayWrite(role)) throw lacksFilePermission();
  return file;
};

export const assertOwner = (file: DriveFile, caller: Caller): void => {
  if (roleOf(file, caller.account.email) !== 'owner') throw lacksFilePermission();
};

/** Parents of a new file: one at most, and the app must have it. */
export const checkParents = (world: World, caller: Caller, wanted: readonly string[]): string[] => {
  if (wanted.length > 1) throw lacksFilePermission();
  return wanted.flatMap((id) => {
    if (id === 'root' || id === rootId(caller.account.email)) return [];
    if (openFile(world, caller, id, true).mimeType !== FOLDER_MIME) throw fileNotFound(id);
    return [id];
  });
};

/** In the bin itself, or in a folder that is. */
export const isTrashed = (world: World, file: DriveFile): boolean =>
  file.trashed ||
  file.parents.some((id) => {
    const parent = world.files.get(id);
    return parent !== undefined && isTrashed(world, parent);
  });

/** The file and everything below it, gone for good. */
export const deleteTree = (world: World, file: DriveFile): void => {
  world.files.delete(file.id);
  for (const other of [...world.files.values()]) {
    if (other.parents.includes(file.id)) deleteTree(world, other);
  }
};

/** What the app makes it may use from then on. */
export const give = (world: World, caller: Caller, file: DriveFile): DriveFile => {
  world.fileGrants.add(grantKey(caller.projectNumber, caller.account.sub, file.id));
  return file;
};

export const usedBytes = (world: World, email: string): number => {
  let used = 0;
  for (const { content, permissions } of world.files.values()) {
    const isOwn = permissions.some((permission) => permission.email === email && permission.role === 'owner');
    if (isOwn && content.kind === 'blob') used += content.blob.size;
  }
  return used;
};

export const storageOf = ({ account }: Caller): number =>
  account.isServiceAccount ? 0 : (account.storageBytes ?? STORAGE_BYTES);

/** 403 when the file would not fit, or the owner has no storage at all. */
export const assertStorage = (world: World, caller: Caller, bytes: number): void => {
  const { account } = caller;
  if (account.isServiceAccount) throw storageFull(true);
  if (usedBytes(world, account.email) + bytes > storageOf(caller)) throw storageFull(false);
};
