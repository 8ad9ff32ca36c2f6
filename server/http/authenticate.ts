/** Who asks: a session cookie (web) or a Google ID token as Bearer (add-on). Nothing else is believed. */
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { actorOf, findSession, type SessionLimits } from '../use-cases/sessions.ts';
import { signIn } from '../use-cases/sign-in.ts';
import type { Cookies } from './cookies.ts';

export interface Asker {
  actor: Actor & { operationId: string };
  /** '' under a Bearer token. */
  sessionId: string;
  csrfToken: string;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'identity' | 'ids' | 'random'>;

export interface Gate {
  cookies: Cookies;
  /** Our own origin, whatever address the request came to. */
  publicUrl: string;
  sessions: SessionLimits;
}

/**
 * UserError `NOT_SIGNED_IN` or `CREDENTIAL_REFUSED`. A change under a cookie needs its CSRF token in a header as well, and
 * must not come from another site's page, where the browser tells.
 */
export async function authenticate(ports: Needs, gate: Gate, request: Request): Promise<Asker> {
  const operationId = String(request.res?.locals['requestId'] ?? ports.ids.next());
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return byIdToken(ports, authorization, operationId);
  const secret = gate.cookies.read(request, 'session');
  const found = secret === undefined ? undefined : await findSession(ports, secret, gate.sessions);
  if (found === undefined) throw new UserError('NOT_SIGNED_IN');
  if (!['GET', 'HEAD'].includes(request.method)) mustBeOurPage(request, found.csrfToken, gate.publicUrl);
  return {
    actor: { ...found.actor, operationId },
    sessionId: found.id,
    csrfToken: found.csrfToken,
  };
}

async function byIdToken(ports: Needs, authorization: string, operationId: string): Promise<Asker> {
  const token = /^Bearer ([A-Za-z0-9_.-]{20,8000})$/.exec(authorization)?.[1];
  if (token === undefined) throw new UserError('CREDENTIAL_REFUSED');
  const person = await signIn(ports, await ports.identity.verify(token));
  const actor = await actorOf(ports, person);
  if (actor === undefined) throw new UserError('CREDENTIAL_REFUSED');
  return { actor: { ...actor, operationId }, sessionId: '', csrfToken: '' };
}

/** Fetch metadata and origin are what a browser says by itself; the token is what only our page knows. None stands in for another. */
function mustBeOurPage(request: Request, csrfToken: string, publicUrl: string): void {
  const isFromHere =
    (request.get('sec-fetch-site') ?? 'same-origin') === 'same-origin' &&
    (request.get('origin') ?? publicUrl) === publicUrl;
  if (!isFromHere || !isSame(request.get('x-foliokeep-csrf') ?? '', csrfToken))
    throw new UserError('CREDENTIAL_REFUSED');
}

function isSame(sent: string, expected: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
