/** The pages of a consent: out to Google or Xero, and home again. Only these answer to a browser's address bar. */
import { type Request, type Response, Router } from 'express';
import type { Actor } from '../domain/team.ts';
import { FoliokeepError, UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { beginConsent } from '../use-cases/begin-consent.ts';
import { type ConsentReturn, finishConsent } from '../use-cases/finish-consent.ts';
import { findSession, newSecret, openSession } from '../use-cases/sessions.ts';
import type { Cookies } from './cookies.ts';
import { closingPage, problemPage } from './pages.ts';
import { problemOf } from './problem.ts';

export type OAuthRouteDeps = Pick<
  Ports,
  'store' | 'clock' | 'random' | 'ids' | 'keys' | 'log' | 'xero' | 'xeroReader' | 'xeroOAuth' | 'googleOAuth'
>;

const signInMs = 10 * 60_000;

interface Visitor {
  actor: Actor | null;
  /** Names the browser: the session's id, or the mark of one that is signing in. */
  browserId: string;
}

export function oauthRoutes(ports: OAuthRouteDeps, cookies: Cookies): Router {
  const router = Router();

  async function visitorOf(request: Request): Promise<Visitor> {
    const secret = cookies.read(request, 'session');
    const found = secret === undefined ? undefined : await findSession(ports, secret);
    if (found !== undefined) return { actor: found.actor, browserId: found.id };
    return { actor: null, browserId: cookies.read(request, 'signIn') ?? '' };
  }

  router.get('/oauth/google/start', async (request, response) => {
    const visitor = await visitorOf(request);
    const mark = visitor.browserId === '' ? newSecret(ports) : visitor.browserId;
    if (visitor.actor === null) cookies.set(response, 'signIn', mark, signInMs);
    const { url } = await beginConsent(ports, visitor.actor, {
      provider: 'google',
      purpose: visitor.actor === null ? 'sign-in' : 'connect',
      sessionId: mark,
      returnTo: '/',
    });
    response.redirect(303, url);
  });

  // For the add-on, which has no browser session of its own: the person signs in here first.
  router.get('/oauth/xero/start', async (request, response) => {
    const { actor, browserId } = await visitorOf(request);
    if (actor === null) return response.redirect(303, '/oauth/google/start');
    const connectionId = textOf(request.query['connection']);
    const { url } = await beginConsent(ports, actor, {
      provider: 'xero',
      purpose: connectionId === undefined ? 'connect' : 'reconnect',
      ...(connectionId === undefined ? {} : { connectionId }),
      sessionId: browserId,
      returnTo: '/',
    });
    return response.redirect(303, url);
  });

  for (const provider of ['google', 'xero'] as const)
    router.get(`/oauth/${provider}/callback`, async (request, response) => {
      try {
        await comeHome(request, response);
      } catch (error) {
        showProblem(error, response);
      }
    });

  async function comeHome(request: Request, response: Response): Promise<void> {
    const { actor, browserId } = await visitorOf(request);
    const outcome = await finishConsent(ports, actor, returnOf(request, browserId));
    if (outcome.kind === 'signed-in') {
      const session = await openSession(ports, outcome);
      cookies.set(response, 'session', session.secret, session.lifeMs);
      cookies.clear(response, 'signIn');
    }
    response.type('html').send(closingPage(said(outcome), outcome.returnTo));
  }

  function showProblem(error: unknown, response: Response): void {
    const requestId = String(response.locals['requestId'] ?? '');
    const { problem, isBug } = problemOf(error, requestId, ports.clock.now());
    if (isBug) ports.log.error('consent failed', { requestId, error });
    const returnTo = error instanceof FoliokeepError ? error.details['returnTo'] : undefined;
    response
      .status(problem.status)
      .type('html')
      .send(problemPage(problem.detail, typeof returnTo === 'string' ? returnTo : '/'));
  }

  return router;
}

function said(outcome: Awaited<ReturnType<typeof finishConsent>>): string {
  switch (outcome.kind) {
    case 'signed-in':
      return 'You are signed in.';
    case 'google-granted':
      return 'Foliokeep may write to the spreadsheets that you choose.';
    case 'connected':
      return `Connected: ${outcome.connections.map((one) => one.name).join(', ')}.`;
  }
}

function returnOf(request: Request, sessionId: string): ConsentReturn {
  const state = textOf(request.query['state']);
  if (state === undefined || sessionId === '') throw new UserError('CONSENT_STATE_INVALID');
  const code = textOf(request.query['code']);
  const error = textOf(request.query['error']);
  return {
    state,
    sessionId,
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 4_000 ? value : undefined;
