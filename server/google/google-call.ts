/** One call through a Google client: token, one renewal, back-off, and every refusal turned into one of our errors. */
import { FatalError, RetryError, UserError, WaitError } from '../errors.ts';
import type { Clock, GoogleQuota, GoogleTokens, Random, SheetsCall } from '../ports.ts';
import { refusalOf } from './client-error.ts';
import { type GoogleRefusal, meaningOf, safeProblem } from './google-answer.ts';

export interface GoogleAccess {
  tokens: GoogleTokens;
  clock: Clock;
  random: Random;
  /** Asked before each call to Sheets; left out: Google alone refuses. */
  quota?: GoogleQuota;
}

/** Sends with these headers; rejects as a Google client does. */
export type Send<T> = (headers: Record<string, string>) => Promise<{ data: T }>;

/** A refusal of a batch because its metadata id exists: for the caller alone, it never leaves the adapter. */
export class Overtaken extends Error {}

const FIRST_PAUSE_MS = 4_000;
const LONGEST_PAUSE_MS = 64_000;

/**
 * Calls as a grant. The client's own error holds the request, token and cells included: it is read here and dropped,
 * never passed on as a cause. 429: truncated exponential back-off per grant, 4 s to 64 s and up to 1 s of jitter
 * (google-platform.md section 5.9).
 */
export function googleCaller({ tokens, clock, random, quota: ours }: GoogleAccess) {
  const refusedInARow = new Map<string, number>();

  const quota = (grantId: string): WaitError => {
    const count = refusedInARow.get(grantId) ?? 0;
    refusedInARow.set(grantId, count + 1);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** count, LONGEST_PAUSE_MS);
    const [jitter = 0] = random.bytes(1);
    return new WaitError('GOOGLE_QUOTA', clock.now() + pause + Math.round((jitter / 255) * 1_000));
  };

  return async function call<T>(grantId: string, send: Send<T>, kind?: SheetsCall): Promise<T> {
    let token = await tokens.accessToken(grantId);
    let isRenewed = false;
    for (;;) {
      if (kind !== undefined) await ours?.spend(grantId, kind);
      try {
        const { data } = await send({ authorization: `Bearer ${token}` });
        refusedInARow.delete(grantId);
        // A page of some proxy instead of Google's JSON.
        if (typeof data !== 'object' || data === null) throw new RetryError('GOOGLE_UNAVAILABLE');
        return data;
      } catch (error) {
        const refusal = refusalOf(error);
        const meaning = meaningOf(refusal);
        if (meaning === 'token-refused' && !isRenewed) {
          isRenewed = true;
          token = await tokens.accessToken(grantId, token);
          continue;
        }
        throw meaning === 'quota' ? quota(grantId) : errorFor(meaning, refusal);
      }
    }
  };
}

function errorFor(meaning: Exclude<ReturnType<typeof meaningOf>, 'quota'>, refusal: GoogleRefusal): Error {
  switch (meaning) {
    case 'token-refused':
      return new RetryError('TOKEN_EXPIRED');
    case 'grant-too-narrow':
      return new UserError('NEEDS_GOOGLE');
    case 'needs-file':
      return new UserError('NEEDS_FILE');
    case 'unavailable':
      return new RetryError('GOOGLE_UNAVAILABLE');
    case 'overtaken':
      return new Overtaken('a metadata id of the batch exists');
    case 'protected':
      return new UserError('RANGE_PROTECTED');
    case 'storage-full':
      return new UserError('GOOGLE_STORAGE_FULL');
    case 'cell-limit':
      return new UserError('CELL_LIMIT', {
        cells: 'too many',
        limit: /\d{5,}/.exec(refusal.message)?.[0] ?? 'fewer',
      });
    case 'cell-too-long':
      return new UserError('CELL_TOO_LONG', { where: 'A cell' });
    case 'changed':
      return new RetryError('SHEET_CHANGED');
    case 'refused':
      return new FatalError('GOOGLE_REFUSED', { problem: safeProblem(refusal) });
  }
}
