/** Faults that answer in place of the sandbox: the request has no effect. */
import {
  type Answer,
  badRequestAnswer,
  htmlAnswer,
  problemAnswer,
  textAnswer,
} from '../accounting/refusal.ts';
import type { FaultOrder } from './fault.ts';
import type { LimitKind } from './limits.ts';

/** Null for faults that let the request through first. */
export function faultAnswer(fault: FaultOrder, instance: string): Answer | null {
  switch (fault.kind) {
    case 'respond':
      return {
        ...textAnswer(fault.status, fault.body),
        contentType: fault.headers['content-type'] ?? 'text/plain; charset=utf-8',
        headers: fault.headers,
      };
    case 'minute-limit':
      return limitAnswer('minute', fault.retryAfter);
    case 'day-limit':
      return limitAnswer('day', fault.retryAfter);
    case 'app-minute-limit':
      return limitAnswer('appminute', null);
    case 'concurrent-limit':
      return limitAnswer('concurrent', null);
    case 'json-500':
      return { ...badRequestAnswer(500, 'Exception', 'An error occurred'), status: 500 };
    case 'html-500':
      return htmlAnswer(500, 'Internal Server Error');
    case 'html-502':
      return htmlAnswer(502, 'Bad Gateway');
    case 'html-503':
      return htmlAnswer(503, 'Service Temporarily Unavailable');
    case 'html-504':
      return htmlAnswer(504, 'Gateway Time-out');
    case 'maintenance':
      return textAnswer(503, 'The Xero API is currently offline for maintenance');
    case 'unavailable':
      return textAnswer(503, 'The Xero API is temporarily unavailable');
    case 'organisation-offline':
      return textAnswer(503, 'The Organisation is offline');
    case 'expired-token':
      return problemAnswer(
        401,
        'Unauthorized',
        'TokenExpired: token expired at 01/01/2026 00:00:00',
        instance,
      );
    case 'scope-401':
      return problemAnswer(401, 'Unauthorized', 'AuthorizationUnsuccessful', instance);
    case 'forbidden':
      return problemAnswer(403, 'Forbidden', 'AuthenticationUnsuccessful', instance);
    case 'access-denied-html':
      return { ...htmlAnswer(403, 'Access Denied'), body: ACCESS_DENIED };
    case 'precondition-412':
      return textAnswer(412, 'Precondition Failed');
    case 'not-implemented-501':
      return textAnswer(501, 'Not Implemented');
    default:
      return null;
  }
}

/** What the front door says to TLS before 1.2, before Xero itself sees the request (xero-api.md 1.1, DIAG). */
const ACCESS_DENIED = `<HTML><HEAD>
<TITLE>Access Denied</TITLE>
</HEAD><BODY>
<H1>Access Denied</H1>

You don't have permission to access "http&#58;&#47;&#47;api&#46;xero&#46;com&#47;" on this server.<P>
Reference&#32;&#35;18&#46;2d351ab8&#46;1700000000&#46;a4e16ab
</BODY>
</HTML>
`;

/** The body is empty (xero-node#484); Retry-After is whole seconds and missing for concurrency (xero-api.md section 2). */
export const limitAnswer = (limit: LimitKind, retryAfter: number | null): Answer => ({
  ...textAnswer(429, ''),
  headers: {
    'x-rate-limit-problem': limit,
    ...(retryAfter === null ? {} : { 'retry-after': String(retryAfter) }),
  },
});
