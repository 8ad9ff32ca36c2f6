/** Drive v3 `files`, without media. */
import { pickFields } from '../field-mask.ts';
import { isGranted, roleOf } from '../file-access.ts';
import { bodyText, json, noContent } from '../respond.ts';
import { fileName } from '../world.ts';
import { downloadFile, exportFile } from './download.ts';
import { invalidParameter, lacksFilePermission } from './drive-errors.ts';
import { type DriveMethod, FILE_FIELDS, maskOf, showFile } from './drive-method.ts';
import { readFields, readJson } from './file-fields.ts';
import { fileJson, fileTree } from './file-json.ts';
import { fileOrder } from './file-order.ts';
import { matcher } from './file-query.ts';
import { copyFile, createFile, updateFields } from './make-file.ts';
import { assertOwner, checkParents, deleteTree, isTrashed, openFile, rootId } from './open-file.ts';

const ID = '/files/([^/]+)';

const get: DriveMethod = {
  verb: 'GET',
  path: new RegExp(`^${ID}$`),
  units: 5,
  run(call) {
    const { world, caller, parts, query } = call;
    const file = openFile(world, caller, parts[0] ?? '', false);
    return query.get('alt') === 'media' ? downloadFile(file, call.call) : showFile(call, file);
  },
};

const listTree = { kind: true, nextPageToken: true, incompleteSearch: true, files: fileTree } as const;

const list: DriveMethod = {
  verb: 'GET',
  path: /^\/files$/,
  units: 100,
  run({ world, caller, query }) {
    const mask = maskOf(query, listTree, `kind,nextPageToken,incompleteSearch,files(${FILE_FIELDS})`);
    const isWanted = matcher(query.get('q') ?? '', world, caller);
    const size = Number(query.get('pageSize') ?? 100);
    if (!Number.isInteger(size) || size < 1 || size > 1000) {
      throw invalidParameter(
        'pageSize',
        `Invalid value '${query.get('pageSize')}'. Values must be within the range: [1, 1000]`,
      );
    }
    const token = query.get('pageToken') ?? '0';
    if (!/^\d+$/.test(token)) throw invalidParameter('pageToken', 'Invalid Value');
    const start = Number(token);
    const files = [...world.files.values()].filter(
      (file) =>
        roleOf(file, caller.account.email) &&
        isGranted(world, caller, file, 'drive', 'drive.readonly') &&
        isWanted(file),
    );
    files.sort(fileOrder(query.get('orderBy') ?? 'modifiedTime desc'));
    const end = start + size;
    const page = {
      kind: 'drive#fileList',
      ...(end < files.length && { nextPageToken: String(end) }),
      incompleteSearch: false,
      files: files.slice(start, end).map((file) => fileJson(world, file, caller)),
    };
    return json(200, pickFields(page, mask));
  },
};

const create: DriveMethod = {
  verb: 'POST',
  path: /^\/files$/,
  units: 50,
  run(call) {
    const wish = readFields(readJson(bodyText(call.call)));
    return showFile(call, createFile(call.world, call.caller, wish));
  },
};

const copy: DriveMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}/copy$`),
  units: 50,
  run(call) {
    const source = openFile(call.world, call.caller, call.parts[0] ?? '', false);
    const wish = readFields(readJson(bodyText(call.call)));
    return showFile(call, copyFile(call.world, call.caller, source, wish));
  },
};

const update: DriveMethod = {
  verb: 'PATCH',
  path: new RegExp(`^${ID}$`),
  units: 50,
  run(call) {
    const { world, caller, query } = call;
    const file = openFile(world, caller, call.parts[0] ?? '', true);
    const wish = readFields(readJson(bodyText(call.call)));
    if (wish.trashed !== undefined) assertOwner(file, caller);
    if (wish.parents) {
      throw invalidParameter(
        'parents',
        'The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.',
      );
    }
    const added = query.get('addParents');
    if (added !== null) {
      const removed = (query.get('removeParents') ?? '').split(',').filter(Boolean);
      const left = file.parents.filter((id) => !removed.includes(id));
      const isInRoot = file.parents.length === 0 && !removed.includes(rootId(caller.account.email));
      if (left.length > 0 || (isInRoot && !removed.includes('root'))) throw lacksFilePermission();
      file.parents = checkParents(world, caller, added.split(','));
    }
    updateFields(world, caller, file, wish);
    return showFile(call, file);
  },
};

const remove: DriveMethod = {
  verb: 'DELETE',
  path: new RegExp(`^${ID}$`),
  units: 50,
  run({ world, caller, parts }) {
    const file = openFile(world, caller, parts[0] ?? '', true);
    assertOwner(file, caller);
    deleteTree(world, file);
    return noContent();
  },
};

const emptyTrash: DriveMethod = {
  verb: 'DELETE',
  path: /^\/files\/trash$/,
  units: 50,
  run({ world, caller }) {
    for (const file of [...world.files.values()]) {
      const isOwn = roleOf(file, caller.account.email) === 'owner';
      if (isOwn && isTrashed(world, file) && isGranted(world, caller, file, 'drive')) deleteTree(world, file);
    }
    return noContent();
  },
};

const generateIds: DriveMethod = {
  verb: 'GET',
  path: /^\/files\/generateIds$/,
  units: 5,
  run({ world, query }) {
    const count = Number(query.get('count') ?? 10);
    if (!Number.isInteger(count) || count < 1 || count > 1000) {
      throw invalidParameter(
        'count',
        `Invalid value '${query.get('count')}'. Values must be within the range: [1, 1000]`,
      );
    }
    const ids = Array.from({ length: count }, () => `1${world.random.token(32)}`);
    return json(200, { kind: 'drive#generatedIds', space: query.get('space') ?? 'drive', ids });
  },
};

const exportMethod: DriveMethod = {
  verb: 'GET',
  path: new RegExp(`^${ID}/export$`),
  units: 200,
  run({ world, caller, parts, query }) {
    const file = openFile(world, caller, parts[0] ?? '', false);
    return exportFile(world, file, query.get('mimeType') ?? '', fileName(file));
  },
};

/** Fixed names before the pattern that any id fits. */
export const fileMethods: readonly DriveMethod[] = [
  generateIds,
  emptyTrash,
  exportMethod,
  get,
  list,
  create,
  copy,
  update,
  remove,
];
