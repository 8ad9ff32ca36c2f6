/** The way out to Xero or Google: a request for consent that only this browser can bring home, once, within ten minutes. */
import { createHash } from 'node:crypto';
import type { Consent, Provider } from '../domain/grant.ts';
import { scopesOf } from '../domain/scopes.ts';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { sealText } from '../wrappers/seal-text.ts';
import { mustEdit, ownConnection } from './own.ts';

export interface ConsentWish {
  provider: Provider;
  /** sign-in: Google, by somebody who is nobody here yet. connect: access to organisations, or to sheets. reconnect: of one connection. */
  purpose: Consent['purpose'];
  /** For `reconnect`. */
  connectionId?: string;
  /** Names this browser: a session's id or the value of a cookie made for this. Only its hash is stored. */
  sessionId: string;
  /** A path of ours. */
  returnTo: string;
}

const lifeMs = 10 * 60_000;

/** The address to open. UserError `FORBIDDEN` for viewers, `NOT_FOUND` for a connection of others, `INVALID_INPUT` for a foreign `returnTo`. */
export async function beginConsent(
  ports: Pick<Ports, 'store' | 'clock' | 'random' | 'keys' | 'xeroOAuth' | 'googleOAuth'>,
  actor: Actor | null,
  wish: ConsentWish,
): Promise<{ url: string }> {
  const { provider, purpose } = wish;
  checkWish(actor, wish);
  const expected = await expectedBy(ports, actor, wish);
  const state = secretOf(ports.random);
  const codeVerifier = secretOf(ports.random);
  const now = ports.clock.now();
  const id = consentIdOf(state);
  await ports.store.create('consents', id, {
    v: 1,
    teamId: actor?.teamId ?? null,
    userId: actor?.userId ?? null,
    sessionId: sha256(wish.sessionId),
    provider,
    purpose,
    expected,
    scopes: [...scopesOf[provider]],
    codeVerifier: await sealText(ports, verifierContext(id), codeVerifier),
    returnTo: wish.returnTo,
    createdAt: now,
    expiresAt: now + lifeMs,
    usedAt: null,
    usedBy: null,
  });
  const account = actor && provider === 'google' ? await ports.store.get('users', actor.userId) : undefined;
  const oauth = provider === 'xero' ? ports.xeroOAuth : ports.googleOAuth;
  const url = await oauth.authorizeUrl({
    state,
    scopes: scopesOf[provider],
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    ...(account === undefined ? {} : { loginHint: account.data.email }),
    // Without it Google sends no refresh token the second time.
    ...(provider === 'google' && purpose !== 'sign-in' ? { prompt: 'consent' as const } : {}),
  });
  return { url };
}

export const consentIdOf = (state: string): string => sha256(state);
export const verifierContext = (consentId: string): string => `consents/${consentId}/codeVerifier`;
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A path, and not `//host` or `/\host`, which browsers take for another site. */
export const isOwnPath = (text: string): boolean => /^\/(?![/\\])[^\\\s]{0,500}$/.test(text);

function checkWish(actor: Actor | null, { provider, purpose, returnTo, sessionId }: ConsentWish): void {
  if (!isOwnPath(returnTo)) {
    throw new UserError('INVALID_INPUT', { field: 'returnTo', problem: 'must be a path of this site' });
  }
  if (sessionId === '') throw new UserError('NOT_SIGNED_IN');
  if (purpose === 'sign-in') {
    if (provider !== 'google') {
      throw new UserError('INVALID_INPUT', { field: 'provider', problem: 'people sign in with Google' });
    }
    return;
  }
  if (actor === null) throw new UserError('NOT_SIGNED_IN');
  if (provider === 'xero') mustEdit(actor);
}

/** For Xero the connection, for Google the account that must come back; null when anyone may. */
async function expectedBy(
  { store }: Pick<Ports, 'store'>,
  actor: Actor | null,
  { provider, purpose, connectionId }: ConsentWish,
): Promise<string | null> {
  if (actor === null || purpose === 'sign-in') return null;
  if (provider === 'google') return (await store.get('users', actor.userId))?.data.googleSub ?? null;
  if (purpose === 'connect') return null;
  return (await ownConnection(store, actor, connectionId ?? '')).id;
}

const secretOf = (random: Ports['random']): string => Buffer.from(random.bytes(32)).toString('base64url');
