/** Drive's refusals with their reasons (guide "Resolve errors", 2026). */
import { GoogleApiError } from '../google-api-error.ts';

export const fileNotFound = (id: string): GoogleApiError =>
  new GoogleApiError('NOT_FOUND', `File not found: ${id}.`, {
    reason: 'notFound',
    location: { location: 'fileId', locationType: 'parameter' },
  });

export const forbidden = (reason: string, message: string): GoogleApiError =>
  new GoogleApiError('PERMISSION_DENIED', message, { reason });

export const lacksFilePermission = (): GoogleApiError =>
  forbidden('insufficientFilePermissions', 'The user does not have sufficient permissions for this file.');

export const storageFull = (isServiceAccount: boolean): GoogleApiError =>
  forbidden(
    'storageQuotaExceeded',
    isServiceAccount
      ? 'Service Accounts do not have storage quota. Leverage shared drives, or use OAuth delegation instead.'
      : "The user's Drive storage quota has been exceeded.",
  );

export const invalidParameter = (name: string, message: string): GoogleApiError =>
  new GoogleApiError('INVALID_ARGUMENT', message, {
    reason: 'invalidParameter',
    location: { location: name, locationType: 'parameter' },
  });

export const invalid = (message: string, location?: string): GoogleApiError =>
  new GoogleApiError('INVALID_ARGUMENT', message, {
    reason: 'invalid',
    ...(location !== undefined && { location: { location, locationType: 'parameter' } }),
  });

export const badRequest = (message: string): GoogleApiError =>
  new GoogleApiError('INVALID_ARGUMENT', message, { reason: 'badRequest' });
