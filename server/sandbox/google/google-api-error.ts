/** Errors as Google's JSON APIs word them: `{error: {code, message, status, details?}}` (AIP-193; captures of 2026-11). */

const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  OUT_OF_RANGE: 416,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
} as const;

export type GoogleStatus = keyof typeof HTTP_STATUS;

/** One refusal. Drive adds the older `errors[]` list, whose `reason` clients branch on. */
export class GoogleApiError extends Error {
  readonly status: GoogleStatus;
  readonly httpStatus: number;
  readonly details: readonly object[];
  readonly reason: string | undefined;
  readonly location: { location: string; locationType: string } | undefined;
  readonly domain: string;

  constructor(
    status: GoogleStatus,
    message: string,
    more: {
      details?: readonly object[];
      reason?: string;
      location?: { location: string; locationType: string };
      /** Of the older list: `usageLimits` for quotas, `global` for all else. */
      domain?: string;
    } = {},
  ) {
    super(message);
    this.name = 'GoogleApiError';
    this.status = status;
    this.httpStatus = HTTP_STATUS[status];
    this.details = more.details ?? [];
    this.reason = more.reason;
    this.location = more.location;
    this.domain = more.domain ?? 'global';
  }

  /** The body that Google sends for it. */
  toBody(): object {
    const older = this.reason && {
      errors: [{ message: this.message, domain: this.domain, reason: this.reason, ...this.location }],
    };
    const details = this.details.length > 0 && { details: this.details };
    return {
      error: { code: this.httpStatus, message: this.message, ...older, status: this.status, ...details },
    };
  }
}

export const invalidArgument = (message: string): GoogleApiError =>
  new GoogleApiError('INVALID_ARGUMENT', message);

/** What Sheets says of a file that does not exist and of one the app was never given under `drive.file`. */
export const entityNotFound = (): GoogleApiError =>
  new GoogleApiError('NOT_FOUND', 'Requested entity was not found.');

export const callerLacksPermission = (): GoogleApiError =>
  new GoogleApiError('PERMISSION_DENIED', 'The caller does not have permission');

/** A call that took longer than 180 s; the outcome is that nothing was done, which the caller cannot know. */
export const deadlineExceeded = (): GoogleApiError =>
  new GoogleApiError('DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.');
