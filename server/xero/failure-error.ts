/** The table from Xero's failures to our errors. An error holds codes and names of endpoints; never a token, an id or a record. */
import { FatalError, type FoliokeepError, RetryError, UserError, WaitError } from '../errors.ts';
import type { Failure } from './read-failure.ts';

interface Row {
  status: number | 'other 4xx' | '5xx' | 'any';
  says?: RegExp;
  dialect?: Failure['dialect'];
  error: (what: string, failure: Failure, now: number) => FoliokeepError;
}

const minutes = 60_000;

/** The first row that fits wins. Texts of xero-api.md sections 1.4, 2 and 6.2 (2026-11-20); 429 is read in limits.ts. */
const rows: readonly Row[] = [
  {
    status: 401,
    says: /AuthorizationUnsuccessful/i,
    error: (what) => new UserError('SCOPE_MISSING', { what }),
  },
  // Expired, and every other trouble with the token: a new token is tried once by whoever holds the grant.
  { status: 401, error: () => new RetryError('TOKEN_EXPIRED') },
  // The edge answers old TLS and blocked addresses with an HTML 403: no word about the grant.
  { status: 403, dialect: 'html', error: () => new RetryError('XERO_UNAVAILABLE') },
  // Removed in Xero, or a role without this endpoint: only a second look can tell.
  { status: 403, says: /AuthenticationUnsuccessful/i, error: () => new UserError('NEEDS_RECONNECT') },
  { status: 403, error: (what) => new UserError('XERO_PERMISSION', { what }) },
  { status: 404, error: (what) => new UserError('NOT_FOUND', { what }) },
  { status: 408, error: () => new RetryError('XERO_UNAVAILABLE') },
  {
    status: 503,
    says: /organi[sz]ation is offline/i,
    dialect: 'text',
    error: (_what, _failure, now) => new WaitError('ORGANISATION_OFFLINE', now + 5 * minutes),
  },
  {
    status: 503,
    says: /offline/i,
    dialect: 'text',
    error: (_what, _failure, now) => new WaitError('XERO_OFFLINE', now + 5 * minutes),
  },
  {
    status: 503,
    says: /temporarily unavailable/i,
    dialect: 'text',
    error: (_what, _failure, now) => new WaitError('XERO_OFFLINE', now + minutes),
  },
  { status: '5xx', error: () => new RetryError('XERO_UNAVAILABLE') },
  {
    status: 'other 4xx',
    error: (what, failure) => new FatalError('XERO_REFUSED', { what, ...problemOf(failure) }),
  },
  // Redirects included: none is followed, and no credential leaves for another host.
  {
    status: 'any',
    error: (_what, { status }) =>
      new RetryError('XERO_ANSWER_BROKEN', { problem: `unexpected status ${status}` }),
  },
];

/** `what` names the endpoint, e.g. `Invoices`. */
export function failureError(failure: Failure, what: string, now: number): FoliokeepError {
  const row = rows.find(
    ({ status, says, dialect }) =>
      isOf(status, failure.status) &&
      (says === undefined || says.test(failure.says)) &&
      (dialect === undefined || dialect === failure.dialect),
  );
  if (row === undefined) throw new TypeError('the last row fits every failure');
  return row.error(what, failure, now);
}

const isOf = (wanted: Row['status'], status: number): boolean => {
  if (wanted === 'any') return true;
  if (wanted === '5xx') return status >= 500;
  if (wanted === 'other 4xx') return status >= 400 && status < 500;
  return wanted === status;
};

/** Only the Type of a validation answer is a fixed word; texts may echo a record. */
const problemOf = ({ status, dialect, says }: Failure): { problem: string } => {
  const isWord = dialect === 'validation' && /^[A-Za-z]{1,60}$/.test(says);
  return { problem: isWord ? `${status} ${says}` : `status ${status}` };
};
