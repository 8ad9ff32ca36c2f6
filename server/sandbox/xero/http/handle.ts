/** Answers any request to the sandbox: identity, connections, Accounting, and the control of the sandbox itself. */
import { randomUUID } from 'node:crypto';
import type { HttpRequest } from '../../../domain/http-message.ts';
import type { SandboxResponse } from '../../serve.ts';
import { type Answer, jsonAnswer, RefusalError, textAnswer } from '../accounting/refusal.ts';
import { authorizeAnswer } from '../oauth/authorize.ts';
import { connectionsAnswer, disconnectAnswer } from '../oauth/connections.ts';
import { discoveryAnswer } from '../oauth/discovery.ts';
import { revocationAnswer, tokenAnswer } from '../oauth/token.ts';
import { API_PREFIX, type ApiReply, apiReply, tokenOf } from './api.ts';
import { type FaultOrder, spoil } from './fault.ts';
import { faultAnswer } from './fault-answers.ts';
import { respond } from './respond.ts';
import type { World } from './world.ts';

/** Control is never faulted, limited or slowed. */
export type ControlHandler = (request: HttpRequest) => Answer | null;

export async function handleRequest(
  world: World,
  control: ControlHandler,
  request: HttpRequest,
): Promise<SandboxResponse> {
  const correlationId = randomUUID();
  const dressed = (answer: Answer, headers: Record<string, string> = {}) =>
    respond(request, answer, { now: world.clock.now(), correlationId, headers });
  const controlled = control(request);
  if (controlled) return dressed(controlled);

  const fault = world.faults.next(request);
  if (fault?.kind === 'drop-before')
    return { ...(await dressed(textAnswer(500, ''))), transport: [{ kind: 'drop' }] };
  const instead = fault && faultAnswer(fault, randomUUID());
  const reply = instead ? withLimitHeaders(world, request, instead, fault) : await replyOf(world, request);
  await world.clock.sleep(latencyOf(world, reply.answer));
  let response = await dressed(reply.answer, reply.headers);
  if (fault && !instead) response = spoil(fault, response);
  if (reply.tenantId) world.tally.of(reply.tenantId).bytes += response.body.length;
  return reply.release ? { ...response, release: reply.release } : response;
}

/** The answer is made when the request arrives and held back: what changes meanwhile is not in it. */
const latencyOf = ({ latency }: World, { rows = 0 }: Answer): number =>
  latency ? (latency.baseMs + latency.perRowMs * rows) * (latency.factor ?? 1) : 0;

async function replyOf(world: World, request: HttpRequest): Promise<ApiReply> {
  const url = new URL(request.url);
  try {
    if (url.pathname.startsWith(API_PREFIX)) return apiReply(world, request);
    if (url.pathname === '/connections' || url.pathname.startsWith('/connections/')) {
      const token = tokenOf(world, request, randomUUID());
      const { headers } = world.limiter.admitApp();
      if ('answer' in token) return { answer: token.answer, headers };
      const id = url.pathname.slice('/connections/'.length);
      if (request.method === 'DELETE' && id)
        return { answer: disconnectAnswer(world, token.grant, id), headers };
      if (request.method === 'GET' && !id) {
        return { answer: connectionsAnswer(world, token.grant, url.searchParams), headers };
      }
      return { answer: textAnswer(405, 'Method Not Allowed'), headers };
    }
    return { answer: await identityAnswer(world, request, url), headers: {} };
  } catch (error) {
    if (error instanceof RefusalError) return { answer: error.answer, headers: {} };
    throw error;
  }
}

async function identityAnswer(world: World, request: HttpRequest, url: URL): Promise<Answer> {
  const form = () => new URLSearchParams(Buffer.from(request.body ?? '').toString());
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /.well-known/openid-configuration':
      return discoveryAnswer(url.origin);
    case 'GET /.well-known/openid-configuration/jwks':
      return jsonAnswer(200, await world.signer.keySet());
    case 'GET /identity/connect/authorize':
      return authorizeAnswer(world, url, null);
    case 'POST /identity/connect/authorize':
      return authorizeAnswer(world, url, form());
    case 'POST /connect/token':
      return tokenAnswer(world, url.origin, request.headers, form());
    case 'POST /connect/revocation':
      return revocationAnswer(world, request.headers, form());
    default:
      return textAnswer(404, "The resource you're looking for cannot be found");
  }
}

/** What Xero itself answers tells what is left; what stands before it does not. A made-up 429 shows its window as used up. */
function withLimitHeaders(world: World, request: HttpRequest, answer: Answer, fault: FaultOrder): ApiReply {
  const company = world.companies.find(({ tenantId }) => tenantId === request.headers['xero-tenant-id']);
  if (!company || answer.contentType.startsWith('text/html')) return { answer, headers: {} };
  if (answer.status !== 429)
    return { answer, headers: world.limiter.headers(company.tenantId), tenantId: company.tenantId };
  const left = (kind: FaultOrder['kind'], limit: number) => String(fault.kind === kind ? 0 : limit);
  return {
    answer,
    tenantId: company.tenantId,
    headers: {
      'x-daylimit-remaining': left(
        'day-limit',
        world.limiter.tierOf(company.tenantId) === 'starter' ? 1000 : 5000,
      ),
      'x-minlimit-remaining': left('minute-limit', world.limiter.settings.minute),
      'x-appminlimit-remaining': left('app-minute-limit', world.limiter.settings.appMinute),
    },
  };
}
