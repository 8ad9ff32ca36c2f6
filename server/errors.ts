/** The four kinds of error, named by what the caller must do, and the one table of their codes. */

export type ErrorKind = 'user' | 'wait' | 'retry' | 'fatal';

export interface ErrorRow {
  kind: ErrorKind;
  /** HTTP status when it reaches a route. */
  status: number;
  /** One sentence that a person can act on. `{name}` parts are filled from `details`. */
  sentence: string;
  /** The one button that helps, as the sidebar labels it; empty when there is none. */
  button: string;
}

const row = <K extends ErrorKind>(
  kind: K,
  status: number,
  sentence: string,
  button = '',
): ErrorRow & { kind: K } => ({ kind, status, sentence, button });

export const errorTable = {
  // What a person sent or asked for.
  INVALID_INPUT: row('user', 400, '{field}: {problem}'),
  MALFORMED_REQUEST: row('user', 400, 'The request is not readable: {problem}'),
  TOO_LARGE: row('user', 413, 'The request is larger than {limit}.'),
  UNSUPPORTED_MEDIA_TYPE: row('user', 415, 'Send the request as application/json.'),
  NOT_SIGNED_IN: row('user', 401, 'Sign in with Google to go on.', 'Sign in'),
  CREDENTIAL_REFUSED: row('user', 401, 'This sign-in is not valid here. Sign in again.', 'Sign in'),
  FORBIDDEN: row('user', 403, 'Your role in this team does not allow this.'),
  NOT_FOUND: row('user', 404, 'There is no such {what}.'),
  METHOD_NOT_ALLOWED: row('user', 405, 'This address does not take {method}.'),
  CONFLICT: row('user', 409, '{what} changed in the meantime. Look again and repeat.', 'Refresh'),
  CONSENT_STATE_INVALID: row(
    'user',
    400,
    'This consent link was used already or has expired. Connect again.',
    'Connect Xero',
  ),
  CONSENT_DENIED: row('user', 400, 'Access was not given. Nothing was changed.', 'Connect Xero'),
  CONSENT_WRONG_ORGANISATION: row(
    'user',
    409,
    '{chosen} was chosen, but {wanted} was to be reconnected. Nothing was changed.',
    'Reconnect',
  ),
  NEEDS_RECONNECT: row(
    'user',
    409,
    '{organisation} is disconnected from Xero. Reconnect it to go on; your exporters and tabs are kept.',
    'Reconnect Xero',
  ),
  SCOPE_MISSING: row(
    'user',
    409,
    'Access to {what} was not given for {organisation}. Reconnect Xero and allow it.',
    'Reconnect Xero',
  ),
  XERO_PERMISSION: row(
    'user',
    409,
    'The Xero user who connected {organisation} may not read {what}. Reconnect as a user with {access}.',
    'Reconnect Xero',
  ),
  NEEDS_FILE: row(
    'user',
    409,
    'Foliokeep no longer has access to the spreadsheet. Choose it again.',
    'Choose spreadsheet',
  ),
  NEEDS_GOOGLE: row(
    'user',
    409,
    'Google access of {account} has ended. Sign in again to go on.',
    'Sign in with Google',
  ),
  WRITER_LEFT: row(
    'user',
    409,
    '{account} has left this team, so the tab is no longer written. Take it over to go on.',
    'Take over',
  ),
  SHEET_MISSING: row('user', 409, 'The spreadsheet was deleted or moved to the bin.', 'Choose spreadsheet'),
  TAB_MISSING: row('user', 409, 'The tab of this exporter was deleted.', 'Write to a new tab'),
  BLOCK_OVERLAP: row(
    'user',
    409,
    'The rows would cover cells that are not ours: {where}.',
    'Write to a new tab',
  ),
  BLOCK_DAMAGED: row(
    'user',
    409,
    'The header row or a column of this exporter was changed: {where}.',
    'Repair the tab',
  ),
  GOOGLE_STORAGE_FULL: row(
    'user',
    409,
    'The Google account has no storage left, so nothing was written. Free some space in Google Drive.',
  ),
  CELL_LIMIT: row(
    'user',
    409,
    'The spreadsheet would hold {cells} cells; Google allows {limit}.',
    'Edit exporter',
  ),
  CELL_TOO_LONG: row(
    'user',
    409,
    '{where} holds more than 50,000 characters, which Google Sheets does not allow.',
    'Edit exporter',
  ),
  RANGE_PROTECTED: row(
    'user',
    409,
    'Part of the tab is protected from {account}: {where}.',
    'Open the sheet',
  ),
  EMPTY_ANSWER: row(
    'user',
    409,
    'Xero answered with no rows where the tab has {rows}. The tab was kept as it is.',
    'Run anyway',
  ),
  MANY_REMOVED: row(
    'user',
    409,
    '{count} of {total} {what} vanished at once. Nothing was removed; check Xero, then confirm.',
    'Confirm removal',
  ),
  DELIVERY_REFUSED: row('user', 409, '{recipient} refused the message: {problem}.'),
  QUERY_REFUSED: row('user', 400, 'This query cannot be run: {problem}', 'Edit exporter'),
  QUERY_LIMIT: row('user', 409, 'This query needs more than {limit}.', 'Edit exporter'),

  INVITATION_INVALID: row(
    'user',
    409,
    'This invitation was used, withdrawn or has expired. Ask an owner of the team for a new one.',
  ),
  INVITATION_OTHER_ACCOUNT: row(
    'user',
    409,
    'This invitation is for another Google account. Sign in with the address that it was sent to.',
  ),
  LAST_OWNER: row('user', 409, 'A team needs an owner. Make somebody else an owner first.'),
  DELETION_DUE: row(
    'user',
    409,
    'The data of {organisation} is being deleted. Undo the deletion to go on, or wait until it is done.',
  ),

  // Not now; a due time is known.
  TOO_MANY_REQUESTS: row('wait', 429, 'Too many requests at once. Wait {seconds} seconds, then repeat.'),
  XERO_MINUTE_LIMIT: row('wait', 503, "Waiting for Xero's limit of 60 calls a minute."),
  XERO_DAY_LIMIT: row('wait', 503, "Waiting for Xero's daily limit."),
  XERO_APP_LIMIT: row('wait', 503, "Waiting for Xero's limit of calls a minute over all organisations."),
  XERO_BUSY: row('wait', 503, 'Waiting for other reads of this organisation.'),
  XERO_OFFLINE: row('wait', 503, 'Xero is offline for maintenance.'),
  ORGANISATION_OFFLINE: row('wait', 503, '{organisation} is offline at Xero for some minutes.'),
  GOOGLE_QUOTA: row('wait', 503, "Waiting for Google's limit of calls a minute."),
  LEASE_HELD: row('wait', 503, 'Waiting for another run to finish with {what}.'),
  PULL_IN_FLIGHT: row('wait', 503, 'Waiting for records that another run is reading.'),

  // Outcome unknown or passing; deliver again.
  XERO_UNAVAILABLE: row('retry', 502, 'Xero did not answer properly.'),
  XERO_ANSWER_BROKEN: row('retry', 502, 'The answer from Xero was cut or damaged: {problem}'),
  GOOGLE_UNAVAILABLE: row('retry', 502, 'Google did not answer properly.'),
  NETWORK: row('retry', 502, 'The network failed: {problem}'),
  DELIVERY_FAILED: row('retry', 502, '{recipient} did not take the message: {problem}.'),
  TOKEN_EXPIRED: row('retry', 502, 'The access token ran out and is being renewed.'),
  STORE_CONTENDED: row('retry', 503, 'Too many changes at once; trying again.'),
  FENCED_OUT: row('retry', 503, 'Another worker took over.'),
  SHEET_CHANGED: row('retry', 503, 'The tab changed while it was being written; reading it again.'),
  NOT_READY: row('retry', 503, 'The server cannot work now: {what} does not answer.'),
  SHUTTING_DOWN: row('retry', 503, 'The server is restarting.'),
  INJECTED_FAULT: row('retry', 503, 'A fault was injected by a test.'),

  // The run ends.
  XERO_REFUSED: row('fatal', 502, 'Xero refused the request: {problem}'),
  XERO_PAGE_UNREADABLE: row('fatal', 502, 'A page of {what} from Xero cannot be read: {problem}'),
  COUNT_MISMATCH: row(
    'fatal',
    502,
    'Xero says it has {expected} {what}, but {found} were read. Nothing was changed.',
  ),
  GOOGLE_REFUSED: row('fatal', 502, 'Google refused the request: {problem}'),
  BLOB_DAMAGED: row('fatal', 500, 'A stored file is damaged: {path}'),
  QUERY_FAILED: row('fatal', 500, 'The records could not be read from the mirror.'),
  POISON_TASK: row('fatal', 500, 'The run was interrupted {rescues} times at the same place.'),
  DEADLINE: row('fatal', 500, 'The run took longer than its deadline.'),
  CONFIG_INVALID: row('fatal', 500, '{field}: {problem}'),
  INTERNAL: row('fatal', 500, 'Something went wrong on our side. It has been logged as {id}.'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;
export type CodeOf<K extends ErrorKind> = {
  [C in ErrorCode]: (typeof errorTable)[C]['kind'] extends K ? C : never;
}[ErrorCode];
/** Filled into the sentence and sent with the problem; never a token, a secret or a record. */
export type ErrorDetails = Record<string, string | number>;

/** What all four kinds share. Throw one of the four below, never this. */
export class FoliokeepError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(sentenceOf(code, details), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }

  get kind(): ErrorKind {
    return errorTable[this.code].kind;
  }
}

/** Say it to the person: the request or the state of their things must change first. */
export class UserError extends FoliokeepError {
  declare readonly code: CodeOf<'user'>;
  constructor(code: CodeOf<'user'>, details?: ErrorDetails, cause?: unknown) {
    super(code, details, cause);
  }
}

/** Come back at `untilAt` (ms since the epoch). Not a failure. */
export class WaitError extends FoliokeepError {
  declare readonly code: CodeOf<'wait'>;
  readonly untilAt: number;
  constructor(code: CodeOf<'wait'>, untilAt: number, details?: ErrorDetails, cause?: unknown) {
    super(code, details, cause);
    this.untilAt = untilAt;
  }
}

/** Deliver the task again: passing trouble, or an outcome that is not known. */
export class RetryError extends FoliokeepError {
  declare readonly code: CodeOf<'retry'>;
  constructor(code: CodeOf<'retry'>, details?: ErrorDetails, cause?: unknown) {
    super(code, details, cause);
  }
}

/** End the run. */
export class FatalError extends FoliokeepError {
  declare readonly code: CodeOf<'fatal'>;
  constructor(code: CodeOf<'fatal'>, details?: ErrorDetails, cause?: unknown) {
    super(code, details, cause);
  }
}

/** The sentence of a code with its `{name}` parts filled; a part without a value stays readable. */
export function sentenceOf(code: ErrorCode, details: ErrorDetails = {}): string {
  return errorTable[code].sentence.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(details[name] ?? `this ${name}`),
  );
}
