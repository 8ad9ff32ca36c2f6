/** A typed client of the API over any `fetch`: what the sidebar, the dashboard, the demo and the tests call. */
import type { Api, RouteId } from './contract/api.ts';
import { api } from './contract/api.ts';
import { type Problem, problemSchema } from './contract/problem.ts';
import type { Route, RouteAnswer, RouteCall } from './contract/route.ts';

/** The API answered with a problem. `problem.detail` is the sentence for the person. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

export interface ApiClientOptions {
  /** Without a trailing slash; '' for the page's own origin. */
  origin: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Added to every request: a Bearer token, a cookie, the CSRF token. */
  headers?: () => Record<string, string>;
}

interface AnyCall {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** Calls one route by its id; throws ApiError for every answer that is not the route's own status. */
export type ApiClient = <I extends RouteId>(id: I, call: RouteCall<Api[I]>) => Promise<RouteAnswer<Api[I]>>;

export function apiClient(options: ApiClientOptions): ApiClient {
  return async (id, call) => {
    const route: Route = api[id];
    const sent = call as AnyCall;
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(sent.params?.[name] ?? '')),
    );
    const query = new URLSearchParams(
      Object.entries(sent.query ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      ),
    ).toString();
    const response = await options.fetch(`${options.origin}${path}${query === '' ? '' : `?${query}`}`, {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(route.body === null ? {} : { 'content-type': 'application/json' }),
        ...options.headers?.(),
      },
      ...(route.body === null ? {} : { body: JSON.stringify(sent.body ?? {}) }),
    });
    if (response.status !== route.status) throw new ApiError(await problemOf(response));
    if (route.answer === null) return undefined as never;
    return route.answer.parse(await response.json()) as never;
  };
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  const parsed = problemSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  return {
    type: 'about:blank',
    title: 'Unexpected answer',
    status: response.status,
    code: 'INTERNAL',
    detail: `The server answered with status ${response.status}. Try again in a moment.`,
    button: '',
    instance: '',
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: a proxy's page. The caller says so in words.
  }
}
