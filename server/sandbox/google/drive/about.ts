/** Drive v3 `about`, and the short lists that a person without shared drives gets. */
import { pickFields } from '../field-mask.ts';
import { GoogleApiError } from '../google-api-error.ts';
import { json } from '../respond.ts';
import type { DriveMethod } from './drive-method.ts';
import { maskOf } from './drive-method.ts';
import { storageOf, usedBytes } from './open-file.ts';

const aboutTree = {
  kind: true,
  user: { kind: true, displayName: true, me: true, permissionId: true, emailAddress: true },
  storageQuota: { limit: true, usage: true, usageInDrive: true, usageInDriveTrash: true },
  maxUploadSize: true,
  canCreateDrives: true,
  appInstalled: true,
} as const;

const about: DriveMethod = {
  verb: 'GET',
  path: /^\/about$/,
  units: 5,
  run({ world, caller, query }) {
    if (!query.get('fields')) {
      throw new GoogleApiError('INVALID_ARGUMENT', "The 'fields' parameter is required for this method.", {
        reason: 'required',
        location: { location: 'fields', locationType: 'parameter' },
      });
    }
    const { account } = caller;
    const usage = String(usedBytes(world, account.email));
    const all = {
      kind: 'drive#about',
      user: {
        kind: 'drive#user',
        displayName: account.name,
        me: true,
        permissionId: account.sub,
        emailAddress: account.email,
      },
      storageQuota: { limit: String(storageOf(caller)), usage, usageInDrive: usage, usageInDriveTrash: '0' },
      maxUploadSize: '5242880000000',
      canCreateDrives: false,
      appInstalled: false,
    };
    return json(200, pickFields(all, maskOf(query, aboutTree, '*')));
  },
};

const drives: DriveMethod = {
  verb: 'GET',
  path: /^\/drives$/,
  units: 100,
  run: () => json(200, { kind: 'drive#driveList', drives: [] }),
};

export const aboutMethods: readonly DriveMethod[] = [about, drives];
