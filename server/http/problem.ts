/** Any thrown thing as application/problem+json: a typed error by its row of the table, anything else as a logged bug. */
import type { Response } from 'express';
import type { Problem } from '../../shared/contract/problem.ts';
import {
  type ErrorCode,
  errorTable,
  FoliokeepError,
  RetryError,
  sentenceOf,
  UserError,
  WaitError,
} from '../errors.ts';

export interface ProblemAnswer {
  problem: Problem;
  /** Seconds for Retry-After, when a due time is known. */
  retryAfter: number | undefined;
  /** A fault or a bug of ours: logged whole. */
  isOurs: boolean;
}

/** Never throws; says nothing of what it does not know to be harmless. */
export function problemOf(error: unknown, requestId: string, now: number): ProblemAnswer {
  const known = error instanceof FoliokeepError ? error : bodyParserError(error);
  if (known === undefined || known.code === 'INTERNAL') {
    const sentence = sentenceOf('INTERNAL', { id: requestId });
    return { problem: row('INTERNAL', sentence, requestId), retryAfter: undefined, isOurs: true };
  }
  const { field } = known.details;
  return {
    problem: {
      ...row(known.code, known.message, requestId),
      ...(typeof field === 'string' ? { field } : {}),
    },
    retryAfter: retryAfterOf(known, now),
    isOurs: known.kind === 'fatal',
  };
}

function retryAfterOf(error: FoliokeepError, now: number): number | undefined {
  if (error instanceof WaitError) return Math.max(1, Math.ceil((error.untilAt - now) / 1000));
  return error instanceof RetryError ? 5 : undefined;
}

export function sendProblem(response: Response, answer: ProblemAnswer): void {
  if (answer.retryAfter !== undefined) response.setHeader('retry-after', String(answer.retryAfter));
  if (answer.problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  response
    .status(answer.problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(answer.problem));
}

function row(code: ErrorCode, detail: string, instance: string): Problem {
  const { status, button } = errorTable[code];
  return {
    type: `urn:foliokeep:${code.toLowerCase().replaceAll('_', '-')}`,
    title: code.toLowerCase().replaceAll('_', ' '),
    status,
    code,
    detail,
    button,
    instance,
  };
}

/** What Express and its body parser throw for bad requests, in our words. `type` values: body-parser 2, read 2026-11. */
function bodyParserError(error: unknown): FoliokeepError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') return new UserError('TOO_LARGE', { limit: '256 KB' }, error);
  if (type === 'entity.parse.failed')
    return new UserError('MALFORMED_REQUEST', { problem: 'the body is not JSON' }, error);
  if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    return new UserError('UNSUPPORTED_MEDIA_TYPE', {}, error);
  if (error instanceof URIError)
    return new UserError('MALFORMED_REQUEST', { problem: 'the address is not readable' }, error);
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new UserError('MALFORMED_REQUEST', { problem: 'it could not be parsed' }, error);
  return undefined;
}
