/** The Express application: parse, call one use-case, answer. The error middleware is mounted last. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler, Router } from 'express';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { SessionLimits } from '../use-cases/sessions.ts';
import { authenticate } from './authenticate.ts';
import { bindRoutes, type Handlers } from './bind.ts';
import { cookieName, cookiesOf } from './cookies.ts';
import { dashboardFiles } from './dashboard-files.ts';
import { type OAuthRoutePorts, oauthRoutes } from './oauth.ts';
import { openApiDocument } from './openapi.ts';
import { problemOf, sendProblem } from './problem.ts';
import { requestLimits } from './request-limits.ts';
import { securityHeaders } from './security-headers.ts';

export interface AppOptions {
  ports: OAuthRoutePorts & Pick<Ports, 'store' | 'clock' | 'identity' | 'ids' | 'random' | 'log'>;
  handlers: Handlers;
  publicUrl: string;
  sessions: SessionLimits;
  /** Requests a minute. */
  requests: Parameters<typeof requestLimits>[1];
  /** How many proxies are believed about a caller's address. */
  trustedProxies: number;
  /** Origins that may show the pages in a frame, besides our own. */
  frameAncestors: readonly string[];
  /** Folder of the built dashboard; undefined serves the API alone. */
  dashboardFolder: string | undefined;
  /** Rejects with RetryError `NOT_READY` when something that every request needs does not answer. */
  ready: () => Promise<void>;
}

export function createApp(options: AppOptions): Express {
  const { ports } = options;
  const isSecure = options.publicUrl.startsWith('https:');
  const cookies = cookiesOf(isSecure);
  const limits = requestLimits(ports, options.requests);
  const gate = { cookies, publicUrl: options.publicUrl, sessions: options.sessions };
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.set('trust proxy', options.trustedProxies);
  app.use(securityHeaders(ports, options.frameAncestors, isSecure));
  app.use(requestLog(ports));

  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/ready', async (_request, response) => {
    await options.ready();
    response.json({ status: 'ready' });
  });
  const document = openApiDocument(options.publicUrl, cookieName('session', isSecure));
  app.get('/openapi.json', (_request, response) => void response.json(document));

  // A consent ends in a window that its opener watches and that closes itself: kept in one group, whoever frames the opener.
  app.use('/oauth', (_request, response, next) => {
    response.setHeader('cross-origin-opener-policy', 'unsafe-none');
    next();
  });
  app.use(oauthRoutes(ports, gate, limits));

  const routes = Router({ caseSensitive: true, strict: true });
  const binding = {
    ports,
    limits,
    authenticate: (request: express.Request) => authenticate(ports, gate, request),
  };
  bindRoutes(routes, binding, options.handlers);
  app.use(routes);
  app.use(async (request, _response, next) => {
    // Everything else is for strangers too: pages, files, and addresses that were guessed.
    await limits.stranger(request.ip, false);
    next();
  });
  if (options.dashboardFolder !== undefined) app.use(dashboardFiles(options.dashboardFolder));

  app.use((request) => {
    throw new UserError('NOT_FOUND', { what: 'page', path: request.path.slice(0, 100) });
  });
  app.use(onError(ports));
  return app;
}

function requestLog(ports: Pick<Ports, 'ids' | 'clock' | 'log'>): RequestHandler {
  return (request, response, next) => {
    const requestId = ports.ids.next();
    const startedAt = ports.clock.now();
    response.locals['requestId'] = requestId;
    response.setHeader('x-request-id', requestId);
    response.on('finish', () => {
      // The path only: a query can hold a code or a state.
      ports.log.info('request', {
        requestId,
        method: request.method,
        path: request.path.slice(0, 200),
        status: response.statusCode,
        ms: ports.clock.now() - startedAt,
      });
    });
    next();
  };
}

function onError(ports: Pick<Ports, 'clock' | 'log'>): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const requestId = String(response.locals['requestId'] ?? '');
    const answer = problemOf(error, requestId, ports.clock.now());
    if (answer.isOurs) ports.log.error('request failed', { requestId, error });
    if (response.headersSent) next(error);
    else sendProblem(response, answer);
  };
}
