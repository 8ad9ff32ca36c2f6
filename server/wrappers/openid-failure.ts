/** What openid-client throws, as our errors. Its causes hold answers, and answers hold tokens: none is passed on. */
import { ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import type { OpenIdDialect } from '../domain/openid-dialect.ts';
import { FatalError, FoliokeepError, RetryError, UserError } from '../errors.ts';

export type OpenIdAct = 'exchange' | 'refresh' | 'revoke';

/** An error of ours, or the same error when it is a bug. After `revoke`, `undefined` when the token had ended already. */
export function openIdFailure(error: unknown, act: OpenIdAct, dialect: OpenIdDialect): unknown {
  const own = ownErrorIn(error);
  if (own !== undefined) return own;
  const { errors } = dialect;
  if (error instanceof WWWAuthenticateChallengeError) return clientRefused(errors.clientField);
  if (error instanceof ResponseBodyError) {
    if (error.status >= 500) return new RetryError(errors.unavailable);
    switch (error.error) {
      case 'invalid_grant':
        return ended(act, errors.ended);
      case 'invalid_token':
        return act === 'revoke' ? undefined : ended(act, errors.ended);
      case 'invalid_client':
      case 'unauthorized_client':
        return clientRefused(errors.clientField);
      case 'temporarily_unavailable':
      case 'server_error':
      case 'slow_down':
        return new RetryError(errors.unavailable);
      default:
        return new FatalError(errors.refused, { problem: wordOf(error.error) });
    }
  }
  if (error instanceof ClientError) {
    // An ID token that does not prove what it says, as opposed to an answer that is no proper answer at all.
    if (act === 'exchange' && identityCodes.has(error.code ?? '')) return new UserError('CREDENTIAL_REFUSED');
    return new RetryError(errors.unavailable);
  }
  return error;
}

const identityCodes: ReadonlySet<string> = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_UNSUPPORTED_OPERATION',
]);

const ended = (act: OpenIdAct, code: OpenIdDialect['errors']['ended']): UserError | undefined => {
  if (act === 'revoke') return undefined;
  return new UserError(act === 'exchange' ? 'CONSENT_STATE_INVALID' : code);
};

const clientRefused = (field: string) =>
  new FatalError('CONFIG_INVALID', { field, problem: 'the client was not accepted' });

/** Codes of RFC 6749 are words; anything else stays outside. */
const wordOf = (code: string): string => (/^[a-z_]{1,60}$/.test(code) ? code : 'an unknown error');

const ownErrorIn = (error: unknown): FoliokeepError | undefined => {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof FoliokeepError) return each;
  }
  return undefined;
};
