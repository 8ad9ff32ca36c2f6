/** The addresses of a consent: out to Google or Xero, home again, and the page that says how it ended. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Provider } from '../domain/grant.ts';
import type { Actor } from '../domain/team.ts';
import { FoliokeepError, UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { beginConsent } from '../use-cases/begin-consent.ts';
import { type ConsentReturn, finishConsent } from '../use-cases/finish-consent.ts';
import { endSession, findSession, newSecret, openSession, sessionIdOf } from '../use-cases/sessions.ts';
import type { Gate } from './authenticate.ts';
import { type Outcome, outcomeMs, outcomeText, readOutcome, sentenceOfOutcome } from './outcome.ts';
import { closeScript, closingPage, problemPage } from './pages.ts';
import { problemOf } from './problem.ts';
import type { RequestLimits } from './request-limits.ts';
import { nonceOf } from './security-headers.ts';

export type OAuthRoutePorts = Pick<
  Ports,
  'store' | 'clock' | 'random' | 'ids' | 'keys' | 'log' | 'xero' | 'xeroReader' | 'xeroOAuth' | 'googleOAuth'
>;

/** As long as a consent may take. */
const signInMs = 10 * 60_000;

interface Visitor {
  actor: Actor | null;
  /** Names the browser: the session's id, or the mark of one that is signing in; '' when it has neither. */
  browserId: string;
}

export function oauthRoutes(
  ports: OAuthRoutePorts,
  { cookies, sessions }: Pick<Gate, 'cookies' | 'sessions'>,
  limits: RequestLimits,
): Router {
  const router = Router({ caseSensitive: true, strict: true });

  async function visitorOf(request: Request): Promise<Visitor> {
    const secret = cookies.read(request, 'session');
    const found = secret === undefined ? undefined : await findSession(ports, secret, sessions);
    if (found !== undefined) return { actor: found.actor, browserId: found.id };
    return { actor: null, browserId: cookies.read(request, 'signIn') ?? '' };
  }

  function end(response: Response, outcome: Outcome): void {
    cookies.set(response, 'outcome', outcomeText(outcome), outcomeMs);
    response.status(303).location('/oauth/done').end();
  }

  /** People stand at these addresses: what goes wrong is said on a page, with the way back. */
  const onPage =
    (act: (request: Request, response: Response) => Promise<void>): RequestHandler =>
    async (request, response) => {
      try {
        await limits.stranger(request.ip, true);
        await act(request, response);
      } catch (error) {
        const requestId = String(response.locals['requestId']);
        const { problem, isOurs } = problemOf(error, requestId, ports.clock.now());
        if (isOurs) ports.log.error('a consent failed', { requestId, error });
        const returnTo = error instanceof FoliokeepError ? error.details['returnTo'] : undefined;
        end(response, {
          status: problem.status,
          sentence: problem.detail,
          returnTo: typeof returnTo === 'string' ? returnTo : '/',
        });
      }
    };

  async function askGoogle(request: Request, response: Response, returnTo: string): Promise<void> {
    const { actor, browserId } = await visitorOf(request);
    const sessionId = browserId === '' ? newSecret(ports) : browserId;
    if (actor === null) cookies.set(response, 'signIn', sessionId, signInMs);
    const purpose = actor === null ? 'sign-in' : 'connect';
    const { url } = await beginConsent(ports, actor, { provider: 'google', purpose, sessionId, returnTo });
    response.status(303).location(url).end();
  }

  router.get(
    '/oauth/google/start',
    onPage((request, response) => askGoogle(request, response, '/')),
  );

  // For the add-on, which has no browser session of its own: a stranger signs in first and comes back here.
  router.get(
    '/oauth/xero/start',
    onPage(async (request, response) => {
      const { actor, browserId } = await visitorOf(request);
      const connectionId = textOf(request.query['connection']);
      if (actor === null) return askGoogle(request, response, pathOfXeroStart(connectionId));
      const { url } = await beginConsent(ports, actor, {
        provider: 'xero',
        ...(connectionId === undefined ? { purpose: 'connect' } : { purpose: 'reconnect', connectionId }),
        sessionId: browserId,
        returnTo: '/',
      });
      response.status(303).location(url).end();
    }),
  );

  async function comeHome(provider: Provider, request: Request, response: Response): Promise<void> {
    const { actor, browserId } = await visitorOf(request);
    const outcome = await finishConsent(ports, actor, returnOf(provider, request, browserId));
    if (outcome.kind === 'signed-in') {
      const before = cookies.read(request, 'session');
      const session = await openSession(ports, outcome, sessions);
      // A new one with every sign-in: who knew the old one knows nothing any more.
      if (before !== undefined) await endSession(ports, sessionIdOf(before));
      cookies.set(response, 'session', session.secret, session.lifeMs);
      cookies.clear(response, 'signIn');
      // Signing in was only on the way.
      if (outcome.returnTo !== '/') return void response.status(303).location(outcome.returnTo).end();
    }
    end(response, { status: 200, sentence: sentenceOfOutcome(outcome), returnTo: outcome.returnTo });
  }
  for (const provider of ['google', 'xero'] as const)
    router.get(
      `/oauth/${provider}/callback`,
      onPage((request, response) => comeHome(provider, request, response)),
    );

  router.get('/oauth/done', (request, response) => {
    const { status, sentence, returnTo } = readOutcome(cookies.read(request, 'outcome'));
    cookies.clear(response, 'outcome');
    const page = status < 400 ? closingPage : problemPage;
    response
      .status(status)
      .type('html')
      .send(page(sentence, returnTo, nonceOf(response)));
  });
  router.get('/oauth/close.js', (_request, response) => {
    response.type('text/javascript').send(closeScript);
  });
  return router;
}

export const pathOfXeroStart = (connectionId: string | undefined): string =>
  `/oauth/xero/start${connectionId === undefined ? '' : `?connection=${encodeURIComponent(connectionId)}`}`;

function returnOf(provider: Provider, { query }: Request, sessionId: string): ConsentReturn {
  const state = textOf(query['state']);
  if (state === undefined || sessionId === '') throw new UserError('CONSENT_STATE_INVALID');
  const code = textOf(query['code']);
  const error = textOf(query['error']);
  return {
    provider,
    state,
    sessionId,
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 4_000 ? value : undefined;
