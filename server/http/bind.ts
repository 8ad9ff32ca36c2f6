/** Binds the contract's routes to handlers: parse strictly, call one use-case, check and send the answer. */
import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import type { Api, RouteId } from '../../shared/contract/api.ts';
import { api } from '../../shared/contract/api.ts';
import type { Route, RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import { UserError } from '../errors.ts';
import type { Asker } from './authenticate.ts';

export type Handlers = {
  [I in RouteId]: (
    asker: Asker,
    input: RouteInput<Api[I]>,
    response: Response,
  ) => Promise<RouteAnswer<Api[I]>>;
};

type AnyHandler = (asker: Asker, input: unknown, response: Response) => Promise<unknown>;

/** Mounts every route of the contract; a route without a handler does not compile. */
export function bindRoutes(
  router: Router,
  authenticate: (request: Request) => Promise<Asker>,
  handlers: Handlers,
): void {
  for (const id of Object.keys(api) as RouteId[]) {
    const route: Route = api[id];
    const handle = handlers[id] as AnyHandler;
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    router[route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'](
      path,
      handlerOf(route, authenticate, handle),
    );
  }
}

function handlerOf(
  route: Route,
  authenticate: (request: Request) => Promise<Asker>,
  handle: AnyHandler,
): RequestHandler {
  return async (request, response) => {
    // Who asks comes first: a stranger learns nothing about what a route takes.
    const asker = await authenticate(request);
    const input = {
      params: parsePart(route.params, request.params, ''),
      query: parsePart(route.query, request.query, ''),
      body: parsePart(route.body, bodyOf(route, request), ''),
    };
    const answer = await handle(asker, input, response);
    if (route.answer === null) response.status(route.status).end();
    else response.status(route.status).json(route.answer.parse(answer));
  };
}

function bodyOf(route: Route, request: Request): unknown {
  if (route.body === null) return undefined;
  if (request.body === undefined) {
    const length = request.get('content-length');
    if (length !== undefined && length !== '0') throw new UserError('UNSUPPORTED_MEDIA_TYPE');
    return {};
  }
  return request.body;
}

function parsePart(schema: z.ZodObject | null, value: unknown, at: string): unknown {
  if (schema === null) return {};
  const parsed = schema.strict().safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])];
  const field = path.join('.') || at || 'body';
  throw new UserError('INVALID_INPUT', {
    // The name may be the sender's own text: shown, but never long.
    field: field.slice(0, 100),
    problem: unknown === undefined ? (issue?.message ?? 'is not valid') : 'is not a field of this request',
  });
}
