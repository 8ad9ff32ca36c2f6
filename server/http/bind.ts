/** Binds the contract's routes to handlers: who asks, what they ask, one use-case, the answer as promised. */
import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import type { Api, RouteId } from '../../shared/contract/api.ts';
import { api } from '../../shared/contract/api.ts';
import type { Route, RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import type { AuditOutcome } from '../domain/audit.ts';
import { FoliokeepError, UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { accessTable, mustMay } from '../use-cases/access-table.ts';
import { recordAct } from '../use-cases/record-act.ts';
import type { Asker } from './authenticate.ts';
import { readBody, refuseBody } from './body.ts';
import type { RequestLimits } from './request-limits.ts';

export type Handlers = {
  [I in RouteId]: (asker: Asker, input: RouteInput<Api[I]>) => Promise<RouteAnswer<Api[I]>>;
};

export interface Binding {
  ports: Pick<Ports, 'store' | 'clock' | 'log'>;
  authenticate: (request: Request) => Promise<Asker>;
  limits: RequestLimits;
}
type AnyHandler = (asker: Asker, input: unknown) => Promise<unknown>;

/** Mounts every route of the contract; one without a handler does not compile. Other methods of its paths are refused. */
export function bindRoutes(router: Router, binding: Binding, handlers: Handlers): void {
  const entries = Object.entries(api) as Array<[RouteId, Route]>;
  for (const [path, ofPath] of Map.groupBy(entries, ([, route]) => route.path)) {
    const place = router.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const [id, route] of ofPath) {
      // What the route parses is what its handler takes: the type of `handlers` says so, but only route by route.
      const handle = handlers[id] as AnyHandler;
      place[methodNames[route.method]](handlerOf({ ...route, id }, binding, handle));
    }
    place.all(refuseMethod(ofPath.map(([, route]) => route.method)));
  }
}

const methodNames = { GET: 'get', POST: 'post', PATCH: 'patch', DELETE: 'delete' } as const;

/** Begin consents, invite or join, send something at once: fewer of them are answered. */
const guarded: ReadonlySet<RouteId> = new Set([
  'beginConsent',
  'inviteMember',
  'viewInvitation',
  'acceptInvitation',
  'testMail',
  'testChannel',
]);

function handlerOf(
  route: Route & { id: RouteId },
  { ports, authenticate, limits }: Binding,
  handle: AnyHandler,
): RequestHandler {
  return async (request, response) => {
    // Who asks comes first: a stranger learns nothing about what a route takes, and has nothing read.
    const asker = await admitted(request, authenticate, limits, guarded.has(route.id));
    const { act } = accessTable[route.id] ?? { act: null };
    const object: { kind: string; id: string } = { kind: '', id: '' };
    const record = async (outcome: AuditOutcome, code?: string): Promise<void> => {
      if (act === null) return;
      await recordAct(ports, asker.actor, act, { outcome, object, ...(code === undefined ? {} : { code }) });
    };
    const orRecorded = async <T>(acting: () => T | Promise<T>): Promise<T> => {
      try {
        return await acting();
      } catch (error) {
        const isRefused = error instanceof UserError;
        await record(
          isRefused ? 'refused' : 'failed',
          error instanceof FoliokeepError ? error.code : 'INTERNAL',
        );
        throw error;
      }
    };
    await orRecorded(() => mustMay(asker.actor.role, route.id));
    const params = parsed(route.params, request.params, 'path');
    const input = {
      params,
      query: parsed(route.query, request.query, 'query'),
      body: await bodyOf(route, request, response),
    };
    Object.assign(object, objectOf(params));
    const answer = await orRecorded(() => handle(asker, input));
    await record('done');
    if (route.answer === null) response.status(route.status).end();
    else response.status(route.status).json(route.answer.parse(answer));
  };
}

async function admitted(
  request: Request,
  authenticate: Binding['authenticate'],
  limits: RequestLimits,
  isGuarded: boolean,
): Promise<Asker> {
  try {
    const asker = await authenticate(request);
    await limits.person(asker.actor, isGuarded);
    return asker;
  } catch (error) {
    const isStranger =
      error instanceof UserError && (error.code === 'NOT_SIGNED_IN' || error.code === 'CREDENTIAL_REFUSED');
    if (isStranger) await limits.stranger(request.ip, false);
    throw error;
  }
}

/** What the address names: `{exporterId}` is an exporter. */
function objectOf(params: unknown): { kind: string; id: string } {
  const [[name, id] = ['', '']] = Object.entries(params as Record<string, string>);
  return { kind: name.replace(/Id$/, ''), id };
}

async function bodyOf(route: Route, request: Request, response: Response): Promise<unknown> {
  if (route.body !== null) return parsed(route.body, await readBody(request, response), 'body');
  refuseBody(request);
  return {};
}

/** UserError `INVALID_INPUT` naming the first field that is wrong, or the whole part. A part that is null takes nothing. */
function parsed(schema: z.ZodObject | null, value: unknown, part: 'path' | 'query' | 'body'): unknown {
  const refuse = (path: readonly PropertyKey[], problem: string): UserError => {
    // The name may be the sender's own text: shown, but never long.
    const field = path.map(String).join('.').slice(0, 100) || part;
    return new UserError('INVALID_INPUT', { field, problem });
  };
  const unknownField = 'is not a field of this request';
  if (schema === null) {
    const [name] = Object.keys(value as object);
    if (name !== undefined) throw refuse([name], unknownField);
    return {};
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') throw refuse([...issue.path, issue.keys[0] ?? ''], unknownField);
  throw refuse(issue?.path ?? [], issue?.message ?? 'is not valid');
}

/** HEAD is answered as GET is. */
function refuseMethod(methods: ReadonlyArray<Route['method']>): RequestHandler {
  return (request, response) => {
    response.setHeader('allow', methods.join(', '));
    throw new UserError('METHOD_NOT_ALLOWED', { method: request.method.slice(0, 20) });
  };
}
