/** What an injected fault does to a call: an error in Google's words instead of the answer, or a broken connection. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import type { TransportFault } from '../../serve.ts';
import { json } from '../respond.ts';
import { DIALECTS } from './dialects.ts';
import type { Fault } from './faults.ts';

const WORDS: Record<number, { status: string; message: string; reason?: string }> = {
  400: { status: 'INVALID_ARGUMENT', message: 'Request contains an invalid argument.' },
  401: {
    status: 'UNAUTHENTICATED',
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    reason: 'ACCESS_TOKEN_EXPIRED',
  },
  403: { status: 'PERMISSION_DENIED', message: 'The caller does not have permission' },
  404: { status: 'NOT_FOUND', message: 'Requested entity was not found.' },
  409: { status: 'ABORTED', message: 'The operation was aborted.' },
  429: {
    status: 'RESOURCE_EXHAUSTED',
    message:
      "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:480061117302'.",
    reason: 'RATE_LIMIT_EXCEEDED',
  },
  500: { status: 'INTERNAL', message: 'Internal error encountered.' },
  502: { status: 'UNAVAILABLE', message: 'Bad Gateway' },
  503: { status: 'UNAVAILABLE', message: 'The service is currently unavailable.' },
  504: { status: 'DEADLINE_EXCEEDED', message: 'Deadline expired before operation could complete.' },
};

const errorBody = (code: number): object => {
  const { status, message, reason } = WORDS[code] ?? { status: 'UNKNOWN', message: 'Unknown Error.' };
  const details = reason && {
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }],
  };
  return { error: { code, message, status, ...details } };
};

/** The answer that replaces the real one, when a fault says so. */
export const faultResponse = (faults: readonly Fault[]): HttpResponse | undefined => {
  for (const fault of faults) {
    if (fault.kind === 'drop-before') return { status: 502, headers: {}, body: new Uint8Array() };
    if (fault.kind === 'dialect') return DIALECTS[fault.dialect]();
    if (fault.kind !== 'status') continue;
    const retryAfter: Record<string, string> =
      fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
    return json(fault.status, fault.body ?? errorBody(fault.status), retryAfter);
  }
  return undefined;
};

/** What happens on the wire. */
export const transportOf = (faults: readonly Fault[]): TransportFault[] =>
  faults.flatMap((fault): TransportFault[] => {
    if (fault.kind === 'delay') return [{ kind: 'delay', ms: fault.ms }];
    if (fault.kind === 'drop-before') return [{ kind: 'drop' }];
    return fault.kind === 'apply-then-timeout'
      ? [{ kind: 'delay', ms: fault.delayMs }, { kind: 'drop' }]
      : [];
  });
