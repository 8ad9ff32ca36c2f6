/** One request to the Accounting API: token, organisation, limits, scope, endpoint, in Xero's order of refusing. */
import { randomUUID } from 'node:crypto';
import type { HttpRequest } from '../../../domain/http-message.ts';
import { queryOf } from '../accounting/query.ts';
import type { Answer } from '../accounting/refusal.ts';
import { problemAnswer, RefusalError, textAnswer } from '../accounting/refusal.ts';
import { routeOf } from '../accounting/route.ts';
import { valueText } from '../json/json-text.ts';
import type { AccessToken } from '../oauth/grants.ts';
import { limitAnswer } from './fault-answers.ts';
import { pathName } from './tally.ts';
import type { World } from './world.ts';

export interface ApiReply {
  answer: Answer;
  headers: Record<string, string>;
  tenantId?: string;
  release?: () => void;
}

export const API_PREFIX = '/api.xro/2.0/';

/**
 * With its question mark. IIS takes 2,048 characters of query and Xero shows the rest as 404: 52 ids with encoded commas pass,
 * 55 with plain ones (xero-node#404, Xero-NetStandard#413 and #471, Xero-OpenAPI#534).
 */
const LONGEST_QUERY = 2049;

/** Only calls with a good token for a connected organisation are counted; from there on failed ones count too (xero-api.md section 2). */
export function apiReply(world: World, request: HttpRequest): ApiReply {
  const instance = randomUUID();
  const token = tokenOf(world, request, instance);
  if ('answer' in token) return { answer: token.answer, headers: {} };
  const tenantId = request.headers['xero-tenant-id'] ?? '';
  const company = world.companies.find((each) => each.tenantId === tenantId.toLowerCase());
  const sees = world.roles.sees(token.grant.userId, company?.tenantId ?? '');
  // Missing, foreign, removed inside Xero, or a user taken out: all look the same (xero-api.md 1.3).
  if (!company || !sees.organisation || !world.grants.isConnected(token.grant, company.tenantId)) {
    return { answer: problemAnswer(403, 'Forbidden', 'AuthenticationUnsuccessful', instance), headers: {} };
  }
  const url = new URL(request.url);
  const route = routeOf(url.pathname.slice(API_PREFIX.length));
  const tally = world.tally.of(company.tenantId);
  const admission = world.limiter.admit(company.tenantId);
  if (admission.kind === 'refused') {
    tally.refused[admission.limit] = (tally.refused[admission.limit] ?? 0) + 1;
    return {
      answer: limitAnswer(admission.limit, admission.retryAfter),
      headers: admission.headers,
      tenantId: company.tenantId,
    };
  }
  const name = route ? pathName(route.name) : '(unknown)';
  tally.calls++;
  tally.callsByPath[name] = (tally.callsByPath[name] ?? 0) + 1;
  const reply = (answer: Answer): ApiReply => ({
    answer,
    headers: admission.headers,
    tenantId: company.tenantId,
    release: admission.release,
  });
  if (!route || url.search.length > LONGEST_QUERY)
    return reply(textAnswer(404, "The resource you're looking for cannot be found"));
  const isShut = route.isPremium && world.limiter.tierOf(company.tenantId) !== 'advanced';
  if (isShut || !route.scopes.some((scope) => token.scopes.has(scope))) {
    // 401, not 403 (xero-api.md 1.4).
    return reply(problemAnswer(401, 'Unauthorized', 'AuthorizationUnsuccessful', instance));
  }
  if (route.needs && !sees[route.needs]) {
    return reply(problemAnswer(403, 'Forbidden', 'AuthenticationUnsuccessful', instance));
  }
  if (request.method !== 'GET') return reply(textAnswer(501, 'Not Implemented'));
  if (!/json/i.test(request.headers['accept'] ?? '')) {
    // Xero answers XML here; the sandbox says so instead, because no caller of ours means it.
    return reply(textAnswer(406, 'Send Accept: application/json. Without it Xero answers in XML.'));
  }
  const malformed = malformedBody(request);
  if (malformed) return reply(malformed);
  try {
    const answer = route.answer(company, queryOf(url), {
      now: world.clock.now(),
      responseId: randomUUID(),
      providerName: world.clients.find(({ clientId }) => clientId === token.grant.clientId)?.name ?? '',
      headers: request.headers,
      sees,
      highVolumeRows: world.highVolumeRows,
    });
    if (route.isList) world.callOrders.listed(company.tenantId, url);
    return reply(answer);
  } catch (error) {
    if (error instanceof RefusalError) return reply(error.answer);
    admission.release();
    throw error;
  }
}

/** The bearer's token, or the 401 that says what is wrong with it (xero-api.md 6.2). */
export function tokenOf(
  world: World,
  request: HttpRequest,
  instance: string,
): AccessToken | { answer: Answer } {
  const text = /^bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  const token = text === undefined ? undefined : world.grants.access(text);
  const refuse = (detail: string) => ({ answer: problemAnswer(401, 'Unauthorized', detail, instance) });
  if (!token || token.grant.isRevoked) return refuse('AuthenticationUnsuccessful');
  if (token.expiresAt <= world.clock.now()) {
    const at = new Date(token.expiresAt).toISOString();
    const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(at) ?? [];
    return refuse(`TokenExpired: token expired at ${month}/${day}/${year} ${time}`);
  }
  return token;
}

/** A GET may carry a JSON body, as the SDK's do (`{}`); one that is not JSON is refused like any other. */
function malformedBody(request: HttpRequest): Answer | null {
  const text = Buffer.from(request.body ?? '')
    .toString()
    .trim();
  if (text === '') return null;
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const body = {
      ErrorNumber: 17,
      Type: 'PostDataInvalidException',
      Message: String((error as Error).message),
    };
    return { status: 400, contentType: 'application/json; charset=utf-8', body: valueText(body) };
  }
}
