/** Drive v3 `permissions`: with whom a file is shared (guide "Share files, folders and drives", 2026). */
import * as z from 'zod';
import { pickFields } from '../field-mask.ts';
import { bumpVersion } from '../file-access.ts';
import { GoogleApiError } from '../google-api-error.ts';
import { bodyText, json, noContent } from '../respond.ts';
import { parseWire } from '../wire-error.ts';
import type { DriveFile, Permission, World } from '../world.ts';
import { badRequest, forbidden } from './drive-errors.ts';
import { type DriveCall, type DriveMethod, maskOf } from './drive-method.ts';
import { readJson } from './file-fields.ts';
import { fileTree, permissionId, permissionJson } from './file-json.ts';
import { assertOwner, openFile } from './open-file.ts';

const permissionTree = (fileTree['permissions'] ?? {}) as Exclude<(typeof fileTree)[string], true>;
const FIELDS = 'kind,id,type,role';

const roleSchema = z.enum(['owner', 'organizer', 'fileOrganizer', 'writer', 'commenter', 'reader']);
const permissionSchema = z.strictObject({
  type: z.enum(['user', 'group', 'domain', 'anyone']).optional(),
  role: roleSchema.optional(),
  emailAddress: z.string().optional(),
  domain: z.string().optional(),
  allowFileDiscovery: z.boolean().optional(),
});

const show = ({ world, query }: DriveCall, permission: Permission) =>
  json(200, pickFields(permissionJson(world, permission), maskOf(query, permissionTree, FIELDS)));

const find = (world: World, file: DriveFile, id: string): Permission => {
  const found = file.permissions.find((permission) => permissionId(world, permission) === id);
  if (found) return found;
  throw new GoogleApiError('NOT_FOUND', `Permission not found: ${id}.`, {
    reason: 'notFound',
    location: { location: 'permissionId', locationType: 'parameter' },
  });
};

const checkedRole = (role: z.infer<typeof roleSchema> | undefined): Permission['role'] => {
  if (role === undefined) throw badRequest('The permission role field is required.');
  if (role === 'organizer' || role === 'fileOrganizer') {
    throw badRequest('The specified role is only valid for shared drives.');
  }
  return role;
};

const PATH = '/files/([^/]+)/permissions';

const list: DriveMethod = {
  verb: 'GET',
  path: new RegExp(`^${PATH}$`),
  units: 100,
  run({ world, caller, parts, query }) {
    // Readers are not told who else has access.
    const file = openFile(world, caller, parts[0] ?? '', true);
    const mask = maskOf(
      query,
      { kind: true, nextPageToken: true, permissions: permissionTree },
      `kind,permissions(${FIELDS})`,
    );
    const permissions = file.permissions.map((permission) => permissionJson(world, permission));
    return json(200, pickFields({ kind: 'drive#permissionList', permissions }, mask));
  },
};

const get: DriveMethod = {
  verb: 'GET',
  path: new RegExp(`^${PATH}/([^/]+)$`),
  units: 5,
  run(call) {
    const file = openFile(call.world, call.caller, call.parts[0] ?? '', true);
    return show(call, find(call.world, file, call.parts[1] ?? ''));
  },
};

/** Sharing with somebody who has the file already changes the role; a lower one is ignored. */
const create: DriveMethod = {
  verb: 'POST',
  path: new RegExp(`^${PATH}$`),
  units: 50,
  run(call) {
    const { world, caller, parts, query } = call;
    const file = openFile(world, caller, parts[0] ?? '', true);
    const wish = parseWire(permissionSchema, readJson(bodyText(call.call)) ?? {});
    const role = checkedRole(wish.role);
    const type = wish.type ?? '';
    if (type === '') throw badRequest('The permission type field is required.');
    if (type === 'domain') throw badRequest('Sharing with a domain is not part of the sandbox.');
    const email = wish.emailAddress ?? '';
    if (type !== 'anyone' && !/^[^@\s]+@[^@\s]+$/.test(email)) {
      throw new GoogleApiError(
        'INVALID_ARGUMENT',
        'The specified emailAddress is invalid or not applicable for the given permission type.',
        {
          reason: 'invalidSharingRequest',
        },
      );
    }
    if (role === 'owner') {
      assertOwner(file, caller);
      if (query.get('transferOwnership') !== 'true') {
        throw forbidden(
          'forbidden',
          "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
        );
      }
      if (world.accounts.find((account) => account.email === email)?.isServiceAccount) {
        throw forbidden(
          'invalidOwnershipTransfer',
          'Ownership can only be transferred to another user in the same organization as the current owner.',
        );
      }
    }
    const made: Permission = {
      email: type === 'anyone' ? '' : email,
      role,
      ...(type !== 'user' && { type }),
    };
    const others = file.permissions
      .filter((other) => other.email !== made.email)
      .map(
        (other): Permission =>
          role === 'owner' && other.role === 'owner' ? { ...other, role: 'writer' } : other,
      );
    const known = file.permissions.find((other) => other.email === made.email);
    if (known?.role === 'owner') return show(call, known);
    file.permissions = [...others, made];
    bumpVersion(file);
    return show(call, made);
  },
};

const update: DriveMethod = {
  verb: 'PATCH',
  path: new RegExp(`^${PATH}/([^/]+)$`),
  units: 50,
  run(call) {
    const { world, caller, parts } = call;
    const file = openFile(world, caller, parts[0] ?? '', true);
    const old = find(world, file, parts[1] ?? '');
    const role = checkedRole(parseWire(permissionSchema, readJson(bodyText(call.call)) ?? {}).role);
    if (old.role === 'owner' || role === 'owner') {
      throw forbidden(
        'forbidden',
        "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
      );
    }
    const next = { ...old, role };
    file.permissions = file.permissions.map((permission) => (permission === old ? next : permission));
    bumpVersion(file);
    return show(call, next);
  },
};

/** The owner stays; anybody else may be taken off, also by themselves. */
const remove: DriveMethod = {
  verb: 'DELETE',
  path: new RegExp(`^${PATH}/([^/]+)$`),
  units: 50,
  run({ world, caller, parts }) {
    const own = world.files
      .get(parts[0] ?? '')
      ?.permissions.find(({ email }) => email === caller.account.email);
    const isOwnLeave = own !== undefined && permissionId(world, own) === parts[1];
    const file = openFile(world, caller, parts[0] ?? '', !isOwnLeave);
    const old = find(world, file, parts[1] ?? '');
    if (old.role === 'owner')
      throw forbidden('insufficientFilePermissions', 'The owner of a file cannot be removed.');
    file.permissions = file.permissions.filter((permission) => permission !== old);
    bumpVersion(file);
    return noContent();
  },
};

export const permissionMethods: readonly DriveMethod[] = [list, get, create, update, remove];
